/// The news sitemap (Google News sitemaps, 0.9): the stories of the last two days.
struct NewsSitemap {
  private let renderer: Renderer

  /// The news sitemap of a publication.
  init(_ renderer: Renderer) { self.renderer = renderer }

  /// Appends the sitemap.
  func write(into page: inout ByteBuffer, _ scratch: inout Scratch) {
    let publication = renderer.publication
    page.append("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset")
    page.append(" xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"")
    page.append(" xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\">\n")
    for story in publication.newsStories {
      let article = publication.archive.articles[Int(story)]
      let edition = renderer.texts[Int(article.language)]
      page.append("<url><loc>")
      page.append(url: publication.bytes(renderer.siteURL))
      page.append(url: publication.bytes(publication.filings[Int(story)].path).withoutIndex)
      page.append("</loc><news:news><news:publication><news:name>")
      page.append(escaping: publication.bytes(edition.title))
      page.append("</news:name><news:language>")
      page.append(escaping: Self.language(publication.bytes(edition.code)))
      page.append("</news:language></news:publication><news:publication_date>")
      scratch.begin()
      scratch.append(iso: publication.zone.civilTime(at: article.instant))
      page.append(scratch.end())
      scratch.reset()
      page.append("</news:publication_date><news:title>")
      page.append(escaping: publication.bytes(article.title))
      page.append("</news:title></news:news></url>\n")
    }
    page.append("</urlset>\n")
  }
}

extension NewsSitemap {
  /// A language as the protocol names it: without its country, `pt` for `pt-BR`; Chinese by its signs,
  /// `zh-cn` or `zh-tw`.
  static func language(_ code: ByteSlice) -> ByteSlice {
    let parts = code.string.lowercased().split(separator: "-")
    if parts.first == "zh" {
      let isTraditional = !Set(parts).isDisjoint(with: ["hant", "tw", "hk", "mo"])
      return isTraditional ? ByteSlice("zh-tw") : ByteSlice("zh-cn")
    }
    return code[0..<(code.firstIndex(of: UInt8(ascii: "-")) ?? code.count)]
  }
}

extension Publication {
  /// The stories of the last two days in all languages, newest first, at most as many as a news
  /// sitemap may hold; none that has its canonical address elsewhere.
  var newsStories: [Int32] {
    var stories: [Int32] = []
    for edition in editions {
      for place in edition.stories.indices.reversed() {
        let story = members[place]
        let article = archive.articles[Int(story)]
        guard article.instant > now - Page.newsSpan,
          stories.count < Page.newsLimit * editions.count
        else { break }
        if archive.extras(of: article).canonical.isEmpty { stories.append(story) }
      }
    }
    func key(_ story: Int32) -> (Moment, Int32) {
      (archive.articles[Int(story)].instant, story)
    }
    return Array(stories.sorted { key($0) > key($1) }.prefix(Page.newsLimit))
  }
}
