import Foundation

/// The dates of an edition in the words of its language.
///
/// They are written by ICU once, before pages are made, a text for each day that occurs; pages then
/// only look them up.
struct DateTexts: Sendable {
  private let firstDay: Int
  private var long: [Text]
  private var short: [Text]
  private let zone: TimeZoneTable
  private let zoneName: Text
  /// What stands between a date and the time: a comma and a space.
  private let comma: Text
  private let store: TextStore

  /// The dates of an edition.
  ///
  /// - Parameters:
  ///   - days: All days that pages may print, counted from 1970, in order, each once.
  ///   - formats: How the edition's language writes dates.
  ///   - zone: The site's time zone.
  ///   - zoneID: Its name in the tz database.
  ///   - comma: The comma of the language.
  ///   - store: Where the texts are kept.
  init(
    _ days: [Int], formats: DateFormats, zone: TimeZoneTable, zoneID: String, comma: String,
    store: TextStore
  ) {
    self.zone = zone
    self.store = store
    var writer = TextStore.Writer(store)
    firstDay = days.first ?? 0
    let span = days.isEmpty ? 0 : (days.last ?? 0) - firstDay + 1
    long = Array(repeating: .empty, count: span)
    short = long
    var longTexts = DayWriter(formats.long, count: days.count)
    var shortTexts = DayWriter(formats.short, count: days.count)
    for day in days {
      long[day - firstDay] = writer.add(longTexts.text(of: day))
      short[day - firstDay] = writer.add(shortTexts.text(of: day))
    }
    zoneName = writer.add(formats.zoneName(zoneID))
    self.comma = writer.add(comma + " ")
  }

  /// A time of the site's zone in one of the styles that templates may ask for.
  func text(_ time: CivilTime, _ style: DateStyle, _ scratch: inout Scratch) -> ByteSlice {
    switch style {
    case .long: return text(in: long, time)
    case .short: return text(in: short, time)
    case .iso:
      scratch.begin()
      scratch.append(iso: time)
    case .time:
      scratch.begin()
      scratch.append(clock: time)
    case .dateTime:
      scratch.begin()
      scratch.append(text(in: long, time))
      scratch.append(store[comma])
      scratch.append(clock: time)
    case .zone:
      scratch.begin()
      scratch.append(store[zoneName])
      if !zoneName.isEmpty { scratch.append(store[comma]) }
      scratch.append("UTC")
      scratch.append(offset: time.offset)
    }
    return scratch.end()
  }

  private func text(in table: [Text], _ time: CivilTime) -> ByteSlice {
    let place = time.date.daysSince1970 - firstDay
    return table.indices.contains(place) ? store[table[place]] : .empty
  }
}

/// Writes many days in one style, most of them without ICU.
///
/// In nearly all languages the days of a month differ in two numbers only. Where ICU's texts of three
/// days of a month are alike but for day and year, the others of that month are put together from
/// their parts.
struct DayWriter: ~Copyable {
  /// What stands between the numbers of a month's days.
  private struct Pattern {
    var before: String
    var between: String
    var after: String
    var startsWithYear: Bool
    var dayWidth: Int

    /// The pattern of a month's days; nil where ICU's texts do not show one.
    init?(month: Int, _ format: (Int) -> String) {
      func text(_ year: Int, _ day: Int) -> String {
        format(CivilDate(year: year, month: month, day: day).daysSince1970)
      }
      let model = text(2024, 28)
      let (years, days) = (model.ranges(of: "2024"), model.ranges(of: "28"))
      guard years.count == 1, days.count == 1, let year = years.first, let day = days.first else {
        return nil
      }
      startsWithYear = year.lowerBound < day.lowerBound
      let (first, second) = startsWithYear ? (year, day) : (day, year)
      before = String(model[..<first.lowerBound])
      between = String(model[first.upperBound..<second.lowerBound])
      after = String(model[second.upperBound...])
      let short = text(1987, 4)
      for width in 1...2 {
        dayWidth = width
        if string(1987, 4) == short, string(2031, 13) == text(2031, 13) { return }
      }
      return nil
    }

