import Glibc

/// Brings a site in memory up to date.
extension LiveSite {
  /// What readers notice of a change.
  enum Effect: Equatable {
    /// Nothing.
    case nothing
    /// Pages must be loaded anew.
    case pages
    /// These style sheets have taken the place of others; pages may stay.
    case styles([String])
  }

  /// Reads what has changed, and makes what depends on it.
  func apply(_ changes: SiteChanges) -> Effect {
    let before = diagnostics
    let assets = theme.assets
    if changes.isEverything || changes.files.contains("site.yaml")
      || changes.files.count > SiteChanges.limit || composition == nil || changes.concernReviews
      || bringsFirstWireCopy(changes)
    {
      readAll()
      return .pages
    }
    var work: Work = changes.isDue ? .composition : .nothing
    var files = changes.files
    for folder in changes.goneFolders { files.formUnion(knownFiles(below: folder + "/")) }
    guard files.count <= SiteChanges.limit else {
      readAll()
      return .pages
    }
    for path in files.sorted() { work = max(work, applyFile(path)) }
    if work == .composition, isEmptyOrWas {
      readAll()
      return .pages
    }
    let own = work
    if !changes.theme.isEmpty { work = max(work, applyTheme(changes.theme)) }
    make(work)
    if own == .nothing, changes.theme.allSatisfy({ $0.hasPrefix("assets/") }),
      before == diagnostics, let styles = changedStyles(since: assets)
    {
      return styles.isEmpty ? .nothing : .styles(styles)
    }
    return work == .nothing && before == diagnostics ? .nothing : .pages
  }

  /// Whether there may be wire copy from now on, whose briefs may be ledes of stories that were read
  /// without telling their ledes apart.
  private func bringsFirstWireCopy(_ changes: SiteChanges) -> Bool {
    guard !reading.hasWireCopy else { return false }
    let store = reading.archive.store
    return changes.files.contains { path in
      guard let text = reader?.writer.add(path), let entry = SourceEntry(text, store) else {
        return false
      }
      return entry.role == .story && entry.kind == .wire
    }
  }

  /// Whether there is no story, or was none when all was read: the reading itself says so then.
  private var isEmptyOrWas: Bool {
    reading.archive.files.isEmpty || reading.diagnostics.contains { $0.id == "no-articles" }
  }

  // MARK: - The theme

  /// Reads the theme anew; interface words, crawlers and the address of the search page's script are
  /// written into what all pages share.
  private func applyTheme(_ paths: Set<String>) -> Work {
    let known = Set(theme.assets.map(\.path))
    let (crawlers, searchScript) = (theme.crawlers, theme.searchScriptPath)
    readTheme(compiling: !paths.allSatisfy { $0.hasPrefix("assets/") })
    let isNameTaken = theme.assets.contains {
      !known.contains($0.path) && composition?.addresses.target(of: Array($0.path.utf8)) != nil
    }
    if isNameTaken { return .composition }
    let isShared =
      paths.contains { $0.hasPrefix("strings") } || theme.crawlers != crawlers
      || theme.searchScriptPath != searchScript
    return isShared ? .preparation : .text
  }

  /// The style sheets among the assets that are new; nil where other assets have changed.
  private func changedStyles(since old: [Theme.Asset]) -> [String]? {
    let known = Set(old.map(\.path))
    let current = Set(theme.assets.map(\.path))
    let changed = known.symmetricDifference(current)
    guard changed.allSatisfy({ $0.hasSuffix(".css") }), known.count == current.count else {
      return nil
    }
    return current.subtracting(known).sorted()
  }

  // MARK: - The source folder

  /// The files that are known below a folder.
  private func knownFiles(below folder: String) -> [String] {
    let archive = reading.archive
    let statics = archive.statics.map { "static/" + archive.store.string($0.path) }
    return (archive.files + archive.media).map { archive.store.string($0.path) }
      .filter { $0.hasPrefix(folder) } + statics.filter { $0.hasPrefix(folder) }
  }

  /// Reads a file of the source folder, be it new, changed or gone.
  private func applyFile(_ path: String) -> Work {
    let shown = locator.shown(path)
    reading.diagnostics.removeAll { $0.file == shown }
    guard let folder = openSources(), let text = reader?.writer.add(path) else {
      return .composition
    }
    let store = reading.archive.store
    let status: FileStatus?
    do throws(SystemError) {
      status = try folder.status(of: store[text])
    } catch {
      status = nil
      if error.code != ENOENT, error.code != ENOTDIR {
        reading.diagnostics.append(.unreadable(shown, error, isFolder: false))
      }
    }
    let isFile = status?.kind == .file
    guard let entry = SourceEntry(text, store) else {
      if isFile, let reason = SourceEntry.complaint(about: store[text]) {
        reading.diagnostics.append(
          Diagnostic("unknown-file", reason, severity: .warning, file: shown))
      }
      return .nothing
    }
    switch entry.role {
    case .story: return applyStory(entry, shown, isThere: isFile, folder)
    // With these all is read anew, before single files are looked at.
    case .review: return .composition
    case .media:
      spare = SpareArchive()
      let work = reading.archive.replace(
        text, with: isFile ? status : nil, in: \.media, facts: &pictureFacts)
      measurePicture(at: text, folder)
      return work
    case .stat:
      spare = SpareArchive()
      guard let name = reader?.writer.add(store[text][7..<text.count]) else { return .composition }
      var facts: [PictureFacts] = []
      return reading.archive.replace(
        name, with: isFile ? status : nil, in: \.statics, facts: &facts)
    }
  }

