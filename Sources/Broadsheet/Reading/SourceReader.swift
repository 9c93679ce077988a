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
  func read() -> Reading {
    var reading = Reading()
    let folder: Folder
    do throws(SystemError) {
      folder = try Folder(at: source)
    } catch {
      reading.diagnostics.append(missingSource(error))
      return reading
    }
    readSite(in: folder, into: &reading)
    var writer = TextStore.Writer(reading.archive.store)
    let tree = FileTree(
      of: folder, writer: &writer, hiddenBelow: "static/", ignoring: ignored)
    let store = reading.archive.store
    for (path, trouble) in tree.troubles {
      reading.diagnostics.append(diagnostic(trouble, store.string(path)))
    }
    var entries: [SourceEntry] = []
    entries.reserveCapacity(tree.files.count)
    for path in tree.files {
      if let entry = SourceEntry(path, store) {
        entries.append(entry)
      } else if let reason = SourceEntry.complaint(about: store[path]) {
        reading.diagnostics.append(
          Diagnostic(
            "unknown-file", reason, severity: .warning, file: locator.shown(store.string(path))))
      }
    }
    let context = ReadingContext(reading.site, zone: reading.zone, source: source)
    readAll(entries, in: folder, context, into: &reading)
    if !entries.contains(where: { $0.role == .story }),
      reading.diagnostics.allSatisfy({ !$0.isError })
    {
      reading.diagnostics.append(noArticles())
    }
    reading.diagnostics = reading.diagnostics.sortedOnce()
    return reading
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

  /// Reads all files, in parallel, and joins what was read in the order of their paths.
  private func readAll(
    _ entries: [SourceEntry], in folder: borrowing Folder, _ context: ReadingContext,
    into reading: inout Reading
  ) {
    let store = reading.archive.store
    let shares = inParallel(entries.count, width: jobs, batch: 64) { _, batches in
      var reader = ArticleReader(context, store: store)
      var done: [ReadBatch] = []
      while let range = batches.take() {
        reader.batch = ReadBatch()
        reader.batch.start = range.lowerBound
        for index in range { reader.read(entries[index], in: folder) }
        done.append(reader.batch)
      }
      return done
    }
    for batch in shares.flatMap({ $0 }).sorted(by: { $0.start < $1.start }) {
      reading.archive.append(batch)
      reading.diagnostics += batch.diagnostics
    }
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
