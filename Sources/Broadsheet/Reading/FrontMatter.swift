/// Where the front matter of a file stands: YAML between two lines `---` at its start.
struct FrontMatter {
  /// Where its first line starts, in bytes from the start of the file: after a byte order mark.
  var fence: Int
  /// The YAML between the two lines.
  var yaml: Range<Int>
  /// Where what follows starts.
  var bodyStart: Int

  /// The front matter at the start of a file; nil where the file does not start with one.
  ///
  /// - Throws: That it is opened and not closed.
  init?(startOf file: ByteSlice) throws(Problem) {
    fence = file.textStart
    var line = Line(at: fence, in: file)
    guard line.isFence(in: file) else { return nil }
    let start = line.next
    while line.next < file.count {
      line = Line(at: line.next, in: file)
      if line.isFence(in: file) {
        yaml = start..<line.text.lowerBound
        bodyStart = line.next
        return
      }
    }
    throw Problem(
      "front-matter",
      "the front matter that opens here is not closed; write a line '---' after its last key",
      at: fence)
  }

  /// Whether a file starts with front matter.
  static func isThere(in file: ByteSlice) -> Bool {
    Line(at: file.textStart, in: file).isFence(in: file)
  }

  /// The problem that a file has no front matter and needs one.
  static func missing(in file: ByteSlice) -> Problem {
    let start = file.textStart
    let text = file[start..<file.count]
    let kind = text.hasPrefix("+++") ? "TOML" : text.hasPrefix("{") ? "JSON" : nil
    let example = "a line '---', then 'title: …' and 'date: 2024-10-03', then a line '---'"
    return Problem(
      "front-matter",
      kind.map { "front matter is YAML here, not \($0): \(example)" }
        ?? "a story begins with its front matter: \(example)", at: start)
  }
}

/// A line of a file, which ends in LF, CRLF, CR or with the file.
struct Line {
  /// The line without its end.
  var text: Range<Int>
  /// Where the next one starts.
  var next: Int

  /// The line that starts at an offset.
  init(at start: Int, in file: ByteSlice) {
    let bytes = unsafe file.buffer
    let count = file.count
    let end = file.lineEnd(from: start)
    text = start..<end
    next = end
    if next < count, unsafe bytes[next] == 13 { next += 1 }
    if next < count, unsafe bytes[next] == 10 { next += 1 }
  }

  /// Whether the line is `---`.
  func isFence(in file: ByteSlice) -> Bool {
    let line = file[text]
    return line.hasPrefix("---") && line[3..<line.count].trimmed.isEmpty
  }
}

extension ByteSlice {
  /// Where the text starts: after a byte order mark.
  var textStart: Int { hasPrefix("\u{FEFF}") ? 3 : 0 }
}
