/// One of the search indexes of an edition: that of the stories of a year, or of a month of a year
/// that has many.
///
/// An edit makes only the index anew that its story is in, and a reader who searches loads that of the
/// newest stories first.
struct SearchPart: Sendable {
  /// The index of the edition.
  var edition: Int
  /// Its folder's name: `2026`, `2026-03`, or ``undated``.
  var name: String
  /// Its stories, as indexes into the archive's `articles`, oldest first.
  var stories: [Int32]

  /// The name of the part that holds undated stories and standing pages.
  static let undated = "undated"
  /// How many stories the index of a year may hold; a year with more has an index a month.
  static let limit = 1_000

  /// The folder of an edition's indexes, from the output folder.
  static func folder(of code: String) -> String { "\(root)\(code)/" }

  /// The folder that all indexes lie in, which belongs to them alone.
  static var root: StaticString { "pagefind/" }
}

extension Publication {
  /// The search indexes of an edition, that of the newest stories first, undated ones last; none where
  /// it cannot be searched.
  ///
  /// - Complexity: O(*n*) in the number of stories.
  func searchParts(of edition: Int) -> [SearchPart] {
    guard !editions[edition].searchPath.isEmpty else { return [] }
    var parts: [SearchPart] = []
    var rest = editions[edition].months
    while let first = rest.first {
      let year = months[first].year
      let ofYear = rest.prefix { months[$0].year == year }
      rest = rest.dropFirst(ofYear.count)
      let count = ofYear.reduce(0) { $0 + Int(months[$1].stories.count) }
      let groups = count > SearchPart.limit ? ofYear.map { $0..<$0 + 1 } : [ofYear]
      for group in groups {
        let name = count > SearchPart.limit ? Self.name(of: months[group.lowerBound]) : "\(year)"
        let stories = group.reversed().flatMap { month in
          months[month].stories.indices.map { members[$0] }
        }
        parts.append(SearchPart(edition: edition, name: name, stories: stories))
      }
    }
    let others = filings.indices.filter { index in
      let filing = filings[index]
      return filing.state == .live && Int(archive.articles[index].language) == edition
        && !filing.path.isEmpty && (!filing.isDated || archive.articles[index].kind == .standing)
    }
    if !others.isEmpty {
      parts.append(
        SearchPart(
          edition: edition, name: SearchPart.undated, stories: others.map { Int32($0) }))
    }
    return parts
  }

  private static func name(of month: Month) -> String {
    "\(month.year)-" + (month.month < 10 ? "0" : "") + "\(month.month)"
  }
}

/// What the search index is told of a story: a page of its headline and text, with nothing around them
/// that the pages of a site share.
///
/// The attributes are those of Pagefind: `data-pagefind-body` holds what is searched,
/// `data-pagefind-meta` names what a result shows.
struct SearchText {
  private let story: Int32
  private let renderer: Renderer

  /// What is told of a live story or standing page.
  init(of story: Int32, _ renderer: Renderer) {
    self.story = story
    self.renderer = renderer
  }

  /// Appends the page.
  func write(
    into page: inout ByteBuffer, _ model: inout PageModel, _ scratch: inout Scratch
  ) {
    let publication = renderer.publication
    let article = publication.archive.articles[Int(story)]
    let filing = publication.filings[Int(story)]
    func append(_ text: Text) { page.append(escaping: publication.bytes(text)) }
    // Pictures are told in words, as in the text edition.
    let whole = Page(
      kind: article.kind == .standing ? .standing : .article, edition: article.language,
      isText: true, index: story, path: filing.path)
    model.begin(whole)
    page.append("<!DOCTYPE html>\n<html lang=\"")
    append(renderer.texts[Int(article.language)].code)
    page.append("\"><head><meta charset=\"utf-8\"><title>")
    append(article.title)
    page.append("</title></head><body data-pagefind-body>\n<h1 data-pagefind-meta=\"title\">")
    append(article.title)
    page.append("</h1>\n")
    if article.traits.contains(.givenSummary) {
      page.append("<p>")
      append(article.summary)
      page.append("</p>\n")
    }
    page.append(model.bodies.html(of: story, on: whole, &scratch))
    for (place, term) in (filing.authors.indices.map { $0 } + filing.tags.indices.map { $0 })
      .map({ publication.filedUnder[$0] }).enumerated()
    {
      page.append(place == 0 ? "<p>" : ", ")
      append(publication.terms[Int(term)].name)
    }
    if filing.authors.count + filing.tags.count > 0 { page.append("</p>\n") }
    page.append("<div data-pagefind-ignore>")
    if filing.section >= 0 {
      page.append("<p data-pagefind-meta=\"section\">")
      append(publication.terms[Int(filing.section)].name)
      page.append("</p>")
    }
    if article.date != .never {
      page.append("<p data-pagefind-meta=\"date\">")
      page.append(escaping: model.formatted(article.instant, .long, &scratch))
      page.append("</p>")
    }
    page.append("</div></body></html>\n")
  }
}
