/// A moment as a story names it.
struct DatedMoment: Equatable {
  /// The moment, in seconds since 1970-01-01T00:00:00Z; for a day alone, its first.
  var instant: Moment
  /// Whether a time of day was named, not the day alone.
  var hasTime: Bool
}

/// Dates as text: RFC 3339, and the same without an offset or without a time, in the site's zone.
///
/// Read are `2024-10-03T18:40:00+04:00`, `2024-10-03T14:40:00Z`, `2024-10-03 18:40` with or
/// without seconds, and `2024-10-03`; fractions of a second are dropped.
struct DateText {
  /// The text.
  let text: ByteSlice

  /// A text to read as a date.
  init(_ text: ByteSlice) { self.text = text }

  /// The moment that the text names in a zone.
  ///
  /// - Throws: What is wrong with it, without a place.
  func moment(in zone: TimeZoneTable) throws(Problem) -> DatedMoment {
    let moment = try anyMoment(in: zone)
    let local = zone.civilTime(at: moment.instant).date.year
    let universal = CivilTime(instant: moment.instant, offset: 0).date.year
    guard Self.years.contains(local), Self.years.contains(universal) else {
      throw Problem(
        "bad-date",
        "'\(text.quotable())' is in no year that pages are dated in; years go from "
          + "\(Self.years.lowerBound) to \(Self.years.upperBound)")
    }
    return moment
  }

  /// The years that dates may be in: all languages write those before in other calendars, and RFC 3339
  /// has four digits for a year.
  private static let years = 1600...9999

  /// The moment that the text names in a zone, in any year.
  private func anyMoment(in zone: TimeZoneTable) throws(Problem) -> DatedMoment {
    guard let parts = parse() else { throw notADate(in: zone) }
    let days = Int64(parts.date.daysSince1970)
    guard parts.date.isValid else { throw noSuchDay(parts.date) }
    guard parts.second < 86_401 else {
      throw Problem(
        "bad-date", "'\(text.quotable())' names no time of day; hours go from 00 to 23")
    }
    let local = days * 86_400 + Int64(parts.second)
    if let offset = parts.offset {
      return DatedMoment(instant: local - Int64(offset), hasTime: true)
    }
    do throws(TimeZoneTable.LocalTimeError) {
      let instant = try zone.instant(ofLocal: local)
      return DatedMoment(instant: instant, hasTime: parts.hasTime)
    } catch {
      if !parts.hasTime { return firstMoment(ofDay: local, in: zone, error) }
      throw noSuchTime(parts, error, in: zone)
    }
  }

  /// What a text says, before it is asked whether there is such a day or time.
  struct Parts {
    /// The day.
    var date: CivilDate
    /// Seconds since midnight; more than a day's where the text names no time of day.
    var second = 0
    /// Whether a time of day is named.
    var hasTime = false
    /// Seconds ahead of UTC, where an offset is given.
    var offset: Int?
  }

  /// The parts of the text where it has the right form; else nil.
  private func parse() -> Parts? {
    var offset = 0
    guard let year = number(4, &offset), take("-", &offset), let month = number(2, &offset),
      take("-", &offset), let day = number(2, &offset)
    else { return nil }
    var parts = Parts(date: CivilDate(year: year, month: month, day: day))
    if offset == text.count { return parts }
    guard take("T", &offset) || take("t", &offset) || take(" ", &offset) else { return nil }
    while take(" ", &offset) {}
    guard let hour = number(2, &offset), take(":", &offset), let minute = number(2, &offset) else {
      return nil
    }
    var second = 0
    if take(":", &offset) {
      guard let read = number(2, &offset) else { return nil }
      second = read
      if take(".", &offset) {
        let start = offset
        while number(1, &offset) != nil {}
        guard offset > start else { return nil }
      }
    }
    parts.hasTime = true
    let isTime = hour < 24 && minute < 60 && second <= 60  // 60: a leap second
    parts.second = isTime ? hour * 3600 + minute * 60 + second : .max
    if offset == text.count { return parts }
    if take("Z", &offset) || take("z", &offset) {
      parts.offset = 0
    } else {
      let isWest = take("-", &offset)
      guard isWest || take("+", &offset), let hours = number(2, &offset), take(":", &offset),
        let minutes = number(2, &offset), hours < 24, minutes < 60
      else { return nil }
      parts.offset = (hours * 3600 + minutes * 60) * (isWest ? -1 : 1)
    }
    return offset == text.count ? parts : nil
  }

