/// Builds a site: reads, composes, makes the pages, and publishes them if nothing is wrong.
///
/// - Parameters:
///   - options: What to build, where from and where to.
///   - progress: Told, from any thread, how many of the pages are done.
///   - pictureProgress: The same of the pictures that are made.
///   - whenWaiting: Told when another build holds the output, and which process it is.
/// - Returns: What was done, and all that is wrong; with an error among it, nothing was published,
///   or, where the machine failed, at the most a part.
public func build(
  _ options: BuildOptions, progress: @escaping @Sendable (_ done: Int, _ of: Int) -> Void,
  pictureProgress: @escaping @Sendable (_ done: Int, _ of: Int) -> Void = { _, _ in },
  whenWaiting: (Int32?) -> Void
) -> BuildReport {
  Memory.setUp()
  var build = Build(options)
  build.run(progress: progress, pictureProgress: pictureProgress, whenWaiting: whenWaiting)
  return build.report
}

/// One build, stage by stage.
private struct Build {
  let options: BuildOptions
  var report = BuildReport()
  /// What the next build is to know of this one.
  private var facts = BuildRecord.Facts()
  private let clock = ContinuousClock()
  private var began: ContinuousClock.Instant

  init(_ options: BuildOptions) {
    self.options = options
    began = clock.now
    facts.showsDrafts = options.showsDrafts
  }

  private mutating func ended(_ stage: String) {
    let now = clock.now
    report.timings.append(BuildReport.Timing(stage: stage, wall: now - began))
    began = now
  }

  mutating func run(
    progress: @escaping @Sendable (_ done: Int, _ of: Int) -> Void,
    pictureProgress: @escaping @Sendable (_ done: Int, _ of: Int) -> Void,
    whenWaiting: (Int32?) -> Void
  ) {
    let paths = BuildPaths(options)
    if let wrong = paths.overlap {
      report.diagnostics = [wrong]
      return
    }
    let folders = paths.templateFolders
    let themeFiles = Beside(jobs: options.jobs) { ThemeFiles(folders) }
    let publisher = Publisher(
      output: options.output, adopts: options.adopts, showsDrafts: options.showsDrafts)
    let hold: OutputHold?
    do throws(Publisher.Failure) {
      hold = try publisher.hold(whenWaiting: whenWaiting)
    } catch {
      report.diagnostics = error.diagnostics
      return
    }
    themeFiles.makeWay()
    let reader = SourceReader(
      source: options.source, jobs: options.jobs, ignoring: paths.ignoredInSource)
    let isKnown = hold?.record?.facts != nil
    var preparing: ThemePreparation?
    let survey = reader.survey(withStamps: isKnown) { site in
      preparing = ThemePreparation(themeFiles, site, options)
      // Where nothing is known of the site, there is much to do, for which templates are wanted.
      if !isKnown { preparing?.compile() }
    }
    ended("list")

    var prepared = preparing ?? ThemePreparation(themeFiles, survey.reading.site, options)
    facts.settings = survey.reading.settings
    guard let now = moment(in: survey.reading.zone) else { return }
    if isKnown, let hold {
      facts.inputs = inputs(prepared.theme.result.0, survey.reading.site)
      if publisher.isUpToDate(hold, survey, facts, now: now, jobs: options.jobs) {
        return reportUnchanged(hold, zone: survey.reading.zone, now: now)
      }
    }

    let outputs = hold?.record?.outputs(lookingAt: (options.output, options.jobs))
    let compiling = prepared.compile()
    let memory = hold?.record?.sources(settings: facts.settings)
    if memory != nil { facts.freshTextCount = hold?.record?.facts?.freshTextCount ?? 0 }
    let reading = reader.read(
      survey, memory: memory, keepingTextsIn: publisher.parent)
    report.diagnostics += reading.diagnostics
    report.readCount = reading.readCount
    facts.began = reading.began
    facts.tree = reading.treeHash ?? 0
    if memory == nil {
      facts.freshTextCount = reading.archive.store.kept.reduce(0) { $0 + Int($1.count) }
    }
    ended("read")
    guard !reading.archive.files.isEmpty || reading.site.isConfigured else { return }

    let (theme, themeDiagnostics) = prepared.theme.result
    facts.inputs = inputs(theme, reading.site)
    report.diagnostics += themeDiagnostics.map {
      $0.placed(by: SourceLocator(source: options.source))
    }
    guard let sources = openSources() else { return sortDiagnostics() }
    let pictureFacts = PictureFacts.read(
      reading.archive, in: sources, jobs: options.jobs, memory: memory)
    let (works, abilities) = pictureWorks(publisher, reading.site, pictureFacts)
    let pictures = PictureSet(
      reading.archive, pictureFacts, reading.site, abilities: abilities)
    ended("pictures")

    let locator = SourceLocator(source: options.source)
    let (archive, site, zone) = (reading.archive, reading.site, reading.zone)
    let lastMoment = options.showsDrafts ? Moment.max : now
    let calendar = Beside(jobs: options.jobs) {
      CalendarTexts(archive, site: site, zone: zone, theme: theme, upTo: lastMoment)
    }
    var composer = Composer(
      reading.archive, site: reading.site, zone: reading.zone, now: now,
      showsDrafts: options.showsDrafts, locator: locator, jobs: options.jobs)
    composer.claimAssets(theme.assets.map(\.path) + pictures.paths)
    composer.isSearchable = options.program(of: reading.site) != nil
    composer.makesCards = works != nil && reading.site.pictures.hasShareCards
    let (publication, composingDiagnostics, held) = composer.composed()
    report.diagnostics += composingDiagnostics
    count(publication, held)
    ended("compose")

    // Of what is being made, the part that was begun last may be waiting for somebody to make it.
    let texts = calendar.result
    let (program, templateDiagnostics) = compiling.result
    report.diagnostics += templateDiagnostics
    ended("templates")
    guard let program else { return sortDiagnostics() }
    let renderer = Renderer(
      publication, calendar: texts, theme: theme, program: program, sources: sources,
      locator: locator, pictures: pictures, works: works, began: reading.began,
      sourceTexts: reading.texts)
    if held.next != .never { report.nextDue = reading.zone.due(held.next, now: now) }
    let heldStories = publication.filings.indices.filter { publication.filings[$0].state == .held }
    let run = PageRun(
      renderer: renderer, jobs: options.jobs, inputs: facts.allInputs,
      held: heldStories.map { Int32($0) }, search: searchWorks(publisher, reading.site),
      progress: progress, pictureProgress: pictureProgress)
    ended("prepare")

    if report.isPublished {
      publish(run, renderer, theme, publisher, hold, outputs, whenWaiting)
    } else {
      report.diagnostics += run.check()
      report.diagnostics += PictureRun(run, publication.archive.bodies).check()
    }
    ended("publish")
    sortDiagnostics()
  }

