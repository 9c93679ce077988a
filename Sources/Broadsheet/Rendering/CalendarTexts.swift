/// The dates of a paper in the words of its languages.
///
/// ICU writes them, once, before pages are made.
struct CalendarTexts: Sendable {
  /// The names of a month.
  struct MonthName: BitwiseCopyable, Sendable {
    /// "October 2024".
    var full = Text.empty
    /// "October".
    var label = Text.empty
  }

  /// The dates of each edition.
  let dates: [DateTexts]
  /// What stands before the tenths of a number, in each edition.
  let decimalMarks: [Text]
  /// The names of the months of each edition, from the first that any of its dates lies in.
  private let monthNames: [[MonthName]]
  private let firstMonths: [Int]

  /// The dates that the pages of an archive may print.
  ///
  /// - Parameters:
  ///   - archive: What was read; the texts go into its store.
  ///   - site: What `site.yaml` says.
  ///   - zone: The site's time zone.
  ///   - theme: The words of its languages.
  ///   - limit: The moment of publishing. Stories that come later are not shown: one that is held until
  ///     the year 9999 would have all the days until then written.
  init(
    _ archive: Archive, site: SiteConfiguration, zone: TimeZoneTable, theme: Theme,
    upTo limit: Moment
  ) {
    var writer = TextStore.Writer(archive.store)
    var dates: [DateTexts] = []
    var decimalMarks: [Text] = []
    var monthNames: [[MonthName]] = []
    var firstMonths: [Int] = []
    for (index, language) in site.languages.enumerated() {
      let formats = DateFormats(language: language)
      let days = Self.days(in: archive, edition: index, zone, upTo: limit)
      dates.append(
        DateTexts(
          days, formats: formats, zone: zone, zoneID: site.timeZone,
          comma: theme.words[index].text("comma"), store: archive.store))
      decimalMarks.append(writer.add(DateFormats.decimalMark(language: language)))
      let (first, names) = Self.monthNames(of: days, formats, &writer)
      firstMonths.append(first)
      monthNames.append(names)
    }
    self.dates = dates
    self.decimalMarks = decimalMarks
    self.monthNames = monthNames
    self.firstMonths = firstMonths
  }

  /// The names of a month of the publication.
  func name(of month: Month) -> MonthName {
    let names = monthNames[Int(month.edition)]
    let place = Self.number(Int(month.year), Int(month.month)) - firstMonths[Int(month.edition)]
    return names.indices.contains(place) ? names[place] : MonthName()
  }

  private static func number(_ year: Int, _ month: Int) -> Int { year * 12 + month - 1 }

  private static func monthNames(
    of days: [Int], _ formats: DateFormats, _ writer: inout TextStore.Writer
  ) -> (first: Int, names: [MonthName]) {
    var numbers: [Int] = []
    for day in days {
      let date = CivilDate(daysSince1970: day)
      let number = number(date.year, date.month)
      if number != numbers.last { numbers.append(number) }
    }
    guard let first = numbers.first, let last = numbers.last else { return (0, []) }
    var names = Array(repeating: MonthName(), count: last - first + 1)
    var texts = MonthWriter(formats.monthAndYear, count: numbers.count)
    var labels = Array(repeating: Text.empty, count: 12)
    for number in numbers {
      let (year, month) = (number / 12, number % 12)
      if labels[month].isEmpty { labels[month] = writer.add(formats.month(month + 1)) }
      names[number - first] = MonthName(
        full: writer.add(texts.text(year, month + 1)), label: labels[month])
    }
    return (first, names)
  }

  /// The days that the pages of an edition may print, counted from 1970, in order, each once.
  private static func days(
    in archive: Archive, edition: Int, _ zone: TimeZoneTable, upTo limit: Moment
  ) -> [Int] {
    var days: [Int] = []
    func add(_ moment: Moment) {
      if moment != .never { days.append(zone.day(of: moment)) }
    }
    for article in archive.articles where article.instant <= limit {
      // Later editions list what the first has and they have not.
      if Int(article.language) == edition || article.language == 0 { add(article.instant) }
      guard Int(article.language) == edition else { continue }
      add(article.updated)
      for place in archive.extras(of: article).corrections.indices {
        add(archive.corrections[place].date)
      }
    }
    for review in archive.reviews { add(review.date) }
    for case .date(let moment) in archive.fieldValues { add(moment) }
    return days.sortedOnce()
  }
}

extension [Int] {
  /// The numbers in order, each once.
  ///
  /// - Complexity: O(*n*) where they lie near each other, as days do, else O(*n* log *n*).
  fileprivate func sortedOnce() -> [Int] {
    guard let least = self.min(), let greatest = self.max() else { return [] }
    if greatest - least < count + 100_000 {
      var isThere = [Bool](repeating: false, count: greatest - least + 1)
      for number in self { isThere[number - least] = true }
      return isThere.indices.filter { isThere[$0] }.map { $0 + least }
    }
    return Set(self).sorted()
  }
}
