import Glibc
import Synchronization

/// The pictures that were made so far, in a folder beside the output: each is made once.
///
/// A file's name tells all that it is made of: the picture's bytes, the size and format, and the
/// libvips that made it. Files are written aside and moved in, so that whoever finds one finds it
/// whole, after a kill too.
final class PictureCache: Sendable {
  /// How many bytes of files that no build has wanted lately are kept.
  static let spareLimit = 512 << 20

  private let folder: Folder
  private let count = Atomic<Int>(0)

  /// The cache in a folder, which is made where it is not there.
  init(at path: String) throws(SystemError) {
    try Folder.make(at: path)
    folder = try Folder(at: path)
  }

  /// Whether a file is there.
  func holds(_ name: String) -> Bool {
    let stamp = name.withBytes { Folder.stamp(of: $0, in: folder.descriptor) }
    return (stamp?.byteCount ?? 0) > 0
  }

  /// Reads a file to the end of a buffer.
  func read(_ name: String, into buffer: inout ByteBuffer) throws(SystemError) {
    _ = try folder.read(named: name, into: &buffer)
  }

  /// Keeps a file.
  func write(_ name: String, _ bytes: [UInt8]) throws(SystemError) {
    let number = count.wrappingAdd(1, ordering: .relaxed).newValue
    let aside = "new-\(getpid())-\(number)"
    try aside.withBytes { (aside) throws(SystemError) in
      try folder.remove(aside)
      try bytes.withBytes { (bytes) throws(SystemError) in
        _ = try folder.create(aside, holding: bytes)
      }
      try name.withBytes { (name) throws(SystemError) in
        try folder.move(aside, to: name, in: folder)
      }
    }
  }

  /// Removes files that are not wanted, the oldest first, down to a bound; and what builds that were
  /// killed have left.
  ///
  /// - Parameters:
  ///   - wanted: The names of those that are.
  ///   - limit: How many bytes of others stay.
  func trim(wanted: Set<String>, limit: Int = spareLimit) {
    var spare: [(name: String, stamp: FileStamp)] = []
    let hour: Int64 = 3_600_000_000_000
    try? folder.forEachEntry { name, _ in
      guard let stamp = Folder.stamp(of: name, in: folder.descriptor) else { return }
      if name.hasPrefix("new-") {
        if stamp.changed < FileStamp.now - hour { try? folder.remove(name) }
      } else if !wanted.contains(name.string) {
        spare.append((name.string, stamp))
      }
    }
    var bytes = spare.reduce(0) { $0 + Int($1.stamp.byteCount) }
    for file in spare.sorted(by: { ($0.stamp.changed, $0.name) < ($1.stamp.changed, $1.name) }) {
      guard bytes > limit else { return }
      bytes -= Int(file.stamp.byteCount)
      file.name.withBytes { try? folder.remove($0) }
    }
  }
}
