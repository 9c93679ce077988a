/// Brings an output folder to what a publication is: writes what differs, leaves what is right,
/// removes what is gone, and does nothing at all when there is an error.
///
/// Every file is first written beside the output and then moved into place in one step, so that a
/// reader, or a build that is killed, leaves and finds whole files only. An output that is missing
/// or empty is made beside it as a whole and moved in.
struct Publisher {
  /// What a build did to the output.
  struct Outcome: Sendable, Equatable {
    /// How many pages, feeds and sitemaps were written.
    var written = 0
    /// How many of them were right already.
    var unchanged = 0
    /// How many assets, pictures and static files were written.
    var copied = 0
    /// How many files were removed.
    var removed = 0
    /// Warnings about stories' bodies.
    var warnings: [Diagnostic] = []
  }

  /// Why nothing was published: all that is wrong.
  struct Failure: Error {
    var diagnostics: [Diagnostic]
  }

  /// The output folder, as the user gave it.
  let output: String
  /// Whether files that no build made are removed from an output without a record.
  let adopts: Bool
  /// The folder that the output lies in.
  let parent: String
  /// The output's name in that folder.
  let name: String
  /// The folder beside the output that holds the record, the lock and what is being written.
  let workshop: String

  /// A publisher into an output folder.
  init(output: String, adopts: Bool) {
    self.output = output
    self.adopts = adopts
    var parts = output.split(separator: "/", omittingEmptySubsequences: false)
    while parts.count > 1, parts.last == "" || parts.last == "." { parts.removeLast() }
    name = parts.last.map(String.init) ?? output
    let above = parts.dropLast().joined(separator: "/")
    parent = parts.count > 1 ? (above.isEmpty ? "/" : above) : "."
    workshop = (parent == "/" ? "" : parent) + "/.broadsheet"
  }

  /// Publishes all pages of a renderer.
  ///
  /// - Parameters:
  ///   - run: Makes the pages.
  ///   - fixed: The assets and static files.
  ///   - whenWaiting: Told when another build holds the output, and which process it is.
  /// - Returns: What was done.
  /// - Throws: All that is wrong; then the output is as it was.
  func publish(
    _ run: PageRun, fixed: [FixedFile], whenWaiting: (Int32?) -> Void
  ) throws(Failure) -> Outcome {
    do {
      try Folder.make(at: workshop)
      let lock = try OutputLock(at: workshop + "/\(name).lock", whenWaiting: whenWaiting)
      defer { withExtendedLifetime(lock) {} }
      let workshop = try Folder(at: workshop)
      defer {
        // What is left behind is removed by the next build.
        try? workshop.removeTree(named: stageName)
      }
      try workshop.removeTree(named: stageName)
      try workshop.makeFolder(named: stageName)
      let stage = try workshop.folder(at: stageName)
      if let site = try existingOutput() {
        return try update(site, stage, workshop, run, fixed)
      }
      return try create(stage, workshop, run, fixed)
    } catch let failure as Failure {
      throw failure
    } catch let error as SystemError {
      throw Failure(diagnostics: [machine("the output cannot be written: \(error.reason)")])
    } catch {
      throw Failure(diagnostics: [machine("the output cannot be written: \(error)")])
    }
  }

  private var stageName: String { name + ".new" }
  var recordName: String { name + ".record" }

  private func machine(_ message: String, _ file: String? = nil) -> Diagnostic {
    Diagnostic("cannot-write", message, file: file ?? output, cause: .machine)
  }

  private func failure(_ made: PageRun.Made) -> Failure? {
    if let failure = made.failure {
      let reason = "the page cannot be written: \(failure.error.reason)"
      return Failure(diagnostics: [machine(reason, output + "/" + failure.path)])
    }
    let isWrong = made.diagnostics.contains { $0.isError }
    return isWrong ? Failure(diagnostics: made.diagnostics) : nil
  }

  /// The output, or nil when it is missing or an empty folder, which can be replaced as a whole.
  private func existingOutput() throws -> Folder? {
    let above = try Folder(at: parent)
    let status: FileStatus
    do throws(SystemError) {
      status = try name.withBytes { (name) throws(SystemError) in
        try above.status(of: name, followingLinks: false)
      }
    } catch {
      guard error.code == SystemError.notFound else { throw error }
      return nil
    }
    guard status.kind == .folder || status.kind == .link else {
      throw Failure(
        diagnostics: [
          Diagnostic(
            "output-not-a-folder", "this is a file; remove it or name another --output",
            file: output)
        ])
    }
    let folder = try Folder(at: output)
    guard status.kind == .folder else { return folder }
    var isEmpty = true
    try folder.forEachEntry { _, _ in isEmpty = false }
    if isEmpty { return nil }
    return folder
  }
}

// MARK: - A new output

