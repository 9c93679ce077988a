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
    /// How many were made to see it.
    var made = 0
    /// How many assets, pictures and static files were written.
    var copied = 0
    /// How many pictures were made smaller or encoded anew, and cards drawn.
    var pictures = 0
    /// How many files were removed.
    var removed = 0
    /// Warnings about stories' bodies.
    var warnings: [Diagnostic] = []
  }

  /// Why nothing was published, or not all of it: all that is wrong.
  struct Failure: Error {
    var diagnostics: [Diagnostic]
    /// Whether something of the output was changed before: it is right again after the next build.
    var isMidway = false
  }

  /// The output folder, as the user gave it.
  let output: String
  /// Whether files that no build made are removed from an output without a record.
  let adopts: Bool
  /// Whether drafts and held stories are published, which wants an output of its own.
  let showsDrafts: Bool
  /// The folder that the output lies in.
  let parent: String
  /// The output's name in that folder.
  let name: String
  /// The folder beside the output that holds the record, the lock and what is being written.
  let workshop: String

  /// A publisher into an output folder.
  init(output: String, adopts: Bool, showsDrafts: Bool = false) {
    self.output = output
    self.adopts = adopts
    self.showsDrafts = showsDrafts
    var parts = output.split(separator: "/", omittingEmptySubsequences: false)
    while parts.count > 1, parts.last == "" || parts.last == "." { parts.removeLast() }
    name = parts.last.map(String.init) ?? output
    let above = parts.dropLast().joined(separator: "/")
    parent = parts.count > 1 ? (above.isEmpty ? "/" : above) : "."
    workshop = (parent == "/" ? "" : parent) + "/.broadsheet"
  }

  /// Takes hold of the output, if a build has kept anything beside it; nil where none has.
  ///
  /// - Parameter whenWaiting: Told when another build holds it, and which process it is.
  /// - Returns: The hold, which ends with its life.
  /// - Throws: What is wrong with the output's neighbourhood.
  func hold(whenWaiting: (Int32?) -> Void) throws(Failure) -> OutputHold? {
    let hold: OutputHold?
    do throws(SystemError) {
      hold = try OutputHold.ifKept(name, workshop: workshop, whenWaiting: whenWaiting)
    } catch {
      throw Failure(diagnostics: [machine("the output cannot be written: \(error.reason)")])
    }
    if showsDrafts, hold?.record?.showsDrafts == false, isThere {
      throw Failure(
        diagnostics: [
          Diagnostic(
            "drafts-in-output",
            "the site lies here as readers see it; name another --output for --drafts, so that no "
              + "draft is published by mistake", file: output)
        ])
    }
    return hold
  }

  /// Publishes all pages of a renderer.
  ///
  /// - Parameters:
  ///   - run: Makes the pages.
  ///   - fixed: The assets and static files.
  ///   - facts: What the next build is to know of this one.
  ///   - warnings: What was said so far.
  ///   - held: The output, if it was taken hold of.
  ///   - memory: What the last build left in it, if that is known.
  ///   - whenWaiting: Told when another build holds the output, and which process it is.
  /// - Returns: What was done.
  /// - Throws: All that is wrong; then the output is as it was, unless the failure says otherwise.
  func publish(
    _ run: PageRun, fixed: [FixedFile], facts: BuildRecord.Facts, warnings: [Diagnostic],
    held: OutputHold?, memory: OutputMemory?, whenWaiting: (Int32?) -> Void
  ) throws(Failure) -> Outcome {
    do {
      try Folder.make(at: workshop)
      try checkFileSystem()
      let hold = try held ?? OutputHold(name, workshop: workshop, whenWaiting: whenWaiting)
      defer {
        // What is left behind is removed by the next build.
        try? hold.workshop.removeTree(named: hold.stageName)
        if run.search != nil { try? hold.workshop.removeTree(named: hold.scratchName) }
      }
      try hold.workshop.removeTree(named: hold.stageName)
      try hold.workshop.makeFolder(named: hold.stageName)
      let stage = try hold.workshop.folder(at: hold.stageName)
      var contents = RecordContents(
        facts: facts, warnings: warnings, run: run)
      let site = try existingOutput()
      if let site { return try update(site, stage, hold, run, fixed, memory, &contents) }
      return try create(stage, hold, run, fixed, &contents)
    } catch {
      throw failure(error)
    }
  }

  /// An error of the system as a failure; one that is a failure already stays it.
  func failure(_ error: any Error) -> Failure {
    if let failure = error as? Failure { return failure }
    let reason = (error as? SystemError)?.reason ?? "\(error)"
    return Failure(diagnostics: [machine("the output cannot be written: \(reason)")])
  }

  /// Makes sure that files can be moved from the workshop into the output.
  private func checkFileSystem() throws {
    let above = try Folder(at: parent)
    // One that is missing is made; one that cannot be opened is told of later.
    guard try name.withBytes({ try above.holds($0) }), let site = try? Folder(at: output),
      try site.status().device != Folder(at: workshop).status().device
    else { return }
    let status = try name.withBytes { try above.status(of: $0, followingLinks: false) }
    throw Failure(
      diagnostics: [
        Diagnostic(
          "output-elsewhere",
          status.kind == .link
            ? "this leads to another file system, into which no file can be moved from "
              + "'\(workshop)' in one step; name the folder that it leads to as --output"
            : "this is a file system of its own, into which no file can be moved from "
              + "'\(workshop)' in one step; name a folder in it as --output",
          file: output)
      ])
  }

  /// Whether there is an output that is not empty.
  private var isThere: Bool { (try? existingOutput()) != nil }

  private func machine(_ message: String, _ file: String? = nil) -> Diagnostic {
    Diagnostic("cannot-write", message, file: file ?? output, cause: .machine)
  }

  /// Why nothing may be published of what was made; nil where nothing keeps it.
  func failure(_ made: PageRun.Made, _ pictures: PictureRun) -> Failure? {
    if let failure = made.failure {
      let reason = "the page cannot be written: \(failure.error.reason)"
      return Failure(diagnostics: [machine(reason, output + "/" + failure.path)])
    }
    let diagnostics = made.diagnostics + pictures.check()
    return diagnostics.contains { $0.isError } ? Failure(diagnostics: diagnostics) : nil
  }

  /// Makes the pictures that the output lacks.
  func make(_ pictures: PictureRun, where isNeeded: (Int) -> Bool) throws -> Int {
    let (count, diagnostics) = pictures.make(where: isNeeded)
    if diagnostics.isEmpty { return count }
    throw Failure(diagnostics: diagnostics)
  }

  /// The files of the search indexes; those that the output lacks are made.
  func searchFiles(
    _ run: PageRun, _ bodies: BodyTable,
    where isNeeded: @Sendable (FixedFile.Source, ByteSlice) -> Bool
  ) throws -> [FixedFile] {
    guard let search = SearchRun(run, bodies) else { return [] }
    let (files, diagnostics) = search.files(where: isNeeded)
    if diagnostics.isEmpty { return files }
    throw Failure(diagnostics: diagnostics)
  }

  /// The output, or nil when it is missing or an empty folder, which can be replaced as a whole.
  func existingOutput() throws -> Folder? {
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
    _ stage: borrowing Folder, _ hold: OutputHold, _ run: PageRun, _ fixed: [FixedFile],
    _ contents: inout RecordContents
  ) throws -> Outcome {
    let publication = run.renderer.publication
    var folders = FolderList(publication.archive.store)
    for page in publication.pages { folders.add(folderOf: page.path) }
    for file in fixed { folders.add(folderOf: file.path) }
    try make(folders, in: stage, jobs: run.jobs)

    var made = run.create(in: stage)
    let pictures = PictureRun(run, made.bodies)
    if let failure = failure(made, pictures) { throw failure }
    let madeCount = try make(pictures) { _ in true }
    let files = try fixed + pictures.files.files + searchFiles(run, made.bodies) { _, _ in true }
    let folderCount = folders.paths.count
    for file in files.dropFirst(fixed.count) { folders.add(folderOf: file.path) }
    for path in folders.paths[folderCount...] { try stage.makeFolder(publication.bytes(path)) }
    contents.add(&made, run.renderer, more: files.count)
    var room = ByteBuffer()
    for file in files {
      let bytes = try bytes(of: file, run, &room)
      let stamp = try stage.create(publication.bytes(file.path), holding: bytes)
      contents.add(
        publication.bytes(file.path), OutputFile(fingerprint: file.source.hash, stamp: stamp))
    }
    contents.settle(in: stage)
    try hold.put(hold.draft(contents))
    let above = try Folder(at: parent)
    try hold.stageName.withBytes { (stage) throws(SystemError) in
      try name.withBytes { (name) throws(SystemError) in
        try hold.workshop.move(stage, to: name, in: above)
      }
    }
    return Outcome(
      written: publication.pages.count, made: made.madeCount, copied: files.count,
      pictures: madeCount, warnings: made.diagnostics)
  }
}
