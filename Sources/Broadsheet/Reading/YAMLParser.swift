import CYAML
import Glibc

extension YAMLTree {
  /// Fills the tree with what front matter says: scanned where it is plain, else read by libyaml.
  ///
  /// - Parameters:
  ///   - text: The text, valid UTF-8.
  ///   - base: Where the text starts in its file, in bytes.
  /// - Throws: The first thing that keeps the text from being read.
  mutating func fill(_ text: ByteSlice, at base: Int) throws(Problem) {
    if !fill(scanning: text, at: base) { try fill(parsing: text, at: base) }
    guard nodes.count > Self.frontMatterLimit else { return }
    throw Problem(
      "bad-yaml",
      "front matter of more than \(Self.frontMatterLimit) keys and values; it says what there is to say "
        + "of one story: take out what is not needed", at: Int(nodes[Self.frontMatterLimit].offset))
  }

  /// Fills the tree with what a YAML text says, read by libyaml.
  ///
  /// - Parameters:
  ///   - text: The text, valid UTF-8.
  ///   - base: Where the text starts in its file, in bytes.
  /// - Throws: The first thing that keeps the text from being read.
  mutating func fill(parsing text: ByteSlice, at base: Int) throws(Problem) {
    removeAll()
    var builder = YAMLBuilder()
    var events = YAMLEvents(text, at: base)
    while try events.next() {
      guard try builder.take(&events, into: &self) else { return }
    }
  }
}

/// The events of a YAML text, one after the other.
///
/// libyaml's parser keeps pointers to its own struct, so it lives at one heap address, which this
/// value owns.
@safe private struct YAMLEvents: ~Copyable {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let event: UnsafeMutablePointer<yaml_event_t>
  private var holdsEvent = false
  private let text: ByteSlice
  private let base: Int
  /// A place in the text both ways: libyaml counts Unicode scalars, the program bytes.
  private var scalarIndex = 0
  private var byteIndex = 0

  init(_ text: ByteSlice, at base: Int) {
    self.text = text
    self.base = base
    unsafe parser = .allocate(capacity: 1)
    unsafe event = .allocate(capacity: 1)
    guard unsafe yaml_parser_initialize(parser) == 1 else {
      fatalError("libyaml has no memory left")
    }
    unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    unsafe yaml_parser_set_input_string(parser, text.start, text.count)
  }

  deinit {
    if holdsEvent { unsafe yaml_event_delete(event) }
    unsafe yaml_parser_delete(parser)
    unsafe parser.deallocate()
    unsafe event.deallocate()
  }

  /// Goes on to the next event; false when there is none.
  mutating func next() throws(Problem) -> Bool {
    if holdsEvent { unsafe yaml_event_delete(event) }
    holdsEvent = false
    guard unsafe yaml_parser_parse(parser, event) == 1 else { throw problem() }
    holdsEvent = true
    return type != YAML_NO_EVENT
  }

  var type: yaml_event_type_t { unsafe event.pointee.type }

  /// Where the event starts, in bytes from the start of the file.
  var offset: Int {
    mutating get { unsafe self.offset(ofScalar: event.pointee.start_mark.index) }
  }

  /// The anchor that the event sets or, as an alias, names.
  var anchor: String? {
    switch type {
    case YAML_ALIAS_EVENT: unsafe string(event.pointee.data.alias.anchor)
    case YAML_SCALAR_EVENT: unsafe string(event.pointee.data.scalar.anchor)
    case YAML_SEQUENCE_START_EVENT: unsafe string(event.pointee.data.sequence_start.anchor)
    case YAML_MAPPING_START_EVENT: unsafe string(event.pointee.data.mapping_start.anchor)
    default: nil
    }
  }

  /// The event's tag.
  var tag: String? {
    switch type {
    case YAML_SCALAR_EVENT: unsafe string(event.pointee.data.scalar.tag)
    case YAML_SEQUENCE_START_EVENT: unsafe string(event.pointee.data.sequence_start.tag)
    case YAML_MAPPING_START_EVENT: unsafe string(event.pointee.data.mapping_start.tag)
    default: nil
    }
  }

