import Glibc

/// Reads a source folder: `site.yaml`, the stories without their bodies, and the lists of pictures
/// and static files.
struct SourceReader {
  /// What was read.
  struct Reading: Sendable {
    /// The stories, and the files beside them.
    var archive = Archive()
    /// What `site.yaml` says.
    var site = SiteConfiguration()
    /// The site's time zone.
    var zone = TimeZoneTable.utc
    /// What is wrong, in the order in which it is printed.
    var diagnostics: [Diagnostic] = []
    /// The hash of all that decides how files are read: `site.yaml`, the zone, the folder's name.
    var settings: UInt64 = 0
    /// Whether there is wire copy among the files.
    var hasWireCopy = false
    /// When the sources were looked at, by the clock that files are stamped with.
    var began: Int64 = 0
    /// The hash of all files' paths and stamps; nil where something could not be read.
    var treeHash: UInt64?
    /// How many of the stories' files were read; the others are as an earlier build knew them.
    var readCount = 0
    /// Texts of stories that were read; nil where none are kept.
    var texts: SourceTexts?

    /// Nothing read yet.
    init() {}
  }

  /// The path of the source folder, as the user gave it.
  let source: String
  /// How many threads read.
  let jobs: Int
  /// Paths in the source folder that are no part of the site, such as that of the output.
  let ignored: Set<String>

  /// A reader of a source folder.
  init(source: String, jobs: Int, ignoring ignored: Set<String> = []) {
    self.source = source
    self.jobs = jobs
    self.ignored = ignored
  }

  /// Reads the folder.
  func read() -> Reading { read(survey(), memory: nil) }

  /// Looks at what the folder holds, and reads `site.yaml`.
  ///
  /// - Parameters:
  ///   - withStamps: Whether the stamps of all files are wanted.
  ///   - whenSettled: Told what `site.yaml` says before the files are listed; not called where there
  ///     is no folder.
  /// - Returns: The files, and the settings; what is wrong with either is among its diagnostics.
  func survey(
    withStamps: Bool = false, whenSettled: (SiteConfiguration) -> Void = { _ in }
  ) -> SourceSurvey {
    var reading = Reading()
    do throws(SystemError) {
      let began = FileStamp.now
      let folder = try Folder(at: source)
      readSite(in: folder, into: &reading)
      whenSettled(reading.site)
      let tree = list(folder, into: reading.archive.store)
      var survey = SourceSurvey(reading, folder, tree, began: began, jobs: jobs)
      if survey.entries.contains(where: { $0.role == .story && $0.kind == .wire }) {
        survey.reading.hasWireCopy = true
        // Stories that were read without any have to be read again.
        var settings = Hash(seed: survey.reading.settings)
        settings.add(1)
        survey.reading.settings = settings.value
      }
      for (path, trouble) in tree.troubles {
        survey.reading.diagnostics.append(diagnostic(trouble, survey.paths.string(path)))
      }
      for path in survey.others {
        guard let reason = SourceEntry.complaint(about: survey.paths[path]) else { continue }
        survey.reading.diagnostics.append(
          Diagnostic(
            "unknown-file", reason, severity: .warning,
            file: locator.shown(survey.paths.string(path))))
      }
      if withStamps { survey.takeStamps(jobs: jobs) }
      return survey
    } catch {
      reading.diagnostics.append(missingSource(error))
      return SourceSurvey(reading)
    }
  }

  /// Reads what a survey has found.
  ///
  /// - Parameters:
  ///   - survey: The survey.
  ///   - memory: What an earlier build knew of these sources, if it read them with the same settings.
  ///   - folder: A folder in whose file system texts may lie for whoever makes the pages next; nil where
  ///     none are kept.
  /// - Returns: All stories without their bodies, and all that is wrong with them.
  func read(
    _ survey: consuming SourceSurvey, memory: SourceMemory?, keepingTextsIn folder: String? = nil
  ) -> Reading {
    var reading = survey.reading
    guard survey.isThere else { return reading }
    if let memory { reading.archive.store = memory.archive.store }
    survey.place(memory)
    let storyCount = survey.entries.count { $0.role == .story }
    let texts = texts(ofStories: storyCount, in: folder, isUnknown: memory == nil)
    readAll(survey, memory, texts, into: &reading)
    // Where one could not be read, the others have moved up; then nothing is published either.
    if reading.archive.articles.count == storyCount { reading.texts = texts }
    reading.began = survey.began
    reading.treeHash = survey.treeHash(of: reading.archive, jobs: jobs)
    if !survey.entries.contains(where: { $0.role == .story }),
      reading.diagnostics.allSatisfy({ !$0.isError })
    {
      reading.diagnostics.append(noArticles())
    }
    reading.diagnostics = reading.diagnostics.sortedOnce()
    return reading
  }

  /// Where texts are kept; of a site that is known, most are not read, and those that are find room in
  /// memory.
  private func texts(
    ofStories count: Int, in folder: String?, isUnknown: Bool
  ) -> SourceTexts? {
    guard let folder, count <= SourceTexts.storyLimit else { return nil }
    guard isUnknown, let opened = try? Folder(at: folder) else {
      return SourceTexts(storyCount: count)
    }
    return SourceTexts(
      storyCount: count,
      file: NamelessFile(in: opened.descriptor, limit: SourceTexts.fileLimit))
  }

  /// Reads `site.yaml` alone.
  func readConfiguration() -> Reading {
    var reading = Reading()
    do throws(SystemError) {
      readSite(in: try Folder(at: source), into: &reading)
    } catch {
      reading.diagnostics.append(missingSource(error))
    }
    return reading
  }

