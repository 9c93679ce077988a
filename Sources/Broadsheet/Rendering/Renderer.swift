/// Makes the bytes of any page, feed or sitemap of a publication.
///
/// It holds what all workers read; each worker has a ``PageMaker``.
final class Renderer: Sendable {
  /// What is published.
  let publication: Publication
  /// The compiled templates.
  let program: Program
  /// The interface words of each edition.
  let words: [WordTable]
  /// The dates of each edition, and the names of its months, in the words of its language.
  let calendar: CalendarTexts
  /// What the pages of each edition share.
  let texts: [EditionTexts]
  /// The links of the navigation: of each edition, one after the other.
  let navigation: [NavigationLink]
  /// Feeds, as indexes into the publication's pages, grouped by what they are feeds of.
  let feeds: FeedIndex
  /// Stories that are translations of each other, by each of them.
  let translations: [Int32: [Int32]]
  /// What is published of the pictures.
  let pictures: PictureSet
  /// Makes the pictures; nil where they are copied.
  let works: PictureWorks?
  /// The site's address, ending in a slash; empty where there is none.
  let siteURL: Text
  /// The path of the site's address on its host, ending in a slash: what `404.html` links from.
  let rootPath: Text
  /// The theme's style sheet.
  let stylesheet: Text
  /// The script of the search page; empty where there is none.
  let searchScript: Text
  /// The colour of the paper, shown light and dark.
  let paperColor: Text
  let darkPaperColor: Text
  /// The site's icon; empty where there is none.
  let icon: Text
  /// The names of the files that links may mean.
  let fileNames = FileNames()
  /// The logo's address in the site; empty where there is none.
  let logo: Text
  /// The authority of permanent ids, such as `news.example,2024`.
  let tagAuthority: Text
  /// The WebSub hub of the feeds; empty for none.
  let hub: Text
  /// Where "Leave a review" leads; empty for nowhere.
  let reviewAddress: Text
  /// The crawlers that read the web for AI.
  let crawlers: CrawlerList
  /// Opens the source folder's files, for the bodies of stories.
  let sources: Folder
  /// The texts of stories that need not be read again; nil where none were kept.
  let sourceTexts: SourceTexts?
  /// The path of the source folder as the user knows it, for messages.
  let locator: SourceLocator
  /// When the sources were looked at, by the clock that files are stamped with.
  let began: Int64
  /// Whether what is kept for feeds are whole items of RSS.
  let keepsItems: Bool
  /// Which stories stand in a feed, by index; empty where nothing is kept for feeds.
  private let isInFeed: [Bool]

  /// A link of the navigation.
  struct NavigationLink: BitwiseCopyable, Sendable {
    /// The edition that shows it.
    var edition: Int32
    /// What it says.
    var title: Text
    /// The story or standing page that it leads to, or -1.
    var article: Int32
    /// The address that it leads to, where it leads out of the site.
    var address: Text
  }

  /// What the pages of an edition share.
  struct EditionTexts: BitwiseCopyable, Sendable {
    var title: Text
    var description: Text
    var code: Text
    var languageName: Text
    var direction: Text
    var copyright: Text
    var front: Text
    var archive: Text
    var tags: Text
    var authors: Text
    var retracted: Text
    var notFound: Text
    var undated: Text
    var moved: Text
    var search: Text
    /// What stands before the tenths of a number.
    var decimalMark: Text
    var navigation: PoolRange
    /// The page that says how the paper corrects itself; empty where it names none.
    var correctionsPolicy: Text
    /// The folder of its search indexes, and the folders in that, newest stories first; empty where it
    /// has none.
    var searchFolder: Text
    var searchParts: Text
  }

