/// Something wrong in a template: a sentence for the designer, and a place.
struct TemplateError: Error {
  /// A short name that stays the same, such as `unknown-member`.
  var id: String
  /// What is wrong and what would be right.
  var message: String
  /// Where it is, in bytes from the file's start.
  var offset: Int

  /// An error with its name, its sentence and its place.
  init(_ id: String, _ message: String, at offset: Int) {
    self.id = id
    self.message = message
    self.offset = offset
  }
}

/// `; did you mean 'title'?`, or nothing when no name is near.
private func hint(_ written: String, among names: [String]) -> String {
  suggestion(for: written, among: names).map { "; did you mean '\($0)'?" } ?? ""
}

/// Names as a list: `'a', 'b' and 'c'`.
private func listed(_ names: [String]) -> String {
  let quoted = names.map { "'\($0)'" }
  guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "none" }
  return quoted.dropLast().joined(separator: ", ") + " and " + last
}

/// What exists but is not named in full, for messages.
private let writtenOut = 8

// MARK: Names

extension TemplateError {
  static func unknownMember(
    _ name: String, of type: String, among members: [String], synonym: String?, at offset: Int
  ) -> TemplateError {
    var advice = synonym.map { "; did you mean '\($0)'?" } ?? hint(name, among: members)
    if advice.isEmpty, !members.isEmpty, members.count <= writtenOut {
      advice = "; it has \(listed(members))"
    }
    return TemplateError("unknown-member", "'\(type)' has no member '\(name)'\(advice)", at: offset)
  }

  static func unknownName(
    _ name: String, isTemplate: Bool, among names: [String], at offset: Int
  ) -> TemplateError {
    let advice =
      isTemplate
      ? "; to call the template of that name, write \(name)(…)" : hint(name, among: names)
    return TemplateError("unknown-name", "there is no '\(name)' here\(advice)", at: offset)
  }

  static func unknownTemplate(_ name: String, among names: [String], at offset: Int)
    -> TemplateError
  {
    TemplateError(
      "unknown-template", "there is no template '\(name)'\(hint(name, among: names))", at: offset)
  }

  static func unknownFunction(_ name: String, at offset: Int) -> TemplateError {
    TemplateError(
      "unknown-name", "there is no function '\(name)' that gives a value", at: offset)
  }

  static func notAFunction(_ name: String, at offset: Int) -> TemplateError {
    TemplateError(
      "unknown-template", "'\(name)' is a value, not a template, and cannot be called", at: offset)
  }

  static func unknownType(_ name: String, among names: [String], at offset: Int) -> TemplateError {
    TemplateError(
      "unknown-type", "there is no type '\(name)'\(hint(name, among: names))", at: offset)
  }

  static func duplicateName(_ name: String, at offset: Int) -> TemplateError {
    TemplateError("duplicate-name", "'\(name)' is declared here already", at: offset)
  }

  static func reservedName(_ name: String, at offset: Int) -> TemplateError {
    TemplateError(
      "reserved-name", "'\(name)' is a word of the language; choose another name", at: offset)
  }

  static func unknownDateStyle(_ name: String, at offset: Int) -> TemplateError {
    let styles = DateStyle.allCases.map { "." + $0.stringValue }
    let advice = hint("." + name, among: styles)
    return TemplateError(
      "unknown-style",
      "there is no date style '.\(name)'"
        + (advice.isEmpty ? "; there are \(listed(styles))" : advice),
      at: offset)
  }

  static func strayImplicitMember(_ name: String, at offset: Int) -> TemplateError {
    TemplateError(
      "unknown-name", "'.\(name)' may stand only in a call such as date.formatted(.long)",
      at: offset)
  }
}

// MARK: Calls

extension TemplateError {
  static func missingArgument(
    _ name: String, _ type: String, of template: String, at offset: Int
  ) -> TemplateError {
    TemplateError(
      "missing-argument", "'\(template)' needs an argument '\(name): \(type)'", at: offset)
  }

  static func unknownArgument(
    _ label: String, of template: String, among names: [String], at offset: Int
  ) -> TemplateError {
    var advice = hint(label, among: names)
    if advice.isEmpty { advice = names.isEmpty ? "; it has none" : "; it has \(listed(names))" }
    return TemplateError(
      "unknown-argument", "'\(template)' has no parameter '\(label)'\(advice)", at: offset)
  }

  static func argumentWithoutLabel(
    _ name: String?, _ value: String, of template: String, at offset: Int
  ) -> TemplateError {
    guard let name else {
      return TemplateError(
        "unknown-argument", "'\(template)' has no parameter for '\(value)'", at: offset)
    }
    return TemplateError(
      "missing-label", "an argument of a template has a label; write '\(name): \(value)'",
      at: offset)
  }

