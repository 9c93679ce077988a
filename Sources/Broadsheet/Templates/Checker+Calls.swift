extension Checker {
  /// Checks a call inside an expression: a member that takes arguments.
  mutating func callExpression(
    _ callee: Expression, _ arguments: [Argument]
  ) -> CheckedExpression? {
    switch callee.kind {
    case .member(let base, let name, let offset):
      return member(name, of: base, arguments: arguments, at: offset)
    case .name(let name):
      checkLoosely(arguments)
      if signatures.contains(where: { $0.name == name }) {
        report(.callInExpression(name, at: callee.offset))
      } else {
        report(.unknownFunction(name, at: callee.offset))
      }
    default: report(.unknownFunction(text(of: callee), at: callee.offset))
    }
    return nil
  }

  /// Checks the call of a template, `\(card(story: lead))`, or of a layout.
  mutating func call(_ call: TemplateCall, isLayout: Bool) -> CheckedCall? {
    guard let index = signatures.firstIndex(where: { $0.name == call.name }) else {
      checkLoosely(call.arguments)
      report(unknownTemplate(call))
      return nil
    }
    let signature = signatures[index]
    if signature.isBroken {
      checkLoosely(call.arguments)
      return nil
    }
    if isLayout != signature.placesContent {
      report(.layoutMismatch(call.name, isLayout: isLayout, at: call.offset))
    }
    var values = [CheckedExpression?](repeating: nil, count: signature.parameters.count)
    var given = Set<Int>()
    var isSound = true
    for argument in call.arguments {
      guard let place = place(of: argument, in: signature, after: given) else {
        checkLoosely([argument])
        isSound = false
        continue
      }
      if !given.insert(place).inserted {
        report(.argumentTwice(signature.parameters[place].name, at: argument.offset))
      }
      guard let type = signature.parameters[place].type else {
        checkLoosely([argument])
        continue
      }
      if let value = check(argument.value, expecting: type) {
        values[place] = convert(value, to: type, argument.value)
      }
      isSound = isSound && values[place] != nil
    }
    for (index, parameter) in signature.parameters.enumerated()
    where parameter.defaultValue == nil && !given.contains(index) && isSound {
      let type = parameter.type.map { schema.name(of: $0) } ?? ""
      report(.missingArgument(parameter.name, type, of: call.name, at: call.offset))
    }
    return isSound ? CheckedCall(template: index, arguments: values) : nil
  }

  /// The parameter that an argument is for, or nil when there is none and that has been reported.
  private mutating func place(
    of argument: Argument, in signature: Signature, after given: Set<Int>
  ) -> Int? {
    let names = signature.parameters.map(\.name)
    if let label = argument.label {
      if let index = names.firstIndex(of: label) { return index }
      report(.unknownArgument(label, of: signature.name, among: names, at: argument.offset))
      return nil
    }
    let next = names.indices.first { !given.contains($0) }
    report(
      .argumentWithoutLabel(
        next.map { names[$0] }, text(of: argument.value), of: signature.name, at: argument.offset))
    return nil
  }

  /// The error for a call of something that is no template.
  private func unknownTemplate(_ call: TemplateCall) -> TemplateError {
    if variable(call.name) != nil { return .notAFunction(call.name, at: call.offset) }
    return .unknownTemplate(call.name, among: signatures.map(\.name), at: call.offset)
  }

  // MARK: Values in their place

  /// How a value is written where it stands, or nil when it may not stand there or is no text.
  mutating func place(
    _ value: CheckedExpression?, of expression: Expression, at offset: Int
  ) -> Escaping? {
    let place: HTMLPlace
    do throws(TemplateError) {
      guard let found = try html.passHole(at: offset) else { return nil }
      place = found
    } catch {
      report(error)
      return nil
    }
    guard let value else { return nil }
    switch (value.type, place) {
    case (.string, .text), (.url, .text): return .text
    case (.string, .plain), (.url, .plain): return .text
    case (.int, .text), (.int, .plain), (.int, .urlPart): return .number
    case (.html, .text): return .html
    case (.sourceSet, .sourceSet): return .text
    case (.url, .urlStart): return .url
    case (.string, .urlPart), (.url, .urlPart): return .urlPart
    case (.string, .urlStart), (.int, .urlStart):
      report(
        .notAURL(
          text(of: expression), schema.name(of: value.type), html.placeName, at: expression.offset))
    case (.html, .plain), (.html, .urlStart), (.html, .urlPart), (.html, .sourceSet):
      report(.htmlOutsideText(text(of: expression), html.placeName, at: expression.offset))
    case (.sourceSet, _):
      report(.sourceSetElsewhere(text(of: expression), at: expression.offset))
    case (.string, .sourceSet), (.url, .sourceSet), (.int, .sourceSet):
      report(
        .notASourceSet(
          text(of: expression), schema.name(of: value.type), html.placeName, at: expression.offset))
    default: report(notText(value.type, expression))
    }
    return nil
  }
}
