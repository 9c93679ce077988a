/// Makes a publication of what was read: who is live, what is filed where, which pages there are.
///
/// Everything is integers and indexes into the archive; no story is copied.
///
/// - Complexity: O(*n* log *n*) in the number of stories.
struct Composer: ~Copyable {
  /// What a publication is made of.
  struct Parts {
    let archive: Archive
    let site: SiteConfiguration
    let zone: TimeZoneTable
    let now: Moment
    let showsDrafts: Bool
    var editions: [Edition] = []
    var terms: [Term] = []
    var months: [Month] = []
    var members: [Int32] = []
    var ranks: [Int32] = []
    var filedUnder: [Int32] = []
    var filings: [Filing]
    var pages: [Page] = []
    var files: FileTables
    var storiesByLede: [UInt64: Int32] = [:]
    var translations: [Int32: [Int32]] = [:]
    var reviews = ReviewTable()
  }

  /// What the clock decides: which stories are not seen for now, and until when it stays so.
  struct Held: Sendable, Equatable {
    /// How many stories are dated ahead or under embargo.
    var count = 0
    /// When the next of them is due.
    var next = Moment.never
    /// The first moment from which on the clock decides just what it decides now.
    var validFrom = Moment.never
    /// The first moment at which the clock decides otherwise.
    var validUntil = Moment.max

    /// Notes a moment at which what is shown changes.
    mutating func turn(at moment: Moment, now: Moment) {
      guard moment != .never else { return }
      if moment <= now {
        validFrom = max(validFrom, moment)
      } else {
        validUntil = min(validUntil, moment)
      }
    }
  }

  var parts: Parts
  /// The tables of the archive's files, made while stories are filed.
  private let fileTables: Beside<FileTables>
  /// Whether stories without a picture get a card that shows their headline where they are shared.
  var makesCards = false
  /// Whether readers can search: `site.yaml` wants it, and what makes the index is there.
  var isSearchable = false
  /// How many threads work.
  let jobs: Int
  var writer: TextStore.Writer
  var book: AddressBook
  var path = ByteBuffer(capacity: 1024)
  let locator: SourceLocator
  var diagnostics: [Diagnostic] = []
  var held = Held()
  /// The ids of no story that reviews are of.
  var unknownReviewed: Set<String> = []
  /// The sections of stories that are in no list, by their slugs.
  var sectionSlugs: [Int32: Text] = [:]
  /// The sections of the retracted stories of the edition that is being composed.
  var retractedSections: [Int32: Int32] = [:]
  /// The stories' pages in the text edition.
  var textPages: [Page] = []
  /// Terms that only held stories use.
  var awaitedTerms: [Term] = []
  /// The names of the files of `media`, once a picture is missing.
  var pictureNames: NameList?
  /// The earlier addresses of held stories, which own them already.
  var awaitedAliases: [(story: Int32, path: Text)] = []
  /// The first story that uses each term, then those of the awaited terms; -1 for a term of the
  /// registry.
  var termUsers: [Int32] = []
  /// The same of the awaited terms, while the editions are composed.
  var awaitedUsers: [Int32] = []
  /// The live dated stories of each edition, oldest first.
  var chronicle: [[Int32]] = []
  /// The live undated stories of each edition, by their ids.
  var undated: [[Int32]] = []

  /// Composes a publication.
  ///
  /// - Parameters:
  ///   - archive: What was read.
  ///   - site: What `site.yaml` says.
  ///   - zone: The site's time zone.
  ///   - now: The moment of publishing.
  ///   - showsDrafts: Whether drafts and held stories are shown all the same.
  ///   - locator: Finds places in source files, for diagnostics.
  ///   - jobs: How many threads work.
  init(
    _ archive: consuming Archive, site: SiteConfiguration, zone: TimeZoneTable, now: Moment,
    showsDrafts: Bool, locator: SourceLocator, jobs: Int = 1
  ) {
    let archive = archive
    let count = archive.articles.count
    parts = Parts(
      archive: archive, site: site, zone: zone, now: now, showsDrafts: showsDrafts,
      filings: Array(repeating: Filing(), count: count), files: FileTables(archive.store))
    fileTables = Beside(jobs: jobs) { FileTables(archive) }
    writer = TextStore.Writer(archive.store)
    book = AddressBook(archive.store, capacity: count * 2 + 64)
    self.locator = locator
    self.jobs = jobs
  }

