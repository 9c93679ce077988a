import Glibc
import Synchronization

/// The files of stories as they were read, kept until their pages are made, so that a file is opened
/// once.
///
/// Of up to ``memoryLimit`` stories, as many texts stay in memory as fit into a budget; the others wait in a
/// file without a name, and what finds no room there either is read again. A text is handed over once, and
/// its room goes back when those around it have been, too: by whoever took the last of them, while others
/// work, and not at the end, when all would wait for it. What feeds carry is put there next.
@safe final class SourceTexts: @unchecked Sendable {
  /// How many bytes are kept in memory at the most.
  static let budget = 26 << 20
  /// Of how many stories texts are kept in memory at the most.
  static let memoryLimit = 20_000
  /// Of how many stories texts are kept at the most.
  static let storyLimit = 200_000
  /// How many bytes are kept in a file at the most, in about.
  static let fileLimit: Int64 = 1 << 30
  /// From how many stories on each worker is taken to fill its memory.
  private static let fillingCount = 1_000

  /// The memory that workers fill, a chunk each at a time.
  let pool: ChunkPool
  /// How many of the texts in each chunk have not been handed over; the worker that fills it counts as one.
  private let waiting: UnsafeMutablePointer<Atomic<Int>>
  /// Where the text of each story lies: its chunk from 1 on, its offset and its length; 0 for none.
  ///
  /// For one in the file, ``inFile`` and the piece.
  private let places: UnsafeMutablePointer<Atomic<UInt64>>
  private let storyCount: Int
  private let file: NamelessFile?
  private let store: PieceStore
  /// How many of the texts in each region of the file have not been handed over.
  private let waitingInFile: UnsafeMutablePointer<Atomic<Int>>

  /// How many bytes of the file are given back together: no text is longer, so that each lies in one or two
  /// regions.
  private static let regionSize: Int64 = 16 << 20
  /// How many regions there are at the most: the limit is passed by what is on its way to the file.
  private static let regionCount = Int(fileLimit / regionSize) + 16

  private static let inFile: UInt64 = 1 << 63

  private static var chunkLimit: Int { budget / ChunkPool.chunkSize }

  /// Room for texts of so many stories; none is kept yet.
  ///
  /// - Parameters:
  ///   - storyCount: How many stories there are.
  ///   - file: Where the texts lie for which there is no room in memory; nil where these are not kept.
  init(storyCount: Int, file: NamelessFile? = nil) {
    self.storyCount = storyCount
    self.file = file
    store = PieceStore(file)
    pool = ChunkPool(
      limit: storyCount <= Self.memoryLimit ? Self.chunkLimit : 0,
      isFilled: storyCount >= Self.fillingCount)
    unsafe waiting = .allocate(capacity: Self.chunkLimit)
    for chunk in 0..<Self.chunkLimit { unsafe (waiting + chunk).initialize(to: Atomic(0)) }
    let regionCount = file == nil ? 0 : Self.regionCount
    unsafe waitingInFile = .allocate(capacity: max(regionCount, 1))
    for region in 0..<regionCount { unsafe (waitingInFile + region).initialize(to: Atomic(0)) }
    unsafe places = .allocate(capacity: max(storyCount, 1))
    for story in 0..<storyCount { unsafe (places + story).initialize(to: Atomic(0)) }
  }

  deinit {
    unsafe waiting.deallocate()
    unsafe waitingInFile.deallocate()
    unsafe places.deallocate()
  }

