import Synchronization

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
  /// Where each path is; made for the first that is not where it is looked for.
  private let table: Beside<PathTable>
  /// How far the file that was found last was from where it had been looked for first.
  private let shift = Atomic<Int>(0)
  /// The stamps that the files have now, taken beside other work.
  private let stamps: SharedWork<FileStamp?>?

  /// What a build left.
  ///
  /// - Parameters:
  ///   - paths: The paths of the files, from the output folder.
  ///   - files: The files, in the order of their paths.
  ///   - stamps: Takes the stamps that the files have now, in the same order; nil where they are
  ///     looked at one by one.
  init(paths: [ByteSlice], files: [OutputFile], stamps: SharedWork<FileStamp?>? = nil) {
    self.paths = paths
    self.files = files
    self.stamps = stamps
    table = Beside(jobs: 1) { PathTable(paths) }
  }

  /// The stamps that the files have now; none where they are not taken beside other work.
  func takenStamps() -> [FileStamp?] { stamps?.result ?? [] }

  /// The place of a file, or nil where the last build made none of this path.
  ///
  /// - Parameters:
  ///   - path: The path from the output folder.
  ///   - guess: Where it probably is; those after a file that is new or gone are as far from there as
  ///     the one that was found before.
  /// - Returns: Its place in ``files``.
  func place(of path: ByteSlice, guess: Int) -> Int? {
    if holds(path, at: guess) { return guess }
    let moved = guess &+ shift.load(ordering: .relaxed)
    if holds(path, at: moved) { return moved }
    guard let place = table.result.place(of: path) else { return nil }
    shift.store(place &- guess, ordering: .relaxed)
    return place
  }

  private func holds(_ path: ByteSlice, at place: Int) -> Bool {
    paths.indices.contains(place) && paths[place] == path
  }
}

/// The places of paths in a list.
struct PathTable: Sendable {
  private let paths: [ByteSlice]
  /// Places of hashes of paths, a power of two of them; -1 for a free one.
  private let slots: [Int32]

  /// The places of some paths, which live as long as it.
  init(_ paths: [ByteSlice]) {
    self.paths = paths
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

  /// The place of a path, or nil where it is not in the list.
  func place(of path: ByteSlice) -> Int? {
    var slot = Int(truncatingIfNeeded: Hash.of(path)) & (slots.count - 1)
    while slots[slot] >= 0 {
      if paths[Int(slots[slot])] == path { return Int(slots[slot]) }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Whether a path is in the list.
  func contains(_ path: ByteSlice) -> Bool { place(of: path) != nil }
}