  /// Prepares what all pages of a publication share.
  ///
  /// - Parameters:
  ///   - publication: What is published.
  ///   - calendar: Its dates, in the words of its languages; nil where they are still to be written.
  ///   - theme: The words and assets.
  ///   - program: The compiled templates.
  ///   - sources: Opens the files of stories.
  ///   - locator: Names files in messages.
  ///   - pictures: What is published of the pictures.
  ///   - works: Makes them; nil where they are copied.
  ///   - began: When the sources were looked at, by the clock that files are stamped with.
  ///   - sourceTexts: Texts of stories that were kept when they were read.
  ///   - keepsBodies: Whether what feeds carry of stories is kept when their pages are made.
  init(
    _ publication: Publication, calendar: CalendarTexts? = nil, theme: Theme, program: Program,
    sources: consuming Folder,
    locator: SourceLocator, pictures: PictureSet, works: PictureWorks? = nil, began: Int64 = 0,
    sourceTexts: SourceTexts? = nil, keepsBodies: Bool = true
  ) {
    self.publication = publication
    self.program = program
    self.sources = sources
    self.locator = locator
    self.pictures = pictures
    self.works = works
    self.began = began
    self.sourceTexts = sourceTexts
    let site = publication.site
    let store = publication.archive.store
    var writer = TextStore.Writer(store)

    let url = site.url ?? ""
    siteURL = writer.add(url)
    rootPath = writer.add(Self.path(ofURL: url))
    stylesheet = writer.add(theme.stylesheetPath)
    searchScript = writer.add(theme.searchScriptPath)
    paperColor = writer.add(site.look.color(.paper, .light).hexadecimal)
    darkPaperColor = writer.add(site.look.color(.paper, .dark).hexadecimal)
    let statics = Set(publication.archive.statics.map { store.string($0.path) })
    icon = writer.add(
      ["favicon.svg", "favicon.png", "favicon.ico"].first { statics.contains($0) } ?? "")
    logo = writer.add(site.logo ?? (statics.contains("logo.png") ? "logo.png" : ""))
    tagAuthority = writer.add(site.tagAuthority ?? Self.defaultAuthority(of: url))
    hub = writer.add(site.feeds.hub ?? "")
    reviewAddress = writer.add(site.review ?? "")
    crawlers = theme.crawlers

    var words: [WordTable] = []
    let calendar =
      calendar
      ?? CalendarTexts(
        publication.archive, site: site, zone: publication.zone, theme: theme,
        upTo: publication.showsDrafts ? .max : publication.now)
    var texts: [EditionTexts] = []
    var navigation: [NavigationLink] = []
    for (index, edition) in publication.editions.enumerated() {
      let own = theme.words[index]
      words.append(WordTable(own, theme.declarations, &writer))
      let searchParts = publication.searchParts(of: index)
      let start = navigation.count
      for entry in site.navigation {
        guard let title = entry.title.text(in: edition.code, orElse: site.languages[0]) else {
          continue
        }
        let link = Self.link(entry, title: title, edition: index, publication, &writer)
        let leads = link.article < 0 || !publication.filings[Int(link.article)].path.isEmpty
        if leads { navigation.append(link) }
      }
      let policy = site.correctionsPolicy.map { entry in
        Self.link(entry, title: "", edition: index, publication, &writer)
      }
      let correctionsPolicy =
        policy.map { $0.article < 0 ? Text.empty : publication.filings[Int($0.article)].path }
        ?? .empty
      func text(_ text: Localized) -> Text {
        writer.add(text.text(in: edition.code, orElse: site.languages[0]) ?? "")
      }
      func word(_ key: String) -> Text { writer.add(own.text(key)) }
      texts.append(
        EditionTexts(
          title: text(site.title), description: text(site.description),
          code: writer.add(edition.code), languageName: writer.add(own.name),
          direction: writer.add(own.direction), copyright: text(site.copyright),
          front: word("front"), archive: word("archive"), tags: word("tags"),
          authors: word("authors"), retracted: word("retracted"), notFound: word("notFound"),
          undated: word("undated"), moved: word("moved"), search: word("search"),
          decimalMark: calendar.decimalMarks[index],
          navigation: PoolRange(
            start: UInt32(start), count: UInt32(navigation.count - start)),
          correctionsPolicy: correctionsPolicy,
          searchFolder: searchParts.isEmpty
            ? .empty : writer.add(SearchPart.folder(of: edition.code)),
          searchParts: writer.add(searchParts.map(\.name).joined(separator: " "))))
    }
    self.words = words
    self.calendar = calendar
    self.texts = texts
    self.navigation = navigation
    feeds = FeedIndex(publication)
    var isInFeed = Array(repeating: false, count: publication.filings.count)
    for page in publication.pages where page.kind == .feed && keepsBodies {
      for place in publication.feedStories(of: page).indices {
        isInFeed[Int(publication.members[place])] = true
      }
    }
    self.isInFeed = keepsBodies ? isInFeed : []
    keepsItems = site.feeds.formats == [.rss]
    translations = publication.translations
  }

