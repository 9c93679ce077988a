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
    guard let pool else { return false }
    let place = Int(piece.start - Piece.memory)
    let start = unsafe pool[place / ChunkPool.chunkSize] + place % ChunkPool.chunkSize
    unsafe buffer.append(
      ByteSlice(start: start.assumingMemoryBound(to: UInt8.self), count: piece.count))
    return true
  }

  private func takeChunk() -> Int? {
    guard let chunk = pool?.takeLeft() else { return nil }
    chunks.withLock { $0.append(chunk) }
    return chunk
  }

  /// Writes pieces, for one worker, many in one go.
  struct Writer: ~Copyable {
    /// How many bytes are written in one go, in about.
    private static let blockSize = 1 << 16

    private let store: PieceStore
    /// What has not been written yet; a piece is appended to it, and then ended.
    var block: ByteBuffer
    /// Where the piece at hand begins in the block.
    private var start = 0
    private var waiting: [(number: Int32, piece: Piece)] = []
    /// The pieces that were written, and the numbers that they were given.
    private(set) var kept: [(number: Int32, piece: Piece)] = []
    private var chunk: Int?
    /// How much of the chunk is taken.
    private var offset = 0

    /// A writer that has written nothing yet.
    init(_ store: PieceStore) {
      self.store = store
      block = ByteBuffer(capacity: store.file == nil ? 64 : 2 * Self.blockSize)
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
      if block.count > 0, let place = putIntoMemory() ?? store.file?.append(block.slice) {
        for (number, piece) in waiting {
          kept.append((number, Piece(start: place + piece.start, count: piece.count)))
        }
      }
      waiting.removeAll(keepingCapacity: true)
      block.removeAll()
      start = 0
    }

    private mutating func putIntoMemory() -> Int64? {
      guard store.file != nil, block.count <= ChunkPool.chunkSize else { return nil }
      if chunk == nil || offset + block.count > ChunkPool.chunkSize {
        guard let next = store.takeChunk() else { return nil }
        chunk = next
        offset = 0
      }
      guard let pool = store.pool, let chunk else { return nil }
      unsafe memcpy(pool[chunk] + offset, block.slice.start, block.count)
      defer { offset += block.count }
      return Piece.memory + Int64(chunk * ChunkPool.chunkSize + offset)
    }
  }
}
