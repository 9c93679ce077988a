import Glibc

/// Keeps two builds from writing into one output folder at once.
///
/// The lock goes with the process: a build that is killed leaves none.
final class OutputLock {
  private let file: Int32

  /// Takes the lock, waiting while another build holds it.
  ///
  /// - Parameters:
  ///   - path: The lock's file.
  ///   - whenWaiting: Told, once, the number of the process that is waited for, as far as it is known.
  /// - Throws: The system's error, where there can be no such file.
  init(at path: String, whenWaiting: (Int32?) -> Void) throws(SystemError) {
    let file = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw SystemError(code: errno) }
    if flock(file, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK else {
        let code = errno
        close(file)
        throw SystemError(code: code)
      }
      whenWaiting(Self.holder(file))
      while flock(file, LOCK_EX) != 0 {
        guard errno == EINTR else {
          let code = errno
          close(file)
          throw SystemError(code: code)
        }
      }
    }
    let text = Array("\(getpid())\n".utf8)
    ftruncate(file, 0)
    unsafe text.withUnsafeBytes { unsafe _ = pwrite(file, $0.baseAddress, $0.count, 0) }
    self.file = file
  }

  deinit { close(file) }

  private static func holder(_ file: Int32) -> Int32? {
    var text = [UInt8](repeating: 0, count: 16)
    let count = unsafe text.withUnsafeMutableBytes {
      unsafe pread(file, $0.baseAddress, $0.count, 0)
    }
    let digits = text.prefix(max(count, 0)).prefix { $0 >= 48 && $0 <= 57 }
    return Int32(String(decoding: digits, as: UTF8.self))
  }
}
