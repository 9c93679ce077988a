/// Lists every file that is made.
extension Composer {
  /// Fills the list of pages, in the order in which they are published: articles, then listings, then
  /// front pages, then feeds and sitemaps, so that no link leads to a page that is not there yet.
  mutating func listPages() {
    let aliases = parts.pages
    parts.pages = []
    parts.pages.reserveCapacity(parts.filings.count * 2)
    for index in parts.filings.indices where !parts.filings[index].path.isEmpty {
      let article = parts.archive.articles[index]
      let kind: Page.Kind =
        article.kind == .standing
        ? .standing : parts.filings[index].state == .retracted ? .retracted : .article
      add(kind, article.language, index: Int32(index), path: parts.filings[index].path)
    }
    parts.pages += aliases
    parts.pages += textPages
    textPages = []
    for index in parts.terms.indices {
      let start = parts.pages.count
      listTerm(index)
      if parts.terms[index].kind == .section { listTexts(of: parts.pages[start...]) }
    }
    claimAwaitedTexts()
    for (index, term) in awaitedTerms.enumerated() where !term.path.isEmpty {
      claimAwaitedPages(of: term, Int32(parts.terms.count + index), pageCount: 1)
    }
    for index in parts.months.indices {
      let month = parts.months[index]
      add(.month, month.edition, index: Int32(index), path: month.path)
    }
    for (index, edition) in parts.editions.enumerated() {
      add(.archive, UInt8(index), path: edition.archivePath)
      add(.tags, UInt8(index), path: edition.tagsPath)
      add(.authors, UInt8(index), path: edition.authorsPath)
      add(.search, UInt8(index), path: edition.searchPath)
    }
    add(.notFound, 0, path: writer.add("404.html"))
    let start = parts.pages.count
    for (index, edition) in parts.editions.enumerated() {
      add(.front, UInt8(index), path: edition.frontPath)
    }
    listTexts(of: parts.pages[start...])
    listFeeds()
  }

  private mutating func add(
    _ kind: Page.Kind, _ edition: UInt8, index: Int32 = -1, number: Int = 0, format: UInt8 = 0,
    path: Text
  ) {
    guard !path.isEmpty else { return }
    parts.pages.append(
      Page(
        kind: kind, edition: edition, format: format, index: index, number: Int32(number),
        path: path))
  }

  /// Lists the pages of a term: numbered ones from the oldest, then that of the newest stories.
  private mutating func listTerm(_ index: Int) {
    let term = parts.terms[index]
    guard !term.path.isEmpty else { return }
    let last = Pagination(count: Int(term.stories.count)).pageCount
    for number in 1..<last {
      let path = keep { [store = parts.archive.store, isFiles = parts.site.permalinks == .files] in
        $0.append(listing: store[term.path], number: number, isFiles: isFiles)
      }
      if let owner = book.claim(path, for: .generated) {
        report(owner, of: path, asWellAs: "a listing page of \(describe(.term(Int32(index))))")
      }
      add(.listing, term.edition, index: Int32(index), number: number, path: path)
    }
    add(.listing, term.edition, index: Int32(index), number: last, path: term.path)
    add(.undated, term.edition, index: Int32(index), path: term.undatedPath)
    claimAwaitedPages(of: term, Int32(index), pageCount: last)
  }

  /// Claims the addresses of the pages that a term will have when its held stories are due.
  private mutating func claimAwaitedPages(of term: Term, _ index: Int32, pageCount: Int) {
    let (store, isFiles) = (parts.archive.store, parts.site.permalinks == .files)
    var paths: [Text] = []
    let last = Pagination(count: Int(term.stories.count + term.heldCount)).pageCount
    for number in pageCount..<max(pageCount, last) {
      let path = keep { $0.append(listing: store[term.path], number: number, isFiles: isFiles) }
      if let owner = book.claim(path, for: .generated) {
        report(owner, of: path, asWellAs: "a listing page of \(describe(.term(index)))")
      }
      paths.append(path)
    }
    if term.kind == .section, term.undatedPath.isEmpty,
      Int(term.undated.count + term.heldUndatedCount) > Pagination.pageSize
    {
      let path = keep {
        $0.append(directory: store[term.path], isFiles: isFiles)
        $0.append(isFiles ? "undated.html" : "undated/index.html")
      }
      claim(path, forPage: "the page of the undated stories of \(describe(.term(index)))")
      paths.append(path)
    }
    if term.kind == .section { claimTexts(of: paths, edition: term.edition) }
  }