  /// A renderer that shares what another has prepared; it keeps nothing for feeds.
  ///
  /// - Parameters:
  ///   - other: The renderer that was prepared.
  ///   - publication: A publication that is composed as the other's is, and whose stories print dates
  ///     of the same days.
  ///   - program: The compiled templates.
  ///   - stylesheet: The theme's style sheet.
  ///   - sources: Opens the files of stories.
  ///   - pictures: What is shown of the pictures, which are copied.
  init(
    like other: Renderer, of publication: Publication, program: Program, stylesheet: Text,
    sources: consuming Folder, pictures: PictureSet
  ) {
    self.publication = publication
    self.program = program
    self.stylesheet = stylesheet
    self.sources = sources
    self.pictures = pictures
    works = nil
    words = other.words
    calendar = other.calendar
    texts = other.texts
    navigation = other.navigation
    feeds = other.feeds
    translations = publication.translations
    siteURL = other.siteURL
    rootPath = other.rootPath
    searchScript = other.searchScript
    icon = other.icon
    paperColor = other.paperColor
    darkPaperColor = other.darkPaperColor
    logo = other.logo
    tagAuthority = other.tagAuthority
    hub = other.hub
    reviewAddress = other.reviewAddress
    crawlers = other.crawlers
    locator = other.locator
    began = other.began
    sourceTexts = nil
    isInFeed = []
    keepsItems = other.keepsItems
  }

  /// Whether a story's whole text stands in a feed.
  func isWantedByFeeds(_ story: Int32) -> Bool { !isInFeed.isEmpty && isInFeed[Int(story)] }

  /// The path of a URL on its host, with a slash at both ends.
  static func path(ofURL url: String) -> String {
    let parts = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
    return parts.count > 3 ? "/" + parts[3] : "/"
  }

  /// The authority of permanent ids for a site that names none: its host as of the year in which
  /// such ids were first given out.
  static func defaultAuthority(of url: String) -> String {
    let parts = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
    return parts.count > 2 ? parts[2].prefix { $0 != ":" } + ",2024" : ""
  }

  private static func link(
    _ entry: SiteConfiguration.NavigationEntry, title: String, edition: Int,
    _ publication: Publication, _ writer: inout TextStore.Writer
  ) -> NavigationLink {
    let address = writer.add(
      entry.link.hasPrefix("/") ? String(entry.link.dropFirst()) : entry.link)
    let article = publication.storiesByFile.value(of: publication.archive.store[address])
    let translated = article.flatMap { story in
      Int(publication.archive.articles[Int(story)].language) == edition
        ? story : Self.translation(of: story, into: edition, publication)
    }
    return NavigationLink(
      edition: Int32(edition), title: writer.add(title), article: translated ?? article ?? -1,
      address: address)
  }

  /// The standing page of the same slug, or the translation, in another language.
  private static func translation(
    of story: Int32, into edition: Int, _ publication: Publication
  ) -> Int32? {
    let store = publication.archive.store
    let original = publication.archive.articles[Int(story)]
    let index = publication.archive.articles.indices.first { index in
      let article = publication.archive.articles[index]
      guard Int(article.language) == edition, article.kind == original.kind,
        !publication.filings[index].path.isEmpty
      else { return false }
      return store[publication.archive.extras(of: article).translationOf] == store[original.id]
        || store[article.slug] == store[original.slug]
    }
    return index.map { Int32($0) }
  }
}

/// Which feeds there are of each term and of each edition.
struct FeedIndex: Sendable {
  private let pages: [Int32]
  private let ofTerms: [PoolRange]
  private let ofEditions: [PoolRange]

  /// The feeds among a publication's pages.
  init(_ publication: Publication) {
    var byTerm: [Int32: [Int32]] = [:]
    var byEdition: [Int32: [Int32]] = [:]
    for (index, page) in publication.pages.enumerated() where page.kind == .feed {
      if page.index >= 0 {
        byTerm[page.index, default: []].append(Int32(index))
      } else {
        byEdition[Int32(page.edition), default: []].append(Int32(index))
      }
    }
    var pages: [Int32] = []
    func run(_ group: [Int32]) -> PoolRange {
      let start = UInt32(pages.count)
      pages += group
      return PoolRange(start: start, count: UInt32(group.count))
    }
    ofTerms = publication.terms.indices.map { run(byTerm[Int32($0)] ?? []) }
    ofEditions = publication.editions.indices.map { run(byEdition[Int32($0)] ?? []) }
    self.pages = pages
  }

  /// The feeds of a term, as a run of this index.
  func of(term: Int) -> PoolRange { ofTerms[term] }

  /// The feeds of a whole edition, as a run of this index.
  func of(edition: Int) -> PoolRange { ofEditions[edition] }

  /// The feed at a place of this index, as an index into the publication's pages.
  subscript(place: Int) -> Int32 { pages[place] }
}