  /// Hands over the text of a story, to whoever asks first.
  ///
  /// - Parameters:
  ///   - story: The story's place among all.
  ///   - buffer: Where the text is appended.
  /// - Returns: Whether there was one.
  func take(_ story: Int32, into buffer: inout ByteBuffer) -> Bool {
    precondition(story >= 0 && Int(story) < storyCount)
    let place = unsafe places[Int(story)].exchange(0, ordering: .acquiringAndReleasing)
    guard place != 0 else { return false }
    if place & Self.inFile != 0 {
      guard let file else { return false }
      let piece = PieceStore.Piece(bits: place & ~Self.inFile)
      defer { leave(piece, of: file) }
      return store.read(piece, into: &buffer)
    }
    let chunk = Int(place >> 56) - 1
    let start = unsafe pool[chunk] + Int(place >> 28 & 0xFFF_FFFF)
    unsafe buffer.append(
      ByteSlice(
        start: start.assumingMemoryBound(to: UInt8.self), count: Int(place & 0xFFF_FFFF)))
    leave(chunk)
    return true
  }

  private func leave(_ chunk: Int) {
    let left = unsafe waiting[chunk].wrappingSubtract(1, ordering: .acquiringAndReleasing)
    if left.newValue == 0 { pool.leave(chunk) }
  }

  /// The regions that a piece lies in.
  private static func regions(of piece: PieceStore.Piece) -> Range<Int> {
    let range = piece.range
    let end = min(Int((range.upperBound - 1) / regionSize) + 1, regionCount)
    return min(Int(range.lowerBound / regionSize), end)..<end
  }

  /// Counts a text that is in the file among those that wait there.
  private func count(_ piece: PieceStore.Piece) {
    for region in Self.regions(of: piece) {
      unsafe waitingInFile[region].wrappingAdd(1, ordering: .relaxed)
    }
  }

  private func leave(_ piece: PieceStore.Piece, of file: NamelessFile) {
    for region in Self.regions(of: piece) {
      let left = unsafe waitingInFile[region].wrappingSubtract(1, ordering: .acquiringAndReleasing)
      guard left.newValue == 0 else { continue }
      file.giveBack(Int64(region) * Self.regionSize..<Int64(region + 1) * Self.regionSize)
    }
  }

  private func newChunk() -> Int? {
    guard let chunk = pool.make() else { return nil }
    unsafe waiting[chunk].store(1, ordering: .relaxed)
    return chunk
  }

  /// Keeps texts, for one worker.
  struct Writer: ~Copyable {
    private let texts: SourceTexts
    private var chunk: Int?
    private var offset = 0
    private var isFull = false
    private var file: PieceStore.Writer

    /// A writer with no memory taken yet.
    init(_ texts: SourceTexts) {
      self.texts = texts
      file = PieceStore.Writer(texts.store)
    }

    deinit { if let chunk { texts.leave(chunk) } }

    /// Keeps the text of a story, if there is room, so that it can be taken after ``finish()``.
    mutating func keep(_ text: ByteSlice, of story: Int32) {
      guard text.count <= ChunkPool.chunkSize, !text.isEmpty else { return }
      if isFull { return keepInFile(text, of: story) }
      if chunk == nil || offset + text.count > ChunkPool.chunkSize {
        if let chunk { texts.leave(chunk) }
        chunk = texts.newChunk()
        offset = 0
      }
      guard let chunk else {
        isFull = true
        return keepInFile(text, of: story)
      }
      unsafe memcpy(texts.pool[chunk] + offset, text.start, text.count)
      unsafe texts.waiting[chunk].wrappingAdd(1, ordering: .relaxed)
      let place = UInt64(chunk + 1) << 56 | UInt64(offset) << 28 | UInt64(text.count)
      unsafe texts.places[Int(story)].store(place, ordering: .releasing)
      offset += text.count
    }

    private mutating func keepInFile(_ text: ByteSlice, of story: Int32) {
      guard texts.file?.hasRoom == true else { return }
      file.block.append(text)
      file.end(story)
    }

    /// Ends with the texts of this worker.
    mutating func finish() {
      file.finish()
      for (story, piece) in file.kept {
        texts.count(piece)
        unsafe texts.places[Int(story)].store(
          SourceTexts.inFile | piece.bits, ordering: .releasing)
      }
    }
  }
}