  /// The text of a scalar, valid until the next event.
  var scalar: ByteSlice {
    let scalar = unsafe event.pointee.data.scalar
    guard let value = unsafe scalar.value else { return .empty }
    return unsafe ByteSlice(start: value, count: scalar.length)
  }

  /// Whether a scalar stands in quotes or in a block.
  var isQuoted: Bool { unsafe event.pointee.data.scalar.style != YAML_PLAIN_SCALAR_STYLE }

  private func string(_ bytes: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    guard let bytes = unsafe bytes else { return nil }
    let count = unsafe strlen(UnsafeRawPointer(bytes).assumingMemoryBound(to: CChar.self))
    return unsafe ByteSlice(start: bytes, count: count).string
  }

  private mutating func offset(ofScalar index: Int) -> Int {
    if index < scalarIndex {
      scalarIndex = 0
      byteIndex = 0
    }
    while scalarIndex < index, byteIndex < text.count {
      byteIndex += 1
      while byteIndex < text.count, text[byteIndex] & 0xC0 == 0x80 { byteIndex += 1 }
      scalarIndex += 1
    }
    return base + byteIndex
  }

  /// The problem of a colon where no key can be: the second of a line, or the first of a line that
  /// YAML takes for more of the text before it.
  private func unexpectedColon(at place: Int) -> Problem {
    var lineStart = place - base
    while lineStart > 0, !isLineEnd(text[lineStart - 1]) { lineStart -= 1 }
    let line = text[lineStart..<place - base]
    if line.firstIndex(of: UInt8(ascii: ":")) != nil || lineStart == 0 {
      return Problem(
        "bad-yaml", "a colon inside a text; put the whole text in quotes", at: place)
    }
    var before = lineStart - 1
    while before > 0, isSpace(text[before - 1]) { before -= 1 }
    while before > 0, !isLineEnd(text[before - 1]) { before -= 1 }
    while isSpace(text[before]) { before += 1 }
    return Problem(
      "bad-yaml", "this line is not 'key: text'; write a colon and a space after the key",
      at: base + before)
  }

  /// The problem of a comment where a text is due, in the line that holds a place: `accent: #fff`.
  private func missingText(inLineOf place: Int) -> Problem? {
    var start = place - base
    while start > 0, !isLineEnd(text[start - 1]) { start -= 1 }
    var offset = start
    while offset < text.count, !isLineEnd(text[offset]) {
      var before = offset
      while before > start, isSpace(text[before - 1]) { before -= 1 }
      let isComment = text[offset] == UInt8(ascii: "#") && before < offset && before > start
      if isComment, ":,".utf8.contains(text[before - 1]) {
        return Problem(
          "bad-yaml", "a comment begins here, so that a text is missing; put the text in quotes",
          at: base + offset)
      }
      offset += 1
    }
    return nil
  }

  private func isLineEnd(_ byte: UInt8) -> Bool { byte == 10 || byte == 13 }

