/// What feeds carry of stories, kept by the workers that made the stories' pages until feeds are made.
///
/// Most bodies would be converted again for a feed, and some for several: those of the paper, of a
/// section and of tags. Where all feeds are RSS, the whole item of a story is kept, which is the same in
/// each; else the body alone. All of it lies in a file without a name, which the system takes away
/// with the process: in memory, it would be more than the metadata of the whole archive.
struct FeedParts: Sendable {
  /// Where a part lies in the file, in eight bytes.
  struct Part: BitwiseCopyable, Sendable {
    /// Nothing kept.
    static let none = Part(start: 0, count: 0)
    /// The longest part, in bytes.
    fileprivate static let longest = 0xFF_FFFF

    private let bits: UInt64

    fileprivate init(start: Int64, count: Int) {
      bits = UInt64(start) << 24 | UInt64(count)
    }

    fileprivate var start: Int64 { Int64(bits >> 24) }
    fileprivate var count: Int { Int(bits & 0xFF_FFFF) }
  }

  /// Whether parts are still being kept; they are there for feeds when they are no more.
  var isFilling = true
  /// How many bytes are kept at the most, in about; what is beyond is made again for each feed.
  private static let limit: Int64 = 1 << 30
  private let file: NamelessFile?
  /// The part of each story; none at all where none was kept.
  private var parts: [Part] = []

  /// No parts yet.
  ///
  /// - Parameter folder: The system's number for an open folder, in whose file system the parts are
  ///   to lie; where it takes no file, nothing is kept.
  init(in folder: Int32) {
    file = NamelessFile(in: folder, limit: Self.limit, name: ".feed-parts")
  }

  /// Whether there is room for more.
  var hasRoom: Bool { file?.hasRoom ?? false }

  /// Takes over what a worker has kept.
  ///
  /// - Parameters:
  ///   - kept: The parts, by their stories.
  ///   - storyCount: How many stories there are.
  mutating func add(_ kept: [(story: Int32, part: Part)], storyCount: Int) {
    if kept.isEmpty { return }
    if parts.isEmpty { parts = Array(repeating: .none, count: storyCount) }
    for (story, part) in kept { parts[Int(story)] = part }
  }

  /// Appends what is kept of a story.
  ///
  /// - Returns: Whether it was all there; if not, the buffer is as it was.
  func append(_ story: Int32, to buffer: inout ByteBuffer) -> Bool {
    guard let file, Int(story) < parts.count, parts[Int(story)].count > 0 else { return false }
    let part = parts[Int(story)]
    return file.read(at: part.start, count: part.count, into: &buffer)
  }

  /// Keeps parts, for one worker.
  struct Writer: ~Copyable {
    /// How many bytes are written in one go, in about.
    private static let blockSize = 1 << 16

    private let file: NamelessFile?
    /// What has not been written yet; a part of a story is appended to it.
    var block: ByteBuffer
    /// Where the part at hand begins in the block.
    private var start = 0
    /// The parts in the block.
    private var waiting: [(story: Int32, part: Part)] = []
    /// What has been kept.
    private(set) var kept: [(story: Int32, part: Part)] = []

    /// A writer that has kept nothing yet; without parts it keeps nothing at all.
    init(_ parts: FeedParts?) {
      file = parts?.file
      block = ByteBuffer(capacity: file == nil ? 64 : 2 * Self.blockSize)
    }

    /// Ends the part of a story that was appended to the block.
    mutating func end(_ story: Int32) {
      // A longer one is made anew for each feed.
      if block.count - start <= Part.longest {
        waiting.append((story, Part(start: Int64(start), count: block.count - start)))
      }
      start = block.count
      if block.count >= Self.blockSize { finish() }
    }

    /// Writes what has not been written yet; of what the system does not take, nothing is kept.
    mutating func finish() {
      if let file, block.count > 0, let place = file.append(block.slice) {
        for (story, part) in waiting {
          kept.append((story, Part(start: place + part.start, count: part.count)))
        }
      }
      waiting.removeAll(keepingCapacity: true)
      block.removeAll()
      start = 0
    }
  }
}
