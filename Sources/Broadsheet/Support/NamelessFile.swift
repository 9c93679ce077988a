import CLinux
import Dispatch
import Glibc
import Synchronization

/// A file without a name, for what is kept for a while and is too much for memory.
///
/// The system takes it away with the process, however that ends.
final class NamelessFile: Sendable {
  /// How many bytes it holds at the most, in about.
  private let limit: Int64
  private let descriptor: Int32
  private let end = Atomic<Int64>(0)

  /// An empty file; nil where there can be none.
  ///
  /// - Parameters:
  ///   - folder: The system's number for an open folder, in whose file system it lies.
  ///   - limit: How many bytes it holds at the most, in about.
  ///   - name: What it may be called for a moment where the file system knows no files without a name.
  init?(in folder: Int32, limit: Int64, name: String? = nil) {
    let nameless: Int32 = 0x41_0000  // O_TMPFILE
    var file = unsafe openat(folder, ".", O_RDWR | O_CLOEXEC | nameless, 0o600)
    if file < 0, let name {
      file = unsafe openat(folder, name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      if file >= 0 { unsafe unlinkat(folder, name, 0) }
    }
    guard file >= 0 else { return nil }
    descriptor = file
    self.limit = limit
  }

  deinit {
    // To take away its bytes takes the system a while, in which others need not wait.
    let file = descriptor
    DispatchQueue.global().async { close(file) }
  }

  /// Whether there is room for more.
  var hasRoom: Bool { end.load(ordering: .relaxed) < limit }

  /// Where a piece lies in the file, in eight bytes, of which the highest bit is free.
  struct Piece: BitwiseCopyable, Sendable {
    /// No piece.
    static let none = Piece(bits: 0)
    /// The longest piece, in bytes.
    static let longest = 0xFF_FFFF

    let bits: UInt64

    init(bits: UInt64) { self.bits = bits }

    fileprivate init(start: Int64, count: Int) {
      bits = UInt64(start) << 24 | UInt64(count)
    }

    fileprivate var start: Int64 { Int64(bits >> 24) }
    fileprivate var count: Int { Int(bits & 0xFF_FFFF) }

    /// The bytes of the file that it lies in.
    var range: Range<Int64> { start..<start + Int64(count) }
  }

  /// Appends a piece of the file to a buffer.
  ///
  /// - Returns: Whether it could all be read; if not, or where it is none, the buffer is as it was.
  func read(_ piece: Piece, into buffer: inout ByteBuffer) -> Bool {
    guard piece.count > 0 else { return false }
    let before = buffer.count
    unsafe buffer.append(room: piece.count) { memory in
      let got = unsafe pread(descriptor, memory.baseAddress, piece.count, Int(piece.start))
      return got == piece.count ? got : 0
    }
    return buffer.count > before
  }

  /// Gives the room of bytes that nobody reads any more back to the system.
  func giveBack(_ range: Range<Int64>) {
    // A file system that cannot do it takes the room back with all the rest.
    _ = punch_hole(descriptor, range.lowerBound, Int64(range.count))
  }

  /// Writes bytes where no other writer does.
  ///
  /// - Returns: Where they lie; nil where the system did not take them all.
  private func append(_ bytes: ByteSlice) -> Int64? {
    let start = end.wrappingAdd(Int64(bytes.count), ordering: .relaxed).oldValue
    var done = 0
    while done < bytes.count {
      let rest = bytes[done..<bytes.count]
      let count = unsafe pwrite(
        descriptor, rest.buffer.baseAddress, rest.count, Int(start) + done)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return nil }
      done += count
    }
    return start
  }

  /// Writes pieces, for one worker, many in one go.
  struct Writer: ~Copyable {
    /// How many bytes are written in one go, in about.
    private static let blockSize = 1 << 16

    private let file: NamelessFile?
    /// What has not been written yet; a piece is appended to it, and then ended.
    var block: ByteBuffer
    /// Where the piece at hand begins in the block.
    private var start = 0
    private var waiting: [(number: Int32, piece: Piece)] = []
    /// The pieces that were written, and the numbers that they were given.
    private(set) var kept: [(number: Int32, piece: Piece)] = []

    /// A writer that has written nothing yet; without a file it keeps nothing at all.
    init(_ file: NamelessFile?) {
      self.file = file
      block = ByteBuffer(capacity: file == nil ? 64 : 2 * Self.blockSize)
    }

    /// Ends the piece that was appended to the block, and gives it a number; one that is too long is
    /// not kept.
    mutating func end(_ number: Int32) {
      if block.count - start <= Piece.longest {
        waiting.append((number, Piece(start: Int64(start), count: block.count - start)))
      }
      start = block.count
      if block.count >= Self.blockSize { finish() }
    }

    /// Writes what has not been written yet; of what the system does not take, nothing is kept.
    mutating func finish() {
      if let file, block.count > 0, let place = file.append(block.slice) {
        for (number, piece) in waiting {
          kept.append((number, Piece(start: place + piece.start, count: piece.count)))
        }
      }
      waiting.removeAll(keepingCapacity: true)
      block.removeAll()
      start = 0
    }
  }
}
