/// What a source folder holds, before its stories are read.
struct SourceSurvey: ~Copyable {
  /// What `site.yaml` says, and what is wrong so far.
  var reading: SourceReader.Reading
  /// The folder.
  let folder: Folder
  /// Whether there is such a folder.
  let isThere: Bool
  /// The files that become a part of the site, in the order of their paths.
  private(set) var entries: [SourceEntry] = []
  /// The other files.
  private(set) var others: [Text] = []
  /// Where the paths lie.
  let paths: TextStore
  /// The stamps of the entries, in the same order; none where they were not wanted.
  private(set) var stamps: [FileStamp] = []
  /// Whether something in the folder could not be listed, or a stamp not be taken.
  private(set) var hasTroubles = true
  /// When the survey began, by the clock that files are stamped with.
  let began: Int64

  /// A survey of a folder that is not there.
  init(_ reading: SourceReader.Reading) {
    self.reading = reading
    folder = Folder(descriptor: -1)
    isThere = false
    paths = reading.archive.store
    began = 0
  }

  /// A survey of what was listed.
  init(
    _ reading: SourceReader.Reading, _ folder: consuming Folder, _ tree: FileTree, began: Int64,
    jobs: Int
  ) {
    self.reading = reading
    self.folder = folder
    self.began = began
    isThere = true
    paths = reading.archive.store
    hasTroubles = !tree.troubles.isEmpty
    let (files, paths) = (tree.files, paths)
    var found = [SourceEntry?](repeating: nil, count: files.count)
    found.withSlots { found in
      _ = inParallel(files.count, width: jobs, batch: 1024) { _, batches in
        while let batch = batches.take() {
          for place in batch { found[place] = SourceEntry(files[place], paths) }
        }
      }
    }
    entries.reserveCapacity(files.count)
    for place in files.indices {
      if let entry = found[place] {
        entries.append(entry)
      } else {
        others.append(files[place])
      }
    }
  }

  /// Takes the stamps of all files.
  mutating func takeStamps(jobs: Int) {
    let (entries, paths, folder) = (entries, paths, folder.descriptor)
    var stamps = Array(repeating: FileStamp(), count: entries.count)
    let troubles = stamps.withSlots { stamps in
      inParallel(entries.count, width: jobs, batch: 256) { _, batches in
        var isTroubled = false
        while let range = batches.take() {
          for index in range {
            let path = paths[entries[index].path]
            if let stamp = Folder.stamp(of: path, in: folder, followingLinks: true) {
              stamps[index] = stamp
            } else {
              isTroubled = true
            }
          }
        }
        return isTroubled
      }
    }
    self.stamps = stamps
    if troubles.contains(true) { hasTroubles = true }
  }

  /// A hash of the paths and stamps of all files.
  ///
  /// - Parameters:
  ///   - moment: What all files have to be older than, or their stamps prove nothing.
  ///   - jobs: How many threads work.
  /// - Returns: nil where it proves nothing, or something could not be looked at.
  func treeHash(olderThan moment: Int64, jobs: Int) -> UInt64? {
    guard stamps.count == entries.count else { return nil }
    for stamp in stamps where stamp.changed >= moment || stamp.modified >= moment { return nil }
    let stamps = stamps
    return treeHash(jobs: jobs) { place, _ in stamps[place] }
  }

  /// The same hash, of files as they were when they were read; nil where one could not be.
  func treeHash(of archive: Archive, jobs: Int) -> UInt64? {
    let count =
      archive.files.count + archive.media.count + archive.statics.count
      + archive.reviews.count
    guard count == entries.count else { return nil }
    return treeHash(jobs: jobs) { _, entry in
      let place = Int(entry.place)
      return switch entry.role {
      case .story: archive.files[place].stamp
      case .media: archive.media[place].stamp
      case .stat: archive.statics[place].stamp
      case .review: archive.reviews[place].file.stamp
      }
    }
  }

  private func treeHash(
    jobs: Int, _ stamp: @Sendable (_ place: Int, SourceEntry) -> FileStamp
  ) -> UInt64? {
    guard !hasTroubles else { return nil }
    let (entries, paths, size) = (entries, paths, 1024)
    var blocks = Array(repeating: UInt64(0), count: (entries.count + size - 1) / size)
    let count = blocks.count
    blocks.withSlots { blocks in
      _ = inParallel(count, width: jobs, batch: 1) { _, batches in
        while let batch = batches.take() {
          for block in batch {
            var hash = Hash(seed: 3)
            for place in block * size..<min(block * size + size, entries.count) {
              hash.add(paths[entries[place].path])
              hash.add(stamp(place, entries[place]))
            }
            blocks[block] = hash.value
          }
        }
      }
    }
    var hash = Hash(seed: UInt64(entries.count))
    for block in blocks { hash.add(block) }
    for path in others { hash.add(paths[path]) }
    return hash.value
  }

  /// Gives each entry its place among those of its role, and finds it among those that an earlier
  /// build knew: both are in the order of their paths.
  mutating func place(_ memory: SourceMemory?) {
    var places: (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
    var known = (0, 0, 0, 0)
    func next(_ path: ByteSlice, _ files: [SourceFile], _ cursor: inout Int) -> Int32 {
      next(path, files.count, &cursor) { files[$0].path }
    }
    func next(
      _ path: ByteSlice, _ count: Int, _ cursor: inout Int, _ file: (Int) -> Text
    ) -> Int32 {
      while let memory, cursor < count {
        let other = memory.archive.store[file(cursor)]
        if other == path { return Int32(cursor) }
        guard other < path else { return -1 }
        cursor += 1
      }
      return -1
    }
    func take(_ place: inout Int32) -> Int32 {
      place += 1
      return place - 1
    }
    for index in entries.indices {
      let path = paths[entries[index].path]
      switch entries[index].role {
      case .story:
        entries[index].place = take(&places.0)
        if let memory { entries[index].known = next(path, memory.archive.files, &known.0) }
      case .media:
        entries[index].place = take(&places.1)
        if let memory { entries[index].known = next(path, memory.archive.media, &known.1) }
      case .stat:
        entries[index].place = take(&places.2)
        let inner = path[SourceEntry.staticPrefix.utf8CodeUnitCount..<path.count]
        if let memory { entries[index].known = next(inner, memory.archive.statics, &known.2) }
      case .review:
        entries[index].place = take(&places.3)
        guard let memory else { continue }
        let reviews = memory.archive.reviews
        entries[index].known = next(path, reviews.count, &known.3) { reviews[$0].file.path }
      }
    }
  }
}

extension Hash {
  /// Takes in a file's stamp.
  mutating func add(_ stamp: FileStamp) {
    add(UInt64(bitPattern: stamp.byteCount))
    add(UInt64(bitPattern: stamp.modified))
    add(UInt64(bitPattern: stamp.changed))
    add(stamp.inode)
  }
}
