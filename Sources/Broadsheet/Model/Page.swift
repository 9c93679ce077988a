/// A file of the site that is made, not copied.
struct Page: BitwiseCopyable, Sendable {
  /// What is made.
  enum Kind: UInt8, Sendable, BitwiseCopyable, CaseIterable {
    /// An article; `index` is the story.
    case article
    /// A retraction notice; `index` is the story.
    case retracted
    /// A standing page; `index` is its article.
    case standing
    /// A page at an earlier address that leads on; `index` is the story.
    case alias
    /// A listing page of a section, tag or author; `index` is the term, `number` the page.
    case listing
    /// A section's stories without a date; `index` is the term.
    case undated
    /// A month's stories; `index` is the month.
    case month
    /// The archive by month.
    case archive
    /// The list of tags.
    case tags
    /// The list of authors.
    case authors
    /// A front page.
    case front
    /// The page that readers search the paper on.
    case search
    /// The page for addresses that do not exist.
    case notFound
    /// A feed; `index` is its term, or -1 for that of the whole edition.
    case feed
    /// A part of the sitemap; `number` counts the parts from 1, 0 is the index of them.
    case sitemap
    /// The news sitemap.
    case newsSitemap
    /// The rules for crawlers.
    case robots
    /// The reservation of text and data mining (TDMRep).
    case miningRights
  }

  /// What is made.
  var kind: Kind
  /// The edition it belongs to.
  var edition: UInt8
  /// Whether it is of the text edition: the same in headings and paragraphs alone, below `text/`.
  var isText = false
  /// A feed's format, as an index into the cases of `FeedFormat`; 1 for the sitemap that leads to all
  /// others.
  var format: UInt8 = 0
  /// Which story, term or month; see the kinds.
  var index: Int32 = -1
  /// The number of a listing page, from 1 for that of the oldest stories.
  var number: Int32 = 0
  /// Its file, from the output folder.
  var path: Text
}

extension Page {
  /// How old the stories of the news sitemap are at the most, in seconds before the moment of
  /// publishing (Google News sitemaps, 0.9).
  static let newsSpan: Moment = 48 * 3600
  /// How many stories the news sitemap holds at the most.
  static let newsLimit = 1000
  /// The file of the news sitemap, which is there only while there is news.
  static let newsSitemapPath = "news-sitemap.xml"
  /// The file of the reservation of text and data mining (TDMRep).
  static let miningRightsPath = ".well-known/tdmrep.json"

  /// How many addresses a part of the sitemap holds at the most (sitemaps.org, protocol 0.9: 50,000
  /// and 50 MB).
  ///
  /// An address may be 500 bytes long, and each page names its counterparts in all editions and for
  /// readers of other languages; so that several editions stay below 50 MB too, parts are shorter.
  static func sitemapPartSize(editionCount: Int) -> Int {
    editionCount == 1 ? 50_000 : 50_000 / (editionCount + 2)
  }

  /// Whether search engines may list the page: none that is told to stand elsewhere.
  func isListedInSitemap(_ archive: Archive) -> Bool {
    switch kind {
    case .article, .standing:
      !isText && archive.extras(of: archive.articles[Int(index)]).canonical.isEmpty
    case .listing, .undated, .month, .archive, .tags, .authors, .front: !isText
    case .search, .retracted, .alias, .notFound, .feed, .sitemap, .newsSitemap, .robots,
      .miningRights:
      false
    }
  }
}
