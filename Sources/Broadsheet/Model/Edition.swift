/// What stories are filed under: a section, a tag or an author.
struct Term: BitwiseCopyable, Sendable {
  /// What it is.
  enum Kind: UInt8, Sendable, BitwiseCopyable {
    case section
    case tag
    case author
  }

  /// What it is.
  var kind: Kind
  /// The edition it belongs to.
  var edition: UInt8
  /// Its name in addresses.
  var slug: Text
  /// Its name for readers.
  var name: Text
  /// What it covers, or an author's few sentences.
  var description = Text.empty
  /// What an author does at the paper.
  var role = Text.empty
  /// Where readers can write to an author.
  var email = Text.empty
  /// The file of its page of newest stories.
  var path = Text.empty
  /// Its live stories that have a date, oldest first: a run of the publication's `members`.
  var stories = PoolRange()
  /// Its live stories without a date, by their ids: a run of `members`.
  var undated = PoolRange()
  /// Where the ranks of a tag's dated stories start in the publication's `ranks`.
  var ranks: UInt32 = 0
  /// How many held stories with a date will be filed under it.
  var heldCount: UInt32 = 0
  /// How many held stories without one will be.
  var heldUndatedCount: UInt32 = 0
  /// The file of the page of its undated stories, where they do not fit on its newest page.
  var undatedPath = Text.empty

  /// How many stories it has.
  var count: Int { Int(stories.count + undated.count) }
}

/// The stories of one month.
struct Month: BitwiseCopyable, Sendable {
  /// The edition it belongs to.
  var edition: UInt8
  /// The year.
  var year: Int32
  /// The month, 1 to 12.
  var month: Int32
  /// The file of its page.
  var path: Text
  /// Its stories, oldest first: a run of the publication's `members`.
  var stories: PoolRange
}

/// What one language's readers get: the stories of that language, and what they are filed under.
struct Edition: Sendable {
  /// Its language, as an index into the site's `languages`.
  var language: Int
  /// The language's code, BCP 47.
  var code: String
  /// What its addresses begin with: nothing for the first edition, `ru/` for a later one.
  var prefix: String
  /// Its live stories that have a date, oldest first: a run of the publication's `members`.
  var stories = PoolRange()
  /// Its sections that have stories, in the paper's order: a run of the publication's `terms`.
  var sections: Range<Int> = 0..<0
  /// Its tags, in the order of their names: a run of `terms`.
  var tags: Range<Int> = 0..<0
  /// Its authors, in the order of their names: a run of `terms`.
  var authors: Range<Int> = 0..<0
  /// The months that have stories, newest first: a run of the publication's `months`.
  var months: Range<Int> = 0..<0
  /// The front page.
  var front = FrontPage()
  /// The file of the front page.
  var frontPath = Text.empty
  /// The files of the lists of tags and authors and of the archive; empty where there is nothing to
  /// list.
  var tagsPath = Text.empty
  /// The list of authors.
  var authorsPath = Text.empty
  /// The archive by month.
  var archivePath = Text.empty
  /// The page that readers search on; empty where they cannot.
  var searchPath = Text.empty
}

/// Which stories stand where on a front page, as indexes into the archive's `articles`; no story
/// stands in two places.
struct FrontPage: Sendable, Equatable {
  /// The lead, if there is a story at all.
  var lead: Int32?
  /// The top stories, most weighty first.
  var top: [Int32] = []
  /// The briefs.
  var briefs: [Int32] = []
  /// A strip a section: its term and its stories, newest first.
  var strips: [Strip] = []
  /// The latest of all others, newest first.
  var latest: [Int32] = []
  /// The newest of the first edition that this one has no translation of, newest first.
  var untranslated: [Int32] = []

  /// The stories of one section on the front page.
  struct Strip: Sendable, Equatable {
    /// The section, as an index into the publication's `terms`.
    var section: Int32
    /// Its stories, newest first.
    var stories: [Int32]
  }
}

/// How a story stands in this build.
struct Filing: BitwiseCopyable, Sendable {
  /// Whether it is shown, and how.
  enum State: UInt8, Sendable, BitwiseCopyable {
    /// In no byte of the output: a draft.
    case draft
    /// In no byte of the output: its date or embargo lies ahead.
    case held
    /// In no byte of the output any more.
    case expired
    /// A notice with the reason stands at its address; it is in no list.
    case retracted
    /// On its page and in all lists.
    case live
  }

  /// Whether it is shown, and how.
  var state = State.draft
  /// Whether it has a date, and stands in numbered lists and feeds.
  var isDated = false
  /// The section, as an index into the publication's `terms`; -1 for standing pages.
  var section: Int32 = -1
  /// Its place among all live dated stories of its edition, oldest first.
  var rank: Int32 = -1
  /// Its place among those of its section, oldest first.
  var sectionRank: Int32 = -1
  /// Its tags: a run of the publication's `filedUnder`.
  var tags = PoolRange()
  /// Its authors: a run of `filedUnder`.
  var authors = PoolRange()
  /// The file of its page; empty where it has none.
  var path = Text.empty
  /// The lead picture, as an index into the archive's `media`; -1 for none.
  var image: Int32 = -1
  /// The path of the card that stands for the story where it is shared; empty where it has none.
  var card = Text.empty
}
