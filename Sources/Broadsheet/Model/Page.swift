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
  /// How many addresses a part of the sitemap holds at the most (sitemaps.org, protocol 0.9).
  static let sitemapPartSize = 50_000

  /// Whether search engines may list the page.
  var isListedInSitemap: Bool {
    switch kind {
    case .article, .standing, .listing, .undated, .month, .archive, .tags, .authors, .front:
      !isText
    case .retracted, .alias, .notFound, .feed, .sitemap, .newsSitemap, .robots, .miningRights: false
    }
  }
}
