/// Finds the stories that are most like one: shared tags, weighed by how rare they had been until
/// then, then nearness in time.
///
/// It looks back only, so that what is related to a story never changes again, and at no more than
/// the last stories of each tag, so that a story costs the same in any archive. One worker keeps one
/// for all its stories.
@safe struct RelatedStories: ~Copyable {
  /// How many of a tag's stories are looked at, counting back from the story.
  static let window = 64
  /// How many stories are found at the most.
  static let count = 4

  /// How much each story weighs; all zero between two searches.
  private let weights: UnsafeMutablePointer<UInt32>
  private let storyCount: Int
  private var touched: [Int32] = []
  /// The stories found last, the most related first, as indexes into the archive's `articles`.
  private(set) var found: [Int32] = []

  /// A finder for an archive of so many stories.
  init(storyCount: Int) {
    self.storyCount = storyCount
    unsafe weights = .allocate(capacity: max(storyCount, 1))
    unsafe weights.initialize(repeating: 0, count: max(storyCount, 1))
    touched.reserveCapacity(512)
    found.reserveCapacity(Self.count + 1)
  }

  deinit { unsafe weights.deallocate() }

  private func weight(_ story: Int32) -> UInt32 {
    precondition(story >= 0 && Int(story) < storyCount)
    return unsafe weights[Int(story)]
  }

  /// Finds what is related to a live story that has a date.
  ///
  /// - Complexity: O(*t* · ``window``) for *t* tags.
  mutating func find(for story: Int32, in publication: Publication) {
    found.removeAll(keepingCapacity: true)
    touched.removeAll(keepingCapacity: true)
    let filing = publication.filings[Int(story)]
    guard filing.rank >= 0 else { return }
    for link in filing.tags.indices {
      let tag = publication.terms[Int(publication.filedUnder[link])]
      let before = place(of: filing.rank, among: tag.stories, publication)
      // A tag that had been used n times before weighs in inverse proportion to n, a new one less
      // than twice as much as one used 16 times: one rare tag outweighs several common ones.
      let weight = UInt32((1 << 20) / (16 + before))
      let start = Int(tag.stories.start)
      for place in start + max(0, before - Self.window)..<start + before {
        let other = publication.members[place]
        let known = self.weight(other)
        if known == 0 { touched.append(other) }
        unsafe weights[Int(other)] = known + weight
      }
    }
    // Most stories weigh less than the last of those found, which is told without looking further.
    var least: UInt32 = 0
    for other in touched {
      guard weight(other) >= least else { continue }
      keep(other, publication)
      if found.count == Self.count { least = weight(found[Self.count - 1]) }
    }
    for other in touched { unsafe weights[Int(other)] = 0 }
  }

  /// How many stories of a run, oldest first, come before a rank.
  private func place(
    of rank: Int32, among stories: PoolRange, _ publication: Publication
  ) -> Int {
    var low = 0
    var high = Int(stories.count)
    while low < high {
      let middle = (low + high) / 2
      let other = publication.members[Int(stories.start) + middle]
      if publication.filings[Int(other)].rank < rank { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Puts a story among those found, if it is more related than one of them.
  private mutating func keep(_ story: Int32, _ publication: Publication) {
    var place = found.count
    while place > 0, comesBefore(story, found[place - 1], publication) { place -= 1 }
    guard place < Self.count else { return }
    found.append(story)
    var last = found.count - 1
    while last > place {
      found[last] = found[last - 1]
      last -= 1
    }
    found[place] = story
    if found.count > Self.count { found.removeLast() }
  }

  private func comesBefore(_ one: Int32, _ other: Int32, _ publication: Publication) -> Bool {
    let (weight, otherWeight) = (weight(one), weight(other))
    if weight != otherWeight { return weight > otherWeight }
    return publication.filings[Int(one)].rank > publication.filings[Int(other)].rank
  }
}
