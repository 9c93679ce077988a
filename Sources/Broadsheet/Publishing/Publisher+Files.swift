/// What the publisher does with single files: the record, what is gone, what is in the way.
extension Publisher {
  /// The bytes of a file that is not made by a template.
  func bytes(
    of file: FixedFile, _ run: PageRun, _ room: inout ByteBuffer
  ) throws -> ByteSlice {
    room.removeAll()
    let renderer = run.renderer
    switch file.source {
    case .bytes(let bytes): room.append(bytes)
    case .made(let name, _):
      try read(name, from: renderer.works?.cache, "pictures", into: &room)
    case .indexed(let name, _): try read(name, from: run.search?.cache, "search", into: &room)
    case .file(let text, _), .picture(let text, _, _):
      let path = renderer.publication.bytes(text)
      do throws(SystemError) {
        _ = try renderer.sources.read(path, into: &room)
      } catch {
        throw Failure(
          diagnostics: [
            Diagnostic(
              "unreadable-file", "the file cannot be read: \(error.reason)",
              file: renderer.locator.shown(path.string), cause: .machine)
          ])
      }
      if case .picture(_, _, let kind) = file.source {
        var bare = ByteBuffer(capacity: room.count)
        bare.append(withoutNotes: room.slice, kind)
        swap(&bare, &room)
      }
    }
    return room.slice
  }

  private func read(
    _ name: String, from cache: FileCache?, _ folder: String, into room: inout ByteBuffer
  ) throws {
    guard let cache else { return }
    do throws(SystemError) {
      try cache.read(name, into: &room)
    } catch {
      throw Failure(
        diagnostics: [
          Diagnostic(
            "unreadable-file", "what was made cannot be read: \(error.reason)",
            file: workshop + "/\(folder)/" + name, cause: .machine)
        ])
    }
  }

  /// The files of the output that this build does not make: those that the record lists, or, without
  /// a record, all that there are, which it takes `--adopt` to remove.
  ///
  /// The news sitemap goes without: it is one of the site's own addresses, and of an output that came
  /// without its record, as by `git clone`, it is out of date two days later.
  func goneFiles(
    _ site: borrowing Folder, _ hold: OutputHold, _ new: [ByteSlice]
  ) throws -> [String] {
    let unfinished = hold.unfinished ?? []
    if let record = hold.record {
      if unfinished.isEmpty, record.paths.elementsEqual(new, by: ==) { return [] }
      let made = PathTable(new)
      let known = try record.paths.filter { !made.contains($0) }
        .filter { try holdsFile($0, site) }.map(\.string)
      var gone = known
      for path in unfinished where !path.withBytes({ made.contains($0) }) {
        let isThere = try path.withBytes { try holdsFile($0, site) }
        if isThere, !known.contains(path) { gone.append(path) }
      }
      return gone
    }
    let made = PathTable(new)
    var found: [String] = []
    try list(site, "", &found)
    let foreign = found.filter { path in !path.withBytes { made.contains($0) } }
    let strange = foreign.filter { !unfinished.contains($0) && $0 != Page.newsSitemapPath }
    guard !strange.isEmpty, !adopts else { return foreign }
    let shown = strange.prefix(10).map { "  " + output + "/" + $0 }
    let more = strange.count > 10 ? "\n  and \(strange.count - 10) more" : ""
    throw Failure(
      diagnostics: [
        Diagnostic(
          "foreign-files",
          "this folder holds \(strange.count) file\(strange.count == 1 ? "" : "s") that the site "
            + "has not; remove them with --adopt, or keep them by moving them into 'static/' of the "
            + "source folder:\n" + shown.joined(separator: "\n") + more, file: output)
      ])
  }

  /// Whether there is a file of a path; a folder in its place is somebody else's.
  func holdsFile(_ path: ByteSlice, _ site: borrowing Folder) throws -> Bool {
    try site.holds(path) && site.status(of: path, followingLinks: false).kind != .folder
  }

  /// Lists all files of the output, in order, without following links.
  ///
  /// Hidden ones (`.git`, `.nojekyll`) are somebody else's and are left alone, but for
  /// `.well-known`.
  private func list(
    _ folder: borrowing Folder, _ prefix: String, _ found: inout [String], withHidden: Bool = false
  ) throws {
    var entries: [(name: String, isFolder: Bool)] = []
    try folder.forEachEntry { name, kind in
      if !withHidden, name.hasPrefix("."), !(name == ".well-known") { return }
      entries.append((name.string, kind == .folder))
    }
    for entry in entries.sorted(by: { $0.name < $1.name }) {
      if entry.isFolder {
        let path = prefix + entry.name + "/"
        try list(folder.folder(at: entry.name), path, &found, withHidden: withHidden)
      } else {
        found.append(prefix + entry.name)
      }
    }
  }

