/// The one of several names that is most like what was written, if any is near enough to be meant.
///
/// - Complexity: O(*n* · *m* · *k*) for names of *n* and *m* bytes and *k* candidates; it runs only
///   when there is an error to explain.
public func suggestion(for written: String, among names: some Sequence<String>) -> String? {
  let source = Array(written.lowercased().utf8)
  var best: (name: String, distance: Int)?
  for name in names {
    let distance = editDistance(source, Array(name.lowercased().utf8))
    guard distance <= max(1, min(written.utf8.count, name.utf8.count) / 3) else { continue }
    if let known = best, (known.distance, known.name) <= (distance, name) { continue }
    best = (name, distance)
  }
  return best?.name
}

/// How many insertions, deletions, changes and swaps of neighbours turn one text into another
/// (optimal string alignment).
private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
  var before = [Int](repeating: 0, count: right.count + 1)
  var above = Array(0...right.count)
  for row in left.indices {
    var current = [row + 1] + Array(repeating: 0, count: right.count)
    for column in right.indices {
      let change = above[column] + (left[row] == right[column] ? 0 : 1)
      current[column + 1] = min(change, above[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
        current[column + 1] = min(current[column + 1], before[column - 1] + 1)
      }
    }
    before = above
    above = current
  }
  return above[right.count]
}
