/// A file of the output, as the build that made it left it.
struct OutputFile: BitwiseCopyable, Sendable {
  /// The fingerprint of the page; zero where it is not known.
  var fingerprint: UInt64 = 0
  /// The hash of what the page is made of, as ``InputHashes`` takes it.
  ///
  /// ``unknown`` where it has none, ``wanted`` until it is taken.
  var inputs: UInt64 = Self.unknown
  /// By what it is seen to be changed.
  var stamp = FileStamp()

  /// No input hash.
  static let unknown: UInt64 = 0
  /// An input hash is still to be taken.
  static let wanted: UInt64 = 1
  /// The least number that an input hash can be.
  static let firstInputs: UInt64 = 2
}

/// What the last build left in the output: each file's path, stamp and fingerprint.
final class OutputMemory: Sendable {
  /// The paths of the files, from the output folder; valid as long as the record lives.
  let paths: [ByteSlice]
  /// The files, in the order of their paths.
  let files: [OutputFile]
  /// Places of hashes of paths, a power of two of them; -1 for a free one.
  private let slots: [Int32]
  /// The stamps that the files have now, taken beside other work.
  private let stamps: Beside<[FileStamp?]>?

  /// What a build left.
  ///
  /// - Parameters:
  ///   - paths: The paths of the files, from the output folder.
  ///   - files: The files, in the order of their paths.
  ///   - stamps: Takes the stamps that the files have now, in the same order; nil where they are
  ///     looked at one by one.
  init(paths: [ByteSlice], files: [OutputFile], stamps: Beside<[FileStamp?]>? = nil) {
    self.paths = paths
    self.files = files
    self.stamps = stamps
    var size = 64
    while size < paths.count * 2 { size *= 2 }
    var slots = [Int32](repeating: -1, count: size)
    for (index, path) in paths.enumerated() {
      var slot = Int(truncatingIfNeeded: Hash.of(path)) & (size - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = Int32(index)
    }
    self.slots = slots
  }

  /// The stamps that the files have now, as far as they have been taken.
  func takenStamps() -> [FileStamp?] { stamps?.result ?? [] }

  /// The place of a file, or nil where the last build made none of this path.
  ///
  /// - Parameters:
  ///   - path: The path from the output folder.
  ///   - guess: Where it probably is.
  /// - Returns: Its place in ``files``.
  func place(of path: ByteSlice, guess: Int) -> Int? {
    if guess < paths.count, paths[guess] == path { return guess }
    var slot = Int(truncatingIfNeeded: Hash.of(path)) & (slots.count - 1)
    while slots[slot] >= 0 {
      if paths[Int(slots[slot])] == path { return Int(slots[slot]) }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }
}
