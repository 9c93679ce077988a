/// What makes search indexes, and the files of those that were made so far.
struct SearchWorks: Sendable {
  /// Makes them.
  let program: SearchProgram
  /// Holds their files.
  let cache: FileCache
  /// The folder in which they are made, from the working folder; nobody else uses it.
  let scratch: String
}

/// Makes the search indexes of a site, side by side, each once, into the cache.
///
/// Pagefind makes an index of all the pages in a folder at once: it is given those of one part, and
/// only of parts in which a story has changed.
struct SearchRun {
  private let renderer: Renderer
  private let bodies: BodyTable
  private let jobs: Int
  private let works: SearchWorks

  /// The search of a run's pages; nil where the site has none.
  init?(_ run: PageRun, _ bodies: BodyTable) {
    guard let works = run.search else { return nil }
    self.works = works
    self.bodies = bodies
    renderer = run.renderer
    jobs = run.jobs
  }

  /// The search of a publication that is shown while it is written.
  init(_ renderer: Renderer, _ works: SearchWorks) {
    self.works = works
    self.renderer = renderer
    bodies = renderer.publication.archive.bodies
    jobs = 1
  }

  /// The files of one index, by their paths from its folder.
  struct Index: Sendable {
    /// What it is known by in the cache.
    let key: String
    /// The paths.
    let paths: [String]

    /// The name in the cache of one of its files.
    func cacheName(at place: Int) -> String { "\(key)-\(place)" }
  }

  /// Another recipe makes other indexes of the same stories.
  private static let recipe: UInt64 = 1

  /// The files of all indexes; those that are lacking are made.
  ///
  /// - Parameter isNeeded: Whether the output lacks a file, by what it is made of and its path.
  /// - Returns: The files, each index's `pagefind-entry.json` behind the others, which it leads to; and
  ///   what is wrong.
  func files(
    where isNeeded: @Sendable (FixedFile.Source, ByteSlice) -> Bool
  ) -> (files: [FixedFile], diagnostics: [Diagnostic]) {
    let publication = renderer.publication
    let parts = publication.editions.indices.flatMap { publication.searchParts(of: $0) }
    let shares = inParallel(parts.count, width: jobs, batch: 1) { worker, batches in
      var maker = PageMaker(renderer, bodies: bodies)
      var made: [(place: Int, index: Index)] = []
      var diagnostics: [Diagnostic] = []
      while let range = batches.take() {
        for place in range {
          do throws(Diagnostic) {
            made.append((place, try index(of: parts[place], &maker, worker, isNeeded)))
          } catch {
            diagnostics.append(error)
          }
        }
      }
      return (made, diagnostics + maker.diagnostics.filter(\.isError))
    }
    let diagnostics = shares.flatMap(\.1)
    guard diagnostics.isEmpty else { return ([], diagnostics) }
    var writer = TextStore.Writer(publication.archive.store)
    var files: [FixedFile] = []
    var wanted: Set<String> = []
    for (place, index) in shares.flatMap(\.0).sorted(by: { $0.place < $1.place }) {
      wanted.insert(index.key)
      for file in self.files(of: index, parts[place], &writer) {
        files.append(file)
        if case .indexed(let name, _) = file.source { wanted.insert(name) }
      }
    }
    works.cache.trim(wanted: wanted)
    return (files, [])
  }

  private func files(
    of index: Index, _ part: SearchPart, _ writer: inout TextStore.Writer
  ) -> [FixedFile] {
    let folder = SearchPart.folder(of: renderer.publication.editions[part.edition].code)
    return index.paths.enumerated().map { place, path in
      let name = index.cacheName(at: place)
      let hash = name.withBytes { Hash.of($0, seed: 9) }
      return FixedFile(
        path: writer.add("\(folder)\(part.name)/\(path)"), source: .indexed(name, hash: hash))
    }
  }

  /// The index of a part, whose files are in the cache then.
  ///
  /// - Complexity: Some 2 ms a story where the cache lacks it.
  func index(of part: SearchPart) throws(Diagnostic) -> Index {
    var maker = PageMaker(renderer, bodies: bodies)
    return try index(of: part, &maker, 0) { _, _ in true }
  }

  /// The index of a part: from the cache, or made anew.
  private func index(
    of part: SearchPart, _ maker: inout PageMaker, _ worker: Int,
    _ isNeeded: (FixedFile.Source, ByteSlice) -> Bool
  ) throws(Diagnostic) -> Index {
    let key = key(of: part, &maker)
    var list = ByteBuffer(capacity: 1 << 12)
    if (try? works.cache.read(key, into: &list)) != nil {
      let index = Index(key: key, paths: list.string.split(separator: "\n").map(String.init))
      var writer = TextStore.Writer(TextStore())
      let lacks = files(of: index, part, &writer).enumerated().contains { place, file in
        isNeeded(file.source, writer.store[file.path])
          && !works.cache.holds(index.cacheName(at: place))
      }
      if !lacks { return index }
    }
    return try made(part, key, &maker, worker)
  }

