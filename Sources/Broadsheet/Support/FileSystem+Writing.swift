import Glibc

extension SystemError {
  /// There is no such file or folder.
  static let notFound = ENOENT
  /// There is a file or folder of that name already.
  static let exists = EEXIST
  /// A file stands where a folder was named.
  static let notAFolder = ENOTDIR
  /// A folder stands where a file was named.
  static let isAFolder = EISDIR
}

extension Folder {
  /// How a file stands in the way of what is to be written.
  enum Comparison {
    /// There is no such file.
    case missing
    /// It holds the same bytes.
    case equal
    /// It holds other bytes, or is no plain file.
    case different
  }

  /// Opens a folder in this one, unless there is none.
  func folderIfThere(_ name: String) throws(SystemError) -> Folder? {
    do throws(SystemError) {
      return try folder(at: name)
    } catch {
      guard error.code == ENOENT else { throw error }
      return nil
    }
  }

  /// Opens a folder in this one, by a path of the program's own.
  func folder(at path: String) throws(SystemError) -> Folder {
    let parent = descriptor
    return Folder(
      descriptor: try path.withBytes { (bytes) throws(SystemError) in
        try Folder.open(bytes, in: parent)
      })
  }

  /// The names of this folder's files with an ending, in order.
  func names(endingIn ending: String) throws(SystemError) -> [String] {
    var names: [String] = []
    try forEachEntry { name, kind in
      let name = name.string
      if kind != .folder, !name.hasPrefix("."), name.hasSuffix(ending) { names.append(name) }
    }
    return names.sorted()
  }

  /// Reads a whole file, by its name, to the end of a buffer.
  func read(named name: String, into buffer: inout ByteBuffer) throws(SystemError) -> FileStatus {
    try name.withBytes { (bytes) throws(SystemError) in try read(bytes, into: &buffer) }
  }

  /// Writes a file anew.
  ///
  /// - Returns: The stamp of the file.
  /// - Throws: The system's error; `EEXIST` where there is something of that name. What was written
  ///   until then stays.
  @discardableResult func create(
    _ path: ByteSlice, holding bytes: ByteSlice
  ) throws(SystemError) -> FileStamp {
    try Self.create(path, holding: bytes, in: descriptor)
  }

  /// The same, in a folder that its owner keeps open through the call.
  static func create(
    _ path: ByteSlice, holding bytes: ByteSlice, in descriptor: Int32
  ) throws(SystemError) -> FileStamp {
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
    let file = unsafe withCString(path) { unsafe openat(descriptor, $0, flags, 0o644) }
    guard file >= 0 else { throw SystemError(code: errno) }
    var done = 0
    while done < bytes.count {
      let rest = bytes[done..<bytes.count]
      let count = unsafe Glibc.write(file, rest.buffer.baseAddress, rest.count)
      if count < 0 {
        let code = errno
        if code == EINTR { continue }
        close(file)
        throw SystemError(code: code)
      }
      done += count
    }
    var status = stat()
    let isKnown = unsafe fstat(file, &status) == 0
    guard close(file) == 0, isKnown else { throw SystemError(code: errno) }
    return FileStatus(status).stamp
  }

  /// The stamp of a file, in a folder that its owner keeps open through the call; nil where there is
  /// none, or something that is no plain file.
  static func stamp(
    of path: ByteSlice, in descriptor: Int32, followingLinks: Bool = false
  ) -> FileStamp? {
    var status = stat()
    let flags = followingLinks ? 0 : AT_SYMLINK_NOFOLLOW
    let answer = unsafe withCString(path) { unsafe fstatat(descriptor, $0, &status, flags) }
    guard answer == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return FileStatus(status).stamp
  }

  /// Says when a file's content is to have changed last, in nanoseconds since 1970.
  ///
  /// - Returns: The stamp that it has then; nil where it cannot be dated.
  func date(_ path: ByteSlice, _ moment: Int64) -> FileStamp? {
    let modified = timespec(
      tv_sec: Int(moment / 1_000_000_000), tv_nsec: Int(moment % 1_000_000_000))
    let asItIs = timespec(tv_sec: 0, tv_nsec: (1 << 30) - 2)  // UTIME_OMIT
    let answer = unsafe withCString(path) { path in
      unsafe withUnsafeBytes(of: (asItIs, modified)) { times in
        unsafe utimensat(
          descriptor, path, times.assumingMemoryBound(to: timespec.self).baseAddress,
          AT_SYMLINK_NOFOLLOW)
      }
    }
    return answer == 0 ? Self.stamp(of: path, in: descriptor) : nil
  }

  /// Compares a file with bytes, without following a link in its place.
  ///
  /// The buffer is room for the file's bytes, used again and again.
  func compare(
    _ path: ByteSlice, with bytes: ByteSlice, using buffer: inout ByteBuffer
  ) throws(SystemError) -> Comparison {
    try Self.compare(path, with: bytes, using: &buffer, in: descriptor)
  }

