/// What a build made, kept beside the output folder: the only files that a later build removes.
///
/// It is text: a line with the format's number, a line with the hash of the rest, a line with the
/// state, then a path a line, in order.
struct BuildRecord: Sendable, Equatable {
  /// The number of this format; a record of another is taken for none.
  private static let format = "broadsheet record 1"

  /// The files, from the output folder, in order.
  var paths: [String]
  /// Whether the output holds these files and no others of this program's; else a build was about to
  /// make it so, and the list holds what was and what was to be.
  var isComplete: Bool

  /// A record of files.
  init(_ paths: some Sequence<String>, isComplete: Bool) {
    self.paths = Set(paths).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    self.isComplete = isComplete
  }

  /// Reads a record; one that is damaged or of another format is nil.
  init?(_ bytes: ByteSlice) {
    let text = bytes.string
    let lines = text.split(separator: "\n", maxSplits: 2, omittingEmptySubsequences: false)
    guard lines.count == 3, lines[0] == Self.format,
      Self.hash(of: String(lines[2])) == lines[1]
    else { return nil }
    var rest = lines[2].split(separator: "\n", omittingEmptySubsequences: true)
    guard let state = rest.first, state == "complete" || state == "publishing" else { return nil }
    rest.removeFirst()
    isComplete = state == "complete"
    paths = rest.map(String.init)
  }

  /// The record as bytes.
  var bytes: [UInt8] {
    let rest =
      (isComplete ? "complete\n" : "publishing\n") + paths.map { $0 + "\n" }.joined()
    return Array("\(Self.format)\n\(Self.hash(of: rest))\n\(rest)".utf8)
  }

  private static func hash(of text: String) -> String {
    let hash = Array(text.utf8).withBytes { Hash.of($0, seed: 1) }
    return String(hash, radix: 16)
  }
}
