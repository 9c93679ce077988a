/// What a build has to tell the next one.
struct RecordContents {
  /// What is known of the build as a whole.
  var facts: BuildRecord.Facts
  /// All that was said, none of it an error.
  var warnings: [Diagnostic]
  /// The ids of the stories in feeds.
  let feeds: FeedMemory
  /// How many threads write.
  let jobs: Int
  /// What was read.
  let archive: Archive
  /// What is known of the stories' bodies.
  var bodies: BodyTable
  /// What is known of the files of `media`.
  let pictures: [PictureFacts]
  /// The paths of the output's files: pages first, then other files.
  var paths: [ByteSlice] = []
  /// What the output holds of them.
  var files: [OutputFile] = []

  /// Writes the record to a file of a folder; what the output holds may be written anew after.
  func write(
    to name: ByteSlice, in folder: borrowing Folder
  ) throws(SystemError) -> RecordWriter {
    let chunks = archive.store.kept
    let writer = try RecordWriter(name, in: folder, sectionLimit: chunks.count + 28)
    let (paths, store) = (paths, archive.store)
    let length = paths.reduce(0) { $0 + $1.count + 1 }
    try writer.add(.paths, count: length) { write in
      var list = ByteBuffer(capacity: length)
      for path in paths {
        list.append(path)
        list.append(UInt8(10))
      }
      return write(list.slice)
    }
    try writer.add(.program, [ProgramIdentity.hash])
    try writer.add(.facts, [facts])
    try writer.add(.outputs, files)
    try writer.add(.warnings, WarningList.encoded(warnings).array)
    try writer.add(.feedIDs, feeds.encoded.array)
    try writer.add(.drafts, [UInt64(facts.showsDrafts ? 1 : 0)])
    try writer.add(.files, archive.files)
    try writer.add(.media, archive.media)
    try writer.add(.statics, archive.statics)
    try writer.add(.articles, archive.articles)
    try writer.add(.extras, archive.extras)
    try writer.add(.notes, bodies.notes)
    try writer.add(.links, bodies.links)
    try writer.add(.reviews, archive.reviews)
    try writer.add(.texts, archive.texts)
    try writer.add(.corrections, archive.corrections)
    try writer.add(.fieldValues, archive.fieldValues)
    try writer.add(.pictures, pictures)
    try writer.add(.chunks, chunks)
    for chunk in chunks {
      try writer.add(.chunk, count: Int(chunk.count)) { write in write(store.bytes(of: chunk)) }
    }
    try writer.write(jobs: jobs)
    return writer
  }
}

extension RecordContents {
  /// What a run has read, before it has made its pages.
  init(facts: BuildRecord.Facts, warnings: [Diagnostic], run: PageRun) {
    self.facts = facts
    self.warnings = warnings
    jobs = run.jobs
    archive = run.renderer.publication.archive
    bodies = archive.bodies
    feeds = FeedMemory(run.renderer)
    pictures = run.renderer.pictures.facts
  }

  /// Adds the pages that were made.
  ///
  /// - Parameters:
  ///   - made: The pages; what is known of their files is taken out of it.
  ///   - renderer: What made them.
  ///   - more: How many other files are to be added.
  mutating func add(_ made: inout PageRun.Made, _ renderer: Renderer, more: Int) {
    let publication = renderer.publication
    paths.reserveCapacity(publication.pages.count + more)
    for page in publication.pages { paths.append(publication.bytes(page.path)) }
    swap(&files, &made.files)
    bodies = made.bodies
    warnings = Array(Set(warnings + made.diagnostics)).sorted()
  }

  /// Adds a file that is no page.
  mutating func add(_ path: ByteSlice, _ file: OutputFile) {
    paths.append(path)
    files.append(file)
  }

  /// Makes sure that whoever changes a file from now on leaves another stamp on it.
  ///
  /// The clock that stamps files moves in steps of a few milliseconds. Waiting for the next would take
  /// a small site longer than its pages: what was written in this step is dated before it.
  mutating func settle(in folder: borrowing Folder) {
    let now = FileStamp.now
    var isSettled = true
    for place in files.indices where files[place].stamp.modified >= now {
      if let stamp = folder.date(paths[place], now - 1) {
        files[place].stamp = stamp
      } else {
        isSettled = false
      }
    }
    if !isSettled { FileStamp.waitForNextMoment() }
  }

  /// Notes how a file stands in the output; without a stamp it is looked at anew by the next build.
  mutating func setStamp(_ stamp: FileStamp?, at place: Int) {
    files[place].stamp = stamp ?? FileStamp()
  }
}
