/// A text that may differ by language.
struct Localized: Sendable, Hashable {
  /// The text for languages that have none of their own; nil where `site.yaml` gives a map.
  var common: String?
  /// The texts by language code.
  var byLanguage: [String: String]

  /// One text for all languages, or one for some of them.
  init(_ common: String? = nil, byLanguage: [String: String] = [:]) {
    self.common = common
    self.byLanguage = byLanguage
  }

  /// The text in a language; else the common one, else that of the first language given.
  func text(in language: String, orElse first: String) -> String? {
    byLanguage[language] ?? common ?? byLanguage[first]
  }
}

/// What `site.yaml` says of a site, with the defaults for what it leaves out.
struct SiteConfiguration: Sendable {
  /// A section of the paper.
  struct SectionEntry: Sendable, Hashable {
    /// Its name in addresses, and the folder of its stories.
    var slug: String
    /// Its name for readers.
    var name: Localized
    /// What it covers.
    var description: Localized

    /// A section.
    init(slug: String, name: Localized, description: Localized = Localized()) {
      self.slug = slug
      self.name = name
      self.description = description
    }
  }

  /// Somebody who writes for the paper.
  struct AuthorEntry: Sendable, Hashable {
    /// The author's name in addresses.
    var slug: String
    /// The author's name as stories may write it.
    var name: Localized
    /// What the author does at the paper.
    var role: Localized
    /// A few sentences on the author.
    var bio: Localized
    /// Where readers can write.
    var email: String?

    /// An author.
    init(
      slug: String, name: Localized, role: Localized = Localized(), bio: Localized = Localized(),
      email: String? = nil
    ) {
      self.slug = slug
      self.name = name
      self.role = role
      self.bio = bio
      self.email = email
    }
  }

  /// How a tag is spelled, and what it stands for.
  struct TagEntry: Sendable, Hashable {
    /// The spelling.
    var name: Localized
    /// Its name in addresses; made from the spelling where none is given.
    var slug: String?
    /// What it stands for.
    var description: Localized

    /// A tag.
    init(name: Localized, slug: String? = nil, description: Localized = Localized()) {
      self.name = name
      self.slug = slug
      self.description = description
    }
  }

  /// A link in the navigation, after the sections.
  struct NavigationEntry: Sendable, Hashable {
    /// What it says.
    var title: Localized
    /// A source file (`pages/about.md`) or an address (`https://…`).
    var link: String
    /// Where it stands in `site.yaml`.
    var position: SourcePosition
  }

  /// How many stories the parts of the front page hold.
  struct FrontSlots: Sendable, Hashable {
    /// The lead: 0 or 1.
    var lead = 1
    /// The top stories beside it.
    var top = 3
    /// The briefs.
    var briefs = 6
    /// The stories of each section's strip.
    var strip = 4
    /// The latest list.
    var latest = 12
    /// What of the first edition is not translated yet, on the front pages of the others.
    var untranslated = 6

    /// The default front page.
    init() {}
  }

  /// A kind of feed.
  enum FeedFormat: String, Sendable, CaseIterable {
    /// RSS 2.0, in `rss.xml`.
    case rss
    /// Atom (RFC 4287), in `atom.xml`.
    case atom
    /// JSON Feed 1.1, in `feed.json`.
    case json
  }

  /// Which feeds there are, and how long.
  struct Feeds: Sendable, Hashable {
    /// The kinds of feed for the site and each section.
    var formats: [FeedFormat] = [.rss]
    /// How many stories the feeds of the site and its sections hold.
    var items = 50
    /// How many stories a tag's feed holds; 0 for no such feeds.
    var tags = 20
    /// How many stories an author's feed holds; 0 for no such feeds.
    var authors = 20
    /// The WebSub hub that tells readers of news; nil for none.
    var hub: String?

    /// The default feeds.
    init() {}
  }

  /// A field of the site's own that stories may set.
  struct Field: Sendable, Hashable {
    /// What a field can hold.
    enum Kind: String, Sendable, CaseIterable {
      case string = "String"
      case int = "Int"
      case bool = "Bool"
      case date = "Date"
      case url = "URL"
    }

    /// What a story has that does not set the field.
    enum Default: Sendable, Hashable {
      /// It must: the field is required.
      case required
      /// Nothing: the field is optional.
      case none
      case string(String)
      case int(Int)
      case bool(Bool)
    }

