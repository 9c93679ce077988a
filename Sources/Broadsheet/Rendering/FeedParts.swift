/// What feeds carry of stories, kept by the workers that made the stories' pages until feeds are made.
///
/// Most bodies would be converted again for a feed, and some for several: those of the paper, of a
/// section and of tags. Where all feeds are RSS, the whole item of a story is kept, which is the same in
/// each; else the body alone. It lies where the stories' own texts were, and what finds no room there in a file
/// without a name: it is more than the metadata of the whole archive.
struct FeedParts: Sendable {
  /// How many bytes are kept at the most, in about; what is beyond is made again for each feed.
  private static let limit: Int64 = 1 << 30

  /// Whether parts are still being kept; they are there for feeds when they are no more.
  var isFilling = true
  private let store: PieceStore
  /// The part of each story; none at all where none was kept.
  private var parts: [PieceStore.Piece] = []

  /// No parts yet.
  ///
  /// - Parameters:
  ///   - folder: The system's number for an open folder, in whose file system parts are to lie for which
  ///     there is no memory; where it takes no file, nothing is kept.
  ///   - pool: Where there is memory that was left; nil for none.
  init(in folder: Int32, pool: ChunkPool? = nil) {
    store = PieceStore(
      NamelessFile(in: folder, limit: Self.limit, name: ".feed-parts"), pool: pool)
  }

  /// Whether there is room for more.
  var hasRoom: Bool { store.hasRoom }

  /// Keeps parts, for one worker, by the indexes of their stories.
  func writer() -> PieceStore.Writer { PieceStore.Writer(store) }

  /// Takes over what a worker has kept.
  ///
  /// - Parameters:
  ///   - kept: The parts, by their stories.
  ///   - storyCount: How many stories there are.
  mutating func add(_ kept: [(number: Int32, piece: PieceStore.Piece)], storyCount: Int) {
    if kept.isEmpty { return }
    if parts.isEmpty { parts = Array(repeating: .none, count: storyCount) }
    for (story, part) in kept { parts[Int(story)] = part }
  }

  /// Appends what is kept of a story.
  ///
  /// - Returns: Whether it was all there; if not, the buffer is as it was.
  func append(_ story: Int32, to buffer: inout ByteBuffer) -> Bool {
    guard Int(story) < parts.count else { return false }
    return store.read(parts[Int(story)], into: &buffer)
  }
}
