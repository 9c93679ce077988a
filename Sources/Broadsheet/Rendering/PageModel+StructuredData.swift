/// JSON-LD for search engines (schema.org), made whole by the program: templates only place it.
extension PageModel {
  /// The longest headline that search engines show, in characters.
  private static let headlineLimit = 110

  /// `NewsArticle` for a story, in its `script` element.
  mutating func structuredData(of index: Int32, _ scratch: inout Scratch) -> ByteSlice {
    guard !renderer.siteURL.isEmpty else { return .empty }
    let article = story(index)
    let filing = filing(index)
    json.removeAll()
    json.append("<script type=\"application/ld+json\">")
    json.append("{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\",\"headline\":\"")
    json.append(json: publication.bytes(article.title).prefix(characters: Self.headlineLimit))
    json.append("\"")
    property("description", article.summary)
    json.append(",\"mainEntityOfPage\":")
    appendURL(of: filing.path)
    json.append(",\"url\":")
    appendURL(of: filing.path)
    if article.date != .never {
      property("datePublished", moment: article.instant, &scratch)
      property("dateModified", moment: modified(article), &scratch)
    }
    if filing.image >= 0 {
      let shown = renderer.pictures.shown[Int(filing.image)]
      appendImage(shown.path, shown.size)
    } else if !filing.card.isEmpty {
      appendImage(filing.card, ShareCard.size)
    }
    appendAuthors(filing.authors)
    appendPublisher(named: "publisher")
    property("dateline", publication.archive.extras(of: article).dateline)
    if filing.section >= 0 {
      property("articleSection", publication.terms[Int(filing.section)].name)
    }
    if !filing.tags.isEmpty {
      json.append(",\"keywords\":[")
      for place in filing.tags.indices {
        if place > Int(filing.tags.start) { json.append(",") }
        appendString(publication.terms[Int(publication.filedUnder[place])].name)
      }
      json.append("]")
    }
    property("inLanguage", renderer.texts[Int(article.language)].code)
    json.append(",\"isAccessibleForFree\":true")
    if article.wordCount > 0 {
      json.append(",\"wordCount\":")
      json.append(number: Int(article.wordCount))
    }
    appendCorrections(publication.archive.extras(of: article).corrections, &scratch)
    appendReviewData(of: index, &scratch)
    json.append("}</script>")
    return scratch.copy(json.slice)
  }

  /// What is said of a page as a whole: `BreadcrumbList` for all pages below the front page, there
  /// `WebSite` with its publisher, and the refresh of a page that leads on.
  mutating func pageStructuredData(_ scratch: inout Scratch) -> ByteSlice {
    if page.kind == .alias { return refresh(&scratch) }
    guard !renderer.siteURL.isEmpty, page.kind != .notFound else { return .empty }
    json.removeAll()
    json.append("<script type=\"application/ld+json\">")
    if page.kind == .front {
      json.append("{\"@context\":\"https://schema.org\",\"@type\":\"WebSite\",\"name\":")
      appendString(shared.title)
      json.append(",\"url\":")
      appendURL(of: page.path)
      property("description", shared.description)
      property("inLanguage", shared.code)
      appendPublisher(named: "publisher")
      json.append("}")
    } else {
      if isCollection {
        appendCollection()
        json.append("</script>\n<script type=\"application/ld+json\">")
      }
      appendBreadcrumbs()
    }
    json.append("</script>")
    return scratch.copy(json.slice)
  }

  /// The `meta` element that leads a browser on from an earlier address.
  private mutating func refresh(_ scratch: inout Scratch) -> ByteSlice {
    scratch.begin()
    appendLink(to: publication.bytes(filing(page.index).path), &scratch)
    let target = scratch.end()
    json.removeAll()
    json.append("<meta http-equiv=\"refresh\" content=\"0; url=")
    json.append(url: target)
    json.append("\">")
    return scratch.copy(json.slice)
  }

  /// Whether the page lists stories, or what stories are filed under.
  private var isCollection: Bool {
    switch page.kind {
    case .listing, .undated, .month, .archive, .tags, .authors: true
    default: false
    }
  }

  private mutating func appendCollection() {
    json.append("{\"@context\":\"https://schema.org\",\"@type\":\"CollectionPage\",\"name\":\"")
    json.append(json: headline)
    json.append("\",\"url\":")
    appendURL(of: page.path)
    if page.kind == .listing || page.kind == .undated {
      property("description", publication.terms[Int(page.index)].description)
    }
    property("inLanguage", shared.code)
    json.append(",\"isPartOf\":{\"@type\":\"WebSite\",\"name\":")
    appendString(shared.title)
    json.append(",\"url\":")
    appendURL(of: publication.editions[Int(page.edition)].frontPath)
    json.append("}}")
  }

