/// What a reader says of a story, as its file under `reviews/` has it; the text stays plain.
struct Review: BitwiseCopyable, Sendable {
  /// The most characters (Unicode scalars) that a reader's name may have.
  static let nameLimit = 100
  /// The most characters that a review's text may have.
  static let textLimit = 10_000
  /// The most bytes that its file may have.
  static let fileLimit = 1 << 17
  /// How many reviews a story's page shows; the newest are shown, all are counted.
  static let shownLimit = 100

  /// The file it came from.
  var file: SourceFile
  /// The hash of the file's bytes.
  var source: UInt64 = 0
  /// The id of the story: the path of the folder that the file lies in, from `reviews/`.
  var story = Text.empty
  /// Who wrote it.
  var name = Text.empty
  /// When it was written; unseen until then.
  var date = Moment.never
  /// The paragraphs: a run of the archive's `texts`.
  var paragraphs = PoolRange()
  /// How many stars of five it gives; 0 for none.
  var stars: UInt8 = 0
  /// Whether an editor has approved it; one that is pending is never shown.
  var isApproved = true
  /// Whether something is wrong with the file: then it is read again each time.
  var isQuestionable = false

  /// A review of which nothing is known yet.
  init(file: SourceFile) { self.file = file }
}

/// The reviews that are shown, by their stories.
struct ReviewTable: Sendable {
  /// The reviews of one story.
  struct OfStory: BitwiseCopyable, Sendable {
    /// Those that its page shows, newest first: a run of `order`.
    var shown = PoolRange()
    /// How many there are.
    var count: Int32 = 0
    /// How many of them give stars.
    var starredCount: Int32 = 0
    /// The sum of their stars.
    var starSum: Int32 = 0
    /// A hash of all that a page may print of them.
    var hash: UInt64 = 0

    /// The average of the stars in tenths, rounded half up; nil where there are none.
    var averageInTenths: Int? {
      guard starredCount > 0 else { return nil }
      return (Int(starSum) * 20 + Int(starredCount)) / (Int(starredCount) * 2)
    }
  }

  /// Reviews as indexes into the archive's `reviews`, those of a story side by side.
  private(set) var order: [Int32] = []
  /// What there is of each story that has reviews.
  private(set) var byStory: [Int32: OfStory] = [:]

  /// A table without reviews.
  init() {}

  /// Adds the reviews of a story, newest first.
  mutating func add(_ reviews: [Int32], of story: Int32, _ archive: Archive) {
    var entry = OfStory()
    var hash = Hash(seed: UInt64(reviews.count))
    for index in reviews {
      let review = archive.reviews[Int(index)]
      entry.count += 1
      if review.stars > 0 {
        entry.starredCount += 1
        entry.starSum += Int32(review.stars)
      }
      hash.add(review.source)
    }
    entry.hash = hash.value
    let shown = reviews.prefix(Review.shownLimit)
    entry.shown = PoolRange(start: UInt32(order.count), count: UInt32(shown.count))
    order += shown
    byStory[story] = entry
  }

  /// The reviews of a story; nil for none.
  @inline(__always) subscript(story: Int32) -> OfStory? {
    byStory.isEmpty ? nil : byStory[story]
  }
}
