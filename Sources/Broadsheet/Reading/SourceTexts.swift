import Glibc
import Synchronization

/// The files of stories as they were read, kept until their pages are made, so that a file is opened
/// once.
///
/// Of up to ``memoryLimit`` stories, as many texts stay in memory as fit into a budget; the others wait in a
/// file without a name, and what finds no room there either is read again. A text is handed over once, and
/// its room goes back to the system when those around it have been, too: by whoever took the last of them,
/// while others work, and not at the end, when all would wait for it.
@safe final class SourceTexts: @unchecked Sendable {
  /// How many bytes are kept in memory at the most.
  static let budget = 26 << 20
  /// Of how many stories texts are kept in memory at the most.
  static let memoryLimit = 20_000
  /// Of how many stories texts are kept at the most.
  static let storyLimit = 200_000
  /// How many bytes are kept in a file at the most, in about.
  static let fileLimit: Int64 = 1 << 30
  /// How many bytes of neighbours are given back together.
  private static let chunkSize = 2 << 20
  /// From how many stories on each worker is taken to fill its memory.
  private static let fillingCount = 1_000

  /// Memory that one worker fills.
  @safe private struct Chunk: ~Copyable {
    let start: UnsafeMutableRawPointer
    /// How many of its texts have not been handed over; the worker that fills it counts as one.
    let waiting = Atomic<Int>(1)
  }

  private let chunks: UnsafeMutablePointer<Chunk>
  private let chunkCount = Atomic<Int>(0)
  /// Where the text of each story lies: its chunk from 1 on, its offset and its length; 0 for none.
  ///
  /// For one in the file, ``inFile`` and the piece.
  private let places: UnsafeMutablePointer<Atomic<UInt64>>
  private let storyCount: Int
  private let file: NamelessFile?
  /// How many of the texts in each region of the file have not been handed over.
  private let waitingInFile: UnsafeMutablePointer<Atomic<Int>>

  /// How many bytes of the file are given back together: no text is longer, so that each lies in one or two
  /// regions.
  private static let regionSize: Int64 = 16 << 20
  /// How many regions there are at the most: the limit is passed by what is on its way to the file.
  private static let regionCount = Int(fileLimit / regionSize) + 16

  private static let inFile: UInt64 = 1 << 63

  private static var chunkLimit: Int { budget / chunkSize }

  /// Room for texts of so many stories; none is kept yet.
  ///
  /// - Parameters:
  ///   - storyCount: How many stories there are.
  ///   - file: Where the texts lie for which there is no room in memory; nil where these are not kept.
  init(storyCount: Int, file: NamelessFile? = nil) {
    self.storyCount = storyCount
    self.file = file
    unsafe chunks = .allocate(capacity: Self.chunkLimit)
    let regionCount = file == nil ? 0 : Self.regionCount
    unsafe waitingInFile = .allocate(capacity: max(regionCount, 1))
    for region in 0..<regionCount { unsafe (waitingInFile + region).initialize(to: Atomic(0)) }
    unsafe places = .allocate(capacity: max(storyCount, 1))
    for story in 0..<storyCount { unsafe (places + story).initialize(to: Atomic(0)) }
  }

  deinit {
    for index in 0..<min(chunkCount.load(ordering: .relaxed), Self.chunkLimit) {
      if unsafe chunks[index].waiting.load(ordering: .relaxed) > 0 { giveBack(index) }
    }
    unsafe chunks.deallocate()
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
      let piece = NamelessFile.Piece(bits: place & ~Self.inFile)
      defer { leave(piece, of: file) }
      return file.read(piece, into: &buffer)
    }
    let chunk = Int(place >> 56) - 1
    let start = unsafe chunks[chunk].start + Int(place >> 28 & 0xFFF_FFFF)
    unsafe buffer.append(
      ByteSlice(
        start: start.assumingMemoryBound(to: UInt8.self), count: Int(place & 0xFFF_FFFF)))
    leave(chunk)
    return true
  }

  private func leave(_ chunk: Int) {
    let left = unsafe chunks[chunk].waiting.wrappingSubtract(1, ordering: .acquiringAndReleasing)
    if left.newValue == 0 { giveBack(chunk) }
  }

  /// The regions that a piece lies in.
  private static func regions(of piece: NamelessFile.Piece) -> Range<Int> {
    let range = piece.range
    let end = min(Int((range.upperBound - 1) / regionSize) + 1, regionCount)
    return min(Int(range.lowerBound / regionSize), end)..<end
  }

  /// Counts a text that is in the file among those that wait there.
  private func count(_ piece: NamelessFile.Piece) {
    for region in Self.regions(of: piece) {
      unsafe waitingInFile[region].wrappingAdd(1, ordering: .relaxed)
    }
  }

  private func leave(_ piece: NamelessFile.Piece, of file: NamelessFile) {
    for region in Self.regions(of: piece) {
      let left = unsafe waitingInFile[region].wrappingSubtract(1, ordering: .acquiringAndReleasing)
      guard left.newValue == 0 else { continue }
      file.giveBack(Int64(region) * Self.regionSize..<Int64(region + 1) * Self.regionSize)
    }
  }

  private func giveBack(_ chunk: Int) { unsafe munmap(chunks[chunk].start, Self.chunkSize) }

  private func newChunk() -> Int? {
    // What is counted is given back at the end: a chunk that is not made must not be.
    guard storyCount <= Self.memoryLimit else { return nil }
    let index = chunkCount.wrappingAdd(1, ordering: .relaxed).oldValue
    guard index < Self.chunkLimit else { return nil }
    let isFilled = storyCount >= Self.fillingCount
    unsafe (chunks + index).initialize(
      to: Chunk(start: Memory.aligned(Self.chunkSize, isFilled: isFilled)))
    return index
  }

  /// Keeps texts, for one worker.
  struct Writer: ~Copyable {
    private let texts: SourceTexts
    private var chunk: Int?
    private var offset = 0
    private var isFull = false
    private var file: NamelessFile.Writer

    /// A writer with no memory taken yet.
    init(_ texts: SourceTexts) {
      self.texts = texts
      file = NamelessFile.Writer(texts.file)
    }

    deinit { if let chunk { texts.leave(chunk) } }

    /// Keeps the text of a story, if there is room, so that it can be taken after ``finish()``.
    mutating func keep(_ text: ByteSlice, of story: Int32) {
      guard text.count <= SourceTexts.chunkSize, !text.isEmpty else { return }
      if isFull { return keepInFile(text, of: story) }
      if chunk == nil || offset + text.count > SourceTexts.chunkSize {
        if let chunk { texts.leave(chunk) }
        chunk = texts.newChunk()
        offset = 0
      }
      guard let chunk else {
        isFull = true
        return keepInFile(text, of: story)
      }
      unsafe memcpy(texts.chunks[chunk].start + offset, text.start, text.count)
      unsafe texts.chunks[chunk].waiting.wrappingAdd(1, ordering: .relaxed)
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