  private mutating func appendBreadcrumbs() {
    json.append("{\"@context\":\"https://schema.org\",\"@type\":\"BreadcrumbList\"")
    json.append(",\"itemListElement\":[")
    let edition = Int(page.edition)
    appendCrumb(1, publication.bytes(shared.front), publication.editions[edition].frontPath)
    var position = 2
    func term(_ index: Int32) -> Term { publication.terms[Int(index)] }
    switch page.kind {
    case .article, .retracted:
      let section = filing(page.index).section
      if section >= 0 {
        appendCrumb(position, publication.bytes(term(section).name), term(section).path)
        position += 1
      }
    case .listing, .undated:
      let kind = term(page.index).kind
      if kind != .section {
        appendCrumb(
          position, publication.bytes(kind == .tag ? shared.tags : shared.authors),
          kind == .tag
            ? publication.editions[edition].tagsPath : publication.editions[edition].authorsPath)
        position += 1
      }
    case .month:
      appendCrumb(
        position, publication.bytes(shared.archive), publication.editions[edition].archivePath)
      position += 1
    default: break
    }
    appendCrumb(position, headline, page.path)
    json.append("]}")
  }

  private mutating func appendCrumb(_ position: Int, _ name: ByteSlice, _ path: Text) {
    if position > 1 { json.append(",") }
    json.append("{\"@type\":\"ListItem\",\"position\":")
    json.append(number: position)
    json.append(",\"name\":\"")
    json.append(json: name)
    json.append("\",\"item\":")
    appendURL(of: path)
    json.append("}")
  }

  private mutating func appendImage(_ path: Text, _ size: PictureSize) {
    json.append(",\"image\":[{\"@type\":\"ImageObject\",\"url\":")
    appendURL(of: path)
    if size.width > 0 {
      json.append(",\"width\":")
      json.append(number: Int(size.width))
      json.append(",\"height\":")
      json.append(number: Int(size.height))
    }
    json.append("}]")
  }

  private mutating func appendAuthors(_ authors: PoolRange) {
    json.append(",\"author\":[")
    for place in authors.indices {
      if place > Int(authors.start) { json.append(",") }
      let author = publication.terms[Int(publication.filedUnder[place])]
      json.append("{\"@type\":\"Person\",\"name\":")
      appendString(author.name)
      json.append(",\"url\":")
      appendURL(of: author.path)
      property("jobTitle", author.role)
      json.append("}")
    }
    if authors.isEmpty {
      json.append("{\"@type\":\"NewsMediaOrganization\",\"name\":")
      appendString(shared.title)
      json.append("}")
    }
    json.append("]")
  }

  private mutating func appendPublisher(named name: StaticString) {
    json.append(",\"")
    json.append(name)
    json.append("\":{\"@type\":\"NewsMediaOrganization\",\"name\":")
    appendString(shared.title)
    json.append(",\"url\":")
    appendURL(of: publication.editions[Int(page.edition)].frontPath)
    if !shared.correctionsPolicy.isEmpty {
      json.append(",\"correctionsPolicy\":")
      appendURL(of: shared.correctionsPolicy)
    }
    if !renderer.logo.isEmpty {
      json.append(",\"logo\":{\"@type\":\"ImageObject\",\"url\":")
      appendURL(of: renderer.logo)
      json.append("}")
    }
    json.append("}")
  }

  private mutating func appendCorrections(_ range: PoolRange, _ scratch: inout Scratch) {
    guard !range.isEmpty else { return }
    json.append(",\"correction\":[")
    for place in range.indices {
      if place > Int(range.start) { json.append(",") }
      let correction = publication.archive.corrections[place]
      json.append("{\"@type\":\"CorrectionComment\",\"text\":")
      appendString(correction.text)
      property("datePublished", moment: correction.date, &scratch)
      json.append("}")
    }
    json.append("]")
  }

  /// When a story last changed for its readers: its update or its latest correction.
  func modified(_ article: Article) -> Moment {
    var modified = max(article.instant, article.updated)
    for place in publication.archive.extras(of: article).corrections.indices {
      modified = max(modified, publication.archive.corrections[place].date)
    }
    return modified
  }

  private mutating func property(_ name: StaticString, _ text: Text) {
    guard !text.isEmpty else { return }
    json.append(",\"")
    json.append(name)
    json.append("\":")
    appendString(text)
  }

  /// Appends a property that is a moment.
  mutating func property(
    _ name: StaticString, moment: Moment, _ scratch: inout Scratch
  ) {
    json.append(",\"")
    json.append(name)
    json.append("\":\"")
    scratch.begin()
    scratch.append(iso: civilTime(at: moment))
    json.append(scratch.end())
    json.append("\"")
  }

  /// Appends a text of the metadata, in quotes.
  mutating func appendString(_ text: Text) {
    json.append("\"")
    json.append(json: publication.bytes(text))
    json.append("\"")
  }

  private mutating func appendURL(of path: Text) {
    json.append("\"")
    json.append(plainURL: publication.bytes(renderer.siteURL))
    json.append(plainURL: publication.bytes(path).withoutIndex)
    json.append("\"")
  }
}

extension ByteSlice {
  /// The first characters (Unicode scalars) of UTF-8 text.
  func prefix(characters limit: Int) -> ByteSlice {
    guard count > limit else { return self }
    var left = limit
    for offset in 0..<count where self[offset] & 0xC0 != 0x80 {
      if left == 0 { return self[0..<offset] }
      left -= 1
    }
    return self
  }
}