  /// The publication, with all that is wrong with it; it is only to be published without errors.
  consuming func composed() -> (publication: Publication, diagnostics: [Diagnostic], held: Held) {
    sortByInstant()
    claimFixedAddresses()
    for language in parts.site.languages.indices { composeEdition(language) }
    termUsers += awaitedUsers
    takeFileTables()
    fileReviews()
    addressStories()
    addressTerms()
    choosePictures()
    addressCards()
    addressMonths()
    claimAliases()
    groupTranslations()
    for edition in parts.editions.indices { composeFront(of: edition) }
    indexLedes()
    checkNavigation()
    checkLogo()
    checkTranslations()
    listPages()
    checkFolders()
    let (parts, diagnostics, held) = (self.parts, self.diagnostics, self.held)
    return (Publication(parts), diagnostics, held)
  }

  /// The story at an index.
  func article(_ index: Int32) -> Article { parts.archive.articles[Int(index)] }

  /// Keeps a text made of parts.
  mutating func keep(_ make: (inout ByteBuffer) -> Void) -> Text {
    path.removeAll()
    make(&path)
    return writer.add(path.slice)
  }

  /// Reports what is wrong with a story, at the value of one of its keys where it has that key.
  mutating func report(
    _ id: String, _ message: String, story: Int32, key: String? = nil,
    severity: Diagnostic.Severity = .error
  ) {
    let file = parts.archive.files[Int(article(story).file)].path
    let path = parts.archive.store.string(file)
    diagnostics.append(
      Diagnostic(
        id, message, severity: severity, file: locator.shown(path),
        at: key.flatMap { locator.position(ofKey: $0, in: path) }))
  }

  /// The path of a story's file, as the user would open it.
  func shownFile(of story: Int32) -> String {
    locator.shown(parts.archive.store.string(parts.archive.files[Int(article(story).file)].path))
  }
}

// MARK: - Who is live

extension Composer {
  /// Takes over the tables of files and ids; two files of one id are an error.
  mutating func takeFileTables() {
    parts.files = fileTables.result
    for (story, other) in parts.files.sameIDs {
      let id = parts.archive.store.string(article(story).id)
      report(
        "duplicate-id", "the id '\(id)' is that of \(shownFile(of: other)) too; give one another",
        story: story, key: "id")
    }
  }

  /// Decides for each story whether it is shown now, and puts those that are in order.
  mutating func sortByInstant() {
    let languages = parts.site.languages.count
    var dated = Array(repeating: [(instant: Moment, story: Int32)](), count: languages)
    undated = Array(repeating: [], count: languages)
    for index in parts.archive.articles.indices {
      let article = parts.archive.articles[index]
      let state = state(of: article)
      held.turn(at: article.instant, now: parts.now)
      held.turn(at: parts.archive.extras(of: article).expires, now: parts.now)
      if parts.site.url != nil, article.instant != .never {
        // Then it leaves the news sitemap.
        held.turn(at: article.instant + Page.newsSpan, now: parts.now)
      }
      parts.filings[index].state = state
      if state == .live { checkDatesAhead(of: Int32(index)) }
      let hasDate = article.date != .never
      parts.filings[index].isDated = hasDate
      guard state == .live, article.kind != .standing else { continue }
      if hasDate {
        dated[Int(article.language)].append((article.instant, Int32(index)))
      } else {
        undated[Int(article.language)].append(Int32(index))
      }
    }
    let archive = parts.archive
    func idOrder(_ left: Int32, _ right: Int32) -> Bool {
      archive.store[archive.articles[Int(left)].id] < archive.store[archive.articles[Int(right)].id]
    }
    chronicle = dated.map { stories in
      stories.sorted {
        $0.instant == $1.instant ? idOrder($0.story, $1.story) : $0.instant < $1.instant
      }.map(\.story)
    }
    for language in undated.indices { undated[language].sort(by: idOrder) }
    for stories in chronicle {
      for (rank, story) in stories.enumerated() { parts.filings[Int(story)].rank = Int32(rank) }
    }
  }

  /// Says of a story that is shown already where it tells of what is still to come.
  private mutating func checkDatesAhead(of story: Int32) {
    let article = parts.archive.articles[Int(story)]
    guard article.status != .draft, article.instant <= parts.now else { return }
    if isAhead(article.updated) {
      report(
        "date-ahead",
        "'updated' lies ahead, though the story is shown already; write when it was changed",
        story: story, key: "updated", severity: .warning)
    }
    let corrections = parts.archive.extras(of: article).corrections
    for place in corrections.indices where isAhead(parts.archive.corrections[place].date) {
      report(
        "date-ahead",
        "a correction is dated ahead, but shown already; write when it was made", story: story,
        key: "corrections", severity: .warning)
    }
  }

