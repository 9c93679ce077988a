extension Checker {
  /// Checks `base.name` or, with arguments, `base.name(…)`.
  mutating func member(
    _ name: String, of base: Expression, arguments: [Argument]?, at offset: Int
  ) -> CheckedExpression? {
    guard let object = check(base) else {
      checkLoosely(arguments ?? [])
      return nil
    }
    switch object.type {
    case .object(let id):
      return member(name, of: object, id, arguments: arguments, at: offset)
    case .optional(let wrapped):
      checkLoosely(arguments ?? [])
      let suggested: Schema.Member? =
        if case .object(let id) = wrapped { schema[id].members.first { $0.name == name } } else {
          nil
        }
      report(
        .memberOfOptional(
          name, of: text(of: base), isKnown: suggested != nil || wrapped.hasOwnMembers,
          at: base.offset))
      return nil
    case .list(let element):
      return listMember(name, of: object, element, arguments, base, at: offset)
    case .string, .url, .html:
      if name == "isEmpty", arguments == nil {
        return CheckedExpression(kind: .isEmpty(object), type: .bool)
      }
    case .date:
      if name == "formatted" { return formatted(object, arguments, at: offset) }
    default: break
    }
    checkLoosely(arguments ?? [])
    report(
      .unknownMember(
        name, of: schema.name(of: object.type), among: object.type.ownMembers, synonym: nil,
        at: offset))
    return nil
  }

  /// Checks arguments of something that is unknown, for what is wrong with them alone.
  mutating func checkLoosely(_ arguments: [Argument]) {
    for argument in arguments {
      if case .implicitMember = argument.value.kind { continue }
      if argument.value.isTypeless { continue }
      _ = check(argument.value)
    }
  }

  private mutating func member(
    _ name: String, of object: CheckedExpression, _ id: Schema.TypeID, arguments: [Argument]?,
    at offset: Int
  ) -> CheckedExpression? {
    let type = schema[id]
    guard let member = type.members.first(where: { $0.name == name }) else {
      checkLoosely(arguments ?? [])
      let word = name.lowercased()
      let synonym = type.members.first { member in
        member.synonyms.contains { suggestion(for: word, among: [$0]) != nil }
      }
      report(
        .unknownMember(
          name, of: type.name, among: type.members.map(\.name), synonym: synonym?.name, at: offset))
      return nil
    }
    guard member.parameters.isEmpty == (arguments == nil) else {
      checkLoosely(arguments ?? [])
      report(.wrongCall(of: type.name, member.usage, isCalled: arguments != nil, at: offset))
      return nil
    }
    let parameters = member.parameters.map { ($0.label, $0.type) }
    guard let values = memberArguments(arguments ?? [], parameters, member.usage, at: offset) else {
      return nil
    }
    return CheckedExpression(
      kind: .member(object, type: id.index, member: member.id, arguments: values),
      type: member.type)
  }

  /// Checks arguments that stand in the order of their parameters, with their labels.
  private mutating func memberArguments(
    _ arguments: [Argument], _ parameters: [(label: String?, type: ValueType)], _ usage: String,
    at offset: Int
  ) -> [CheckedExpression]? {
    var values: [CheckedExpression] = []
    var isSound = arguments.count == parameters.count
    if !isSound {
      report(.wrongArgumentCount(usage, at: offset))
    }
    for (index, argument) in arguments.enumerated() {
      guard index < parameters.count else {
        checkLoosely([argument])
        continue
      }
      let parameter = parameters[index]
      if argument.label != parameter.label, isSound {
        report(.wrongLabel(argument.label, usage, at: argument.offset))
        isSound = false
      }
      guard let value = check(argument.value, expecting: parameter.type) else { continue }
      if parameter.type == .string, value.type == .int {
        // A place of an interface word takes a number as it stands.
        values.append(CheckedExpression(kind: .concatenated([value]), type: .string))
      } else if let fitting = convert(value, to: parameter.type, argument.value) {
        values.append(fitting)
      }
    }
    return isSound && values.count == parameters.count ? values : nil
  }

  private mutating func listMember(
    _ name: String, of list: CheckedExpression, _ element: ValueType, _ arguments: [Argument]?,
    _ base: Expression, at offset: Int
  ) -> CheckedExpression? {
    let kind: (CheckedExpression) -> CheckedExpression.Kind
    let type: ValueType
    switch (name, arguments == nil) {
    case ("count", true): (kind, type) = ({ .count($0) }, .int)
    case ("isEmpty", true): (kind, type) = ({ .isEmpty($0) }, .bool)
    case ("first", true): (kind, type) = ({ .first($0) }, element.optional)
    case ("last", true): (kind, type) = ({ .last($0) }, element.optional)
    case ("prefix", false), ("dropFirst", false):
      let usage = "\(name)(4)"
      guard let values = memberArguments(arguments ?? [], [(nil, .int)], usage, at: offset) else {
        return nil
      }
      return CheckedExpression(
        kind: name == "prefix" ? .prefix(list, values[0]) : .dropFirst(list, values[0]),
        type: list.type)
    case ("joined", false):
      let usage = "joined(separator: \", \")"
      let values = memberArguments(
        arguments ?? [], [("separator", .string)], usage, at: offset)
      guard element == .string else {
        report(.joinOfOthers(text(of: base), schema.name(of: list.type), at: offset))
        return nil
      }
      return values.map {
        CheckedExpression(kind: .joined(list: list, separator: $0[0]), type: .string)
      }
    case ("enumerated", false):
      report(.enumeratedOutsideLoop(at: offset))
      return nil
    default:
      checkLoosely(arguments ?? [])
      report(
        .unknownMember(
          name, of: schema.name(of: list.type), among: list.type.ownMembers,
          synonym: ["length", "size"].contains(name) ? "count" : nil, at: offset))
      return nil
    }
    return CheckedExpression(kind: kind(list), type: type)
  }

  private mutating func formatted(
    _ date: CheckedExpression, _ arguments: [Argument]?, at offset: Int
  ) -> CheckedExpression? {
    guard let arguments, arguments.count == 1, arguments[0].label == nil,
      case .implicitMember(let name) = arguments[0].value.kind
    else {
      report(.formattedWithoutStyle(at: offset))
      return nil
    }
    guard let style = DateStyle.allCases.first(where: { $0.stringValue == name }) else {
      report(.unknownDateStyle(name, at: arguments[0].offset))
      return nil
    }
    return CheckedExpression(kind: .formatted(date, style), type: .string)
  }
}

extension ValueType {
  /// The members that values of the language's own types have, as they are written.
  var ownMembers: [String] {
    switch self {
    case .list(.string):
      ["count", "isEmpty", "first", "last", "prefix", "dropFirst", "joined", "enumerated"]
    case .list: ["count", "isEmpty", "first", "last", "prefix", "dropFirst", "enumerated"]
    case .string, .url, .html: ["isEmpty"]
    case .date: ["formatted"]
    default: []
    }
  }

  /// Whether it is one of the language's own types that have members.
  var hasOwnMembers: Bool { !ownMembers.isEmpty }
}

extension Schema.Member {
  /// How it is written: `title`, `stories(Int)`, `pageOf(page: Int, pages: Int)`.
  var usage: String {
    parameters.isEmpty
      ? name
      : "\(name)(\(parameters.map { $0.label.map { "\($0): …" } ?? "…" }.joined(separator: ", ")))"
  }
}