    func write(_ year: Int, _ day: Int, to buffer: inout ByteBuffer) {
      buffer.append(before)
      if startsWithYear {
        buffer.append(number: year)
      } else {
        buffer.append(number: day, width: dayWidth)
      }
      buffer.append(between)
      if startsWithYear {
        buffer.append(number: day, width: dayWidth)
      } else {
        buffer.append(number: year)
      }
      buffer.append(after)
    }

    private func string(_ year: Int, _ day: Int) -> String {
      var buffer = ByteBuffer(capacity: 64)
      write(year, day, to: &buffer)
      return buffer.string
    }
  }

  /// The years in which the calendar is the same in all languages that have it, and written in four
  /// digits.
  fileprivate static let years = 1600...9999
  /// For how many days at the least it pays to look at three days of each month.
  private static let countThatPays = 100

  private let format: (Int) -> String
  /// The patterns of the months that have been looked at.
  private var patterns: [Pattern?]
  private var isKnown: [Bool]
  private var buffer = ByteBuffer(capacity: 256)

  /// A writer of days.
  ///
  /// - Parameters:
  ///   - format: ICU's text of a day, counted from 1970.
  ///   - count: How many days will be written.
  init(_ format: @escaping (Int) -> String, count: Int) {
    self.format = format
    patterns = Array(repeating: nil, count: 12)
    isKnown = Array(repeating: count < Self.countThatPays, count: 12)
  }

  /// The text of a day, counted from 1970, until the next is asked for.
  mutating func text(of day: Int) -> ByteSlice {
    let date = CivilDate(daysSince1970: day)
    buffer.removeAll()
    if Self.years.contains(date.year) {
      let month = date.month - 1
      if !isKnown[month] {
        patterns[month] = Pattern(month: date.month, format)
        isKnown[month] = true
      }
      patterns[month]?.write(date.year, date.day, to: &buffer)
    }
    if buffer.slice.isEmpty { buffer.append(format(day)) }
    return buffer.slice
  }
}

/// Writes the names of many months, most of them without ICU.
///
/// Where ICU's texts of a month in two years are alike but for the year, those of other years are put
/// together from their parts.
struct MonthWriter {
  private struct Pattern {
    var before: String
    var after: String
  }

  /// For how many months at the least it pays to look at two years of each.
  private static let countThatPays = 36

  private let format: (Int, Int) -> String
  private var patterns: [Pattern?] = Array(repeating: nil, count: 12)
  private var isKnown: [Bool]

  /// A writer of months.
  ///
  /// - Parameters:
  ///   - format: ICU's text of a year's month.
  ///   - count: How many months will be written.
  init(_ format: @escaping (_ year: Int, _ month: Int) -> String, count: Int) {
    self.format = format
    isKnown = Array(repeating: count < Self.countThatPays, count: 12)
  }

  /// The text of a month.
  mutating func text(_ year: Int, _ month: Int) -> String {
    guard DayWriter.years.contains(year) else { return format(year, month) }
    if !isKnown[month - 1] {
      patterns[month - 1] = pattern(of: month)
      isKnown[month - 1] = true
    }
    guard let pattern = patterns[month - 1] else { return format(year, month) }
    return pattern.before + String(year) + pattern.after
  }

  private func pattern(of month: Int) -> Pattern? {
    let model = format(2024, month)
    let years = model.ranges(of: "2024")
    guard years.count == 1, let year = years.first else { return nil }
    let pattern = Pattern(
      before: String(model[..<year.lowerBound]), after: String(model[year.upperBound...]))
    return pattern.before + "1987" + pattern.after == format(1987, month) ? pattern : nil
  }
}

/// ICU's ways to write dates in one language.
struct DateFormats {
  private let locale: Locale
  private let longStyle: Date.FormatStyle
  private let shortStyle: Date.FormatStyle