  private func number(_ width: Int, _ offset: inout Int) -> Int? {
    guard offset + width <= text.count else { return nil }
    var number = 0
    for place in offset..<offset + width {
      let digit = text[place]
      guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") else { return nil }
      number = number * 10 + Int(digit - UInt8(ascii: "0"))
    }
    offset += width
    return number
  }

  private func take(_ sign: Unicode.Scalar, _ offset: inout Int) -> Bool {
    guard offset < text.count, text[offset] == UInt8(ascii: sign) else { return false }
    offset += 1
    return true
  }
}

extension DateText {
  /// The first moment of a day whose midnight the zone skips or has twice.
  private func firstMoment(
    ofDay local: Int64, in zone: TimeZoneTable, _ error: TimeZoneTable.LocalTimeError
  ) -> DatedMoment {
    switch error {
    case .twice(let first, _): return DatedMoment(instant: local - Int64(first), hasTime: false)
    case .skipped(let before, _):
      // Midnight by the old offset is the moment of the change or later: the first that the day has,
      // or, of a day that the zone skips as a whole, the first of the next.
      return DatedMoment(instant: local - Int64(before), hasTime: false)
    }
  }

  private func noSuchDay(_ date: CivilDate) -> Problem {
    guard (1...12).contains(date.month) else {
      return Problem(
        "bad-date", "'\(text.quotable())' is not a day of the calendar; months go from 01 to 12")
    }
    let first = CivilDate(year: date.year, month: date.month, day: 1)
    let next =
      date.month == 12
      ? CivilDate(year: date.year + 1, month: 1, day: 1)
      : CivilDate(year: date.year, month: date.month + 1, day: 1)
    let days = next.daysSince1970 - first.daysSince1970
    return Problem(
      "bad-date",
      "'\(text.quotable())' is not a day of the calendar; "
        + "\(monthNames[date.month - 1]) \(date.year) has \(days) days")
  }

  private func noSuchTime(
    _ parts: Parts, _ error: TimeZoneTable.LocalTimeError, in zone: TimeZoneTable
  ) -> Problem {
    let local = Int64(parts.date.daysSince1970) * 86_400 + Int64(parts.second)
    func written(_ instant: Int64) -> String {
      Self.text(instant, offset: zone.offset(at: instant))
    }
    switch error {
    case .skipped(let before, let after):
      return Problem(
        "bad-date",
        "'\(text.quotable())' is no time in \(zone.name), where clocks were put "
          + "forward over it; write \(written(local - Int64(after))) or "
          + "\(written(local - Int64(before)))")
    case .twice(let first, let second):
      return Problem(
        "bad-date",
        "'\(text.quotable())' comes twice in \(zone.name), where clocks were put back; "
          + "write \(written(local - Int64(first))) or \(written(local - Int64(second)))")
    }
  }

  private func notADate(in zone: TimeZoneTable) -> Problem {
    let found = DateGuess(text.string).text.flatMap { $0 == text.string ? nil : $0 }
    let guess = found ?? "2024-10-03 or 2024-10-03T18:40:00+04:00"
    return Problem("bad-date", "'\(text.quotable())' is not a date; write it as \(guess)")
  }

  /// A moment in the form of RFC 3339.
  static func text(_ instant: Int64, offset: Int) -> String {
    let time = CivilTime(instant: instant, offset: offset)
    var buffer = ByteBuffer(capacity: 32)
    buffer.append(number: time.date.year, width: 4)
    buffer.append("-")
    buffer.append(number: time.date.month, width: 2)
    buffer.append("-")
    buffer.append(number: time.date.day, width: 2)
    buffer.append("T")
    buffer.append(number: time.hour, width: 2)
    buffer.append(":")
    buffer.append(number: time.minute, width: 2)
    buffer.append(":")
    buffer.append(number: time.second % 60, width: 2)
    return buffer.string + offsetText(offset)
  }
}

/// The months in English, for messages and guesses.
let monthNames = [
  "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
  "November", "December",
]
