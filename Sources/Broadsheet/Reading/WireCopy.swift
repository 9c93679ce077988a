/// The shape of wire copy: plain text as agencies send it, and as a page looks when it is copied
/// from a site.
///
/// Line 1 is the page's title, line 2 the headline, and every further line a paragraph. A short
/// line directly followed by a line `-` names the section and opens its briefs, each after a line
/// `-`. A closing line of page furniture is no text. Blank lines say nothing.
///
/// Line 2 is a headline when it says the same as line 1, or when it is short, does not end as a
/// sentence does and text follows it. Otherwise line 1 is the headline, and line 2 the first
/// paragraph: no line is lost.
struct WireCopy {
  /// The longest headline on a line of its own, in characters.
  static let longestHeadline = 200
  /// The longest name of a section over its briefs, in characters.
  static let longestSection = 60

  /// The headline; empty where front matter gives it.
  var headline = 0..<0
  /// The page's title, where it is another than the headline.
  var pageTitle = 0..<0
  /// The section's name over the briefs.
  var section = 0..<0
  /// The body, from its first paragraph to its last.
  var body = 0..<0
  /// The first paragraph.
  var firstParagraph = 0..<0
  /// The paragraphs of each brief.
  var briefs: [[Range<Int>]] = []

  private let file: ByteSlice
  private var lines: [Range<Int>] = []

  /// The shape of a file from an offset on.
  ///
  /// - Parameters:
  ///   - file: The whole file.
  ///   - start: Where the text starts, after front matter.
  ///   - title: The headline that front matter gives; empty for none.
  ///   - furniture: Closing lines that are no text, in lower case.
  init(_ file: ByteSlice, from start: Int, title: ByteSlice, furniture: [String]) {
    self.file = file
    body = start..<start
    var next = start
    while next < file.count {
      let line = Line(at: next, in: file)
      let text = trimmed(line.text)
      if !text.isEmpty { lines.append(text) }
      next = line.next
    }
    while let last = lines.last, isFurniture(last, furniture) { lines.removeLast() }
    takeTitles(given: title)
    takeBriefs()
    guard let first = lines.first, let last = lines.last else { return }
    firstParagraph = first
    body = first.lowerBound..<last.upperBound
  }

  /// A line without spaces at both ends.
  private func trimmed(_ line: Range<Int>) -> Range<Int> {
    var (lower, upper) = (line.lowerBound, line.upperBound)
    func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 }
    while lower < upper, isBlank(file[lower]) { lower += 1 }
    while upper > lower, isBlank(file[upper - 1]) { upper -= 1 }
    return lower..<upper
  }

  private func isFurniture(_ line: Range<Int>, _ furniture: [String]) -> Bool {
    guard line.count <= 200, !furniture.isEmpty else { return false }
    return furniture.contains(file[line].string.lowercased())
  }

  private mutating func takeTitles(given title: ByteSlice) {
    guard title.isEmpty else {
      // Front matter has the headline: lines that say it again are no text, another is the title.
      if let line = lines.first, lines.count > 1 {
        if !(file[line] == title) { pageTitle = line }
        lines.removeFirst()
        if let second = lines.first, lines.count > 1,
          file[second] == title || file[second] == file[line]
        {
          lines.removeFirst()
        }
      }
      return
    }
    guard let first = lines.first else { return }
    lines.removeFirst()
    headline = first
    guard let second = lines.first else { return }
    if file[first] == file[second] {
      lines.removeFirst()
    } else if lines.count > 1, !isDash(lines[1]), isHeadline(second) {
      pageTitle = first
      headline = second
      lines.removeFirst()
    }
  }

  /// Whether a line reads as a headline: short, and without a sentence's end.
  private func isHeadline(_ line: Range<Int>) -> Bool {
    let text = file[line]
    guard text.count <= Self.longestHeadline * 4, text.scalarCount <= Self.longestHeadline else {
      return false
    }
    return !endsSentence(text)
  }

  /// Whether a text ends as a sentence does, before closing quotes and brackets.
  private func endsSentence(_ text: ByteSlice) -> Bool {
    let closing = ["\"", "'", ")", "]", "»", "”", "’"]
    var rest = Substring(text[max(0, text.count - 24)..<text.count].string)
    while let last = rest.last, closing.contains(String(last)) { rest.removeLast() }
    guard let last = rest.last else { return false }
    return [".", "…", ":", ";", ",", "。", "؟", "։"].contains(String(last))
  }

  private func isDash(_ line: Range<Int>) -> Bool { file[line] == "-" }

  /// Takes the section's name and its briefs from the end of the lines.
  private mutating func takeBriefs() {
    guard lines.count > 1 else { return }
    // What stands before it is the body, of one paragraph at least.
    for index in 1..<max(lines.count - 1, 1) where isDash(lines[index + 1]) {
      let name = file[lines[index]]
      guard !isDash(lines[index]), name.count <= Self.longestSection * 4,
        name.scalarCount <= Self.longestSection, !endsSentence(name)
      else { continue }
      section = lines[index]
      for line in lines[(index + 1)...] {
        if isDash(line) {
          briefs.append([])
        } else {
          briefs[briefs.count - 1].append(line)
        }
      }
      briefs.removeAll(where: \.isEmpty)
      lines.removeSubrange(index...)
      return
    }
  }
}

extension ArticleReader {
  /// Fills a story with what wire copy says by its shape; false where it says nothing.
  mutating func readWire(
    _ file: ByteSlice, _ path: ByteSlice, into article: inout Article
  ) -> Bool {
    var title = ByteSlice.empty
    if let value = value(.title), tree.nodes[value].kind == .scalar {
      title = tree.nodes[value].text.trimmed
    }
    let copy = WireCopy(
      file, from: Int(article.bodyStart), title: title, furniture: context.furniture)
    guard !copy.body.isEmpty else {
      problems.append(
        Problem(
          "no-text",
          "no text follows the headline; wire copy has a headline, then a paragraph a "
            + "line", at: copy.headline.isEmpty ? Int(article.bodyStart) : copy.headline.lowerBound)
      )
      return false
    }
    headlineOffset = copy.headline.isEmpty ? Int(article.bodyStart) : copy.headline.lowerBound
    article.title = writer.add(file[copy.headline])
    extras.pageTitle = writer.add(file[copy.pageTitle])
    article.summary = writer.add(file[copy.firstParagraph])
    article.ledeHash = Lede.hash(of: file[copy.firstParagraph])
    article.bodyStart = UInt32(copy.body.lowerBound)
    article.bodyEnd = UInt32(copy.body.upperBound)
    if !copy.section.isEmpty {
      article.section = writer.add(file[copy.section])
      sectionOffset = copy.section.lowerBound
      article.traits.insert(.givenSection)
    }
    let start = batch.texts.count
    for brief in copy.briefs {
      scrap.removeAll()
      for (index, paragraph) in brief.enumerated() {
        if index > 0 { scrap.append(10) }
        scrap.append(file[paragraph])
      }
      batch.texts.append(writer.add(scrap.slice))
    }
    extras.briefs = PoolRange(start: UInt32(start), count: UInt32(copy.briefs.count))
    return true
  }
}
