/// The rows of a table written as comma-separated values (RFC 4180), as places in its text.
///
/// Empty lines are not rows. Spaces around a field do not count unless it is quoted.
struct CommaSeparatedTable {
  /// A field's place in the text, within its quotes.
  struct Field {
    var range: Range<Int>
    /// Whether the text has doubled quotes, each of which stands for one.
    var hasDoubledQuotes = false
  }

  /// A row: its fields, and where it starts.
  struct Row {
    var fields: Range<Int>
    /// The offset of its first byte in the text.
    var start: Int
  }

  /// What is wrong with the text, and where, in bytes from its start.
  struct Problem: Equatable {
    enum Reason: Equatable {
      case unclosedQuote
      case textAfterQuote
      case wrongCount(Int, headerCount: Int)
    }

    var reason: Reason
    var offset: Int
  }

  private(set) var fields: [Field] = []
  /// The rows, the header first.
  private(set) var rows: [Row] = []
  private(set) var problems: [Problem] = []

  /// How many columns there are.
  var columnCount: Int { rows.first?.fields.count ?? 0 }

  /// Reads a text, in place of the one read before.
  mutating func read(_ text: ByteSlice) {
    fields.removeAll(keepingCapacity: true)
    rows.removeAll(keepingCapacity: true)
    problems.removeAll()
    var offset = 0
    while offset < text.count {
      let start = offset
      let firstField = fields.count
      while readField(text, &offset) {}
      let count = fields.count - firstField
      if count == 1, fields[firstField].range.isEmpty, isBlank(text[start..<offset]) {
        fields.removeLast()
        continue
      }
      rows.append(Row(fields: firstField..<fields.count, start: start))
      if count != columnCount {
        problems.append(
          Problem(reason: .wrongCount(count, headerCount: columnCount), offset: start))
      }
    }
  }

  /// Reads a field and the comma or the line's end after it.
  ///
  /// - Returns: Whether the row goes on.
  private mutating func readField(_ text: ByteSlice, _ offset: inout Int) -> Bool {
    while offset < text.count, isSpaceInLine(text[offset]) { offset += 1 }
    var field = Field(range: offset..<offset)
    if offset < text.count, text[offset] == UInt8(ascii: "\"") {
      let quote = offset
      offset += 1
      field.range = offset..<offset
      while true {
        guard let next = text[offset..<text.count].firstIndex(of: UInt8(ascii: "\"")) else {
          problems.append(Problem(reason: .unclosedQuote, offset: quote))
          offset = text.count
          fields.append(Field(range: quote..<quote))
          return false
        }
        offset += next + 1
        guard offset < text.count, text[offset] == UInt8(ascii: "\"") else { break }
        field.hasDoubledQuotes = true
        offset += 1
      }
      field.range = field.range.lowerBound..<offset - 1
      while offset < text.count, isSpaceInLine(text[offset]) { offset += 1 }
      if offset < text.count, !isFieldEnd(text[offset]) {
        problems.append(Problem(reason: .textAfterQuote, offset: offset))
        while offset < text.count, !isFieldEnd(text[offset]) { offset += 1 }
      }
    } else {
      while offset < text.count, !isFieldEnd(text[offset]) { offset += 1 }
      var end = offset
      while end > field.range.lowerBound, isSpaceInLine(text[end - 1]) { end -= 1 }
      field.range = field.range.lowerBound..<end
    }
    fields.append(field)
    guard offset < text.count else { return false }
    let end = text[offset]
    offset += 1
    if end == 13, offset < text.count, text[offset] == 10 { offset += 1 }
    return end == UInt8(ascii: ",")
  }

  /// Whether all cells of a column under the header are numbers or say that there is none.
  func isNumeric(column: Int, in text: ByteSlice) -> Bool {
    var hasNumber = false
    for row in rows.dropFirst() {
      let cell = text[fields[row.fields.lowerBound + column].range]
      if cell.isEmpty || cell == "-" || cell == "–" || cell == "—" { continue }
      if !cell.isNumber { return false }
      hasNumber = true
    }
    return hasNumber
  }

  private func isBlank(_ line: ByteSlice) -> Bool {
    for offset in 0..<line.count where !isSpace(line[offset]) { return false }
    return true
  }

  private func isFieldEnd(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == 10 || byte == 13
  }

  private func isSpaceInLine(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 }
}

/// Whether a byte is white space in ASCII.
func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (byte >= 9 && byte <= 13) }

extension ByteSlice {
  /// Whether this is a number as newspapers write it: `-1,234.5`, `1 234,5`, `+12%`, `$40`, `€3`.
  fileprivate var isNumber: Bool {
    var digitCount = 0
    var isAfterDigit = false
    var signCount = 0
    for scalar in string.unicodeScalars {
      switch scalar {
      case "0"..."9":
        digitCount += 1
        isAfterDigit = true
      case ".", ",", " ", "\u{A0}", "\u{2009}", "\u{202F}", "'", "’":
        if !isAfterDigit { return false }
        isAfterDigit = false
      case "+", "-", "−":
        if digitCount > 0 { return false }
        signCount += 1
      case "%", "‰", "$", "€", "£", "₼", "₽", "₺", "¥":
        isAfterDigit = digitCount > 0
        signCount += 1
      default: return false
      }
    }
    return digitCount > 0 && signCount <= 2 && isAfterDigit
  }
}