  /// What a part's index is known by.
  private func key(of part: SearchPart, _ maker: inout PageMaker) -> String {
    let publication = renderer.publication
    var hash = Hash(seed: Self.recipe)
    hash.add(works.program.identity)
    publication.editions[part.edition].code.withBytes { hash.add($0) }
    for story in part.stories {
      hash.add(maker.searchDigest(of: story))
      hash.add(publication.bytes(publication.filings[Int(story)].path))
    }
    var second = hash
    second.add(1)
    var name = ByteBuffer(capacity: 32)
    name.append(hexadecimal: hash.value, width: 16)
    name.append(hexadecimal: second.value, width: 16)
    return name.string
  }
}

// MARK: - Making an index

extension SearchRun {
  /// Makes the index of a part, in a folder of the worker's own, and keeps its files.
  private func made(
    _ part: SearchPart, _ key: String, _ maker: inout PageMaker, _ worker: Int
  ) throws(Diagnostic) -> Index {
    let place = works.scratch + "/\(worker)"
    do throws(SystemError) {
      try Folder.make(at: works.scratch)
      let scratch = try Folder(at: works.scratch)
      try scratch.removeTree(named: "\(worker)")
      try Folder.make(at: place + "/pages")
      let pages = try Folder(at: place + "/pages")
      try write(part, into: pages, &maker)
    } catch {
      throw .unwritable(place, error)
    }
    // A text that could not be read would be missing in the index, which is kept for the one that was.
    if let moved = maker.diagnostics.first(where: \.tellsOfMovedFile) { throw moved }
    try run(part, in: place)
    do throws(SystemError) {
      let index = try keep(try Folder(at: place + "/index"), key)
      try Folder(at: works.scratch).removeTree(named: "\(worker)")
      return index
    } catch {
      throw .unwritable(place, error)
    }
  }

  /// Writes what the index is told of a part's stories, each to the path of its page.
  private func write(
    _ part: SearchPart, into pages: borrowing Folder, _ maker: inout PageMaker
  ) throws(SystemError) {
    let publication = renderer.publication
    var folders = FolderList(publication.archive.store)
    for story in part.stories { folders.add(folderOf: publication.filings[Int(story)].path) }
    for path in folders.paths { try pages.makeFolder(publication.bytes(path)) }
    for story in part.stories {
      maker.makeSearchText(of: story)
      let path = publication.bytes(publication.filings[Int(story)].path)
      try pages.create(path, holding: maker.bytes.slice)
    }
  }

  private func run(_ part: SearchPart, in place: String) throws(Diagnostic) {
    let code = renderer.publication.editions[part.edition].code
    let arguments = [
      "--site", "pages", "--output-path", "index", "--force-language", code.lowercased(), "--quiet",
    ]
    let failure: String
    do throws(SystemError) {
      let status = try ChildProcess.run(
        works.program.path, arguments, in: place, log: "said")
      let made = try? Folder(at: place + "/index").names(endingIn: "pagefind-entry.json")
      if status == 0, made?.isEmpty == false { return }
      var said = ByteBuffer()
      _ = try? Folder(at: place).read(named: "said", into: &said)
      let line = said.string.split(separator: "\n").last { !$0.allSatisfy(\.isWhitespace) }
      failure =
        line.map { "it says: \($0)" }
        ?? (status == 0 ? "it ended without one" : "it ended with code \(status)")
    } catch {
      failure = "it cannot be started: \(error.reason)"
    }
    throw Diagnostic(
      "search-failed",
      "Pagefind could not make the search index of \(code) \(part.name); \(failure); repair it, or "
        + "write 'search: none' in site.yaml", file: works.program.path, cause: .machine)
  }

  /// Keeps the files of an index in the cache, their list last.
  private func keep(_ folder: borrowing Folder, _ key: String) throws(SystemError) -> Index {
    var writer = TextStore.Writer(TextStore())
    let tree = FileTree(of: folder, writer: &writer)
    let all = tree.files.map { writer.store.string($0) }
    let index = Index(key: key, paths: Self.needed(all))
    var buffer = ByteBuffer(capacity: 1 << 16)
    for (place, path) in index.paths.enumerated() {
      buffer.removeAll()
      _ = try folder.read(named: path, into: &buffer)
      try works.cache.write(index.cacheName(at: place), buffer.array)
    }
    try works.cache.write(key, Array(index.paths.joined(separator: "\n").utf8))
    return index
  }

  /// The files that a search needs, the one that leads to the others last.
  ///
  /// Those of Pagefind's own search pages are ten times as heavy as the index of a small site.
  private static func needed(_ paths: [String]) -> [String] {
    let foreign = ["ui", "modular-ui", "component-ui", "highlight"].map { "pagefind-\($0)." }
    let hasOwnWords = paths.contains { $0.hasPrefix("wasm.") && $0 != "wasm.unknown.pagefind" }
    let entry = "pagefind-entry.json"
    return paths.filter { path in
      !foreign.contains { path.hasPrefix($0) } && path != entry
        && !(hasOwnWords && path == "wasm.unknown.pagefind")
    } + paths.filter { $0 == entry }
  }
}

extension Diagnostic {
  fileprivate static func unwritable(_ place: String, _ error: SystemError) -> Diagnostic {
    Diagnostic(
      "cannot-write", "the search index cannot be made: \(error.reason)", file: place,
      cause: .machine)
  }
}
