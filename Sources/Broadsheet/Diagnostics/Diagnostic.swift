/// Something wrong that an editor, a designer or whoever runs the machine can mend.
public struct Diagnostic: Error, Hashable, Sendable {
  /// How much it weighs.
  public enum Severity: String, Sendable {
    /// Nothing is published while it stands.
    case error
    /// The site is published; somebody should look at it.
    case warning
  }

  /// Who has to act on it.
  public enum Cause: Sendable {
    /// The content, the templates or the configuration: exit code 1.
    case content
    /// The machine, such as a full disk or a file that may not be read: exit code 3.
    case machine
  }

  /// How much it weighs.
  public var severity: Severity
  /// Who has to act on it.
  public var cause: Cause
  /// A short name that stays the same, such as `bad-date`, for looking it up and for scripts.
  public var id: String
  /// The file, as the user would open it from the working folder; empty where none is at fault.
  public var file: String
  /// The place in the file, or nil when the whole file is meant.
  public var position: SourcePosition?
  /// What is wrong and what would be right, in one sentence without a full stop.
  public var message: String
  /// The line of the file that is at fault, printed under the message with a mark at the column.
  public var sourceLine: String?

  /// An error, unless another severity is given.
  public init(
    _ id: String, _ message: String, severity: Severity = .error, file: String = "",
    at position: SourcePosition? = nil, sourceLine: String? = nil, cause: Cause = .content
  ) {
    self.severity = severity
    self.cause = cause
    self.id = id
    self.file = file
    self.position = position
    self.message = message
    self.sourceLine = sourceLine
  }

  /// Whether nothing may be published while it stands.
  public var isError: Bool { severity == .error }
}

extension Diagnostic: CustomStringConvertible {
  /// The diagnostic as one line: `seeds/politics/talks.md:3:7: error: … [bad-date]`.
  public var description: String {
    var place = file
    if let position { place += ":\(position.line):\(position.column)" }
    return (place.isEmpty ? "" : place.withoutControls + ": ")
      + "\(severity.rawValue): \(message.withoutControls) [\(id)]"
  }
}

extension String {
  /// The text with a space for each control character: names and texts of files stand in messages, and
  /// must neither begin a line of their own nor speak to the terminal.
  ///
  /// A line feed before two spaces stays: so do messages write lists.
  var withoutControls: String {
    func isControl(_ scalar: Unicode.Scalar) -> Bool {
      scalar.value < 32 || (0x7F...0x9F).contains(scalar.value)
    }
    guard unicodeScalars.contains(where: isControl) else { return self }
    let scalars = Array(unicodeScalars)
    var clean = String.UnicodeScalarView()
    for (place, scalar) in scalars.enumerated() {
      let isOfList = scalar == "\n" && scalars[(place + 1)...].starts(with: [" ", " "])
      clean.append(isControl(scalar) && !isOfList ? " " : scalar)
    }
    return String(clean)
  }
}

extension Diagnostic: Comparable {
  /// The order in which diagnostics are printed: by file, then by place, then by name and message.
  public static func < (left: Diagnostic, right: Diagnostic) -> Bool {
    if left.file != right.file { return left.file < right.file }
    let (here, there) = (left.position, right.position)
    let (line, otherLine) = (here?.line ?? 0, there?.line ?? 0)
    let (column, otherColumn) = (here?.column ?? 0, there?.column ?? 0)
    return (line, column, left.id, left.message) < (otherLine, otherColumn, right.id, right.message)
  }
}
