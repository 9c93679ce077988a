/// The dates of a publication in the words of its languages.
///
/// ICU writes them, once, before pages are made.
struct CalendarTexts: Sendable {
  /// The names of a month.
  struct MonthName: BitwiseCopyable, Sendable {
    /// "October 2024".
    var full: Text
    /// "October".
    var label: Text
  }

  /// The dates of each edition.
  let dates: [DateTexts]
  /// What stands before the tenths of a number, in each edition.
  let decimalMarks: [Text]
  /// The names of the site's months, as `publication.months` has them.
  let monthNames: [MonthName]

  /// The dates that a publication's pages may print.
  ///
  /// - Parameters:
  ///   - publication: What is published; the texts go into its store.
  ///   - theme: The words of its languages.
  init(_ publication: Publication, _ theme: Theme) {
    let store = publication.archive.store
    var writer = TextStore.Writer(store)
    let moments = Self.moments(of: publication)
    var dates: [DateTexts] = []
    var formats: [DateFormats] = []
    for (index, edition) in publication.editions.enumerated() {
      let own = DateFormats(language: edition.code)
      dates.append(
        DateTexts(
          moments[index], formats: own, zone: publication.zone, zoneID: publication.site.timeZone,
          comma: theme.words[index].text("comma"), store: store))
      formats.append(own)
    }
    self.dates = dates
    decimalMarks = publication.editions.map {
      writer.add(DateFormats.decimalMark(language: $0.code))
    }
    var months: [MonthName] = []
    for month in publication.months {
      let format = formats[Int(month.edition)]
      months.append(
        MonthName(
          full: writer.add(format.monthAndYear(Int(month.year), Int(month.month))),
          label: writer.add(format.month(Int(month.month)))))
    }
    monthNames = months
  }

  /// The moments that the pages of each edition may print.
  private static func moments(of publication: Publication) -> [[Moment]] {
    var moments: [[Moment]] = publication.editions.map { _ in [] }
    for (index, article) in publication.archive.articles.enumerated()
    where !publication.filings[index].path.isEmpty {
      let language = Int(article.language)
      moments[language].append(article.instant)
      if article.updated != .never { moments[language].append(article.updated) }
      for place in article.corrections.indices {
        moments[language].append(publication.archive.corrections[place].date)
      }
    }
    for (language, edition) in publication.editions.enumerated() {
      for story in edition.front.untranslated {
        moments[language].append(publication.archive.articles[Int(story)].instant)
      }
    }
    for (story, reviews) in publication.reviews.byStory {
      let language = Int(publication.archive.articles[Int(story)].language)
      for place in reviews.shown.indices {
        let review = publication.archive.reviews[Int(publication.reviews.order[place])]
        moments[language].append(review.date)
      }
    }
    let fields = publication.archive.fieldValues
    for case .date(let moment) in fields {
      for language in moments.indices { moments[language].append(moment) }
    }
    return moments
  }
}