  /// Whether a moment is still to come; what is said of it changes when it has.
  private mutating func isAhead(_ moment: Moment) -> Bool {
    held.turn(at: moment, now: parts.now)
    return moment > parts.now
  }

  private mutating func state(of article: Article) -> Filing.State {
    if article.status == .draft { return parts.showsDrafts ? .live : .draft }
    let expires = parts.archive.extras(of: article).expires
    if expires != .never, expires <= parts.now { return .expired }
    if article.instant != .never, article.instant > parts.now {
      held.count += 1
      held.next = held.next == .never ? article.instant : min(held.next, article.instant)
      return parts.showsDrafts ? .live : .held
    }
    return article.status == .retracted ? .retracted : .live
  }
}

// MARK: - References between files

extension Composer {
  /// A link of the navigation leads to a file of the source folder, or out of the site.
  func navigationTarget(_ link: String) -> Int32? {
    let path = link.hasPrefix("/") ? String(link.dropFirst()) : link
    return path.withBytes { parts.files.stories.value(of: $0) }
  }

  /// Reports links of the navigation that lead nowhere.
  mutating func checkNavigation() {
    let entries =
      parts.site.navigation + (parts.site.correctionsPolicy.map { [$0] } ?? [])
    for entry in entries where !entry.link.contains(":") {
      if let story = navigationTarget(entry.link) {
        let state = parts.filings[Int(story)].state
        guard state != .live && state != .held else { continue }
        // That a page expires is no error: the link goes with it.
        if state == .expired {
          diagnostics.append(
            Diagnostic(
              "dead-link", "'\(entry.link)' has expired; the link is left out", severity: .warning,
              file: locator.shown("site.yaml"), at: entry.position))
          continue
        }
        diagnostics.append(
          Diagnostic(
            "dead-link", "'\(entry.link)' is not published; take the link out or publish the page",
            file: locator.shown("site.yaml"), at: entry.position))
        continue
      }
      let store = parts.archive.store
      let meant = suggestion(
        for: entry.link, among: parts.archive.files.map { store.string($0.path) })
      diagnostics.append(
        Diagnostic(
          "dead-link",
          "there is no file '\(entry.link)'" + (meant.map { "; did you mean '\($0)'?" } ?? ""),
          file: locator.shown("site.yaml"), at: entry.position))
    }
  }

  /// Reports a logo that is no file of `static/`, or whose name means something else in an address.
  private mutating func checkLogo() {
    guard let logo = parts.site.logo, let position = parts.site.logoPosition else { return }
    let store = parts.archive.store
    let statics = parts.archive.statics.map { store.string($0.path) }
    if !statics.contains(where: { $0.utf8.elementsEqual(logo.utf8) }) {
      let meant = suggestion(for: logo, among: statics).map { "; did you mean '\($0)'?" }
      diagnostics.append(
        Diagnostic(
          "missing-logo",
          "there is no file '\(logo)' in 'static/'" + (meant ?? "; the logo is one of its files"),
          file: locator.shown("site.yaml"), at: position))
    } else if let sign = logo.first(where: { "%?#".contains($0) }) {
      diagnostics.append(
        Diagnostic(
          "bad-file-name",
          "the logo's name holds '\(sign)', which means something else in an address; rename the file",
          file: locator.shown("site.yaml"), at: position))
    }
  }

  /// Reports translations of stories that do not exist.
  mutating func checkTranslations() {
    for index in parts.archive.articles.indices {
      let article = parts.archive.articles[index]
      let state = parts.filings[index].state
      let id = parts.archive.store[parts.archive.extras(of: article).translationOf]
      guard !id.isEmpty, state == .live || state == .held else { continue }
      guard let original = parts.files.storiesByID.value(of: id) else {
        report(
          "unknown-id",
          "there is no story with the id '\(id.string)'; an id is the 'id:' of its "
            + "file, else the file's path without its ending", story: Int32(index),
          key: "translation-of")
        continue
      }
      if parts.archive.articles[Int(original)].language == article.language {
        report(
          "same-language", "'\(id.string)' is in the same language; a translation is in another",
          story: Int32(index), key: "translation-of")
      }
    }
  }
}
