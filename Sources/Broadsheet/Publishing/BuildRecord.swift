/// What a build made, kept beside the output folder: the only files that a later build removes.
///
/// It is text: a line with the format's number, a line with the hash of the rest, a line with the
/// state, then a path a line.
struct BuildRecord: Sendable {
  /// The number of this format; a record of another is taken for none.
  private static let format: StaticString = "broadsheet record 1\n"

  /// Whether the output holds these files and no others of this program's; else a build was about to
  /// make it so, and the list holds what was and what was to be.
  var isComplete: Bool
  /// The files, from the output folder.
  private(set) var paths: [Text] = []
  private let store: TextStore
  private var table: ByteTable

  /// A record of no files yet.
  init(isComplete: Bool, store: TextStore) {
    self.isComplete = isComplete
    self.store = store
    table = ByteTable(store)
  }

  /// Reads a record; one that is damaged or of another format is nil.
  init?(_ bytes: ByteSlice) {
    guard bytes.hasPrefix(Self.format) else { return nil }
    var rest = bytes[Self.format.utf8CodeUnitCount..<bytes.count]
    guard let written = Self.takeLine(&rest) else { return nil }
    let hash = Self.hash(of: rest)
    guard written == hash.slice, let state = Self.takeLine(&rest),
      state == "complete" || state == "publishing"
    else { return nil }
    self.init(isComplete: state == "complete", store: TextStore())
    var writer = TextStore.Writer(store)
    while let path = Self.takeLine(&rest) { add(writer.add(path)) }
  }

  /// Adds a file, unless it is listed.
  mutating func add(_ path: Text) {
    if table.insert(path, Int32(paths.count)) == nil { paths.append(path) }
  }

  /// Whether a file is listed.
  func contains(_ path: ByteSlice) -> Bool { table.value(of: path) != nil }

  /// The path of a file that is listed.
  func bytes(of path: Text) -> ByteSlice { store[path] }

  /// The record as it is written.
  var serialized: ByteBuffer {
    var rest = ByteBuffer(capacity: paths.count * 48)
    rest.append(isComplete ? "complete\n" : "publishing\n")
    for path in paths {
      rest.append(store[path])
      rest.append("\n")
    }
    var whole = ByteBuffer(capacity: rest.count + 64)
    whole.append(Self.format)
    let hash = Self.hash(of: rest.slice)
    whole.append(hash.slice)
    whole.append("\n")
    whole.append(rest.slice)
    return whole
  }

  private static func hash(of rest: ByteSlice) -> ByteBuffer {
    var hash = ByteBuffer(capacity: 64)
    hash.append(hexadecimal: Hash.of(rest, seed: 1), width: 16)
    return hash
  }

  private static func takeLine(_ rest: inout ByteSlice) -> ByteSlice? {
    guard let end = rest.firstIndex(of: 10) else { return nil }
    let line = rest[0..<end]
    rest = rest[end + 1..<rest.count]
    return line
  }
}
