import Glibc

/// Tells which files below some folders are written, moved or removed (inotify).
///
/// Folders that appear are watched at once, and what lies in them by then counts as changed. Nothing
/// is listed or asked of files otherwise.
struct FolderWatcher: ~Copyable {
  /// A folder to watch.
  struct Root {
    /// Its path from the working folder.
    var path: String
    /// Whether a folder below it, by its path from there, is watched too.
    var descends: @Sendable (String) -> Bool
  }

  /// What has changed.
  struct Changes: Equatable {
    /// The files of each root, by their paths from there.
    var files: [Set<String>]
    /// Folders that went away with all that was in them, of each root.
    var goneFolders: [Set<String>]
    /// Whether so much has changed that not all of it is known.
    var isEverything = false

    /// Whether nothing has changed.
    var isEmpty: Bool {
      !isEverything && files.allSatisfy(\.isEmpty) && goneFolders.allSatisfy(\.isEmpty)
    }
  }

  /// A folder that is watched; two paths may lead to one folder.
  private struct Place: Equatable {
    var root: Int
    /// The path from the root, ending in a slash; empty for the root itself.
    var path: String
  }

  /// The system's number for the queue of events, to wait on.
  let descriptor: Int32
  /// Why some folders cannot be watched; nil where all are.
  private(set) var trouble: SystemError?
  private let roots: [Root]
  private var places: [Int32: [Place]] = [:]
  /// The roots that are not there.
  private var missing: Set<Int> = []

  private static let mask = UInt32(
    IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_ATTRIB
      | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR)

  /// Watches folders with what lies below them.
  ///
  /// - Throws: That the system has no room for another watcher.
  init(_ roots: [Root]) throws(SystemError) {
    let descriptor = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
    guard descriptor >= 0 else { throw SystemError(code: errno) }
    self.descriptor = descriptor
    self.roots = roots
    for index in roots.indices { _ = watchRoot(index) }
  }

  deinit { close(descriptor) }

  /// Whether a root is not there, so that nobody tells when it comes back.
  var hasMissingRoots: Bool { !missing.isEmpty }

  /// Looks whether roots that were not there have come; then everything counts as changed.
  mutating func findRoots() -> Bool {
    var isFound = false
    for index in missing where watchRoot(index) { isFound = true }
    return isFound
  }

  /// What has changed since the last call; a save that is still going on is waited for.
  ///
  /// Editors save by several steps: they write aside and rename, or remove and write anew. Events
  /// are collected until none has come for two milliseconds, for at most thirty.
  mutating func changes() -> Changes {
    var changes = Changes(
      files: Array(repeating: [], count: roots.count),
      goneFolders: Array(repeating: [], count: roots.count))
    let clock = ContinuousClock()
    let end = clock.now + .milliseconds(30)
    while read(into: &changes), clock.now < end, isReadable(within: 2) {}
    if changes.isEverything { watchAnew() }
    return changes
  }

  private func isReadable(within milliseconds: Int32) -> Bool {
    var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&waiting, 1, milliseconds) > 0
  }

  /// Watches all anew, after events were lost.
  private mutating func watchAnew() {
    for watch in places.keys { inotify_rm_watch(descriptor, watch) }
    places = [:]
    var dropped = Changes(files: roots.map { _ in [] }, goneFolders: roots.map { _ in [] })
    while read(into: &dropped) {}
    for index in roots.indices { _ = watchRoot(index) }
  }
}

// MARK: - Watching

extension FolderWatcher {
  private mutating func watchRoot(_ index: Int) -> Bool {
    var nowhere: Set<String>?
    missing.remove(index)
    if !watch(Place(root: index, path: ""), [], listing: &nowhere) { missing.insert(index) }
    return !missing.contains(index)
  }