  private mutating func publish(
    _ run: PageRun, _ renderer: Renderer, _ theme: Theme, _ publisher: Publisher,
    _ hold: OutputHold?, _ outputs: OutputMemory?, _ whenWaiting: (Int32?) -> Void
  ) {
    do throws(Publisher.Failure) {
      let outcome = try publisher.publish(
        run, fixed: renderer.fixedFiles(theme), facts: facts, warnings: report.diagnostics,
        held: hold, memory: outputs, whenWaiting: whenWaiting)
      report.writtenCount = outcome.written
      report.unchangedCount = outcome.unchanged
      report.madeCount = outcome.made
      report.copiedCount = outcome.copied
      report.madePictureCount = outcome.pictures
      report.removedCount = outcome.removed
      report.diagnostics += outcome.warnings
      // It is said once: the next build compares with these feeds.
      if let last = hold?.record?.feeds() {
        report.diagnostics += FeedMemory(renderer).losses(
          since: last, renderer.publication, renderer.locator)
      }
    } catch {
      report.diagnostics += error.diagnostics
      report.isPublishedInPart = error.isMidway
    }
  }

  /// Reports of an output that is as this build would leave it.
  private mutating func reportUnchanged(_ hold: OutputHold, zone: TimeZoneTable, now: Moment) {
    guard let record = hold.record, let facts = record.facts else { return }
    hold.tidy()
    report.diagnostics = record.warnings() ?? []
    report.articleCount = facts.articleCount
    report.pageCount = facts.pageCount
    report.unchangedCount = facts.pageCount
    report.heldCount = facts.heldCount
    if facts.nextDue != .never { report.nextDue = zone.due(facts.nextDue, now: now) }
    ended("compare")
  }

  /// The hash of all that pages depend on beside the sources and the moment.
  private func inputs(_ theme: Theme, _ site: SiteConfiguration) -> UInt64 {
    var hash = Hash(seed: theme.hash)
    hash.add(options.showsDrafts ? 1 : 0)
    if site.pictures.mode == .auto { hash.add(options.vips.place?.identity ?? 0) }
    hash.add(options.program(of: site)?.identity ?? 0)
    return hash.value
  }

