/// A place in a text file.
public struct SourcePosition: Hashable, Sendable {
  /// The line, from 1.
  public var line: Int
  /// The column, from 1, in Unicode scalars.
  public var column: Int

  /// A place by its numbers.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// The place of a byte in a text; LF, CRLF and CR end a line.
  ///
  /// - Complexity: O(*n*) in the offset; it is counted only for a diagnostic that is printed.
  public init(of offset: Int, in bytes: borrowing Span<UInt8>) {
    var line = 1
    var column = 1
    var index = bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF ? 3 : 0
    let end = min(offset, bytes.count)
    while index < end {
      let byte = bytes[index]
      if byte == 10 || (byte == 13 && !(index + 1 < bytes.count && bytes[index + 1] == 10)) {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80, byte != 13 {
        column += 1
      }
      index += 1
    }
    self.init(line: line, column: column)
  }
}