  static func argumentTwice(_ name: String, at offset: Int) -> TemplateError {
    TemplateError("duplicate-name", "the argument '\(name)' is given twice", at: offset)
  }

  static func callInExpression(_ name: String, at offset: Int) -> TemplateError {
    TemplateError(
      "misplaced-call",
      "the call of a template stands by itself, as \\(\(name)(…)); it is not a value", at: offset)
  }

  static func layoutMismatch(_ name: String, isLayout: Bool, at offset: Int) -> TemplateError {
    isLayout
      ? TemplateError(
        "not-a-layout", "'\(name)' is no layout: it does not place \\(content)", at: offset)
      : TemplateError(
        "misplaced-call",
        "'\(name)' places \\(content), so it is a layout; write \\(layout \(name)(…)) at the top",
        at: offset)
  }

  static func contentOfRoot(_ name: String, at offset: Int) -> TemplateError {
    TemplateError(
      "misplaced-call",
      "the program calls '\(name)' itself; \\(content) stands only in a layout of another name",
      at: offset)
  }

  static func callsTooDeep(at offset: Int) -> TemplateError {
    TemplateError(
      "too-large",
      "templates call each other more than \(CallGraph.depthLimit) deep from here; write some of "
        + "them into one", at: offset)
  }

  static func wrongCall(
    of type: String, _ usage: String, isCalled: Bool, at offset: Int
  ) -> TemplateError {
    TemplateError(
      isCalled ? "unknown-argument" : "missing-argument",
      isCalled
        ? "'\(usage)' of '\(type)' takes no arguments; write it without parentheses"
        : "this member of '\(type)' takes arguments; write \(usage)", at: offset)
  }

  static func wrongArgumentCount(_ usage: String, at offset: Int) -> TemplateError {
    TemplateError(
      "missing-argument", "the number of arguments is not right; write \(usage)", at: offset)
  }

  static func wrongLabel(_ label: String?, _ usage: String, at offset: Int) -> TemplateError {
    TemplateError(
      label == nil ? "missing-label" : "unknown-argument",
      (label.map { "the label '\($0)' is not right" } ?? "a label is missing") + "; write \(usage)",
      at: offset)
  }

  static func recursion(_ names: [String], at offset: Int) -> TemplateError {
    let path = names.map { "'\($0)'" }.joined(separator: " calls ")
    return TemplateError(
      "template-recursion", "a template cannot stand inside itself: \(path)", at: offset)
  }

  static func enumeratedOutsideLoop(at offset: Int) -> TemplateError {
    TemplateError(
      "misplaced-call",
      "'enumerated()' stands only in \\(for (index, item) in list.enumerated())", at: offset)
  }
}

// MARK: Types

extension TemplateError {
  static func notText(
    _ expression: String, _ type: ValueType, _ name: String, at offset: Int
  ) -> TemplateError {
    let sentence: String
    switch type {
    case .optional:
      return mayBeMissing(expression, at: offset)
    case .date:
      sentence = "'Date' is not text; write \\(\(expression).formatted(.long))"
    case .bool:
      sentence = "'Bool' is not text; write \\(if \(expression))…\\(end)"
    case .list(.string):
      sentence = "'[String]' is not text; write \\(\(expression).joined(separator: \", \"))"
    case .list:
      sentence = "'\(name)' is not text; write \\(for item in \(expression))…\\(end)"
    case .object:
      sentence = "'\(name)' is not text; write one of its members, \\(\(expression).…)"
    default:
      sentence = "'\(name)' cannot be part of a text"
    }
    return TemplateError("not-text", sentence, at: offset)
  }

  static func mayBeMissing(_ expression: String, at offset: Int) -> TemplateError {
    let name = expression.split(separator: ".").last.map(String.init) ?? expression
    let isName = name.utf8.allSatisfy { $0.isLetterOrDigit || $0 == UInt8(ascii: "_") }
    let bound = isName ? name : "value"
    let binding = bound == expression ? bound : "\(bound) = \(expression)"
    return TemplateError(
      "optional-not-unwrapped",
      "'\(expression)' may be missing; write \\(if let \(binding)) around it, or \(expression) ?? …",
      at: offset)
  }

  static func memberOfOptional(
    _ member: String, of expression: String, isKnown: Bool, at offset: Int
  ) -> TemplateError {
    let error = mayBeMissing(expression, at: offset)
    guard isKnown else { return error }
    return TemplateError(
      error.id,
      "'\(expression)' may be missing; write \(expression)?.\(member), "
        + "or use it inside \\(if let …)", at: offset)
  }

