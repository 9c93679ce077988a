import Glibc
import Synchronization

/// Pieces of text, kept for a while: in memory that others have left, and for the rest in a file without a
/// name.
final class PieceStore: Sendable {
  private let file: NamelessFile?
  private let pool: ChunkPool?
  /// The chunks of the pool that were taken.
  private let chunks = Mutex<[Int]>([])

  /// A store that keeps nothing yet.
  ///
  /// - Parameters:
  ///   - file: Where pieces lie for which there is no memory; without it, nothing is kept at all.
  ///   - pool: Where memory is taken that was left; nil where all is to lie in the file.
  init(_ file: NamelessFile?, pool: ChunkPool? = nil) {
    self.file = file
    self.pool = pool
  }

  deinit {
    guard let pool else { return }
    for chunk in chunks.withLock({ $0 }) { pool.giveBack(chunk) }
  }

  /// Whether there is room for more.
  var hasRoom: Bool { file?.hasRoom ?? false }

  /// Where a piece lies, in eight bytes, of which the highest bit is free.
  struct Piece: BitwiseCopyable, Sendable {
    /// No piece.
    static let none = Piece(bits: 0)
    /// The longest piece, in bytes.
    static let longest = 0xFF_FFFF
    /// Where places in memory begin, above all those in a file.
    fileprivate static let memory: Int64 = 1 << 38

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

  /// Appends a piece to a buffer.
  ///
  /// - Returns: Whether it could all be read; if not, or where it is none, the buffer is as it was.
  func read(_ piece: Piece, into buffer: inout ByteBuffer) -> Bool {
    guard piece.count > 0 else { return false }
    guard piece.start >= Piece.memory else {
      return file?.read(piece.range, into: &buffer) ?? false
    }
    let start = unsafe memory(at: piece.start)
    unsafe buffer.append(
      ByteSlice(start: start.assumingMemoryBound(to: UInt8.self), count: piece.count))
    return true
  }

  private func takeChunk() -> Int? {
    guard let chunk = pool?.takeLeft() else { return nil }
    chunks.withLock { $0.append(chunk) }
    return chunk
  }

  /// Writes bytes to a place that was taken for them.
  ///
  /// - Returns: Whether they were all written.
  private func write(_ bytes: ByteSlice, at place: Int64) -> Bool {
    guard place >= Piece.memory else { return file?.write(bytes, at: place) ?? false }
    unsafe memcpy(memory(at: place), bytes.start, bytes.count)
    return true
  }

  private func memory(at place: Int64) -> UnsafeMutableRawPointer {
    guard let pool else { fatalError("no memory was taken for pieces") }
    let offset = Int(place - Piece.memory)
    return unsafe pool[offset / ChunkPool.chunkSize] + offset % ChunkPool.chunkSize
  }

  /// Writes pieces, for one worker, many in one go.
  ///
  /// It takes room for many, and fills that block by block: a whole block at a multiple of its size costs the
  /// system half of what as many bytes cost elsewhere, and so does reading it.
  struct Writer: ~Copyable {
    /// How many bytes are written to the file in one go.
    private static let blockSize = 1 << 16
    /// How much room in the file is taken at a time, in whole blocks.
    private static let extentSize = 1 << 18

    private let store: PieceStore
    /// What has not been written yet; a piece is appended to it, and then ended.
    var block: ByteBuffer
    /// Where the piece at hand begins in the block.
    private var start = 0
    /// Where the block is to lie.
    private var place: Int64 = 0
    /// Where the room ends that was taken.
    private var end: Int64 = 0
    private var waiting: [(number: Int32, piece: Piece)] = []
    /// The pieces that were written, and the numbers that they were given.
    private(set) var kept: [(number: Int32, piece: Piece)] = []

    /// A writer that has written nothing yet.
    init(_ store: PieceStore) {
      self.store = store
      block = ByteBuffer(capacity: store.file == nil ? 64 : 2 * Self.blockSize)
    }

    /// Ends the piece that was appended to the block, and gives it a number; one that is empty or too long
    /// is not kept.
    mutating func end(_ number: Int32) {
      let count = block.count - start
      guard count > 0, count <= Piece.longest, store.file != nil else {
        return block.truncate(to: start)
      }
      if place + Int64(block.count) > end { takeRoom(for: count) }
      waiting.append((number, Piece(start: place + Int64(start), count: count)))
      start = block.count
      let ready = place >= Piece.memory ? start : start & ~(Self.blockSize - 1)
      if ready > 0 {
        write(ready)
        forget(ready)
      }
    }

    /// Writes what has not been written yet; of what the system does not take, nothing is kept.
    mutating func finish() {
      if start > 0 {
        write(start)
        forget(start)
      }
      end = place
    }

    /// Takes room for the piece at hand and others after it, when what comes before it is written.
    private mutating func takeRoom(for count: Int) {
      // It does not fit into the block that is the last of the room before, which is written as a whole.
      if start > 0 {
        write(Self.blockSize)
        forget(start)
      }
      if count <= ChunkPool.chunkSize, let chunk = store.takeChunk() {
        place = Piece.memory + Int64(chunk * ChunkPool.chunkSize)
        end = place + Int64(ChunkPool.chunkSize)
      } else if let file = store.file {
        let room = (count + Self.extentSize - 1) / Self.extentSize * Self.extentSize
        place = file.take(room)
        end = place + Int64(room)
      }
    }

    /// Writes the first bytes of the block.
    private mutating func write(_ count: Int) {
      let isWritten = store.write(block.slice[0..<count], at: place)
      place += Int64(count)
      let done = waiting.firstIndex { $0.piece.range.upperBound > place } ?? waiting.count
      if isWritten { kept += waiting[..<done] }
      waiting.removeFirst(isWritten ? done : waiting.count)
    }

    /// Removes the first bytes of the block, which were written.
    private mutating func forget(_ count: Int) {
      block.removeFirst(count)
      start -= count
    }
  }
}
