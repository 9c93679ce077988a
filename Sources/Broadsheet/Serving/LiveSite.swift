import Glibc

/// A site in memory, which is brought up to date by reading only what has changed.
///
/// One thread owns it, and hands each new state of it to a ``Newsstand``.
final class LiveSite {
  /// How much must be made anew after a change; each step brings with it those before it.
  enum Work: Int, Comparable {
    /// Nothing.
    case nothing
    /// What a story says, a template or an asset: all that was prepared is shared.
    case text
    /// What the pages of a site share: words and dates.
    case preparation
    /// Who is live, what is filed where, which pages there are.
    case composition

    static func < (left: Work, right: Work) -> Bool { left.rawValue < right.rawValue }
  }

  /// What composing made.
  struct Composition {
    var publication: Publication
    var addresses: SiteAddresses
    var diagnostics: [Diagnostic]
    /// The files that the diagnostics speak of.
    var mentioned: Set<String>
    /// Whether any story has briefs, which may be ledes of others.
    var hasBriefs: Bool
    /// When the clock next decides otherwise what is shown; `never` where it does not.
    var due: Moment
  }

  /// An archive that one patch brings up to date.
  struct SpareArchive {
    var archive = Archive()
    /// The patch that it has missed; nil where there is no such archive.
    var missed: (path: [UInt8], batch: ReadBatch)?
  }

  let options: ServeOptions
  let locator: SourceLocator
  var reading = SourceReader.Reading()
  /// The archive before this one.
  var spare = SpareArchive()
  /// Reads single files; nil before all was read.
  var reader: ArticleReader?
  var theme = Theme()
  var themeDiagnostics: [Diagnostic] = []
  var program: Program?
  var programDiagnostics: [Diagnostic] = []
  /// What is known of the files of `media`, in their order.
  var pictureFacts: [PictureFacts] = []
  var composition: Composition?
  var renderer: Renderer?
  /// That readers cannot search, though they should.
  var searchDiagnostics: [Diagnostic] = []
  /// Why the source folder or `--now` is of no use.
  var trouble: [Diagnostic] = []
  /// The hashes of files that were read singly, by their paths.
  var lastHashes: [String: UInt64] = [:]
  /// How many chunks of text there were after all was read.
  var chunkCount = 0

  /// A site that nothing is known of yet.
  init(_ options: ServeOptions) {
    self.options = options
    locator = SourceLocator(source: options.source)
  }

  /// Reads all there is.
  func readAll() {
    let paths = BuildPaths(options.build)
    reading = SourceReader(
      source: options.source, jobs: options.jobs, ignoring: paths.ignoredInSource
    ).read()
    let context = ReadingContext(reading, source: options.source)
    reader = ArticleReader(context, store: reading.archive.store)
    readTheme()
    trouble = []
    let lacksSearch =
      reading.site.search == .pagefind && options.build.program(of: reading.site) == nil
    searchDiagnostics = lacksSearch ? [.noPagefind(locator)] : []
    spare = SpareArchive()
    lastHashes = [:]
    composition = nil
    renderer = nil
    pictureFacts = []
    if let folder = openSources() {
      pictureFacts = PictureFacts.read(reading.archive, in: folder, jobs: options.jobs, memory: nil)
    }
    make(.composition)
    chunkCount = reading.archive.store.chunkCount
  }

  /// Reads the theme, and compiles its templates unless only its assets have changed.
  func readTheme(compiling: Bool = true) {
    (theme, themeDiagnostics) = Theme.read(
      folders: BuildPaths(options.build).templateFolders, languages: reading.site.languages,
      look: reading.site.look,
      isSearchable: options.build.program(of: reading.site) != nil)
    guard compiling else { return }
    let schema = Schema.news(fields: reading.site.fields, words: theme.declarations)
    (program, programDiagnostics) = Templates.compile(files: theme.templates, schema: schema)
  }

  /// All that is wrong, in the order in which it is printed.
  var diagnostics: [Diagnostic] {
    let all =
      trouble + reading.diagnostics + searchDiagnostics
      + themeDiagnostics.map { $0.placed(by: locator) } + programDiagnostics
      + (composition?.diagnostics ?? [])
    return Array(Set(all)).sorted()
  }

