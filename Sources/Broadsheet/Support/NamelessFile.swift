import CLinux
import Dispatch
import Glibc
import Synchronization

/// A file without a name, for what is kept for a while and is too much for memory.
///
/// The system takes it away with the process, however that ends.
final class NamelessFile: Sendable {
  /// How many bytes it holds at the most, in about.
  private let limit: Int64
  private let descriptor: Int32
  private let end = Atomic<Int64>(0)

  /// An empty file; nil where there can be none.
  ///
  /// - Parameters:
  ///   - folder: The system's number for an open folder, in whose file system it lies.
  ///   - limit: How many bytes it holds at the most, in about.
  ///   - name: What it may be called for a moment where the file system knows no files without a name.
  init?(in folder: Int32, limit: Int64, name: String? = nil) {
    let nameless: Int32 = 0x41_0000  // O_TMPFILE
    var file = unsafe openat(folder, ".", O_RDWR | O_CLOEXEC | nameless, 0o600)
    if file < 0, let name {
      file = unsafe openat(folder, name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      if file >= 0 { unsafe unlinkat(folder, name, 0) }
    }
    guard file >= 0 else { return nil }
    descriptor = file
    self.limit = limit
  }

  deinit {
    // To take away its bytes takes the system a while, in which others need not wait.
    let file = descriptor
    DispatchQueue.global().async { close(file) }
  }

  /// Whether there is room for more.
  var hasRoom: Bool { end.load(ordering: .relaxed) < limit }

  /// Appends some of its bytes to a buffer.
  ///
  /// - Returns: Whether they could all be read; if not, the buffer is as it was.
  func read(_ range: Range<Int64>, into buffer: inout ByteBuffer) -> Bool {
    let before = buffer.count
    unsafe buffer.append(room: range.count) { memory in
      let got = unsafe pread(descriptor, memory.baseAddress, range.count, Int(range.lowerBound))
      return got == range.count ? got : 0
    }
    return buffer.count > before
  }

  /// Gives the room of bytes that nobody reads any more back to the system.
  func giveBack(_ range: Range<Int64>) {
    // A file system that cannot do it takes the room back with all the rest.
    _ = punch_hole(descriptor, range.lowerBound, Int64(range.count))
  }

  /// Takes room at the end, for bytes that are written there.
  ///
  /// - Returns: Where it begins: where all that was taken before ends.
  func take(_ count: Int) -> Int64 {
    end.wrappingAdd(Int64(count), ordering: .relaxed).oldValue
  }

  /// Writes bytes where room was taken for them.
  ///
  /// - Returns: Whether the system took them all.
  func write(_ bytes: ByteSlice, at place: Int64) -> Bool {
    var done = 0
    while done < bytes.count {
      let rest = bytes[done..<bytes.count]
      let count = unsafe pwrite(
        descriptor, rest.buffer.baseAddress, rest.count, Int(place) + done)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      done += count
    }
    return true
  }
}
