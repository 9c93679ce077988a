/// What feeds carry of stories, kept by the workers that made the stories' pages until feeds are made.
///
/// Most bodies would be converted again for a feed, and some for several: those of the paper, of a
/// section and of tags. Where all feeds are RSS, the whole item of a story is kept, which is the same in
/// each; else the body alone.
struct FeedParts: Sendable {
  /// Where the parts lie.
  let store = TextStore.populated()
  /// How many bytes are kept at the most, in about; what is beyond is made again.
  private let limit: Int
  /// Whether parts are still being kept; they are there for feeds when they are no more.
  var isFilling = true
  /// The part of each story; none at all where none was kept.
  private var parts: [Text] = []

  /// No parts yet, of so many stories.
  ///
  /// Of ten thousand stories, half stand in feeds, and all of these fit. The feeds of a large archive
  /// hold hardly more, and its metadata wants the room.
  init(storyCount: Int) { limit = storyCount <= SourceTexts.storyLimit ? 32 << 20 : 20 << 20 }

  /// Whether there is room for more.
  var hasRoom: Bool { store.chunkCount * TextStore.chunkSize < limit }

  /// Takes over what a worker has kept.
  ///
  /// - Parameters:
  ///   - kept: The parts, by their stories.
  ///   - storyCount: How many stories there are.
  mutating func add(_ kept: [(story: Int32, part: Text)], storyCount: Int) {
    if kept.isEmpty { return }
    if parts.isEmpty { parts = Array(repeating: .empty, count: storyCount) }
    for (story, part) in kept { parts[Int(story)] = part }
  }

  /// What is kept of a story.
  subscript(story: Int32) -> ByteSlice? {
    guard Int(story) < parts.count, !parts[Int(story)].isEmpty else { return nil }
    return store[parts[Int(story)]]
  }
}
