/// A line `key: text` that is to be put into the YAML of a file, so that every other byte of the file
/// stays, and all that was there is read as before.
struct FrontMatterLine {
  /// Where it is put, in bytes from the start of the file.
  let offset: Int
  /// The line, or the lines of front matter with it, with their ends.
  let text: String

  /// The line `id: …` for a story's file; nil where the file has an id.
  ///
  /// - Parameters:
  ///   - id: The id.
  ///   - file: The bytes of the file.
  ///   - isWire: Whether the file is wire copy, which needs no front matter.
  /// - Throws: Why the line cannot be put in.
  init?(id: ByteSlice, into file: ByteSlice, isWire: Bool) throws(Problem) {
    if let offset = file.firstInvalidByte { throw .invalidByte(in: file, at: offset) }
    let start = file.textStart
    guard !file[start..<file.count].trimmed.isEmpty else {
      throw Problem("empty-file", "the file is empty; write the story or remove it")
    }
    let end = Self.lineEnd(at: start, in: file)
    let line = "id: " + Self.scalar(id) + end
    guard let frontMatter = try FrontMatter(startOf: file) else {
      guard isWire else { throw FrontMatter.missing(in: file) }
      (offset, text) = (start, "---" + end + line + "---" + end)
      return
    }
    var tree = YAMLTree()
    try tree.fill(file[frontMatter.yaml], at: frontMatter.yaml.lowerBound)
    if tree.nodes.isEmpty || tree.isNull(0) {
      (offset, text) = (frontMatter.yaml.lowerBound, line)
    } else {
      guard tree.nodes[0].kind == .mapping else {
        throw Problem(
          "front-matter", "front matter holds lines 'key: text', not \(tree.shown(0))",
          at: Int(tree.nodes[0].offset))
      }
      if let given = tree.value(of: "id", in: 0) {
        guard tree.isNull(given) else { return nil }
        throw Problem(
          "empty-id", "'id' is empty; write '\(line.dropLast(end.count))' here, or take it out",
          at: Int(tree.nodes[given].offset))
      }
      (offset, text) = try Self.place(line, before: 1, tree, file)
    }
    try check("id", id, file, frontMatter.yaml, tree)
  }

  /// A line for `site.yaml`, put before another key.
  ///
  /// - Throws: Why it cannot be put in.
  init(
    _ key: StaticString, _ value: ByteSlice, before other: StaticString, into file: ByteSlice
  ) throws(Problem) {
    let start = file.textStart
    var tree = YAMLTree()
    try tree.fill(file[start..<file.count], at: start)
    guard let node = tree.value(of: other, in: 0) else {
      throw Problem("missing-key", "there is no '\(other)'")
    }
    let line = "\(key): \(value.string)" + Self.lineEnd(at: start, in: file)
    (offset, text) = try Self.place(line, before: node - 1, tree, file)
    try check(key, value, file, start..<file.count, tree)
  }

  /// The file with the line in it.
  func file(from old: ByteSlice) -> ByteBuffer {
    var new = ByteBuffer(capacity: old.count + text.utf8.count)
    new.append(old[0..<offset])
    new.append(text)
    new.append(old[offset..<old.count])
    return new
  }

  /// How the line that starts at an offset ends.
  private static func lineEnd(at start: Int, in file: ByteSlice) -> String {
    let line = Line(at: start, in: file)
    return line.next > line.text.upperBound
      ? file[line.text.upperBound..<line.next].string : "\n"
  }

  /// A text as YAML has it: in quotes, unless it is plain.
  static func scalar(_ text: ByteSlice) -> String {
    let string = text.string
    let isPlain = string.utf8.allSatisfy { byte in
      (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "_")
        || byte == UInt8(ascii: ".")
    }
    let isWord = string.utf8.first.map { $0 >= 48 && $0 != 95 } ?? false
    if isPlain, isWord, string.lowercased() != "null" { return string }
    var quoted = ByteBuffer(capacity: text.count + 16)
    quoted.append(json: text)
    return "\"" + quoted.string + "\""
  }

  /// Puts a line before that of a key of the outermost mapping, as far in as the key.
  private static func place(
    _ line: String, before key: Int, _ tree: borrowing YAMLTree, _ file: ByteSlice
  ) throws(Problem) -> (Int, String) {
    guard key < tree.nodes.count else { throw inBraces(at: Int(tree.nodes[0].offset)) }
    let place = Int(tree.nodes[key].offset)
    var start = place
    while start > 0, file[start - 1] == UInt8(ascii: " ") { start -= 1 }
    let isFirstInLine =
      start == 0 || file[start - 1] == 10 || file[start - 1] == 13 || start == file.textStart
    guard isFirstInLine else { throw inBraces(at: place) }
    return (start, file[start..<place].string + line)
  }

  private static func inBraces(at offset: Int) -> Problem {
    Problem("no-line", "no line can be put before this; write the line by hand", at: offset)
  }

  /// Makes sure that the YAML with the line says what it said, and the line's key.
  private func check(
    _ key: StaticString, _ value: ByteSlice, _ file: ByteSlice, _ yaml: Range<Int>,
    _ tree: borrowing YAMLTree
  ) throws(Problem) {
    let new = self.file(from: file)
    let end = yaml.upperBound + text.utf8.count
    var other = YAMLTree()
    try other.fill(new.slice[yaml.lowerBound..<end], at: yaml.lowerBound)
    let place = other.nodes.first?.kind == .mapping ? other.value(of: key, in: 0) : nil
    var isSame = false
    if let place, other.nodes[place].kind == .scalar, !other.isNull(place),
      other.nodes[place].text.trimmed == value
    {
      let rest = other.nodes.indices.filter { $0 > 0 && $0 != place && $0 != place - 1 }
      let old = tree.nodes.indices.dropFirst()
      isSame =
        rest.count == old.count
        && zip(rest, old).allSatisfy { one, two in
          other.nodes[one].kind == tree.nodes[two].kind
            && other.nodes[one].isQuoted == tree.nodes[two].isQuoted
            && other.nodes[one].text == tree.nodes[two].text
        }
    }
    guard isSame else {
      throw Problem(
        "no-line",
        "'\(text.split(whereSeparator: \.isNewline).joined(separator: " "))' would not "
          + "be read as it is meant here; write it by hand, or rename the file", at: offset)
    }
  }
}
