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

  /// How related each story is to the one of the search: above what its tags weigh, which is nothing
  /// between two searches, below its rank, so that of two that weigh the same the newer is the more
  /// related.
  private let weights: UnsafeMutablePointer<UInt64>
  private let storyCount: Int
  /// Whether the ranks have been put there: not before the first search.
  private var hasRanks = false
  private var touched: [Int32] = []
  /// The stories found last, the most related first, as indexes into the archive's `articles`.
  private(set) var found: [Int32] = []

  private static let rankMask: UInt64 = 0xFFFF_FFFF

  /// A finder for an archive of so many stories.
  init(storyCount: Int) {
    self.storyCount = storyCount
    unsafe weights = .allocate(capacity: max(storyCount, 1))
    touched.reserveCapacity(512)
    found.reserveCapacity(Self.count + 1)
  }

  deinit { unsafe weights.deallocate() }

  private func weight(_ story: Int32) -> UInt64 {
    precondition(story >= 0 && Int(story) < storyCount)
    return unsafe weights[Int(story)]
  }

  private mutating func putRanks(_ publication: Publication) {
    for story in 0..<storyCount {
      // Stories without a rank are in no tag's list.
      unsafe weights[story] = UInt64(UInt32(bitPattern: publication.filings[story].rank))
    }
    hasRanks = true
  }

  /// Finds what is related to a live story that has a date, always of the same publication.
  ///
  /// - Complexity: O(*t* · ``window``) for *t* tags; O(*n*) in the number of stories the first time.
  mutating func find(for story: Int32, in publication: Publication) {
    found.removeAll(keepingCapacity: true)
    touched.removeAll(keepingCapacity: true)
    let filing = publication.filings[Int(story)]
    guard filing.rank >= 0 else { return }
    if !hasRanks { putRanks(publication) }
    for link in filing.tags.indices {
      let tag = publication.terms[Int(publication.filedUnder[link])]
      let before = place(of: filing.rank, among: tag.stories, publication)
      // A tag that had been used n times before weighs in inverse proportion to n, a new one less
      // than twice as much as one used 16 times: one rare tag outweighs several common ones.
      let weight = UInt64((1 << 20) / (16 + before)) << 32
      let start = Int(tag.stories.start)
      // The newest first: of those that weigh the same, the first four stay.
      for place in (start + max(0, before - Self.window)..<start + before).reversed() {
        let other = publication.members[place]
        let known = self.weight(other)
        if known <= Self.rankMask { touched.append(other) }
        unsafe weights[Int(other)] = known + weight
      }
    }
    // Most stories weigh less than the last of those found, which is told without looking further.
    var least: UInt64 = 0
    for other in touched where weight(other) > least {
      keep(other)
      if found.count == Self.count { least = weight(found[Self.count - 1]) }
    }
    for other in touched { unsafe weights[Int(other)] &= Self.rankMask }
  }

  /// How many stories of a run, oldest first, come before a rank.
  ///
  /// The ranks of a tag's stories lie about evenly between the first and the last, so that a few
  /// guesses between two known ones come near: each look is one at memory that was not looked at before.
  private func place(
    of rank: Int32, among stories: PoolRange, _ publication: Publication
  ) -> Int {
    let wanted = Int(rank)
    // All before `low` come before it, all from `high` on do not.
    var (low, lowRank) = (0, -1)
    var (high, highRank) = (Int(stories.count), storyCount)
    var guesses = 6
    while low < high {
      var middle = (low + high) / 2
      if guesses > 0, high - low > 8 {
        guesses -= 1
        let share = (high - low) * (wanted - lowRank) / max(highRank - lowRank, 1)
        middle = low + min(max(share, 0), high - low - 1)
      }
      let story = publication.members[Int(stories.start) + middle]
      let other = Int(weight(story) & Self.rankMask)
      if other < wanted {
        (low, lowRank) = (middle + 1, other)
      } else if other == wanted {
        return middle
      } else {
        (high, highRank) = (middle, other)
      }
    }
    return low
  }

  /// Puts a story among those found, if it is more related than one of them.
  private mutating func keep(_ story: Int32) {
    var place = found.count
    while place > 0, weight(story) > weight(found[place - 1]) { place -= 1 }
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
}
