extension YAMLTree {
  /// Fills the tree with what a text says whose YAML is as plain as most front matter is, without
  /// libyaml, which takes ten times as long.
  ///
  /// Understood are lines `key: value` whose values are texts on one line, plain or in quotes, lists
  /// of such texts, in brackets on one line or an item a line, and `>-` with lines below it. All
  /// else is left to libyaml: what is understood gives the same tree as there.
  ///
  /// - Parameters:
  ///   - text: The text, valid UTF-8.
  ///   - base: Where the text starts in its file, in bytes.
  /// - Returns: Whether the text was understood; if not, the tree is of no use.
  mutating func fill(scanning text: ByteSlice, at base: Int) -> Bool {
    removeAll()
    guard text.hasOnlyPlainSigns else { return false }
    var scanner = YAMLScanner(text: text, base: base)
    guard scanner.scan(into: &self) else { return false }
    return duplicateKey(in: 0) == nil
  }
}

private struct YAMLScanner {
  let text: ByteSlice
  let base: Int
  private var place = 0

  init(text: ByteSlice, base: Int) {
    self.text = text
    self.base = base
  }

  mutating func scan(into tree: inout YAMLTree) -> Bool {
    var hasRoot = false
    while place < text.count {
      let first = text[place]
      if isLineEnd(place) {
        skipLineEnd()
        continue
      }
      if first == UInt8(ascii: "#") {
        while !isLineEnd(place) { place += 1 }
        continue
      }
      if !hasRoot {
        tree.add(YAMLNode(kind: .mapping, offset: offset(place), end: 0))
        hasRoot = true
      }
      guard scanKey(into: &tree), scanValue(into: &tree) else { return false }
    }
    if hasRoot { tree.close(0) }
    return hasRoot
  }

  /// A key with its colon.
  private mutating func scanKey(into tree: inout YAMLTree) -> Bool {
    let start = place
    guard isLetter(text[start]) else { return false }
    while place < text.count, isLetter(text[place]) || isDigitOrHyphen(text[place]) { place += 1 }
    guard place < text.count, text[place] == UInt8(ascii: ":"), place - start < 100 else {
      return false
    }
    addScalar(start..<place, at: start, &tree)
    place += 1
    return isLineEnd(place) || text[place] == UInt8(ascii: " ")
  }

  private mutating func scanValue(into tree: inout YAMLTree) -> Bool {
    let afterColon = place
    skipSpaces()
    if isLineEnd(place) {
      skipLineEnd()
      return scanBlockList(into: &tree, afterColon: afterColon)
    }
    if text[place] == UInt8(ascii: "[") { return scanFlowList(into: &tree) }
    if text[place] == UInt8(ascii: ">") { return scanFolded(into: &tree) }
    return scanScalar(into: &tree) && endLine()
  }

  /// The end of a line, which nothing but spaces may stand before.
  private mutating func endLine() -> Bool {
    skipSpaces()
    guard isLineEnd(place) else { return false }
    skipLineEnd()
    return true
  }

  /// A text on one line.
  private mutating func scanScalar(into tree: inout YAMLTree) -> Bool {
    switch text[place] {
    case UInt8(ascii: "'"): scanSingleQuoted(into: &tree)
    case UInt8(ascii: "\""): scanDoubleQuoted(into: &tree)
    default: scanPlain(into: &tree)
    }
  }

  private mutating func scanPlain(into tree: inout YAMLTree) -> Bool {
    let start = place
    guard beginsPlain(text[start]) else { return false }
    while true {
      place = text.plainScalarEnd(from: place)
      if isLineEnd(place) { break }
      let byte = text[place]
      if byte == UInt8(ascii: ":"), isLineEnd(place + 1) || text[place + 1] == 32 { return false }
      if byte == UInt8(ascii: "#"), text[place - 1] == 32 { return false }
      place += 1
    }
    var end = place
    while text[end - 1] == 32 { end -= 1 }
    addScalar(start..<end, at: start, &tree)
    return true
  }