  /// The same, in a folder that its owner keeps open through the call.
  static func compare(
    _ path: ByteSlice, with bytes: ByteSlice, using buffer: inout ByteBuffer,
    in descriptor: Int32
  ) throws(SystemError) -> Comparison {
    let flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
    let file = unsafe withCString(path) { unsafe openat(descriptor, $0, flags) }
    guard file >= 0 else {
      switch errno {
      case ENOENT, ENOTDIR: return .missing
      case ELOOP, EACCES, ENXIO, EISDIR: return .different
      default: throw SystemError(code: errno)
      }
    }
    defer { close(file) }
    var system = stat()
    guard unsafe fstat(file, &system) == 0 else { throw SystemError(code: errno) }
    guard system.st_mode & S_IFMT == S_IFREG, Int(system.st_size) == bytes.count else {
      return .different
    }
    buffer.removeAll()
    while buffer.count < bytes.count {
      let before = buffer.count
      unsafe buffer.append(room: bytes.count - before) { memory in
        unsafe max(Glibc.read(file, memory.baseAddress, bytes.count - before), 0)
      }
      if buffer.count == before { return .different }
    }
    return buffer.slice == bytes ? .equal : .different
  }

  /// Moves a file over another, or to where there is none, in one step.
  func move(
    _ path: ByteSlice, to target: ByteSlice, in folder: borrowing Folder
  ) throws(SystemError) {
    let other = folder.descriptor
    let answer = unsafe withCString(path) { source in
      unsafe withCString(target) { unsafe renameat(descriptor, source, other, $0) }
    }
    guard answer == 0 else { throw SystemError(code: errno) }
  }

  /// Removes a file; one that is not there is no error.
  func remove(_ path: ByteSlice) throws(SystemError) {
    let answer = unsafe withCString(path) { unsafe unlinkat(descriptor, $0, 0) }
    guard answer == 0 || errno == ENOENT else { throw SystemError(code: errno) }
  }

  /// Whether there is a file or a folder of a path.
  func holds(_ path: ByteSlice) throws(SystemError) -> Bool {
    do throws(SystemError) {
      _ = try status(of: path, followingLinks: false)
      return true
    } catch {
      guard error.code == ENOENT || error.code == ENOTDIR else { throw error }
      return false
    }
  }

  /// The names of the folders in this one, in order; hidden ones are left out.
  func folderNames() throws(SystemError) -> [String] {
    var names: [String] = []
    try forEachEntry { name, kind in
      if kind == .folder, !name.hasPrefix(".") { names.append(name.string) }
    }
    return names.sorted()
  }

  /// Makes a folder in this one, by its name.
  func makeFolder(named name: String) throws(SystemError) {
    _ = try name.withBytes { (name) throws(SystemError) in try makeFolder(name) }
  }

  /// Removes a folder in this one with all that is in it, by its name.
  func removeTree(named name: String) throws(SystemError) {
    try name.withBytes { (name) throws(SystemError) in try removeTree(name) }
  }

  /// Removes a folder if nothing is in it.
  ///
  /// - Returns: Whether it was removed.
  func removeFolder(_ path: ByteSlice) -> Bool {
    unsafe withCString(path) { unsafe unlinkat(descriptor, $0, AT_REMOVEDIR) } == 0
  }

  /// Makes a folder that is not there yet, in an open one; its own folder must be there.
  ///
  /// - Throws: The system's error.
  static func make(_ path: ByteSlice, in descriptor: Int32) throws(SystemError) {
    guard unsafe withCString(path, { unsafe mkdirat(descriptor, $0, 0o755) }) == 0 else {
      throw SystemError(code: errno)
    }
  }

  /// Makes a folder; its own folder must be there.
  ///
  /// - Returns: Whether it is new.
  /// - Throws: The system's error; `ENOTDIR` where a file is in the way, `ELOOP` where a link is.
  @discardableResult func makeFolder(_ path: ByteSlice) throws(SystemError) -> Bool {
    if unsafe withCString(path, { unsafe mkdirat(descriptor, $0, 0o755) }) == 0 { return true }
    guard errno == EEXIST else { throw SystemError(code: errno) }
    switch try status(of: path, followingLinks: false).kind {
    case .folder: return false
    case .link: throw SystemError(code: ELOOP)
    default: throw SystemError(code: ENOTDIR)
    }
  }

  /// Removes a folder with all that is in it; one that is not there is no error.
  func removeTree(_ path: ByteSlice) throws(SystemError) {
    do throws(SystemError) {
      guard try status(of: path, followingLinks: false).kind == .folder else {
        return try remove(path)
      }
      let inner = try folder(at: path)
      var names: [[UInt8]] = []
      try inner.forEachEntry { name, _ in names.append(name.array) }
      for name in names {
        try name.withBytes { (bytes) throws(SystemError) in try inner.removeTree(bytes) }
      }
    } catch {
      guard error.code == ENOENT else { throw error }
      return
    }
    guard removeFolder(path) || errno == ENOENT else { throw SystemError(code: errno) }
  }

  /// Makes the folders of a path from the working folder, as far as they are not there.
  static func make(at path: String) throws(SystemError) {
    var made = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      made += part + "/"
      guard unsafe mkdir(made, 0o755) == 0 || errno == EEXIST || errno == EISDIR else {
        throw SystemError(code: errno)
      }
    }
  }
}

extension String {
  /// Lends the string's UTF-8 as a slice.
  func withBytes<Result, Failure: Error>(
    _ body: (ByteSlice) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try Array(utf8).withBytes(body)
  }
}

extension Array where Element == UInt8 {
  /// Lends the bytes as a slice.
  func withBytes<Result, Failure: Error>(
    _ body: (ByteSlice) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    unsafe try withUnsafeBufferPointer { (buffer) throws(Failure) in
      guard let start = buffer.baseAddress else { return try body(.empty) }
      return unsafe try body(ByteSlice(start: start, count: buffer.count))
    }
  }
}
