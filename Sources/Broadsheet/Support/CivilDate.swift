/// A day of the Gregorian calendar, without a time or a zone.
public struct CivilDate: Hashable, Sendable, BitwiseCopyable {
  /// The year, from 1600 to 9999 in all that is read.
  public var year: Int
  /// The month, 1 to 12.
  public var month: Int
  /// The day of the month, 1 to 31.
  public var day: Int

  /// A day by its numbers, which are not checked; see ``isValid``.
  public init(year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// Whether there is such a day.
  public var isValid: Bool {
    guard (1...12).contains(month), day >= 1 else { return false }
    return CivilDate(daysSince1970: daysSince1970) == self
  }

  /// The day so many days after 1 January 1970 (Howard Hinnant, "chrono-compatible low-level date
  /// algorithms", `civil_from_days`).
  public init(daysSince1970 days: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// How many days after 1 January 1970 this day is (`days_from_civil`, the same source).
  public var daysSince1970: Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let shiftedMonth = month > 2 ? month - 3 : month + 9
    let dayOfYear = (153 * shiftedMonth + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// The day of the week, 0 for Sunday.
  public var weekday: Int {
    let days = daysSince1970
    return days >= -4 ? (days + 4) % 7 : (days + 5) % 7 + 6
  }
}

/// A moment as a clock on the wall shows it, in a place with a known offset from UTC.
public struct CivilTime: Hashable, Sendable, BitwiseCopyable {
  /// The day.
  public var date: CivilDate
  /// The seconds since midnight, 0 to 86,399.
  public var second: Int
  /// How many seconds the clock is ahead of UTC.
  public var offset: Int

  /// The clock's reading at an instant, in seconds since 1970-01-01T00:00:00Z, where it is so many
  /// seconds ahead of UTC.
  public init(instant: Int64, offset: Int) {
    let local = Int(instant) + offset
    let days = Int((Double(local) / 86_400).rounded(.down))
    date = CivilDate(daysSince1970: days)
    second = local - days * 86_400
    self.offset = offset
  }

  /// The hour, 0 to 23.
  public var hour: Int { second / 3600 }
  /// The minute, 0 to 59.
  public var minute: Int { second / 60 % 60 }
}
