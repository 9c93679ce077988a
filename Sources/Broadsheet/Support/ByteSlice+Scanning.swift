import CVector

/// Searches that look at sixteen bytes at a time. Each begins at an offset, and gives that of what it finds, or
/// the count where it finds nothing.
extension ByteSlice {
  /// The next end of a line: a line feed or a carriage return.
  @inline(__always) func lineEnd(from offset: Int) -> Int {
    unsafe offset + vector_find_line_ends(start + offset, count - offset)
  }

  /// The next byte that may end a plain scalar of YAML: the end of a line, `:` or `#`.
  @inline(__always) func plainScalarEnd(from offset: Int) -> Int {
    unsafe offset + vector_find_plain_ends(start + offset, count - offset)
  }

  /// The next byte that may end a quoted scalar of YAML or stand for another: the end of a line, a quotation
  /// mark of either kind, or `\`.
  @inline(__always) func quotedScalarEnd(from offset: Int) -> Int {
    unsafe offset + vector_find_quote_ends(start + offset, count - offset)
  }

  /// The next byte that YAML may take for more than it is: a control character other than a line feed, or the
  /// first byte of a character that may be one of Unicode's own line ends or a mark of byte order.
  @inline(__always) func oddSign(from offset: Int) -> Int {
    unsafe offset + vector_find_odd_yaml(start + offset, count - offset)
  }

  /// How many slashes there are.
  var slashCount: Int { unsafe vector_slashes(start, count) }
}
