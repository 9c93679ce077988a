import Glibc

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

  /// What the shared tags of each dated story weigh, by its rank; nothing between two searches.
  ///
  /// Stories of one tag that follow each other have ranks that lie near each other, so that a search
  /// looks at little memory; by their places in the archive they would lie all over it.
  private let weights: UnsafeMutablePointer<UInt32>
  private let storyCount: Int
  /// The ranks of the stories that a tag of the search leads to.
  private var touched: UnsafeMutablePointer<Int32>
  private var touchedRoom = 512
  /// The most related of them, by their ranks, the most related first.
  private var best: [(weight: UInt32, rank: Int32)] = []
  /// The stories found last, the most related first, as indexes into the archive's `articles`.
  private(set) var found: [Int32] = []

  /// A finder for an archive of so many stories.
  init(storyCount: Int) {
    self.storyCount = storyCount
    // The system gives the memory when it is first touched, all zeros.
    guard let memory = unsafe calloc(max(storyCount, 1), MemoryLayout<UInt32>.stride) else {
      fatalError("no memory is left to find related stories")
    }
    unsafe weights = memory.bindMemory(to: UInt32.self, capacity: max(storyCount, 1))
    unsafe touched = .allocate(capacity: touchedRoom)
    best.reserveCapacity(Self.count + 1)
    found.reserveCapacity(Self.count)
  }

  deinit {
    unsafe free(weights)
    unsafe touched.deallocate()
  }

  /// Finds what is related to a live story that has a date, always of the same publication.
  ///
  /// - Complexity: O(*t* · ``window``) for *t* tags.
  mutating func find(for story: Int32, in publication: Publication) {
    found.removeAll(keepingCapacity: true)
    best.removeAll(keepingCapacity: true)
    let filing = publication.filings[Int(story)]
    guard filing.rank >= 0 else { return }
    var touchedCount = 0
    for link in filing.tags.indices {
      let tag = publication.terms[Int(publication.filedUnder[link])]
      let start = Int(tag.ranks)
      let before = Self.place(
        of: filing.rank, in: publication.ranks, start..<start + Int(tag.stories.count))
      // A tag that had been used n times before weighs in inverse proportion to n, a new one less
      // than twice as much as one used 16 times: one rare tag outweighs several common ones.
      let weight = UInt32(max((1 << 20) / (16 + before), 1))
      makeRoom(for: touchedCount + Self.window, keeping: touchedCount)
      let window = publication.ranks[start + max(0, before - Self.window)..<start + before]
      unsafe window.withUnsafeBufferPointer { window in
        // The newest first: of those that weigh the same, the first four stay.
        for place in window.indices.reversed() {
          let other = unsafe window[place]
          precondition(UInt(bitPattern: Int(other)) < UInt(bitPattern: storyCount))
          let known = unsafe weights[Int(other)]
          unsafe touched[touchedCount] = other
          touchedCount &+= known == 0 ? 1 : 0
          unsafe weights[Int(other)] = known &+ weight
        }
      }
    }
    // Most stories weigh less than the last of those found, which is told without looking further.
    var least: UInt32 = 0
    for place in 0..<touchedCount {
      let other = unsafe touched[place]
      let weight = unsafe weights[Int(other)]
      unsafe weights[Int(other)] = 0
      guard weight >= least else { continue }
      keep(other, weighing: weight)
      if best.count == Self.count { least = best[Self.count - 1].weight }
    }
    let edition = Int(publication.archive.articles[Int(story)].language)
    let first = Int(publication.editions[edition].stories.start)
    for other in best { found.append(publication.members[first + Int(other.rank)]) }
  }

  /// How many of a tag's stories come before a rank.
  ///
  /// Their ranks lie about evenly between the first and the last, so that a few guesses between two
  /// known ones come near: each look is one at memory that was not looked at before.
  private static func place(of rank: Int32, in ranks: [Int32], _ tag: Range<Int>) -> Int {
    let wanted = Int(rank)
    // All before `low` come before it, all from `high` on do not.
    var (low, lowRank) = (0, -1)
    var (high, highRank) = (tag.count, 0)
    if high > 0 { highRank = Int(ranks[tag.upperBound - 1]) + 1 }
    var guesses = 6
    while low < high {
      var middle = (low + high) / 2
      if guesses > 0, high - low > 8 {
        guesses -= 1
        let share = (high - low) * (wanted - lowRank) / max(highRank - lowRank, 1)
        middle = low + min(max(share, 0), high - low - 1)
      }
      let other = Int(ranks[tag.lowerBound + middle])
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

  /// Makes room for so many ranks; the first stay.
  private mutating func makeRoom(for count: Int, keeping touchedCount: Int) {
    guard count > touchedRoom else { return }
    touchedRoom = 2 * count
    let larger = UnsafeMutablePointer<Int32>.allocate(capacity: touchedRoom)
    unsafe larger.update(from: touched, count: touchedCount)
    unsafe touched.deallocate()
    unsafe touched = larger
  }

  /// Puts a story among the best, if it is more related than one of them: it weighs more, or as much
  /// and is newer.
  private mutating func keep(_ rank: Int32, weighing weight: UInt32) {
    var place = best.count
    while place > 0 {
      let other = best[place - 1]
      guard other.weight < weight || other.weight == weight && other.rank < rank else { break }
      place -= 1
    }
    guard place < Self.count else { return }
    best.insert((weight, rank), at: place)
    if best.count > Self.count { best.removeLast() }
  }
}