  private mutating func listFeeds() {
    let site = parts.site
    guard site.url != nil else { return }
    for (format, kind) in SiteConfiguration.FeedFormat.allCases.enumerated()
    where site.feeds.formats.contains(kind) && site.feeds.items > 0 {
      for (index, edition) in parts.editions.enumerated() {
        let path = writer.add(edition.prefix + kind.fileName)
        claim(path, forPage: "a feed")
        add(.feed, UInt8(index), format: UInt8(format), path: path)
      }
      for index in parts.terms.indices {
        guard let path = claimFeed(of: parts.terms[index], kind) else { continue }
        let term = parts.terms[index]
        guard term.stories.count > 0 else { continue }
        add(.feed, term.edition, index: Int32(index), format: UInt8(format), path: path)
      }
      for term in awaitedTerms { _ = claimFeed(of: term, kind) }
    }
    listSitemaps()
    add(.robots, 0, path: writer.add("robots.txt"))
    if site.aiRights != nil {
      add(.miningRights, 0, path: writer.add(Page.miningRightsPath))
    }
  }

  /// Lists the sitemap: one file, or an index and its parts where there are too many addresses.
  private mutating func listSitemaps() {
    let isNews = chronicle.contains { stories in
      for story in stories.reversed() {
        let article = parts.archive.articles[Int(story)]
        guard article.instant > parts.now - Page.newsSpan else { return false }
        if parts.archive.extras(of: article).canonical.isEmpty { return true }
      }
      return false
    }
    if isNews { add(.newsSitemap, 0, path: writer.add(Page.newsSitemapPath)) }
    let count = parts.pages.count { $0.isListedInSitemap(parts.archive) }
    let partSize = Page.sitemapPartSize(editionCount: parts.editions.count)
    let partCount = (count + partSize - 1) / partSize
    guard partCount > 1 else {
      add(.sitemap, 0, number: 1, format: 1, path: writer.add("sitemap.xml"))
      return
    }
    for part in 1...partCount {
      let path = writer.add("sitemap-\(part).xml")
      claim(path, forPage: "the sitemap")
      add(.sitemap, 0, number: part, path: path)
    }
    add(.sitemap, 0, number: 0, format: 1, path: writer.add("sitemap.xml"))
  }

  /// Claims the address of a term's feed, if it has or will have such a feed.
  private mutating func claimFeed(
    of term: Term, _ kind: SiteConfiguration.FeedFormat
  ) -> Text? {
    let items =
      switch term.kind {
      case .section: parts.site.feeds.items
      case .tag: parts.site.feeds.tags
      case .author: parts.site.feeds.authors
      }
    guard items > 0, !term.path.isEmpty, kind == .rss || term.kind == .section else { return nil }
    let path = feedPath(of: term, kind)
    claim(path, forPage: "a feed")
    return path
  }

  private mutating func feedPath(of term: Term, _ format: SiteConfiguration.FeedFormat) -> Text {
    let (store, isFiles) = (parts.archive.store, parts.site.permalinks == .files)
    return keep {
      $0.append(directory: store[term.path], isFiles: isFiles)
      $0.append(format.fileName)
    }
  }
}

extension SiteConfiguration.FeedFormat {
  /// The name of the file of such a feed.
  var fileName: String {
    switch self {
    case .rss: "rss.xml"
    case .atom: "atom.xml"
    case .json: "feed.json"
    }
  }

  /// The media type of such a feed.
  var mediaType: StaticString {
    switch self {
    case .rss: "application/rss+xml"
    case .atom: "application/atom+xml"
    case .json: "application/feed+json"
    }
  }
}

extension ByteBuffer {
  /// Appends the folder that belongs to a page: `politics/` for `politics.html` and for
  /// `politics/index.html`.
  mutating func append(directory path: ByteSlice, isFiles: Bool) {
    append(path[0..<path.count - (isFiles ? ".html".utf8.count : "index.html".utf8.count)])
    if isFiles { append(UInt8(ascii: "/")) }
  }

  /// Appends the file of a numbered listing page: `politics/page-7.html` for `politics.html`.
  mutating func append(listing path: ByteSlice, number: Int, isFiles: Bool) {
    append(directory: path, isFiles: isFiles)
    append("page-")
    append(number: number)
    append(isFiles ? ".html" : "/index.html")
  }
}
