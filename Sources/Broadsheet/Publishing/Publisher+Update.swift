/// Brings an output that is there to what a publication is.
extension Publisher {
  /// Makes what differs, puts it into the stage, and moves it into its place; then removes what is gone.
  ///
  /// - Throws: Why the output is as it was, or is right only in part.
  func update(
    _ site: borrowing Folder, _ stage: borrowing Folder, _ hold: OutputHold, _ run: PageRun,
    _ fixed: [FixedFile], _ memory: OutputMemory?, _ contents: inout RecordContents
  ) throws -> Outcome {
    let publication = run.renderer.publication
    var made = run.update(site, stage: stage, memory: memory)
    let pictures = PictureRun(run, made.bodies)
    if let failure = failure(made, pictures) { throw failure }
    var files = fixed + pictures.files.files
    let descriptor = site.descriptor
    @Sendable func lacks(_ source: FixedFile.Source, at path: ByteSlice, guess: Int) -> Bool {
      let stamp = Folder.stamp(of: path, in: descriptor)
      return known(source, path, guess: guess, stamp, memory) == nil
    }
    let madeCount = try make(pictures) { [files] place in
      let file = files[fixed.count + place]
      return lacks(
        file.source, at: publication.bytes(file.path),
        guess: publication.pages.count + fixed.count + place)
    }
    files += try searchFiles(run, made.bodies) { lacks($0, at: $1, guess: .max) }
    contents.add(&made, run.renderer, more: files.count)
    let staged = try stageFiles(files, site, stage, run, memory)
    for (file, output) in zip(files, staged.outputs) {
      contents.add(publication.bytes(file.path), output)
    }
    let gone = try goneFiles(site, hold, contents.paths)

    var folders = FolderList(publication.archive.store)
    for page in publication.pages { folders.add(folderOf: page.path) }
    for file in files { folders.add(folderOf: file.path) }
    var goneFolders = FolderList(publication.archive.store)
    var writer = TextStore.Writer(publication.archive.store)
    for path in gone { goneFolders.add(folderOf: writer.add(path)) }
    for path in folders.paths + goneFolders.paths {
      try checkFolder(publication.bytes(path), site, gone)
    }
    // Assets and pictures first, so that no page shows what is not there yet.
    let moves =
      staged.changed.map { Move(place: publication.pages.count + $0, name: "f\($0)") }
      + made.changed.map { Move(place: Int($0), name: String($0)) }
    let inTheWay = try moves.map { contents.paths[$0.place] }
      .filter { try isFolderInTheWay($0, site, gone) }

    let outcome = Outcome(
      written: made.changed.count, unchanged: made.unchanged, made: made.madeCount,
      copied: staged.changed.count, pictures: madeCount, removed: gone.count,
      warnings: made.diagnostics)
    var isChanged = false
    do {
      if !moves.isEmpty || !gone.isEmpty {
        // Whatever a kill leaves behind, the next build knows as this program's: what the record
        // lists, and this.
        let isListed = hold.record != nil
        try hold.announce(isListed ? moves.map { contents.paths[$0.place] } : contents.paths)
      }
      // The room for the record is taken before the output is touched.
      let record = try hold.draft(contents)
      if !moves.isEmpty || !gone.isEmpty {
        for folder in inTheWay {
          isChanged = true
          try site.removeTree(folder)
        }
        try makeWay(site, folders, publication, &isChanged)
        for move in moves {
          let path = contents.paths[move.place]
          try moveIn(move.name, to: path, stage, site)
          isChanged = true
          contents.setStamp(Folder.stamp(of: path, in: site.descriptor), at: move.place)
        }
        for path in gone {
          try remove(path, from: site)
          isChanged = true
        }
      }
      for path in hold.unfinished ?? [] { removeEmptyFolders(above: path, from: site) }
      contents.settle(in: site)
      try hold.put(record, contents.files)
      return outcome
    } catch {
      hold.discardDraft()
      var stopped = failure(error)
      stopped.isMidway = isChanged
      throw stopped
    }
  }

  /// A file that is to be moved from the stage into its place.
  private struct Move {
    /// Its place among the files of the record.
    var place: Int
    /// Its name in the stage.
    var name: String
  }

  /// What the output holds of a file, where its stamp tells that it is as it will be.
  private func known(
    _ source: FixedFile.Source, _ path: ByteSlice, guess: Int, _ stamp: FileStamp?,
    _ memory: OutputMemory?
  ) -> OutputFile? {
    let fingerprint = source.hash
    guard let memory, let stamp, fingerprint != 0,
      let place = memory.place(of: path, guess: guess),
      memory.files[place].stamp == stamp, memory.files[place].fingerprint == fingerprint
    else { return nil }
    return memory.files[place]
  }

  /// Puts the assets and other files that differ from the output into the stage; tells which, and
  /// what the output holds of the others.
  private func stageFiles(
    _ files: [FixedFile], _ site: borrowing Folder, _ stage: borrowing Folder, _ run: PageRun,
    _ memory: OutputMemory?
  ) throws -> (changed: [Int], outputs: [OutputFile]) {
    var changed: [Int] = []
    var outputs: [OutputFile] = []
    var room = ByteBuffer()
    var other = ByteBuffer()
    for (index, file) in files.enumerated() {
      let path = run.renderer.publication.bytes(file.path)
      var output = OutputFile(fingerprint: file.source.hash)
      let stamp = Folder.stamp(of: path, in: site.descriptor)
      let guess = run.renderer.publication.pages.count + index
      if let known = known(file.source, path, guess: guess, stamp, memory) {
        outputs.append(known)
        continue
      }
      let bytes = try bytes(of: file, run, &room)
      if let stamp, try site.compare(path, with: bytes, using: &other) == .equal {
        output.stamp = stamp
      } else {
        try "f\(index)".withBytes { (name) throws(SystemError) in
          _ = try stage.create(name, holding: bytes)
        }
        changed.append(index)
      }
      outputs.append(output)
    }
    return (changed, outputs)
  }
}