  private mutating func scanSingleQuoted(into tree: inout YAMLTree) -> Bool {
    let start = place
    place += 1
    var runStart = place
    var isCopied = false
    while true {
      place = text.quotedScalarEnd(from: place)
      if isLineEnd(place) { return false }
      guard text[place] == UInt8(ascii: "'") else {
        place += 1
        continue
      }
      let isDoubled = place + 1 < text.count && text[place + 1] == UInt8(ascii: "'")
      if isDoubled {
        // Two stand for one: the first is taken with what comes before it.
        if !isCopied { tree.scratch.begin() }
        isCopied = true
        tree.scratch.append(text[runStart..<place + 1])
        place += 2
        runStart = place
        continue
      }
      if isCopied { tree.scratch.append(text[runStart..<place]) }
      let value = isCopied ? tree.scratch.end() : text[runStart..<place]
      place += 1
      add(value, isQuoted: true, at: start, &tree)
      return true
    }
  }

  private mutating func scanDoubleQuoted(into tree: inout YAMLTree) -> Bool {
    let start = place
    place += 1
    var runStart = place
    var isCopied = false
    while true {
      place = text.quotedScalarEnd(from: place)
      if isLineEnd(place) { return false }
      let byte = text[place]
      if byte == UInt8(ascii: "\"") {
        if isCopied { tree.scratch.append(text[runStart..<place]) }
        let value = isCopied ? tree.scratch.end() : text[runStart..<place]
        place += 1
        add(value, isQuoted: true, at: start, &tree)
        return true
      }
      if byte == UInt8(ascii: "\\") {
        guard place + 1 < text.count,
          text[place + 1] == UInt8(ascii: "\"") || text[place + 1] == UInt8(ascii: "\\")
        else { return false }
        if !isCopied { tree.scratch.begin() }
        isCopied = true
        tree.scratch.append(text[runStart..<place])
        runStart = place + 1
        place += 1
      }
      place += 1
    }
  }

  /// A list in brackets on one line.
  private mutating func scanFlowList(into tree: inout YAMLTree) -> Bool {
    let list = tree.add(YAMLNode(kind: .sequence, offset: offset(place), end: 0))
    place += 1
    skipSpaces()
    guard !isLineEnd(place) else { return false }
    if text[place] == UInt8(ascii: "]") {
      place += 1
      return endLine()
    }
    while !isLineEnd(place) {
      let isQuoted = text[place] == UInt8(ascii: "'") || text[place] == UInt8(ascii: "\"")
      guard isQuoted ? scanScalar(into: &tree) : scanPlainItem(into: &tree) else { return false }
      skipSpaces()
      guard !isLineEnd(place) else { return false }
      if text[place] == UInt8(ascii: "]") {
        place += 1
        tree.close(list)
        return endLine()
      }
      guard text[place] == UInt8(ascii: ",") else { return false }
      place += 1
      skipSpaces()
    }
    return false
  }

  /// A plain text in brackets.
  private mutating func scanPlainItem(into tree: inout YAMLTree) -> Bool {
    let start = place
    guard beginsPlain(text[start]) else { return false }
    var end = start
    while !isLineEnd(place) {
      switch text[place] {
      case UInt8(ascii: ","), UInt8(ascii: "]"):
        addScalar(start..<end, at: start, &tree)
        return true
      case UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: ":"),
        UInt8(ascii: "#"), UInt8(ascii: "?"):
        return false
      case 32: place += 1
      default:
        place += 1
        end = place
      }
    }
    return false
  }

  /// A list of an item a line, or nothing.
  private mutating func scanBlockList(into tree: inout YAMLTree, afterColon: Int) -> Bool {
    let lineStart = place
    skipSpaces()
    let indent = place - lineStart
    guard isItem(place) else {
      // The value is nothing: what follows must be a key again.
      place = lineStart
      guard indent == 0, !isLineEnd(place) || place == text.count else { return false }
      add(.empty, isQuoted: false, at: afterColon, &tree)
      return true
    }
    let list = tree.add(YAMLNode(kind: .sequence, offset: offset(place), end: 0))
    while isItem(place) {
      place += 1
      skipSpaces()
      guard !isLineEnd(place), scanScalar(into: &tree), endLine() else { return false }
      let start = place
      skipSpaces()
      let isNext = place - start == indent && isItem(place)
      if !isNext {
        place = start
        break
      }
    }
    tree.close(list)
    return true
  }

  /// Lines below `>-`, which are one line broken between words.
  private mutating func scanFolded(into tree: inout YAMLTree) -> Bool {
    let start = place
    guard place + 1 < text.count, text[place + 1] == UInt8(ascii: "-") else { return false }
    place += 2
    guard endLine() else { return false }
    var indent = 0
    tree.scratch.begin()
    while place < text.count {
      let lineStart = place
      skipSpaces()
      let spaces = place - lineStart
      if spaces == 0, !isLineEnd(place) { break }
      guard !isLineEnd(place), indent == 0 || spaces == indent else { return false }
      if indent > 0 { tree.scratch.append(" ") }
      indent = spaces
      let wordStart = place
      while !isLineEnd(place) { place += 1 }
      guard text[place - 1] != 32 else { return false }
      tree.scratch.append(text[wordStart..<place])
      skipLineEnd()
    }
    let value = tree.scratch.end()
    guard indent > 0, !value.isEmpty else { return false }
    add(value, isQuoted: true, at: start, &tree)
    return true
  }
}

