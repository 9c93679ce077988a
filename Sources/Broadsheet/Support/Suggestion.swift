/// The one of several names that is most like what was written, if any is near enough to be meant.
///
/// - Complexity: O(*n* · *m* · *k*) for names of *n* and *m* bytes and *k* candidates; it runs only
///   when there is an error to explain.
public func suggestion(for written: String, among names: some Sequence<String>) -> String? {
  NameList(names).nearest(to: written).map(\.name)
}

/// Names that one is looked for among, once or for many errors.
struct NameList: Sendable {
  private struct Entry {
    var name: String
    var bytes: [UInt8]
    /// Where it stood among the names.
    var index: Int
  }

  /// The names in their order; of equal ones the first.
  private var entries: [Entry] = []
  /// Of very many names, those that leave the same, by its hash, when one byte or none is taken out.
  private var byRemains: [UInt64: [Int32]] = [:]
  /// Among so many names and more, only those with one slip are near.
  private static let manyNames = 500

  /// A list of names.
  init(_ names: some Sequence<String>) {
    var known: Set<String> = []
    for (index, name) in names.enumerated() where known.insert(name).inserted {
      entries.append(Entry(name: name, bytes: Array(name.lowercased().utf8), index: index))
    }
    entries.sort { $0.name < $1.name }
    guard entries.count >= Self.manyNames else { return }
    for (place, entry) in entries.enumerated() {
      for hash in Self.remains(of: entry.bytes) {
        byRemains[hash, default: []].append(Int32(place))
      }
    }
  }

  /// The name that is most like what was written, and where it stood; nil where none is near enough to
  /// be meant.
  ///
  /// - Complexity: O(*k*) in the number of names where they are few; of very many, only those are looked
  ///   at that differ by one slip.
  func nearest(to written: String) -> (name: String, index: Int)? {
    let source = Array(written.lowercased().utf8)
    var best: (place: Int, distance: Int)?
    func look(at place: Int, limit: Int) {
      let bytes = entries[place].bytes
      guard abs(source.count - bytes.count) <= limit,
        let distance = editDistance(source, bytes, limit: limit)
      else { return }
      if let known = best, (known.distance, known.place) <= (distance, place) { return }
      best = (place, distance)
    }
    if byRemains.isEmpty {
      for (place, entry) in entries.enumerated() {
        look(at: place, limit: max(1, min(written.utf8.count, entry.name.utf8.count) / 3))
      }
    } else {
      for hash in Self.remains(of: source) {
        for place in byRemains[hash] ?? [] { look(at: Int(place), limit: 1) }
      }
    }
    return best.map { (entries[$0.place].name, entries[$0.place].index) }
  }

  /// The hashes of bytes (FNV-1a), and of what is left of them without each of them.
  private static func remains(of bytes: [UInt8]) -> Set<UInt64> {
    var hashes: Set<UInt64> = []
    for left in 0...bytes.count {
      var hash: UInt64 = 0xCBF2_9CE4_8422_2325
      for (place, byte) in bytes.enumerated() where place != left {
        hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
      }
      hashes.insert(hash)
    }
    return hashes
  }
}

/// How many insertions, deletions, changes and swaps of neighbours turn one text into another
/// (optimal string alignment); nil where they are more than a limit.
private func editDistance(_ left: [UInt8], _ right: [UInt8], limit: Int) -> Int? {
  var before = [Int](repeating: 0, count: right.count + 1)
  var above = Array(0...right.count)
  var current = above
  for row in left.indices {
    current[0] = row + 1
    var least = row + 1
    for column in right.indices {
      let change = above[column] + (left[row] == right[column] ? 0 : 1)
      var cost = min(change, above[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
        cost = min(cost, before[column - 1] + 1)
      }
      current[column + 1] = cost
      least = min(least, cost)
    }
    // No row after it is better than this one, but for a swap, which takes from the one before.
    if least > limit + 1 { return nil }
    (before, above, current) = (above, current, before)
  }
  return above[right.count] <= limit ? above[right.count] : nil
}