extension Publisher {
  /// Makes the whole site in the stage, and moves the stage to the output's place.
  private func create(
    _ stage: borrowing Folder, _ workshop: borrowing Folder, _ run: PageRun, _ fixed: [FixedFile]
  ) throws -> Outcome {
    let publication = run.renderer.publication
    var folders = FolderList(publication.archive.store)
    for page in publication.pages { folders.add(folderOf: page.path) }
    for file in fixed { folders.add(folderOf: file.path) }
    for path in folders.paths { try stage.makeFolder(publication.bytes(path)) }

    let made = run.create(in: stage)
    if let failure = failure(made) { throw failure }
    let files = fixed + run.renderer.media(used: made.usedMedia)
    for file in files.dropFirst(fixed.count) { folders.add(folderOf: file.path) }
    for path in folders.paths { try stage.makeFolder(publication.bytes(path)) }
    var room = ByteBuffer()
    for file in files {
      let bytes = try bytes(of: file, run.renderer, &room)
      try stage.create(publication.bytes(file.path), holding: bytes)
    }

    var record = BuildRecord(isComplete: true, store: publication.archive.store)
    for page in publication.pages { record.add(page.path) }
    for file in files { record.add(file.path) }
    try write(record, in: workshop)
    let above = try Folder(at: parent)
    try stageName.withBytes { (stage) throws(SystemError) in
      try name.withBytes { (name) throws(SystemError) in
        try workshop.move(stage, to: name, in: above)
      }
    }
    return Outcome(
      written: publication.pages.count, copied: files.count, warnings: made.diagnostics)
  }
}

// MARK: - An output that is there

extension Publisher {
  private func update(
    _ site: borrowing Folder, _ stage: borrowing Folder, _ workshop: borrowing Folder,
    _ run: PageRun, _ fixed: [FixedFile]
  ) throws -> Outcome {
    let publication = run.renderer.publication
    let known = try readRecord(in: workshop)
    let made = run.update(site, stage: stage)
    if let failure = failure(made) { throw failure }
    let files = fixed + run.renderer.media(used: made.usedMedia)
    let changedFiles = try stageFiles(files, site, stage, run)

    var new = BuildRecord(isComplete: true, store: publication.archive.store)
    for page in publication.pages { new.add(page.path) }
    for file in files { new.add(file.path) }
    let gone = try goneFiles(site, known, new)

    var folders = FolderList(publication.archive.store)
    for path in new.paths { folders.add(folderOf: path) }
    var goneFolders = FolderList(publication.archive.store)
    var writer = TextStore.Writer(publication.archive.store)
    for path in gone { goneFolders.add(folderOf: writer.add(path)) }
    for path in folders.paths + goneFolders.paths {
      try checkFolder(publication.bytes(path), site, gone)
    }
    let changedPaths =
      changedFiles.map { files[$0].path }
      + made.changed.map { publication.pages[Int($0)].path }
    let inTheWay = try changedPaths.map { publication.bytes($0) }
      .filter { try isFolderInTheWay($0, site, gone) }

    let outcome = Outcome(
      written: made.changed.count, unchanged: made.unchanged, copied: changedFiles.count,
      removed: gone.count, warnings: made.diagnostics)
    let isSame = made.changed.isEmpty && changedFiles.isEmpty && gone.isEmpty
    let serialized = new.serialized
    if isSame, let known, known.isComplete {
      let last = known.serialized
      if last.slice == serialized.slice { return outcome }
    }
    if !isSame {
      // Until all is done, the record lists what was and what will be: whatever a kill leaves
      // behind, the next build knows as this program's.
      var both = BuildRecord(isComplete: false, store: publication.archive.store)
      for path in new.paths { both.add(path) }
      for path in gone { both.add(writer.add(path)) }
      try write(both, in: workshop)
      for folder in inTheWay { try site.removeTree(folder) }
      try makeWay(site, folders, publication)
      for index in changedFiles {
        try moveIn("f\(index)", to: publication.bytes(files[index].path), stage, site)
      }
      for index in made.changed {
        let path = publication.bytes(publication.pages[Int(index)].path)
        try moveIn("\(index)", to: path, stage, site)
      }
      for path in gone { try remove(path, from: site) }
    }
    try write(new, in: workshop)
    return outcome
  }

  /// Puts the assets and other files that differ from the output into the stage; tells which.
  private func stageFiles(
    _ files: [FixedFile], _ site: borrowing Folder, _ stage: borrowing Folder, _ run: PageRun
  ) throws -> [Int] {
    var changed: [Int] = []
    var room = ByteBuffer()
    var other = ByteBuffer()
    for (index, file) in files.enumerated() {
      let path = run.renderer.publication.bytes(file.path)
      let bytes = try bytes(of: file, run.renderer, &room)
      if try site.compare(path, with: bytes, using: &other) == .equal { continue }
      try "f\(index)".withBytes { (name) throws(SystemError) in
        try stage.create(name, holding: bytes)
      }
      changed.append(index)
    }
    return changed
  }
}