  static func notACondition(
    _ expression: String, type: ValueType, name: String, at offset: Int
  ) -> TemplateError {
    let advice =
      switch type {
      case .optional: "\(expression) != nil, or let … = \(expression)"
      case .string, .list, .url, .html: "!\(expression).isEmpty"
      case .int: "\(expression) > 0"
      default: "a comparison"
      }
    return TemplateError(
      "not-a-condition",
      "a condition is a 'Bool', and '\(expression)' is '\(name)'; write \(advice)",
      at: offset)
  }

  static func notOptional(_ expression: String, _ type: String, at offset: Int) -> TemplateError {
    TemplateError(
      "not-optional",
      "'\(expression)' is '\(type)' and never missing; 'if let' is for values that may be",
      at: offset)
  }

  static func neverMissing(_ expression: String, _ type: String, at offset: Int) -> TemplateError {
    TemplateError(
      "not-optional", "'\(expression)' is '\(type)' and never nil", at: offset)
  }

  static func needlessChain(_ expression: String, _ type: String, at offset: Int) -> TemplateError {
    TemplateError(
      "not-optional", "'\(expression)' is '\(type)' and never missing; write '.' for '?.'",
      at: offset)
  }

  static func needlessDefault(_ expression: String, _ type: String, at offset: Int)
    -> TemplateError
  {
    TemplateError(
      "not-optional", "'\(expression)' is '\(type)' and never missing; leave out the '??'",
      at: offset)
  }

  static func typeMismatch(
    _ expression: String, _ type: String, wanted: String, _ wantedType: ValueType, at offset: Int
  ) -> TemplateError {
    let advice = wantedType.unwrapped == .url ? "; only the program makes URLs" : ""
    return TemplateError(
      "type-mismatch", "'\(expression)' is '\(type)', and '\(wanted)' is wanted here\(advice)",
      at: offset)
  }

  static func notAList(
    _ expression: String, _ name: String, _ type: ValueType, at offset: Int
  ) -> TemplateError {
    if case .optional(.list) = type {
      return TemplateError(
        "optional-not-unwrapped", "'\(expression)' may be missing; write \(expression) ?? []",
        at: offset)
    }
    return TemplateError(
      "type-mismatch", "'for' goes through a list, and '\(expression)' is '\(name)'", at: offset)
  }

  static func enumeration(
    _ element: String, _ list: String, _ isEnumerated: Bool, at offset: Int
  ) -> TemplateError {
    TemplateError(
      "type-mismatch",
      isEnumerated
        ? "'enumerated()' gives an index too; write \\(for (index, \(element)) in \(list).enumerated())"
        : "the index comes from 'enumerated()'; write \(list).enumerated()", at: offset)
  }

  static func joinOfOthers(_ expression: String, _ type: String, at offset: Int) -> TemplateError {
    TemplateError(
      "type-mismatch",
      "'joined' is for '[String]', and '\(expression)' is '\(type)'; use \\(for … in \(expression))",
      at: offset)
  }

  static func formattedWithoutStyle(at offset: Int) -> TemplateError {
    let styles = DateStyle.allCases.map { "." + $0.stringValue }
    return TemplateError(
      "missing-argument",
      "a date is written in a style: formatted(.long); there are \(listed(styles))",
      at: offset)
  }

  static func cannotCompare(_ left: String, _ right: String, at offset: Int) -> TemplateError {
    TemplateError("type-mismatch", "'\(left)' cannot be compared with '\(right)'", at: offset)
  }

  static func noComparison(_ symbol: String, _ type: String, at offset: Int) -> TemplateError {
    TemplateError("type-mismatch", "values of '\(type)' have no '\(symbol)'", at: offset)
  }

  static func branchTypesDiffer(_ left: String, _ right: String, at offset: Int) -> TemplateError {
    TemplateError(
      "type-mismatch", "both values of '? :' have one type, and these are '\(left)' and '\(right)'",
      at: offset)
  }

  static func nilForValue(_ type: String, at offset: Int) -> TemplateError {
    TemplateError(
      "type-mismatch", "'nil' stands for a missing value, and '\(type)' is wanted here", at: offset)
  }

  static func nilWithoutType(at offset: Int) -> TemplateError {
    TemplateError("type-mismatch", "'nil' has no type here", at: offset)
  }

  static func emptyListWithoutType(at offset: Int) -> TemplateError {
    TemplateError("type-mismatch", "'[]' stands only where a list is wanted", at: offset)
  }
}