  /// What libyaml found wrong, in words for who wrote the text.
  private mutating func problem() -> Problem {
    let parser = unsafe self.parser.pointee
    guard unsafe parser.error != YAML_MEMORY_ERROR else {
      fatalError("libyaml has no memory left")
    }
    if unsafe parser.error == YAML_READER_ERROR {
      let code = unsafe String(parser.problem_value, radix: 16, uppercase: true)
      let shown = String(repeating: "0", count: max(0, 4 - code.count)) + code
      return unsafe Problem(
        "bad-yaml", "a control character (U+\(shown)) cannot stand here; take it out",
        at: base + Int(parser.problem_offset))
    }
    let words = unsafe parser.problem.map { unsafe String(cString: $0) } ?? "it is not YAML"
    let index = unsafe parser.problem_mark.index
    switch words {
    case "found unexpected end of stream":
      return unsafe Problem(
        "bad-yaml", "a quote is opened here and never closed",
        at: offset(ofScalar: parser.context_mark.index))
    case "mapping values are not allowed in this context":
      return unexpectedColon(at: offset(ofScalar: index))
    case "could not find expected ':'":
      return unsafe Problem(
        "bad-yaml", "this line is not 'key: text'; write a colon and a space after the key",
        at: offset(ofScalar: parser.context_mark.index))
    case "found a tab character that violates indentation",
      "found a tab character where an indentation space is expected":
      return Problem(
        "bad-yaml", "a tab cannot indent a line; use spaces", at: offset(ofScalar: index))
    case "did not find expected node content":
      let place = offset(ofScalar: index)
      var last = place - base
      while last > 0, isSpace(text[last - 1]) || isLineEnd(text[last - 1]) { last -= 1 }
      return missingText(inLineOf: base + max(last - 1, 0))
        ?? Problem(
          "bad-yaml", "a text is missing here; one that begins with a sign of YAML needs quotes",
          at: place)
    case "found character that cannot start any token":
      let place = offset(ofScalar: index)
      let sign = text[place - base..<text.count]
      if sign.hasPrefix("\t") {
        return Problem("bad-yaml", "a tab cannot indent a line; use spaces", at: place)
      }
      return Problem(
        "bad-yaml",
        "a text cannot begin with '\(sign.quotable(upTo: 1).prefix(1))'; "
          + "put it in quotes", at: place)
    case "did not find expected alphabetic or numeric character":
      let place = unsafe offset(ofScalar: parser.context_mark.index)
      let sign = text[place - base..<text.count].quotable(upTo: 1).prefix(1)
      return Problem(
        "bad-yaml", "a text cannot begin with '\(sign)'; put it in quotes", at: place)
    case "did not find expected ',' or ']'", "did not find expected ',' or '}'":
      let place = unsafe offset(ofScalar: parser.context_mark.index)
      return missingText(inLineOf: place)
        ?? Problem(
          "bad-yaml",
          "what opens here is not closed with '\(words.hasSuffix("']'") ? "]" : "}")'", at: place)
    case "did not find expected key", "did not find expected '-' indicator",
      "did not find expected <document start>":
      return Problem(
        "bad-yaml", "this does not fit the lines before it; check its indentation and quotes",
        at: offset(ofScalar: index))
    default:
      return Problem(
        "bad-yaml", "this cannot be read as YAML: \(words)", at: offset(ofScalar: index))
    }
  }
}

/// Makes a tree of events.
private struct YAMLBuilder {
  /// The lists and mappings that are open: their nodes, and how many others stand in each so far, keys
  /// and values counted alike.
  private var open: [(node: Int, count: Int)] = []
  /// How many nodes the aliases stood for so far.
  private var aliasedCount = 0
  /// The nodes that anchors name.
  private var anchors: [String: Int] = [:]
  private var hasDocument = false

  init() {}

  /// Takes one event; false when it was the last.
  mutating func take(
    _ events: inout YAMLEvents, into tree: inout YAMLTree
  ) throws(Problem) -> Bool {
    switch events.type {
    case YAML_STREAM_END_EVENT: return false
    case YAML_DOCUMENT_START_EVENT:
      guard !hasDocument else {
        throw Problem("bad-yaml", "a second document starts here; keep one", at: events.offset)
      }
      hasDocument = true
    case YAML_SCALAR_EVENT:
      let isText = try checkTag(&events)
      // Escapes may stand for what cannot stand in a file.
      guard events.scalar.firstInvalidByte == nil else {
        throw Problem(
          "bad-yaml", "an escape in this text stands for no character; take it out",
          at: events.offset)
      }
      let node = YAMLNode(
        kind: .scalar, isQuoted: events.isQuoted || isText, offset: UInt32(events.offset), end: 0,
        text: tree.scratch.copy(events.scalar))
      try setAnchor(&events, to: add(node, &events, &tree))
    case YAML_ALIAS_EVENT:
      try addAlias(&events, &tree)
    case YAML_SEQUENCE_START_EVENT, YAML_MAPPING_START_EVENT:
      try checkTag(&events)
      let isMapping = events.type == YAML_MAPPING_START_EVENT
      if isMapping { try checkIsNoKey(&events, tree) }
      let node = YAMLNode(
        kind: isMapping ? .mapping : .sequence, offset: UInt32(events.offset), end: 0)
      guard open.count < YAMLTree.depthLimit else {
        throw Problem(
          "bad-yaml", "lists and mappings stand more than \(YAMLTree.depthLimit) deep",
          at: events.offset)
      }
      let index = try add(node, &events, &tree)
      try setAnchor(&events, to: index)
      open.append((index, 0))
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
      guard let index = open.popLast()?.node else { break }
      tree.close(index)
      if tree.nodes[index].kind == .mapping, let key = tree.duplicateKey(in: index) {
        throw tree.duplicateKeyProblem(key)
      }
    default: break
    }
    return true
  }