  private func applyStory(
    _ entry: SourceEntry, _ shown: String, isThere: Bool, _ folder: borrowing Folder
  ) -> Work {
    reader?.batch = ReadBatch()
    if isThere {
      reader?.read(ArticleReader.Entry(path: entry.path, kind: entry.kind), in: folder)
    }
    let batch = reader?.batch ?? ReadBatch()
    reading.diagnostics += batch.diagnostics
    let path = reading.archive.store[entry.path]
    if let file = batch.files.first, isKnown(file, path) { return .nothing }
    switch patchArchive(path.array, batch) {
    case .nothing: return .nothing
    case .others:
      spare = SpareArchive()
      return .composition
    case .story(let index, let was):
      let story = reading.archive.articles[index]
      guard let known = composition, !known.mentioned.contains(shown),
        known.publication.archive.articles.count == reading.archive.articles.count,
        reading.archive.areFiledAlike(was, story),
        !reading.archive.tellsAhead(story, of: known.publication.now)
      else { return .composition }
      composition?.publication = Publication(
        like: known.publication, with: reading.archive,
        storiesByLede: known.hasBriefs
          ? known.publication.storiesByLede(replacing: was, by: story, at: index) : [:])
      return reading.archive.haveSameDates(was, story) ? .text : .preparation
    }
  }

  /// Puts a story into the archive without copying all others.
  ///
  /// The archive before this one is kept beside that which requests see, one patch behind: when no
  /// request sees it any more, it is brought up to date in place and takes its turn.
  private func patchArchive(_ path: [UInt8], _ batch: ReadBatch) -> Archive.Patch {
    if let missed = spare.missed {
      swap(&reading.archive, &spare.archive)
      _ = missed.path.withBytes { reading.archive.replaceStory(at: $0, with: missed.batch) }
    } else {
      spare.archive = reading.archive
    }
    spare.missed = (path, batch)
    return path.withBytes { reading.archive.replaceStory(at: $0, with: batch) }
  }

  /// Whether a file that was just read has the bytes and the times that it had when it was read
  /// before: one save may be told of twice.
  private func isKnown(_ file: SourceFile, _ path: ByteSlice) -> Bool {
    let archive = reading.archive
    let hash = reader?.fileHash
    let name = path.string
    defer {
      if lastHashes.count > Self.hashLimit { lastHashes = [:] }
      lastHashes[name] = hash
    }
    let (place, isThere) = archive.files.place(of: path, archive.store)
    guard isThere, lastHashes[name] == hash else { return false }
    let known = archive.files[place]
    return known.stamp == file.stamp
  }

  /// How many files' hashes are remembered.
  private static let hashLimit = 1000

  /// Reads what is to be known of a picture that has changed, and shows it.
  private func measurePicture(at path: Text, _ folder: borrowing Folder) {
    let archive = reading.archive
    let (place, isThere) = archive.media.place(of: archive.store[path], archive.store)
    if isThere {
      var writer = TextStore.Writer(archive.store)
      pictureFacts[place] = PictureFacts(of: archive.store[path], in: folder, &writer)
    }
    if let known = composition {
      composition?.publication = Publication(
        like: known.publication, with: archive, storiesByLede: known.publication.storiesByLede)
    }
  }
}

extension ArticleReader {
  /// The hash of the file that was read last.
  fileprivate var fileHash: UInt64 { Hash.of(buffer.slice) }
}

extension Archive {
  /// Puts a file that is no story in place of what is known of it.
  ///
  /// - Parameters:
  ///   - path: Its path, as the list has paths.
  ///   - status: What the system says of it; nil when it is gone.
  ///   - list: The list that it stands in.
  ///   - facts: What is known of the pictures of the list.
  /// - Returns: What must be made anew.
  fileprivate mutating func replace(
    _ path: Text, with status: FileStatus?, in list: WritableKeyPath<Archive, [SourceFile]>,
    facts: inout [PictureFacts]
  ) -> LiveSite.Work {
    let (place, isThere) = self[keyPath: list].place(of: store[path], store)
    guard let status else {
      guard isThere else { return .nothing }
      self[keyPath: list].remove(at: place)
      if place < facts.count { facts.remove(at: place) }
      return .composition
    }
    let file = SourceFile(path: path, stamp: status.stamp)
    guard isThere else {
      self[keyPath: list].insert(file, at: place)
      if place <= facts.count { facts.insert(PictureFacts(), at: place) }
      return .composition
    }
    self[keyPath: list][place] = file
    return .text
  }
}

extension Publication {
  /// Stories by their ledes, after a story has been written anew; the first of several is meant.
  fileprivate func storiesByLede(
    replacing was: Article, by story: Article, at index: Int
  ) -> [UInt64: Int32] {
    var stories = storiesByLede
    guard was.ledeHash != story.ledeHash, filings[index].state == .live else { return stories }
    if stories[was.ledeHash] == Int32(index) {
      let next = archive.articles.indices.first { other in
        other != index && archive.articles[other].ledeHash == was.ledeHash
          && filings[other].state == .live
      }
      stories[was.ledeHash] = next.map { Int32($0) }
    }
    if story.ledeHash != 0 {
      stories[story.ledeHash] = min(stories[story.ledeHash] ?? .max, Int32(index))
    }
    return stories
  }
}
