import Foundation

/// How far a place's clocks are ahead of UTC at any moment from 1900 to 2100.
///
/// The changes are asked of ICU once, in a few milliseconds; from then on a look-up is a binary
/// search of a few hundred numbers, and any thread may make it.
struct TimeZoneTable: Sendable {
  /// Why a local time names no moment.
  enum LocalTimeError: Error, Equatable {
    /// Clocks are put forward over it: it comes between two offsets, in seconds.
    case skipped(before: Int, after: Int)
    /// Clocks are put back over it: it comes twice, with the first offset and the second.
    case twice(first: Int, second: Int)
  }

  /// The zone's name in the tz database.
  let name: String
  /// The moments at which the offset changes, in order.
  private var changes: [Int64] = []
  /// The offsets in seconds: the first before all changes, then one after each.
  private var offsets: [Int32] = [0]

  /// UTC, which needs no data.
  static let utc = TimeZoneTable()

  private init() { name = "UTC" }

  /// The zone with a name such as `Asia/Baku`; nil where there is none.
  init?(named name: String) {
    self.name = name
    if name == "UTC" { return }
    guard TimeZoneData.isLinked, let zone = TimeZone(identifier: name) else { return nil }
    var moment = Date(timeIntervalSince1970: -2_208_988_800)  // 1900-01-01
    let end = Date(timeIntervalSince1970: 4_133_980_800)  // 2101-01-01
    offsets = [Int32(zone.secondsFromGMT(for: moment))]
    while let next = zone.nextDaylightSavingTimeTransition(after: moment), next < end {
      let offset = Int32(zone.secondsFromGMT(for: next))
      if offset != offsets[offsets.count - 1] {
        changes.append(Int64(next.timeIntervalSince1970))
        offsets.append(offset)
      }
      moment = next
    }
  }

  /// Takes the zone into a hash: its name and all changes of its clocks.
  func add(to hash: inout Hash) {
    name.withBytes { hash.add($0) }
    unsafe changes.withUnsafeBytes { unsafe hash.add($0) }
    unsafe offsets.withUnsafeBytes { unsafe hash.add($0) }
  }

  /// The name of a zone that is most like what was written.
  static func suggestion(for name: String) -> String? {
    let known = TimeZoneData.isLinked ? TimeZone.knownTimeZoneIdentifiers : []
    if let near = Broadsheet.suggestion(for: name, among: known) { return near }
    // "Baku" alone, or "Baku time": the place is the last part of the zone's name.
    let place = name.split { !$0.isLetter }.first.map(String.init) ?? name
    return known.first { $0.lowercased().hasSuffix("/" + place.lowercased()) }
  }

  /// How many seconds clocks are ahead of UTC at a moment.
  ///
  /// - Complexity: O(log *n*) in the number of changes.
  func offset(at instant: Int64) -> Int { Int(offsets[changeCount(upTo: instant)]) }

  /// The day that clocks show at a moment, counted from 1970-01-01.
  func day(of instant: Int64) -> Int {
    let local = Int(instant) + offset(at: instant)
    return local >= 0 ? local / 86_400 : -((86_399 - local) / 86_400)
  }

  /// What clocks show at a moment.
  func civilTime(at instant: Int64) -> CivilTime {
    CivilTime(instant: instant, offset: offset(at: instant))
  }

  /// The moment at which clocks show a time, given in seconds since 1970-01-01T00:00:00 as if they
  /// showed UTC.
  func instant(ofLocal local: Int64) throws(LocalTimeError) -> Int64 {
    // Offsets lie within 26 hours of each other, so only the changes around matter.
    var index = changeCount(upTo: local - 100_000)
    let last = changeCount(upTo: local + 100_000)
    var found: Int64?
    var foundOffset = 0
    while index <= last {
      let offset = Int(offsets[index])
      let instant = local - Int64(offset)
      let isAfterStart = index == 0 || instant >= changes[index - 1]
      let isBeforeEnd = index == changes.count || instant < changes[index]
      if isAfterStart, isBeforeEnd {
        if found != nil { throw .twice(first: foundOffset, second: offset) }
        found = instant
        foundOffset = offset
      }
      index += 1
    }
    if let found { return found }
    // No offset gives it: it lies where clocks are put forward.
    index = changeCount(upTo: local - 100_000)
    while index < last {
      let (before, after) = (Int(offsets[index]), Int(offsets[index + 1]))
      let change = changes[index]
      if local >= change + Int64(before), local < change + Int64(after) {
        throw .skipped(before: before, after: after)
      }
      index += 1
    }
    return local - Int64(offsets[last])
  }

  /// How many changes there are up to a moment.
  private func changeCount(upTo instant: Int64) -> Int {
    var lower = 0
    var upper = changes.count
    while lower < upper {
      let middle = (lower + upper) / 2
      if changes[middle] <= instant { lower = middle + 1 } else { upper = middle }
    }
    return lower
  }

  /// All changes, with the offset after each, for tests.
  var allChanges: [(instant: Int64, offset: Int)] {
    changes.indices.map { (changes[$0], Int(offsets[$0 + 1])) }
  }
}

/// ICU's part of Foundation, which knows the zones.
private enum TimeZoneData {
  /// Whether it is there; naming a type of it keeps a static linker from leaving it out.
  static let isLinked = MemoryLayout<Date.FormatStyle>.size > 0
}

/// An offset from UTC as dates write it, such as `+04:00`.
func offsetText(_ seconds: Int) -> String {
  func twoDigits(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
  let minutes = seconds.magnitude / 60
  return (seconds < 0 ? "-" : "+") + twoDigits(Int(minutes / 60)) + ":"
    + twoDigits(Int(minutes % 60))
}
