import Glibc

/// Why the system did not do what it was asked.
struct SystemError: Error, Hashable {
  /// The system's number for it, such as `EACCES`.
  var code: Int32

  /// What went wrong, in the system's words.
  var reason: String {
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    return unsafe String(cString: text)
  }
}

/// What the system says of a file or folder.
struct FileStatus: BitwiseCopyable, Sendable {
  /// What it is.
  enum Kind: UInt8, Sendable, BitwiseCopyable {
    /// A file with bytes in it.
    case file
    /// A folder.
    case folder
    /// A symbolic link that was not followed.
    case link
    /// A pipe, a socket or a device.
    case special
  }

  /// What it is.
  var kind: Kind
  /// By what it is seen to be changed.
  var stamp: FileStamp
  /// The number of its file system.
  var device: UInt64

  init(_ status: stat) {
    switch status.st_mode & S_IFMT {
    case S_IFREG: kind = .file
    case S_IFDIR: kind = .folder
    case S_IFLNK: kind = .link
    default: kind = .special
    }
    stamp = FileStamp(
      byteCount: Int64(status.st_size),
      modified: Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec),
      changed: Int64(status.st_ctim.tv_sec) * 1_000_000_000 + Int64(status.st_ctim.tv_nsec),
      inode: UInt64(status.st_ino))
    device = UInt64(status.st_dev)
  }
}

/// A folder held open, by which what lies in it is reached even when its own path changes.
@safe struct Folder: ~Copyable {
  /// The largest file that is read, in bytes.
  static let largestFile = 1 << 30

  /// The system's number for the open folder.
  let descriptor: Int32

  /// Opens a folder by its path from the working folder; an empty path is the working folder.
  init(at path: String) throws(SystemError) {
    let path = path.isEmpty ? "." : path
    descriptor = try opened { unsafe Glibc.open(path, folderFlags) }
  }

  init(descriptor: Int32) { self.descriptor = descriptor }

  /// Opens a folder by its path from another, which its owner keeps open through the call.
  init(named path: ByteSlice, in parent: Int32) throws(SystemError) {
    descriptor = try Self.open(path, in: parent)
  }

  /// The same, for the system's number alone, which the caller closes.
  static func open(_ path: ByteSlice, in parent: Int32) throws(SystemError) -> Int32 {
    try opened { unsafe withCString(path) { unsafe openat(parent, $0, folderFlags) } }
  }

  deinit { close(descriptor) }

  /// Opens a folder in this one, by its path from here.
  func folder(at path: ByteSlice) throws(SystemError) -> Folder {
    try Folder(named: path, in: descriptor)
  }