  /// Makes the folders of a list, in which there are none yet, several at once.
  ///
  /// Folders of one parent are made one at a time, whoever makes them; so each parent's are left to one
  /// worker.
  func make(
    _ folders: borrowing FolderList, in folder: borrowing Folder, jobs: Int
  ) throws(SystemError) {
    let descriptor = folder.descriptor
    // Those of one depth do not lie in each other.
    var byDepth: [[ByteSlice]] = []
    for text in folders.paths {
      let path = folders.bytes(of: text)
      let depth = path.slashCount
      while byDepth.count <= depth { byDepth.append([]) }
      byDepth[depth].append(path)
    }
    for paths in byDepth {
      let sorted = paths.sorted { $0 < $1 }
      var families: [Range<Int>] = []
      for place in sorted.indices {
        if place > 0, sorted[place].folder == sorted[place - 1].folder {
          families[families.count - 1] = families[families.count - 1].lowerBound..<place + 1
        } else {
          families.append(place..<place + 1)
        }
      }
      let order = families.sorted { $0.count > $1.count }
      let failures = inParallel(order.count, width: jobs, batch: 1) { _, batches in
        do throws(SystemError) {
          while let range = batches.take() {
            for path in order[range].joined() { try Folder.make(sorted[path], in: descriptor) }
          }
          return nil as SystemError?
        } catch {
          return error
        }
      }
      if let failure = failures.lazy.compactMap({ $0 }).first { throw failure }
    }
  }

  /// Makes sure that a folder of the output is one or can be made, and is no way out of the output.
  func checkFolder(_ path: ByteSlice, _ site: borrowing Folder, _ gone: [String]) throws {
    let status: FileStatus
    do throws(SystemError) {
      status = try site.status(of: path, followingLinks: false)
    } catch {
      guard error.code == SystemError.notFound || error.code == SystemError.notAFolder else {
        throw error
      }
      return
    }
    let file = output + "/" + path.string
    if status.kind == .link {
      throw Failure(
        diagnostics: [
          Diagnostic(
            "output-link",
            "this is a symbolic link, by which the site would be written elsewhere; remove it",
            file: file)
        ])
    }
    guard try status.kind != .folder || status.device == site.status().device else {
      throw Failure(
        diagnostics: [
          Diagnostic(
            "output-elsewhere",
            "this is a file system of its own, into which no file can be moved from '\(workshop)' in "
              + "one step; take it out of the output", file: file)
        ])
    }
    guard status.kind == .folder || gone.contains(path.string) else {
      throw Failure(
        diagnostics: [
          Diagnostic(
            "output-in-the-way",
            "this is a file, where a folder of the site is to be; remove it or move it away",
            file: file, cause: .machine)
        ])
    }
  }

  /// Whether a folder stands where a file is to be; one that holds other files than those that are
  /// gone from the site is an error.
  func isFolderInTheWay(
    _ path: ByteSlice, _ site: borrowing Folder, _ gone: [String]
  ) throws -> Bool {
    guard try site.holds(path), try site.status(of: path, followingLinks: false).kind == .folder
    else { return false }
    var found: [String] = []
    try list(site.folder(at: path), path.string + "/", &found, withHidden: true)
    guard Set(gone).isSuperset(of: found) else {
      throw Failure(
        diagnostics: [
          Diagnostic(
            "output-in-the-way",
            "this is a folder, where a file of the site is to be; remove it or move it away",
            file: output + "/" + path.string, cause: .machine)
        ])
    }
    return true
  }

  /// Makes the folders that the site needs; a file that is gone from the site and in the way of one
  /// is removed first, which is noted.
  func makeWay(
    _ site: borrowing Folder, _ folders: borrowing FolderList, _ publication: Publication,
    _ isChanged: inout Bool
  ) throws {
    for text in folders.paths {
      let path = publication.bytes(text)
      if try holdsFile(path, site) {
        isChanged = true
        try site.remove(path)
      }
      try site.makeFolder(path)
    }
  }

