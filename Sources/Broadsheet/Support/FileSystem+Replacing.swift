import Glibc

extension Folder {
  /// What a file that is being replaced is called while it is written, beside the other.
  private static let aside = ".broadsheet-aside"

  /// Replaces what a file holds, in one step: written aside, brought to the disk, and moved into
  /// place, with the owner and the permissions of the file that it replaces.
  ///
  /// - Parameters:
  ///   - path: The file, by its path from here.
  ///   - bytes: What it is to hold.
  ///   - stamp: What the file is known by.
  /// - Returns: false, with nothing done, where the file is not the one with that stamp any more.
  /// - Throws: The system's error; the file is as it was.
  func replace(
    _ path: ByteSlice, holding bytes: ByteSlice, ifStill stamp: FileStamp
  ) throws(SystemError) -> Bool {
    var end = path.count
    while end > 0, path[end - 1] != UInt8(ascii: "/") { end -= 1 }
    let name = path[end..<path.count]
    let home = try folder(at: end == 0 ? ByteSlice(".") : path[0..<end])
    return try Self.aside.withBytes { (aside) throws(SystemError) in
      do throws(SystemError) { try home.remove(aside) } catch {
        guard error.code == SystemError.notFound else { throw error }
      }
      try home.create(aside, holding: bytes)
      do throws(SystemError) {
        try home.dress(aside, like: name)
        guard Self.stamp(of: name, in: home.descriptor) == stamp else {
          try home.remove(aside)
          return false
        }
        try home.move(aside, to: name, in: home)
        return true
      } catch {
        _ = unsafe withCString(aside) { unsafe unlinkat(home.descriptor, $0, 0) }
        throw error
      }
    }
  }

  /// Gives a file the owner and the permissions of another, and brings it to the disk.
  private func dress(_ name: ByteSlice, like other: ByteSlice) throws(SystemError) {
    let folder = descriptor
    var status = stat()
    let answer = unsafe withCString(other) {
      unsafe fstatat(folder, $0, &status, AT_SYMLINK_NOFOLLOW)
    }
    guard answer == 0 else { throw SystemError(code: errno) }
    let file = unsafe withCString(name) {
      unsafe openat(folder, $0, O_WRONLY | O_CLOEXEC | O_NOFOLLOW)
    }
    guard file >= 0 else { throw SystemError(code: errno) }
    defer { close(file) }
    // Only the superuser can give a file away; for all others it is theirs already.
    _ = fchown(file, status.st_uid, status.st_gid)
    guard fchmod(file, status.st_mode & 0o7777) == 0, fsync(file) == 0 else {
      throw SystemError(code: errno)
    }
  }
}
