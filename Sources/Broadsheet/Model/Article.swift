/// A run of neighbours in one of an ``Archive``'s pools.
struct PoolRange: BitwiseCopyable, Sendable, Hashable {
  /// Where it starts.
  var start: UInt32 = 0
  /// How many there are.
  var count: UInt32 = 0

  /// The indexes of the run.
  var indices: Range<Int> { Int(start)..<Int(start) + Int(count) }
  /// Whether there are none.
  var isEmpty: Bool { count == 0 }
}

/// A moment in seconds since 1970-01-01T00:00:00Z, where there may be none.
typealias Moment = Int64

extension Moment {
  /// No moment: the key stands in no front matter.
  static let never = Int64.min
}

/// One source file's headline, byline, dates, section and tags; its body stays in the file.
///
/// It holds no reference: texts lie in the archive's ``TextStore``, lists in the archive's pools,
/// so that a million stories are plain memory and copying one costs nothing but its bytes.
struct Article: BitwiseCopyable, Sendable {
  /// What kind of file it came from.
  enum Kind: UInt8, Sendable, BitwiseCopyable {
    /// CommonMark with front matter.
    case markdown
    /// Plain text as agencies send it: a paragraph a line.
    case wire
    /// A standing page, such as "About us": Markdown under `pages/`.
    case standing
  }

  /// Whether it is to be seen.
  enum Status: UInt8, Sendable, BitwiseCopyable {
    /// Seen from its instant until it expires.
    case published
    /// Not seen.
    case draft
    /// Seen as a notice with the reason, in no list, feed or sitemap.
    case retracted
  }

  /// What else is known of it.
  struct Traits: OptionSet, BitwiseCopyable, Sendable {
    let rawValue: UInt16
    /// `date` names a time of day, not the day alone.
    static let dateHasTime = Traits(rawValue: 1)
    /// `updated` names a time of day, not the day alone.
    static let updatedHasTime = Traits(rawValue: 2)
    /// The front matter gives the slug.
    static let givenSlug = Traits(rawValue: 4)
    /// The front matter gives the id.
    static let givenID = Traits(rawValue: 8)
    /// The front matter gives the section, or a wire file's block does.
    static let givenSection = Traits(rawValue: 16)
    /// The picture has an `alt`, be it empty for a decorative one.
    static let imageHasAlt = Traits(rawValue: 32)
    /// The front matter gives the summary.
    static let givenSummary = Traits(rawValue: 64)
    /// Something in the file is wrong, and was said.
    ///
    /// What could not be read has its default; the story stands in the archive all the same, so
    /// that links to it are not taken for dead.
    static let hasErrors = Traits(rawValue: 128)
  }

  /// The file it came from, as an index into the archive's `files`.
  var file: Int32 = 0
  /// What kind of file it came from.
  var kind = Kind.markdown
  /// Whether it is to be seen.
  var status = Status.published
  /// Its language, as an index into the site's `languages`.
  var language: UInt8 = 0
  /// How much it weighs on the front page, 1 (most) to 9; 0 where nothing is said.
  var priority: UInt8 = 0
  /// What else is known of it.
  var traits: Traits = []
  /// What few stories have, as an index into the archive's `extras`; 0 where it has none of it.
  var extras: Int32 = 0

  /// When it was or will be published; `never` for undated wire copy and standing pages.
  var date = Moment.never
  /// Unseen until then.
  var embargo = Moment.never
  /// The headline.
  var title = Text.empty
  /// The line under the headline; the first paragraph's text where none is given.
  var summary = Text.empty
  /// A word or two over the headline.
  var kicker = Text.empty
  // What lists print stands above, so that it lies in a line or two of the memory.

  /// When its text last changed, as its editor says.
  var updated = Moment.never

  /// Its name in its address: as the front matter gives it, or as made from the file's name (wire
  /// copy: from the headline).
  var slug = Text.empty
  /// Its permanent id: given, or the file's path without its ending.
  var id = Text.empty
  /// The section as written, by slug or name; the top folder where none is given; may be empty.
  var section = Text.empty

  /// The tags as written: a run of the archive's `texts`.
  var tags = PoolRange()
  /// The authors as written: a run of `texts`.
  var authors = PoolRange()

  /// The hash of the first paragraph's letters, by which a brief elsewhere is known as this story's
  /// lede; 0 where the paragraph is too short to tell, or the site has no wire copy.
  var ledeHash: UInt64 = 0
  /// Where the body starts in the file, in bytes.
  var bodyStart: UInt32 = 0
  /// Where the body ends in the file, in bytes (wire copy: before the section block).
  var bodyEnd: UInt32 = 0
  /// How many words the body has.
  var wordCount: UInt32 = 0

  /// A story of which nothing is known yet.
  init() {}

  /// The moment it may first be seen, by which it is ordered everywhere: the later of its date and
  /// its embargo.
  var instant: Moment { max(date, embargo) }
}

/// What few stories have.
///
/// It lies in a pool of the archive, whose first element is that of all stories that have nothing of it:
/// a story is half as large without it.
struct ArticleExtras: BitwiseCopyable, Sendable, Equatable {
  /// Unseen from then on.
  var expires = Moment.never

  /// The title of its page in windows and tabs, where wire copy has one that differs from the
  /// headline.
  var pageTitle = Text.empty
  /// Where it was filed.
  var dateline = Text.empty
  /// The id of the story that it translates.
  var translationOf = Text.empty
  /// Why it was retracted.
  var reason = Text.empty
  /// The address of the original, where it was published elsewhere first.
  var canonical = Text.empty

  /// The lead picture's path as written, relative to the file.
  var imageSource = Text.empty
  /// What the picture shows, for those who do not see it.
  var imageAlt = Text.empty
  /// The line under the picture.
  var imageCaption = Text.empty
  /// Who made the picture.
  var imageCredit = Text.empty

  /// Earlier addresses that lead here: a run of the archive's `texts`.
  var aliases = PoolRange()
  /// Where the facts come from: a run of `texts`.
  var sources = PoolRange()
  /// A wire file's own briefs, each its paragraphs joined by a line feed: a run of `texts`.
  var briefs = PoolRange()
  /// Dated notes of what changed: a run of the archive's `corrections`.
  var corrections = PoolRange()
  /// The site's own fields, one value for each that it declares: a run of `fieldValues`.
  var fields = PoolRange()

  /// Nothing.
  init() {}
}

/// A dated note of what was changed in a story.
struct Correction: BitwiseCopyable, Sendable {
  /// When it was made.
  var date: Moment
  /// Whether `date` names a time of day.
  var dateHasTime: Bool
  /// What was wrong and what is right.
  var text: Text
  /// Whether it changes what the story says: then it stands above the text.
  var isMaterial: Bool
}

/// The value of one of the site's own fields in a story.
enum FieldValue: BitwiseCopyable, Sendable {
  /// An optional field that the story leaves out.
  case none
  /// A `String` or a `URL`.
  case text(Text)
  /// An `Int`.
  case int(Int)
  /// A `Bool`.
  case bool(Bool)
  /// A `Date`.
  case date(Moment)
}