  /// Watches a folder and those below it, and lists the files in them.
  ///
  /// - Parameters:
  ///   - place: The folder.
  ///   - ancestors: The folders that it lies in: a link that leads back to one of them is left out.
  ///   - files: Where the files are listed, unless they are all to be read anyway.
  /// - Returns: Whether the folder is there.
  private mutating func watch(
    _ place: Place, _ ancestors: [FileStatus], listing files: inout Set<String>?
  ) -> Bool {
    let path = roots[place.root].path + "/" + place.path
    let watch = unsafe inotify_add_watch(descriptor, path, Self.mask)
    guard watch >= 0 else {
      // That a folder is gone again is no trouble.
      if errno != ENOENT, errno != ENOTDIR { trouble = SystemError(code: errno) }
      return false
    }
    if !places[watch, default: []].contains(place) { places[watch, default: []].append(place) }
    var inner: [(name: String, mayBeFile: Bool)] = []
    do throws(SystemError) {
      let folder = try Folder(at: path)
      let status = try folder.status()
      let isInItself = ancestors.contains {
        $0.stamp.inode == status.stamp.inode && $0.device == status.device
      }
      guard !isInItself else { return true }
      try folder.forEachEntry { name, kind in
        if kind == .file {
          files?.insert(place.path + name.string)
        } else {
          inner.append((name.string, kind != .folder))
        }
      }
      for (name, mayBeFile) in inner {
        let path = place.path + name
        let isFolder =
          !mayBeFile
          || (try? name.withBytes { (name) throws(SystemError) in
            try folder.status(of: name).kind == .folder
          }) == true
        if !isFolder {
          files?.insert(path)
        } else if roots[place.root].descends(path) {
          _ = self.watch(
            Place(root: place.root, path: path + "/"), ancestors + [status], listing: &files)
        }
      }
    } catch {
      if error.code != ENOENT { trouble = error }
    }
    return true
  }

  /// Forgets a folder that was moved away, with those below it.
  private mutating func forget(_ place: Place) {
    for (watch, known) in places {
      let rest = known.filter { $0.root != place.root || !$0.path.hasPrefix(place.path) }
      if rest.count == known.count { continue }
      places[watch] = rest.isEmpty ? nil : rest
      if rest.isEmpty { inotify_rm_watch(descriptor, watch) }
    }
  }
}

// MARK: - Events

extension FolderWatcher {
  /// Takes the events that wait; false where none does.
  private mutating func read(into changes: inout Changes) -> Bool {
    var room = [UInt8](repeating: 0, count: 1 << 16)
    let count = unsafe room.withUnsafeMutableBytes {
      unsafe Glibc.read(descriptor, $0.baseAddress, $0.count)
    }
    guard count > 0 else { return false }
    let headerSize = MemoryLayout<inotify_event>.size
    var offset = 0
    while offset + headerSize <= count {
      let event = unsafe room.withUnsafeBytes {
        unsafe $0.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
      }
      let name = room[(offset + headerSize)..<(offset + headerSize + Int(event.len))]
        .prefix { $0 != 0 }
      take(event, String(decoding: name, as: UTF8.self), into: &changes)
      offset += headerSize + Int(event.len)
    }
    return true
  }

  private mutating func take(_ event: inotify_event, _ name: String, into changes: inout Changes) {
    func has(_ flag: Int) -> Bool { event.mask & UInt32(flag) != 0 }
    if has(Int(IN_Q_OVERFLOW)) {
      changes.isEverything = true
      return
    }
    if has(Int(IN_IGNORED)) {
      places[event.wd] = nil
      return
    }
    for place in places[event.wd] ?? [] {
      if name.isEmpty {
        let isGone = has(Int(IN_DELETE_SELF)) || has(Int(IN_MOVE_SELF))
        if isGone, place.path.isEmpty {
          missing.insert(place.root)
          changes.isEverything = true
        }
        continue
      }
      let path = place.path + name
      if has(Int(IN_ISDIR)) {
        takeFolder(Place(root: place.root, path: path + "/"), event.mask, into: &changes)
      } else if !has(Int(IN_CREATE)) || isComplete(place, name) {
        changes.files[place.root].insert(path)
      }
    }
  }

  private mutating func takeFolder(
    _ place: Place, _ mask: UInt32, into changes: inout Changes
  ) {
    let path = String(place.path.dropLast())
    if mask & UInt32(IN_MOVED_FROM | IN_DELETE) != 0 {
      forget(place)
      changes.goneFolders[place.root].insert(path)
    }
    guard mask & UInt32(IN_MOVED_TO | IN_CREATE | IN_ATTRIB) != 0 else { return }
    if mask & UInt32(IN_ATTRIB) != 0 {
      // Who may read a folder has changed.
      changes.isEverything = changes.isEverything || roots[place.root].descends(path)
    } else if roots[place.root].descends(path) {
      var files: Set<String>? = changes.files[place.root]
      _ = watch(place, [], listing: &files)
      changes.files[place.root] = files ?? []
    }
  }

  /// Whether a file that has just been made is whole: a link is, another will be written and closed.
  private func isComplete(_ place: Place, _ name: String) -> Bool {
    var status = stat()
    let path = roots[place.root].path + "/" + place.path + name
    guard unsafe lstat(path, &status) == 0 else { return false }
    return status.st_mode & S_IFMT != S_IFREG || status.st_nlink > 1
  }
}