extension YAMLScanner {
  private func offset(_ place: Int) -> UInt32 { UInt32(base + place) }

  private func addScalar(_ range: Range<Int>, at start: Int, _ tree: inout YAMLTree) {
    add(text[range], isQuoted: false, at: start, &tree)
  }

  private func add(
    _ value: ByteSlice, isQuoted: Bool, at start: Int, _ tree: inout YAMLTree
  ) {
    tree.add(
      YAMLNode(kind: .scalar, isQuoted: isQuoted, offset: offset(start), end: 0, text: value))
  }

  private func isLineEnd(_ place: Int) -> Bool {
    place >= text.count || text[place] == 10 || text[place] == 13
  }

  private mutating func skipLineEnd() {
    if place < text.count, text[place] == 13 { place += 1 }
    if place < text.count, text[place] == 10 { place += 1 }
  }

  private mutating func skipSpaces() {
    while place < text.count, text[place] == 32 { place += 1 }
  }

  /// Whether an item of a list starts here: a hyphen and a space.
  private func isItem(_ place: Int) -> Bool {
    place + 1 < text.count && text[place] == UInt8(ascii: "-") && text[place + 1] == 32
  }

  private func isLetter(_ byte: UInt8) -> Bool {
    let letter = byte | 0x20
    return letter >= UInt8(ascii: "a") && letter <= UInt8(ascii: "z") || byte == UInt8(ascii: "_")
  }

  private func isDigitOrHyphen(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") || byte == UInt8(ascii: "-")
  }

  /// Whether a plain text may begin with a byte, as far as this scanner goes.
  private func beginsPlain(_ byte: UInt8) -> Bool {
    byte >= 0x80 || isLetter(byte) || byte == UInt8(ascii: "~")
      || byte >= UInt8(ascii: "(") && byte <= UInt8(ascii: "9") && byte != UInt8(ascii: "*")
        && byte != UInt8(ascii: ",") && byte != UInt8(ascii: "-")
  }
}

extension ByteSlice {
  /// Whether there are only signs that YAML takes for what they are: no control characters but line
  /// ends, none of Unicode's own line ends, no marks of byte order.
  fileprivate var hasOnlyPlainSigns: Bool {
    var offset = 0
    while true {
      offset = oddSign(from: offset)
      if offset == count { return true }
      let byte = self[offset]
      offset += 1
      switch byte {
      case 13: if offset == count || self[offset] != 10 { return false }
      case 0..<32, 0x7F: return false
      case 0xC2: if offset == count || self[offset] < 0xA0 { return false }
      case 0xE2:
        if self[offset..<offset + 2] == ByteSlice("\u{2028}")[1..<3] { return false }
        if self[offset..<offset + 2] == ByteSlice("\u{2029}")[1..<3] { return false }
      case 0xEF: return false
      default: continue
      }
    }
  }
}