  private var locator: SourceLocator { SourceLocator(source: source) }

  /// Lists the files of the folder.
  private func list(_ folder: borrowing Folder, into store: TextStore) -> FileTree {
    var writer = TextStore.Writer(store, isKept: true)
    return FileTree(
      of: folder, writer: &writer, hiddenBelow: SourceEntry.staticPrefix.description,
      ignoring: ignored, jobs: jobs)
  }

  /// Reads all files, in parallel, each worker putting what it reads into the places of its entries.
  private func readAll(
    _ survey: borrowing SourceSurvey, _ memory: SourceMemory?, _ texts: SourceTexts?,
    into reading: inout Reading
  ) {
    let context = ReadingContext(reading, source: source)
    let store = reading.archive.store
    let (entries, paths, stamps) = (survey.entries, survey.paths, survey.stamps)
    var tables = ReadTables(entries)
    let shares = tables.withPlaces { places in
      inParallel(entries.count, width: jobs, batch: 64) { worker, batches in
        var reader = ArticleReader(context, store: store, memory: memory)
        var keeper = texts.map { SourceTexts.Writer($0) }
        while let range = batches.take() {
          for index in range {
            let stamp = stamps.isEmpty ? nil : stamps[index]
            let readCount = reader.batch.readCount
            reader.read(entries[index], paths[entries[index].path], stamp, in: survey.folder)
            if entries[index].role == .story, reader.batch.readCount > readCount {
              keeper?.keep(reader.buffer.slice, of: entries[index].place)
            }
            places.put(&reader.batch, of: entries[index], worker: worker)
          }
        }
        keeper?.finish()
        return reader.batch
      }
    }
    var starts: [PoolStarts] = []
    for share in shares {
      starts.append(reading.archive.append(poolsOf: share))
      reading.diagnostics += share.diagnostics
      reading.readCount += share.readCount
    }
    tables.fill(&reading.archive, starts)
  }

  private func readSite(in folder: borrowing Folder, into reading: inout Reading) {
    let path = locator.shown("site.yaml")
    var buffer = ByteBuffer(capacity: 1 << 14)
    do throws(SystemError) {
      _ = try folder.read(ByteSlice("site.yaml"), into: &buffer)
    } catch {
      if error.code == ENOENT {
        reading.site.title = Localized(folderName)
        reading.diagnostics.append(
          Diagnostic(
            "no-site-file",
            "there is no site.yaml: the site is called '\(folderName)', in English, "
              + "in UTC, without feeds and sitemap; write one with 'title: …' and "
              + "'url: https://…'", severity: .warning, file: path))
      } else {
        reading.diagnostics.append(.unreadable(path, error, isFolder: false))
      }
      return
    }
    let file = SiteFile(reading: buffer.slice)
    reading.site = file.site
    reading.zone = file.zone
    var settings = Hash(seed: 2)
    settings.add(buffer.slice)
    source.withBytes { settings.add($0) }
    reading.zone.add(to: &settings)
    reading.settings = settings.value
    for problem in file.problems {
      reading.diagnostics.append(Diagnostic(problem, in: buffer.slice, file: path))
    }
  }

  /// The name of the source folder, for the title of a site without `site.yaml`.
  private var folderName: String {
    var path = source
    if let resolved = unsafe realpath(source.isEmpty ? "." : source, nil) {
      path = unsafe String(cString: resolved)
      unsafe free(resolved)
    }
    return path.split(separator: "/").last.map(String.init) ?? "site"
  }
}

extension SourceReader {
  private func missingSource(_ error: SystemError) -> Diagnostic {
    switch error.code {
    case ENOENT:
      Diagnostic(
        "missing-source", "there is no such folder; name that of the stories with --source",
        file: source)
    case ENOTDIR:
      Diagnostic("missing-source", "this is a file, not a folder of stories", file: source)
    default: .unreadable(source, error, isFolder: true)
    }
  }

  private func noArticles() -> Diagnostic {
    Diagnostic(
      "no-articles",
      "no story is here; write the first as politics/talks.md, with the lines '---', "
        + "'title: …', 'date: 2024-10-03', '---' and then its text", file: source)
  }

  private func diagnostic(_ trouble: FileTree.Trouble, _ path: String) -> Diagnostic {
    let file = path.isEmpty ? source : locator.shown(path)
    switch trouble {
    case .loop:
      return Diagnostic(
        "link-loop",
        "this symbolic link leads back to itself or to a folder that holds it; "
          + "remove it", file: file)
    case .tooManyLinks:
      return Diagnostic(
        "link-loop",
        "this is the 1,001st symbolic link to a folder that is followed; do folders link to each "
          + "other? remove some of the links", file: file)
    case .deadLink:
      return Diagnostic(
        "dead-link", "this symbolic link leads nowhere; remove it or put it right", file: file)
    case .name:
      return Diagnostic(
        "invalid-utf8", "the file's name is not UTF-8; rename it", file: file)
    case .special:
      return Diagnostic(
        "special-file", "this is no file but a pipe, a socket or a device; left out",
        severity: .warning, file: file)
    case .refused(let error):
      return .unreadable(file, error, isFolder: true)
    }
  }
}

extension [Diagnostic] {
  /// The diagnostics in the order in which they are printed, each once.
  fileprivate func sortedOnce() -> [Diagnostic] {
    var seen: Set<Diagnostic> = []
    return filter { seen.insert($0).inserted }.sorted()
  }
}