  /// The moment of publishing.
  private mutating func moment(in zone: TimeZoneTable) -> Moment? {
    do throws(Diagnostic) {
      return try options.moment(in: zone)
    } catch {
      report.diagnostics.append(error)
      return nil
    }
  }

  /// What makes the site's pictures, and what it can encode; nothing where they are copied.
  private mutating func pictureWorks(
    _ publisher: Publisher, _ site: SiteConfiguration, _ facts: [PictureFacts]
  ) -> (PictureWorks?, PictureSet.Abilities?) {
    let kinds: [PictureFacts.Kind] = [.jpeg, .png, .webP, .avif]
    let isWanted = site.pictures.hasShareCards || facts.contains { kinds.contains($0.kind) }
    guard isWanted, site.pictures.mode == .auto else { return (nil, nil) }
    guard let place = options.vips.place else {
      report.lacksVips = true
      return (nil, nil)
    }
    do {
      let works = try PictureWorks(place, cacheFolder: publisher.workshop + "/pictures")
      return (works, try works.abilities())
    } catch let failure as VipsLibrary.Failure {
      report.diagnostics.append(.brokenVips(place, failure))
    } catch {
      report.diagnostics.append(
        Diagnostic(
          "cannot-write", "the pictures cannot be kept: \(error)",
          file: publisher.workshop + "/pictures", cause: .machine))
    }
    return (nil, nil)
  }

  /// What makes the site's search indexes; nil where it has none.
  private mutating func searchWorks(
    _ publisher: Publisher, _ site: SiteConfiguration
  ) -> SearchWorks? {
    guard site.search == .pagefind else { return nil }
    guard let program = options.program(of: site) else {
      report.diagnostics.append(.noPagefind(SourceLocator(source: options.source)))
      return nil
    }
    let folder = publisher.workshop + "/search"
    do throws(SystemError) {
      return SearchWorks(
        program: program, cache: try FileCache(at: folder),
        scratch: publisher.workshop + "/" + OutputHold.scratchName(publisher.name))
    } catch {
      report.diagnostics.append(
        Diagnostic(
          "cannot-write", "the search indexes cannot be kept: \(error.reason)", file: folder,
          cause: .machine))
      return nil
    }
  }

  private mutating func openSources() -> Folder? {
    do throws(SystemError) {
      return try Folder(at: options.source)
    } catch {
      report.diagnostics.append(
        Diagnostic(
          "unreadable-file", "the folder cannot be read: \(error.reason)", file: options.source,
          cause: .machine))
      return nil
    }
  }

  private mutating func count(_ publication: Publication, _ held: Composer.Held) {
    report.articleCount = publication.filings.indices.count { index in
      publication.filings[index].state == .live
        && publication.archive.articles[index].kind != .standing
    }
    report.pageCount = publication.pages.count
    report.heldCount = held.count
    facts.articleCount = report.articleCount
    facts.pageCount = report.pageCount
    facts.heldCount = held.count
    facts.nextDue = held.next
    facts.validFrom = held.validFrom
    facts.validUntil = held.validUntil
  }

  private mutating func sortDiagnostics() {
    report.diagnostics = Array(Set(report.diagnostics)).sorted()
  }
}

extension Renderer {
  /// The assets of the theme and the files under `static/`.
  fileprivate func fixedFiles(_ theme: Theme) -> [FixedFile] {
    var writer = TextStore.Writer(publication.archive.store)
    let assets = theme.assets.map { asset in
      FixedFile(path: writer.add(asset.path), source: .bytes(asset.bytes))
    }
    let statics = publication.archive.statics.map { file in
      let path = writer.add("static/" + publication.archive.store.string(file.path))
      return FixedFile(path: file.path, source: .file(path, trusted(file.stamp)))
    }
    return assets + statics
  }
}

extension TimeZoneTable {
  /// When a held story is due, for the closing line: the time alone for today, else the day too.
  fileprivate func due(_ moment: Moment, now: Moment) -> String {
    let (due, today) = (civilTime(at: moment), civilTime(at: now))
    var scratch = Scratch()
    scratch.begin()
    scratch.append(clock: due)
    let clock = scratch.end().string
    let city = name.split(separator: "/").last ?? "UTC"
    let place = city.split(separator: "_").joined(separator: " ")
    if due.date == today.date { return "at \(clock) (\(place))" }
    let day = DateFormats(language: "en").long(due.date.daysSince1970)
    return "on \(day) at \(clock) (\(place))"
  }
}
