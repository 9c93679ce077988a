/// All that one build publishes: the editions, what their stories are filed under, and every page
/// with its address.
///
/// It is made once, by ``Composer``, and then only read, by all workers at once.
final class Publication: Sendable {
  /// What was read.
  let archive: Archive
  /// What `site.yaml` says.
  let site: SiteConfiguration
  /// The site's time zone.
  let zone: TimeZoneTable
  /// The moment of publishing.
  let now: Moment
  /// Whether drafts and held stories are shown, with a mark.
  let showsDrafts: Bool
  /// One edition a language.
  let editions: [Edition]
  /// Sections, tags and authors of all editions.
  let terms: [Term]
  /// Months of all editions.
  let months: [Month]
  /// Stories of terms, months and editions, as indexes into the archive's `articles`.
  let members: [Int32]
  /// The ranks of the dated stories of each tag, oldest first.
  let ranks: [Int32]
  /// The tags and authors of stories, as indexes into `terms`.
  let filedUnder: [Int32]
  /// How each story of the archive stands, in the same order.
  let filings: [Filing]
  /// Every file that is made, in the order in which it is published.
  let pages: [Page]
  /// Stories by the path of their source file.
  let storiesByFile: ByteTable
  /// Stories by their id.
  let storiesByID: ByteTable
  /// Files of `media` by their path.
  let mediaByFile: ByteTable
  /// Stories by the hash of their lede, for briefs that are the lede of a story.
  let storiesByLede: [UInt64: Int32]
  /// Readers' reviews, by their stories.
  let reviews: ReviewTable

  /// Live stories and standing pages that are translations of each other, by each of them: in the
  /// order of their languages.
  let translations: [Int32: [Int32]]

  init(_ parts: consuming Composer.Parts) {
    archive = parts.archive
    site = parts.site
    zone = parts.zone
    now = parts.now
    showsDrafts = parts.showsDrafts
    editions = parts.editions
    terms = parts.terms
    months = parts.months
    members = parts.members
    ranks = parts.ranks
    filedUnder = parts.filedUnder
    filings = parts.filings
    pages = parts.pages
    storiesByFile = parts.files.stories
    storiesByID = parts.files.storiesByID
    mediaByFile = parts.files.media
    storiesByLede = parts.storiesByLede
    reviews = parts.reviews
    translations = parts.translations
  }

  /// A publication that is composed as another is, of an archive in which stories say other things.
  ///
  /// - Parameters:
  ///   - other: The publication that was composed.
  ///   - archive: The same files and stories in the same order, alike in all that composing looks at.
  ///   - storiesByLede: Stories by the hash of their lede.
  init(
    like other: Publication, with archive: Archive, storiesByLede: [UInt64: Int32]
  ) {
    self.archive = archive
    self.storiesByLede = storiesByLede
    site = other.site
    zone = other.zone
    now = other.now
    showsDrafts = other.showsDrafts
    editions = other.editions
    terms = other.terms
    months = other.months
    members = other.members
    ranks = other.ranks
    filedUnder = other.filedUnder
    filings = other.filings
    pages = other.pages
    storiesByFile = other.storiesByFile
    storiesByID = other.storiesByID
    mediaByFile = other.mediaByFile
    reviews = other.reviews
    translations = other.translations
  }

  /// The bytes of a text of the site's metadata.
  @inline(__always) func bytes(_ text: Text) -> ByteSlice { archive.store[text] }
}

/// How a list of stories is divided into numbered pages: from the oldest, so that a new story
/// changes the newest page alone.
struct Pagination: BitwiseCopyable, Sendable, Equatable {
  /// How many stories a full page holds; the newest page holds up to twice as many less one.
  static let pageSize = 20

  /// How many stories there are.
  let count: Int

  /// How many pages there are, at least 1.
  var pageCount: Int { max(1, count / Self.pageSize) }

  /// The stories of a page, as places in a list with the oldest first; pages are numbered from 1,
  /// that of the oldest stories.
  func places(ofPage number: Int) -> Range<Int> {
    let start = (number - 1) * Self.pageSize
    return start..<(number == pageCount ? count : start + Self.pageSize)
  }
}