  /// The formats of a language; English without a region is written as in Britain, the day first.
  ///
  /// All numbers of a page are of one kind, so dates have the digits 0 to 9 too, unless the language's
  /// code names others (`fa-u-nu-arabext`).
  init(language: String) {
    let digits = language.contains("-u-") ? "" : "-u-nu-latn"
    locale = Locale(identifier: language == "en" ? "en_GB" : language + digits)
    var style = Date.FormatStyle(date: .long, time: .omitted, locale: locale)
    style.timeZone = .gmt
    longStyle = style
    style = Date.FormatStyle(locale: locale).day().month(.abbreviated).year()
    style.timeZone = .gmt
    shortStyle = style
  }

  /// What stands before the tenths of a number in a language: a point or a comma.
  static func decimalMark(language: String) -> String {
    Locale(identifier: language).decimalSeparator ?? "."
  }

  private func noon(_ day: Int) -> Date {
    Date(timeIntervalSince1970: Double(day) * 86_400 + 43_200)
  }

  /// A day, counted from 1970: "3 October 2024".
  func long(_ day: Int) -> String { longStyle.format(noon(day)) }

  /// A day, counted from 1970: "3 Oct 2024".
  func short(_ day: Int) -> String { shortStyle.format(noon(day)) }

  /// A month and its year: "October 2024".
  func monthAndYear(_ year: Int, _ month: Int) -> String {
    var style = Date.FormatStyle(locale: locale).month(.wide).year()
    style.timeZone = .gmt
    return style.format(noon(CivilDate(year: year, month: month, day: 1).daysSince1970))
  }

  /// A month's name alone: "October".
  func month(_ month: Int) -> String {
    // The form that stands alone: "октябрь", not "октября".
    var style = Date.FormatStyle(locale: locale).month(.wide)
    style.timeZone = .gmt
    return style.format(noon(CivilDate(year: 2024, month: month, day: 1).daysSince1970))
  }

  /// The place that a zone is named for, in the language: "Baku"; empty for UTC.
  func zoneName(_ id: String) -> String {
    guard id.contains("/"), let zone = TimeZone(identifier: id) else { return "" }
    var style = Date.FormatStyle(locale: locale).timeZone(.exemplarLocation)
    style.timeZone = zone
    return style.format(Date(timeIntervalSince1970: 0))
  }
}

extension Scratch {
  /// Appends a time as RFC 3339 has it: `2024-10-03T18:40:00+04:00`.
  mutating func append(iso time: CivilTime) {
    guard (0...9999).contains(time.date.year) else { return }
    var text = InlineArray<25, UInt8>(repeating: UInt8(ascii: "-"))
    func put(_ number: Int, at place: Int) {
      text[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10)
      text[place + 1] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10)
    }
    put(time.date.year / 100, at: 0)
    put(time.date.year % 100, at: 2)
    put(time.date.month, at: 5)
    put(time.date.day, at: 8)
    text[10] = UInt8(ascii: "T")
    put(time.hour, at: 11)
    text[13] = UInt8(ascii: ":")
    put(time.minute, at: 14)
    text[16] = UInt8(ascii: ":")
    put(time.second % 60, at: 17)
    text[19] = time.offset == 0 ? UInt8(ascii: "Z") : UInt8(ascii: time.offset < 0 ? "-" : "+")
    put(abs(time.offset) / 3600, at: 20)
    text[22] = UInt8(ascii: ":")
    put(abs(time.offset) / 60 % 60, at: 23)
    unsafe text.span.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return }
      unsafe append(ByteSlice(start: base, count: time.offset == 0 ? 20 : 25))
    }
  }

  /// Appends a time of day: `18:40`.
  mutating func append(clock time: CivilTime) {
    append(number: time.hour, width: 2)
    append(":")
    append(number: time.minute, width: 2)
  }

  /// Appends an offset from UTC as readers know it: `+4`, `+5:30`, nothing for UTC itself.
  fileprivate mutating func append(offset: Int) {
    guard offset != 0 else { return }
    append(offset < 0 ? "−" : "+")
    append(number: abs(offset) / 3600)
    if offset % 3600 != 0 {
      append(":")
      append(number: abs(offset) / 60 % 60, width: 2)
    }
  }
}