  /// What the system says of this folder.
  func status() throws(SystemError) -> FileStatus {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw SystemError(code: errno) }
    return FileStatus(status)
  }

  /// What the system says of a path from here.
  func status(
    of path: ByteSlice, followingLinks: Bool = true
  ) throws(SystemError) -> FileStatus {
    var status = stat()
    let flags = followingLinks ? 0 : AT_SYMLINK_NOFOLLOW
    let answer = unsafe withCString(path) { unsafe fstatat(descriptor, $0, &status, flags) }
    guard answer == 0 else { throw SystemError(code: errno) }
    return FileStatus(status)
  }

  /// Reads a whole file, by its path from here, to the end of a buffer.
  ///
  /// - Returns: What the system says of the file; its size is that of what was read.
  /// - Throws: The system's error; `EISDIR` for a folder, `EFBIG` for more than ``largestFile``.
  func read(_ path: ByteSlice, into buffer: inout ByteBuffer) throws(SystemError) -> FileStatus {
    let parent = descriptor
    let file = try opened {
      unsafe withCString(path) { unsafe openat(parent, $0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
    }
    defer { close(file) }
    var system = stat()
    guard unsafe fstat(file, &system) == 0 else { throw SystemError(code: errno) }
    var status = FileStatus(system)
    guard status.kind != .folder else { throw SystemError(code: EISDIR) }
    let start = buffer.count
    var room = Int(status.stamp.byteCount) + 1
    while true {
      guard room <= Self.largestFile else { throw SystemError(code: EFBIG) }
      var failure: Int32 = 0
      var isShort = false
      let before = buffer.count
      unsafe buffer.append(room: room) { memory in
        let got = unsafe Glibc.read(file, memory.baseAddress, memory.count)
        if got < 0 { failure = errno }
        isShort = got < memory.count
        return max(got, 0)
      }
      if failure == EINTR { continue }
      guard failure == 0 else { throw SystemError(code: failure) }
      // As many bytes as the file has, and less than was asked for: there are no more.
      let isWhole = isShort && buffer.count - start == Int(status.stamp.byteCount)
      if buffer.count == before || isWhole { break }
      room = max(room - (buffer.count - before), 1 << 16)
      if buffer.count - start == Int(status.stamp.byteCount) { room = 1 }
      guard buffer.count - start <= Self.largestFile else { throw SystemError(code: EFBIG) }
    }
    status.stamp.byteCount = Int64(buffer.count - start)
    return status
  }

  /// Reads the first bytes of a file, in a folder that its owner keeps open through the call; of a
  /// file that cannot be read, none.
  static func readStart(
    of path: ByteSlice, limit: Int, into buffer: inout ByteBuffer, in descriptor: Int32
  ) {
    let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK
    let file = unsafe withCString(path) { unsafe openat(descriptor, $0, flags) }
    guard file >= 0 else { return }
    defer { close(file) }
    while buffer.count < limit {
      let before = buffer.count
      unsafe buffer.append(room: min(limit - before, 1 << 14)) { memory in
        unsafe max(Glibc.read(file, memory.baseAddress, min(memory.count, limit - before)), 0)
      }
      if buffer.count == before { return }
    }
  }

  /// Hands each entry of the folder but `.` and `..` to a closure, in the order of the disk.
  ///
  /// - Parameter visit: Takes the entry's name, valid through the call, and what it is, where the
  ///   folder itself tells.
  /// - Throws: The system's error.
  func forEachEntry(
    _ visit: (_ name: ByteSlice, _ kind: FileStatus.Kind?) -> Void
  ) throws(SystemError) {
    let parent = descriptor
    let copy = try opened { unsafe openat(parent, ".", folderFlags) }
    guard let stream = unsafe fdopendir(copy) else {
      let code = errno
      close(copy)
      throw SystemError(code: code)
    }
    defer { unsafe closedir(stream) }
    while true {
      errno = 0
      guard let entry = unsafe readdir(stream) else { break }
      let nameOffset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 19
      let start = unsafe UnsafeRawPointer(entry).advanced(by: nameOffset)
        .assumingMemoryBound(to: UInt8.self)
      let count = unsafe strlen(UnsafeRawPointer(start).assumingMemoryBound(to: CChar.self))
      let name = unsafe ByteSlice(start: start, count: count)
      if name == "." || name == ".." { continue }
      let kind: FileStatus.Kind? =
        switch unsafe Int(entry.pointee.d_type) {
        case Int(DT_REG): .file
        case Int(DT_DIR): .folder
        case Int(DT_LNK): .link
        case Int(DT_UNKNOWN): nil
        default: .special
        }
      visit(name, kind)
    }
    guard errno == 0 else { throw SystemError(code: errno) }
  }
}

private let folderFlags = O_RDONLY | O_CLOEXEC | O_DIRECTORY

/// Runs a call that opens something until no signal interrupts it.
private func opened(_ open: () -> Int32) throws(SystemError) -> Int32 {
  while true {
    let descriptor = open()
    if descriptor >= 0 { return descriptor }
    guard errno == EINTR else { throw SystemError(code: errno) }
  }
}

/// Lends bytes as a C string, without heap memory for a path of usual length.
@unsafe func withCString<Result>(
  _ bytes: ByteSlice, _ body: (UnsafePointer<CChar>) -> Result
) -> Result {
  unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: bytes.count + 1) { room in
    guard let base = room.baseAddress else { fatalError("no memory is left for a path") }
    unsafe memcpy(base, bytes.start, bytes.count)
    unsafe base[bytes.count] = 0
    return unsafe body(base)
  }
}
