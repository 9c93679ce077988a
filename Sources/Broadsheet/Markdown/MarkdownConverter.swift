import CCmark

/// Turns CommonMark into HTML, one text after another, with memory that it keeps.
///
/// libcmark parses; the tree it makes is walked once and written straight into the caller's buffer.
/// A worker owns one converter. What is left out of the HTML: raw HTML, and URLs that run a script
/// or name a file of the reader's machine.
///
/// - Complexity: O(*n*) in the text's length; no memory is asked for once the converter has seen a
///   text as long.
@safe struct MarkdownConverter: ~Copyable {
  /// Whether texts are written exactly as the `cmark` program writes them, without what this one
  /// adds: figures, resolved links, anchors, shifted headings, tables, warnings.
  var isPlain = false
  /// Whether pictures are told in words: what they show and their captions stand in their places.
  var isText = false
  /// What stands before every id of a text, so that several texts fit on one page.
  var idPrefix = ByteSlice.empty

  /// The links of the text converted last that lead to a target of the site, in the order of the
  /// HTML.
  var marks: [LinkMark] = []
  /// What was wrong with the text converted last.
  var diagnostics: [Diagnostic] = []

  private var arena = MarkdownArena()
  /// Where the HTML of this text starts in the buffer.
  var start = 0
  /// The file of this text; set while it is converted.
  private var source = ByteSlice.empty
  private var file = ByteSlice.empty
  private var bodyStart = 0

  /// Whether the link being written has a start tag.
  var isInLink = false
  /// Where the content of the paragraph being written starts.
  var paragraphStart = 0
  /// Where the levels of headings stand in the buffer, as digits.
  var headingLevels: [Int] = []
  var anchors = AnchorTable()
  /// The links to anchors of the text itself.
  var fragmentLinks: [MarkdownNode] = []
  /// The text and the id of a heading, the URL of a link, while it is written.
  var text = ByteBuffer(capacity: 256)
  var scratch = ByteBuffer(capacity: 256)
  var table = CommaSeparatedTable()

  /// A converter that has taken no memory for texts yet.
  init() {}

  /// Converts the body of a file and appends its HTML to a buffer.
  ///
  /// ``marks`` and ``diagnostics`` are those of this text until the next is converted.
  ///
  /// - Parameters:
  ///   - source: The whole file, of less than 500 MB.
  ///   - bodyStart: Where its Markdown starts, in bytes.
  ///   - file: The file's name, for messages.
  ///   - resolver: Knows what links and pictures lead to.
  ///   - buffer: Takes the HTML: blocks, each on lines of its own.
  mutating func convert<Resolver: LinkResolver & ~Copyable>(
    _ source: ByteSlice, bodyStart: Int = 0, file: ByteSlice = .empty,
    resolver: inout Resolver, into buffer: inout ByteBuffer
  ) {
    reset(source, bodyStart: bodyStart, file: file, into: buffer)
    guard let root = parse(source[bodyStart..<source.count]) else { return }
    write(root, resolver: &resolver, into: &buffer)
    if !isPlain {
      shiftHeadings(in: &buffer)
      if !fragmentLinks.isEmpty { checkFragments() }
    }
    if diagnostics.count > Self.diagnosticLimit { dropFurtherDiagnostics() }
    self.source = .empty
    self.file = .empty
  }

  /// Appends wire copy to a buffer: each line a paragraph, whatever signs it holds.
  mutating func convert(wireCopy text: ByteSlice, into buffer: inout ByteBuffer) {
    reset(text, bodyStart: 0, file: .empty, into: buffer)
    var lineStart = 0
    while lineStart < text.count {
      let rest = text[lineStart..<text.count]
      var count = rest.firstIndex(of: 10) ?? rest.count
      if let end = rest[0..<count].firstIndex(of: 13) { count = end }  // the line ends of old Macs
      let line = rest[0..<count].trimmed
      lineStart += count + 1
      if line.isEmpty { continue }
      buffer.append("<p>")
      buffer.append(html: line)
      buffer.append("</p>\n")
    }
  }

  private mutating func reset(
    _ source: ByteSlice, bodyStart: Int, file: ByteSlice, into buffer: borrowing ByteBuffer
  ) {
    self.source = source
    self.bodyStart = bodyStart
    self.file = file
    start = buffer.count
    isInLink = false
    if !marks.isEmpty { marks.removeAll(keepingCapacity: true) }
    if !diagnostics.isEmpty { diagnostics.removeAll() }
    if !headingLevels.isEmpty { headingLevels.removeAll(keepingCapacity: true) }
    if !fragmentLinks.isEmpty { fragmentLinks.removeAll(keepingCapacity: true) }
    anchors.removeAll()
  }

  /// Parses a text into a tree that lives until the next is parsed.
  mutating func parse(_ body: ByteSlice) -> MarkdownNode? {
    arena.reset()
    return unsafe arena.withMemory { memory in
      // Source positions are always kept; this makes them right after links over several lines.
      guard let parser = unsafe cmark_parser_new_with_mem(CMARK_OPT_SOURCEPOS, memory) else {
        return nil
      }
      unsafe body.buffer.withMemoryRebound(to: CChar.self) {
        unsafe cmark_parser_feed(parser, $0.baseAddress, $0.count)
      }
      // The parser's own memory goes with the arena's.
      guard let root = unsafe cmark_parser_finish(parser) else { return nil }
      return unsafe MarkdownNode(root)
    }
  }

  /// The place of a node in the file, for messages.
  func place(of node: MarkdownNode) -> MarkdownPlace {
    MarkdownPlace(
      file: file, source: source, bodyStart: bodyStart, node: node,
      isLocated: diagnostics.count < Self.diagnosticLimit)
  }

  /// How many diagnostics of one text are kept; to find the place of each takes time in proportion
  /// to the file.
  static let diagnosticLimit = 100

  private mutating func dropFurtherDiagnostics() {
    let further = diagnostics[Self.diagnosticLimit...]
    let severity = further.contains { $0.isError } ? Diagnostic.Severity.error : .warning
    let last = Diagnostic(
      "many-messages", "there are \(further.count) more messages about this file",
      severity: severity, file: file.string)
    diagnostics.removeSubrange(Self.diagnosticLimit...)
    diagnostics.append(last)
  }

  /// Notes a diagnostic about a node.
  @inline(never) mutating func report(
    _ id: String, _ message: String, severity: Diagnostic.Severity, at node: MarkdownNode
  ) {
    diagnostics.append(place(of: node).diagnostic(id, message, severity: severity))
  }

  /// Begins a line of HTML, unless one has just begun.
  @inline(__always) func beginLine(_ buffer: inout ByteBuffer) {
    if buffer.count > start, buffer.last != 10 { buffer.append(10) }
  }
}