    /// Its key in front matter and its name in templates.
    var name: String
    /// What it holds.
    var kind: Kind
    /// What a story has that does not set it.
    var fallback: Default
  }

  /// What becomes of pictures.
  struct Pictures: Sendable, Hashable {
    /// Whether they are made smaller and encoded anew.
    enum Mode: String, Sendable, CaseIterable {
      /// Where libvips is on the machine.
      case auto
      /// Never: they are copied.
      case copy
    }

    /// Whether they are made smaller and encoded anew.
    var mode = Mode.auto
    /// The widths that they are made in, in pixels, in rising order.
    var widths = [480, 800, 1200, 1600]
    /// Whether a story without a picture gets a card that shows its headline where it is shared.
    var hasShareCards = false

    /// The default pictures.
    init() {}
  }

  /// Which stories stand in the section block at the end of an article.
  enum More: String, Sendable, CaseIterable {
    /// The four of the section before it; they never change again.
    case preceding
    /// The four newest of the section.
    case latest
  }

  /// How addresses end.
  enum Permalinks: String, Sendable, CaseIterable {
    /// In `.html`: the site can be browsed from a disk.
    case files
    /// In a slash: each page is an `index.html` in a folder of its own.
    case directories
  }

  /// What readers search the paper with.
  enum Search: String, Sendable, CaseIterable {
    /// Nothing.
    case none
    /// Pagefind: an index that the reader's browser looks into.
    case pagefind
  }

  /// What crawlers that read for AI may do with the paper.
  enum AIRights: String, Sendable, CaseIterable {
    /// Those that answer searches and readers may read it; those that train models may not.
    case searchOnly = "search-only"
    /// All may.
    case allow
    /// None may.
    case deny

    /// Whether the rights of text and data mining are reserved (TDMRep).
    var reservesMining: Bool { self != .allow }
  }

  /// The paper's name.
  var title = Localized("")
  /// What the paper is, in a sentence.
  var description = Localized()
  /// The address of the site, ending in a slash; without one there are no feeds and no sitemap.
  var url: String?
  /// The languages of the editions, as BCP 47 codes; the first is at the root.
  var languages = ["en"]
  /// The name of the site's time zone in the tz database.
  var timeZone = "UTC"
  /// The sections, in the paper's order.
  var sections: [SectionEntry] = []
  /// The registry of authors.
  var authors: [AuthorEntry] = []
  /// The registry of tags.
  var tags: [TagEntry] = []
  /// Links in the navigation, after the sections.
  var navigation: [NavigationEntry] = []
  /// How many stories the parts of the front page hold.
  var front = FrontSlots()
  /// Which feeds there are, and how long.
  var feeds = Feeds()
  /// What becomes of pictures.
  var pictures = Pictures()
  /// The authority of permanent ids, `host,year` as in a `tag:` URI (RFC 4151).
  var tagAuthority: String?
  /// Closing lines of wire copy that are page furniture, not text.
  var furniture = ["Leave a review"]
  /// Where "Leave a review" leads: an e-mail address or an `https:` URL.
  var review: String?
  /// What crawlers that read for AI may do with the paper; nil where it says nothing of them.
  var aiRights: AIRights?
  /// The standing page that says how the paper corrects itself.
  var correctionsPolicy: NavigationEntry?
  /// The line of rights in the footer.
  var copyright = Localized()
  /// The paper's logo, as a path from `static/`, for feeds and structured data.
  var logo: String?
  /// Where it stands in `site.yaml`; nil where nothing is said of it.
  var logoPosition: SourcePosition?
  /// The site's own fields.
  var fields: [Field] = []
  /// Which stories stand in the section block at the end of an article.
  var more = More.preceding
  /// How addresses end.
  var permalinks = Permalinks.files
  /// The address of an article without its ending, in parts of `{section}`, `{year}`, `{month}`,
  /// `{day}` and `{slug}`.
  var permalinkPattern = "{section}/{year}/{month}/{slug}"
  /// Whether there is a text edition, which makes two pages of each front page, section and story.
  var hasTextEdition = false
  /// What readers search the paper with.
  var search = Search.none
  /// The paper's own colours and faces.
  var look = Look()
  /// Whether there was a `site.yaml`.
  var isConfigured = false

  /// The site of a folder without a `site.yaml`.
  init() {}
}
