/// Values of a ``YAMLTree`` as the types that keys want.
///
/// Each takes the key as it is to be named in a message, and gives nil where there is no such
/// value, having said so where that is wrong.
extension YAMLTree {
  /// A node in the words of a message.
  func shown(_ index: Int) -> String {
    switch nodes[index].kind {
    case .sequence: "a list"
    case .mapping: "a mapping"
    case .scalar where nodes[index].text.isEmpty: "nothing"
    case .scalar: "'\(nodes[index].text.quotable())'"
    }
  }

  /// The problem that a value has not the type that its key wants.
  func wrongType(_ index: Int, _ key: String, wants: String) -> Problem {
    Problem(
      "wrong-type", "'\(key)' wants \(wants), not \(shown(index))", at: Int(nodes[index].offset))
  }

  /// A text without spaces at both ends; nil for nothing, `null` and `~` too.
  func text(_ index: Int, _ key: String, _ problems: inout [Problem]) -> ByteSlice? {
    guard nodes[index].kind == .scalar else {
      problems.append(wrongType(index, key, wants: "a text"))
      return nil
    }
    if isNull(index) { return nil }
    let text = nodes[index].text.trimmed
    return text.isEmpty ? nil : text
  }

  /// A text as a string.
  func string(_ index: Int, _ key: String, _ problems: inout [Problem]) -> String? {
    text(index, key, &problems)?.string
  }

  /// A whole number in a range.
  func wholeNumber(
    _ index: Int, _ key: String, in range: ClosedRange<Int>, _ problems: inout [Problem]
  ) -> Int? {
    if isNull(index) { return nil }
    if nodes[index].kind == .scalar, !nodes[index].isQuoted,
      let number = Int(nodes[index].text.string), range.contains(number)
    {
      return number
    }
    let text = nodes[index].text
    let isNumber =
      nodes[index].kind == .scalar && !nodes[index].isQuoted && text.count > 18
      && (0..<text.count).allSatisfy { $0 == 0 && "+-".utf8.contains(text[0]) || text[$0].isDigit }
    let wants =
      range.upperBound == .max && !isNumber
      ? "a whole number" : "a whole number from \(range.lowerBound) to \(range.upperBound)"
    problems.append(wrongType(index, key, wants: wants))
    return nil
  }

  /// True or false, as YAML 1.1 spells them.
  func truth(_ index: Int, _ key: String, _ problems: inout [Problem]) -> Bool? {
    if isNull(index) { return nil }
    if nodes[index].kind == .scalar, !nodes[index].isQuoted {
      let text = nodes[index].text
      if text == "true" || text == "True" || text == "TRUE" { return true }
      if text == "false" || text == "False" || text == "FALSE" { return false }
      if text == "yes" || text == "Yes" || text == "YES" || text == "on" { return true }
      if text == "no" || text == "No" || text == "NO" || text == "off" { return false }
    }
    problems.append(wrongType(index, key, wants: "true or false"))
    return nil
  }

  /// Adds the texts of a list to others; one text alone is a list of one.
  func collectTexts(
    _ index: Int, _ key: String, into items: inout [TextItem], _ problems: inout [Problem]
  ) {
    if isNull(index) { return }
    switch nodes[index].kind {
    case .scalar:
      if let text = text(index, key, &problems) {
        items.append(TextItem(text: text, offset: Int(nodes[index].offset)))
      }
    case .sequence:
      var item = index + 1
      while item < next(after: index) {
        if nodes[item].kind == .scalar {
          // In a list of texts `null` and `no` are texts too; only an empty item says nothing.
          let text = nodes[item].text.trimmed
          if !text.isEmpty {
            items.append(TextItem(text: text, offset: Int(nodes[item].offset)))
          }
        } else {
          problems.append(wrongType(item, key, wants: "a text as each item of its list"))
        }
        item = next(after: item)
      }
    case .mapping:
      problems.append(wrongType(index, key, wants: "a text or a list of texts"))
    }
  }

  /// Hands each key of a mapping, with the index of its value, to a closure.
  func forEachKey(
    _ index: Int, _ visit: (_ name: ByteSlice, _ key: Int, _ value: Int) -> Void
  ) {
    var key = index + 1
    while key < next(after: index) {
      visit(nodes[key].text, key, key + 1)
      key = next(after: key + 1)
    }
  }

  /// Hands each item of a list to a closure.
  func forEachItem(_ index: Int, _ visit: (_ item: Int) -> Void) {
    var item = index + 1
    while item < next(after: index) {
      visit(item)
      item = next(after: item)
    }
  }

  /// The value of a key of a mapping.
  func value(of key: StaticString, in mapping: Int) -> Int? {
    var found: Int?
    forEachKey(mapping) { name, _, value in
      if name == key { found = value }
    }
    return found
  }

  /// The problem of a key that nothing reads.
  func unknownKey(
    _ key: Int, in place: String = "", knownAs known: [String], synonyms: [String: String] = [:]
  ) -> Problem {
    let written = nodes[key].text.quotable()
    let meant = synonyms[written.lowercased()] ?? suggestion(for: written, among: known)
    return Problem(
      "unknown-key",
      "there is no key '\(written)'" + (place.isEmpty ? "" : " in '\(place)'")
        + (meant.map { "; did you mean '\($0)'?" }
          ?? (known.count > 8 ? "" : "; known: " + known.joined(separator: ", "))),
      at: Int(nodes[key].offset))
  }
}

/// A text of a list, and where it stands in the file.
struct TextItem: BitwiseCopyable {
  /// The text, valid as long as the tree that it stands in.
  var text: ByteSlice
  /// Where it starts, in bytes from the start of the file.
  var offset: Int
}