  private mutating func add(
    _ node: YAMLNode, _ events: inout YAMLEvents, _ tree: inout YAMLTree
  ) throws(Problem) -> Int {
    if node.kind == .sequence { try checkIsNoKey(&events, tree) }
    countInParent()
    return tree.add(node)
  }

  private mutating func countInParent() {
    if !open.isEmpty { open[open.count - 1].count += 1 }
  }

  private mutating func addAlias(
    _ events: inout YAMLEvents, _ tree: inout YAMLTree
  ) throws(Problem) {
    let name = events.anchor ?? ""
    guard let index = anchors[name] else {
      throw Problem(
        "bad-yaml",
        "'*\(name)' stands for nothing, for no '&\(name)' comes before it; "
          + "put the text in quotes", at: events.offset)
    }
    guard !open.contains(where: { $0.node == index }) else {
      throw Problem("bad-yaml", "'*\(name)' would hold itself", at: events.offset)
    }
    if tree.nodes[index].kind != .scalar { try checkIsNoKey(&events, tree) }
    let count = tree.next(after: index) - index
    aliasedCount += count
    guard aliasedCount <= YAMLTree.aliasLimit else {
      throw Problem(
        "bad-yaml",
        "the aliases up to here stand for more than \(YAMLTree.aliasLimit) keys and values; use "
          + "fewer, and write out what they stand for", at: events.offset)
    }
    countInParent()
    tree.addCopy(of: index)
  }

  private mutating func setAnchor(_ events: inout YAMLEvents, to index: Int) throws(Problem) {
    if let name = events.anchor { anchors[name] = index }
  }

  /// Refuses a list or a mapping where a key is due.
  private func checkIsNoKey(_ events: inout YAMLEvents, _ tree: borrowing YAMLTree) throws(Problem)
  {
    guard let parent = open.last, tree.nodes[parent.node].kind == .mapping, parent.count % 2 == 0
    else { return }
    throw Problem("bad-yaml", "a key is a text, not a list or a mapping", at: events.offset)
  }

  /// Refuses tags but those of YAML's own types; true for that of a text.
  @discardableResult private func checkTag(_ events: inout YAMLEvents) throws(Problem) -> Bool {
    guard let tag = events.tag else { return false }
    let own = "tag:yaml.org,2002:"
    if tag == "!" || tag == own + "str" { return true }
    let types = ["null", "bool", "int", "float", "timestamp", "seq", "map", "binary"]
    if tag.hasPrefix(own), types.contains(String(tag.dropFirst(own.count))) { return false }
    let shown = tag.hasPrefix(own) ? "!!" + tag.dropFirst(own.count) : tag
    throw Problem(
      "bad-yaml", "the tag '\(shown)' means nothing here; leave it out", at: events.offset)
  }
}

extension YAMLTree {
  /// The problem that a key stands twice.
  func duplicateKeyProblem(_ key: Int) -> Problem {
    Problem(
      "duplicate-key", "'\(nodes[key].text.quotable())' stands here a second time; keep one",
      at: Int(nodes[key].offset))
  }
}