  /// Moves a file from the stage into its place.
  func moveIn(
    _ name: String, to path: ByteSlice, _ stage: borrowing Folder, _ site: borrowing Folder
  ) throws {
    try name.withBytes { (name) throws(SystemError) in try stage.move(name, to: path, in: site) }
  }

  /// Removes a file of the output, and the folders that are empty without it.
  func remove(_ path: String, from site: borrowing Folder) throws {
    guard try path.withBytes({ try holdsFile($0, site) }) else { return }
    try path.withBytes { (path) throws(SystemError) in try site.remove(path) }
    removeEmptyFolders(above: path, from: site)
  }

  /// Removes the folders in which a file lies, or was to lie, as far as nothing is in them.
  func removeEmptyFolders(above path: String, from site: borrowing Folder) {
    let parts = path.split(separator: "/").dropLast()
    var folders: [String] = []
    for count in 1..<parts.count + 1 {
      let folder = parts.prefix(count).joined(separator: "/")
      // Through a link nothing is removed.
      let status = folder.withBytes { try? site.status(of: $0, followingLinks: false) }
      guard status?.kind == .folder else { break }
      folders.append(folder)
    }
    for folder in folders.reversed() {
      guard folder.withBytes({ site.removeFolder($0) }) else { return }
    }
  }
}

/// The folders that a site's files lie in, each after the one that it lies in.
struct FolderList: ~Copyable {
  /// The paths of the folders, from the output folder.
  private(set) var paths: [Text] = []
  private var table: ByteTable
  private var writer: TextStore.Writer
  private var last = ByteSlice.empty

  /// A list of no folders, of paths in a store.
  init(_ store: TextStore) {
    writer = TextStore.Writer(store)
    table = ByteTable(store)
  }

  /// The bytes of a folder's path.
  func bytes(of path: Text) -> ByteSlice { writer.store[path] }

  /// Adds the folders of a file, whose path is in the list's store.
  mutating func add(folderOf file: Text) { add(folderOf: writer.store[file]) }

  /// Adds the folders of a file, whose path lives as long as the list.
  mutating func add(folderOf path: ByteSlice) {
    var end = path.count
    while end > 0, path[end - 1] != UInt8(ascii: "/") { end -= 1 }
    // Neighbours in the list of pages mostly lie in one folder.
    let folder = path[0..<max(end - 1, 0)]
    if folder == last { return }
    last = folder
    // One that is known has all above it.
    guard table.value(of: folder) == nil else { return }
    var offset = 0
    while offset < folder.count {
      let rest = folder[offset..<folder.count]
      let length = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.count
      let whole = folder[0..<offset + length]
      offset += length + 1
      guard table.value(of: whole) == nil else { continue }
      let text = writer.add(whole)
      _ = table.insert(text, Int32(paths.count))
      paths.append(text)
    }
  }
}

/// A file that is not made by a template: an asset, a picture, a file under `static/`.
struct FixedFile: Sendable {
  /// Where its bytes come from.
  enum Source: Sendable {
    /// The bytes themselves, whose path tells them from others.
    case bytes([UInt8])
    /// A file of the source folder, by its path from there; its stamp, where it is older than the
    /// build.
    case file(Text, FileStamp?)
    /// A picture of the source folder, which is published without the notes in it.
    case picture(Text, FileStamp?, PictureFacts.Kind)
    /// A picture that is made, by its name in the cache; and a hash that tells it from others.
    case made(String, hash: UInt64)
    /// A file of a search index, by its name in the cache of those; and a hash as before.
    case indexed(String, hash: UInt64)

    /// What the file's content is known by; zero where only the content itself tells.
    var hash: UInt64 {
      let known: FileStamp?
      switch self {
      case .bytes: return 1
      case .made(_, let hash), .indexed(_, let hash): return max(hash, 1)
      case .file(_, let stamp), .picture(_, let stamp, _): known = stamp
      }
      guard let stamp = known else { return 0 }
      var hash = Hash(seed: 5)
      hash.add(stamp)
      return max(hash.value, 1)
    }
  }

  /// Its path from the output folder.
  var path: Text
  /// Where its bytes come from.
  var source: Source
}

extension Renderer {
  /// A stamp, if it proves what it was taken of.
  func trusted(_ stamp: FileStamp) -> FileStamp? {
    stamp.changed < began && stamp.modified < began ? stamp : nil
  }
}