  /// How many stories are live.
  var articleCount: Int {
    guard let publication = composition?.publication else { return 0 }
    return publication.filings.indices.count { index in
      publication.filings[index].state == .live
        && publication.archive.articles[index].kind != .standing
    }
  }

  /// The site as readers get it.
  func served(version: Int) -> ServedSite {
    ServedSite(
      version: version, renderer: renderer, addresses: composition?.addresses,
      assets: theme.assets, search: options.build.program(of: reading.site),
      errors: diagnostics.filter(\.isError))
  }

  /// Opens the source folder, or notes why it cannot be opened.
  func openSources() -> Folder? {
    do throws(SystemError) {
      return try Folder(at: options.source)
    } catch {
      trouble = [.unreadable(options.source, error, isFolder: true)]
      return nil
    }
  }

  /// Makes anew what a change asks for.
  func make(_ work: Work) {
    if work == .nothing { return }
    if work == .composition || composition == nil { compose() }
    guard let publication = composition?.publication, let program,
      let sources = openSources()
    else {
      renderer = nil
      return
    }
    // Pictures are shown as they are: to make them takes longer than to look at a page.
    let pictures = PictureSet(
      publication.archive, pictureFacts, publication.site, abilities: nil)
    if work == .text, let known = renderer, let stylesheet = stylesheetText() {
      renderer = Renderer(
        like: known, of: publication, program: program, stylesheet: stylesheet, sources: sources,
        pictures: pictures)
    } else {
      renderer = Renderer(
        publication, theme: theme, program: program, sources: sources, locator: locator,
        pictures: pictures, keepsBodies: false)
    }
  }

  /// The address of the style sheet as a text of the archive.
  private func stylesheetText() -> Text? {
    if let known = renderer?.stylesheet,
      reading.archive.store.string(known) == theme.stylesheetPath
    {
      return known
    }
    return reader?.writer.add(theme.stylesheetPath)
  }

  private func compose() {
    composition = nil
    guard !reading.archive.files.isEmpty || reading.site.isConfigured else { return }
    dropGarbage()
    let now: Moment
    do throws(Diagnostic) {
      var build = options.build
      build.clock = options.clock()
      now = try build.moment(in: reading.zone)
      trouble = []
    } catch {
      trouble = [error]
      return
    }
    var composer = Composer(
      reading.archive, site: reading.site, zone: reading.zone, now: now,
      showsDrafts: options.showsDrafts, locator: locator, jobs: options.build.jobs)
    composer.claimAssets(theme.assets.map(\.path))
    composer.isSearchable = options.build.program(of: reading.site) != nil
    let (publication, diagnostics, held) = composer.composed()
    composition = Composition(
      publication: publication, addresses: SiteAddresses(publication), diagnostics: diagnostics,
      mentioned: Set(diagnostics.map(\.file)),
      hasBriefs: reading.archive.hasBriefs,
      due: held.validUntil == .max ? .never : held.validUntil)
  }

  /// Moves the archive to a new store when most texts of the old one belong to nobody any more:
  /// each composition leaves its addresses behind, each edit the texts before it.
  private func dropGarbage() {
    let count = reading.archive.store.chunkCount
    if chunkCount > 0, count > chunkCount * 2 + Self.garbageLimit { compact() }
  }

  /// Moves the archive to a new store; what was made of the old one must be composed anew.
  func compact() {
    renderer = nil
    spare = SpareArchive()
    let old = reading.archive.store
    reading.archive = reading.archive.compacted()
    var writer = TextStore.Writer(reading.archive.store)
    for place in pictureFacts.indices {
      pictureFacts[place].caption = writer.add(old[pictureFacts[place].caption])
      pictureFacts[place].credit = writer.add(old[pictureFacts[place].credit])
    }
    let context = ReadingContext(reading, source: options.source)
    reader = ArticleReader(context, store: reading.archive.store)
    chunkCount = reading.archive.store.chunkCount
  }

  /// How many chunks of texts may be garbage, beside as many as there were: 64 MB.
  private static let garbageLimit = 256
}
