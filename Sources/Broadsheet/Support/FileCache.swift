import Glibc
import Synchronization

/// Files that took long to make, in a folder beside the output: each is made once.
///
/// A file's name tells all that it is made of, the program that made it too. Files are written aside and moved in, so that whoever finds one finds it
/// whole, after a kill too; and each ends in the hash of its bytes, so that one which was damaged is
/// made anew.
final class FileCache: Sendable {
  /// How many bytes of files that no build has wanted lately are kept.
  static let spareLimit = 512 << 20

  private let folder: Folder
  private let count = Atomic<Int>(0)

  /// The cache in a folder, which is made where it is not there.
  init(at path: String) throws(SystemError) {
    try Folder.make(at: path)
    folder = try Folder(at: path)
  }

  /// Whether a file is there, and as it was written.
  func holds(_ name: String) -> Bool {
    var buffer = ByteBuffer(capacity: 1 << 16)
    return (try? read(name, into: &buffer)) != nil
  }

  /// Reads a file to the end of a buffer.
  ///
  /// - Throws: The system's error; that of a file that is not there where it is not as it was written.
  func read(_ name: String, into buffer: inout ByteBuffer) throws(SystemError) {
    let start = buffer.count
    _ = try folder.read(named: name, into: &buffer)
    let end = buffer.count - 8
    guard end > start,
      Self.sum(of: buffer.slice(start..<end)) == buffer.slice(end..<end + 8).array
    else {
      buffer.truncate(to: start)
      throw SystemError(code: SystemError.notFound)
    }
    buffer.truncate(to: end)
  }

  /// What a file of such bytes ends in.
  private static func sum(of bytes: ByteSlice) -> [UInt8] {
    let hash = Hash.of(bytes, seed: 11)
    return (0..<8).map { UInt8(truncatingIfNeeded: hash >> UInt64($0 * 8)) }
  }

  /// Keeps a file.
  func write(_ name: String, _ bytes: [UInt8]) throws(SystemError) {
    let number = count.wrappingAdd(1, ordering: .relaxed).newValue
    let aside = "new-\(getpid())-\(number)"
    try aside.withBytes { (aside) throws(SystemError) in
      try folder.remove(aside)
      let summed = bytes + bytes.withBytes { Self.sum(of: $0) }
      try summed.withBytes { (bytes) throws(SystemError) in
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
      let isNew = name.hasPrefix("new-")
      guard isNew || !wanted.contains(name.string),
        let stamp = Folder.stamp(of: name, in: folder.descriptor)
      else { return }
      if !isNew {
        spare.append((name.string, stamp))
      } else if stamp.changed < FileStamp.now - hour {
        try? folder.remove(name)
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
