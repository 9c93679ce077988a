/// Something wrong in a file, as a fact with a place: what becomes a ``Diagnostic`` when the file's
/// name is known.
struct Problem: Error, Equatable {
  /// A short name that stays the same.
  var id: String
  /// What is wrong and what would be right.
  var message: String
  /// Where it is, in bytes from the start of the file; nil when the whole file is meant.
  var offset: Int?
  /// How much it weighs.
  var severity = Diagnostic.Severity.error
  /// Who has to act on it.
  var cause = Diagnostic.Cause.content

  /// An error, unless another severity is given.
  init(
    _ id: String, _ message: String, at offset: Int? = nil,
    severity: Diagnostic.Severity = .error, cause: Diagnostic.Cause = .content
  ) {
    self.id = id
    self.message = message
    self.offset = offset
    self.severity = severity
    self.cause = cause
  }
}

extension Diagnostic {
  /// A problem, with the file that has it and the line where it is.
  init(_ problem: Problem, in source: ByteSlice, file: String) {
    var position: SourcePosition?
    var line: String?
    if let offset = problem.offset {
      let span = unsafe Span(_unsafeElements: source.buffer)
      position = SourcePosition(of: offset, in: span)
      line = source.line(at: offset).quotable(upTo: 200)
    }
    self.init(
      problem.id, problem.message, severity: problem.severity, file: file, at: position,
      sourceLine: line, cause: problem.cause)
  }
}

extension ByteSlice {
  /// The line that a byte stands in, without its end.
  fileprivate func line(at offset: Int) -> ByteSlice {
    func endsLine(_ offset: Int) -> Bool { self[offset] == 10 || self[offset] == 13 }
    var lower = min(offset, count)
    var upper = lower
    while lower > 0, !endsLine(lower - 1) { lower -= 1 }
    while upper < count, !endsLine(upper) { upper += 1 }
    if lower == 0, hasPrefix("\u{FEFF}") { lower = 3 }
    return self[lower..<upper]
  }
}
