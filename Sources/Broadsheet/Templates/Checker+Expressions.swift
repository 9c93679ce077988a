extension Checker {
  /// Finds the type of an expression; nil means that something was wrong and has been reported.
  ///
  /// - Parameters:
  ///   - expression: The expression.
  ///   - expected: The type that is wanted where it stands, which gives `nil` and `[]` theirs.
  /// - Returns: The expression with its type, which need not be the wanted one.
  mutating func check(
    _ expression: Expression, expecting expected: ValueType? = nil
  ) -> CheckedExpression? {
    switch expression.kind {
    case .name(let name): return self.name(name, at: expression.offset)
    case .int(let number): return constant(.int(number), .int)
    case .bool(let isTrue): return constant(.bool(isTrue), .bool)
    case .none:
      guard let expected else {
        report(.nilWithoutType(at: expression.offset))
        return nil
      }
      guard expected.isOptional else {
        report(.nilForValue(schema.name(of: expected), at: expression.offset))
        return nil
      }
      return constant(.none, expected)
    case .emptyList:
      guard let expected, case .list = expected.unwrapped else {
        report(.emptyListWithoutType(at: expression.offset))
        return nil
      }
      return constant(.emptyList, expected.unwrapped)
    case .string(let parts): return string(parts)
    case .member(let base, let name, let offset):
      return member(name, of: base, arguments: nil, at: offset)
    case .call(let callee, let arguments): return callExpression(callee, arguments)
    case .unwrap(let base): return unwrap(base)
    case .chain(let inner):
      return check(inner).map { CheckedExpression(kind: .chain($0), type: $0.type.optional) }
    case .implicitMember(let name):
      report(.strayImplicitMember(name, at: expression.offset))
      return nil
    case .not(let operand):
      return test(operand).map { CheckedExpression(kind: .not($0), type: .bool) }
    case .negate(let operand):
      return number(operand).map { CheckedExpression(kind: .negate($0), type: .int) }
    case .binary(let symbol, let left, let right):
      return binary(symbol, left, right, of: expression)
    case .ternary(let condition, let first, let second):
      return ternary(condition, first, second, expecting: expected)
    }
  }

  private func constant(_ constant: Constant, _ type: ValueType) -> CheckedExpression {
    CheckedExpression(kind: .constant(constant), type: type)
  }

  private mutating func name(_ name: String, at offset: Int) -> CheckedExpression? {
    guard let variable = variable(name) else {
      if !name.isEmpty {
        let isTemplate = signatures.contains { $0.name == name }
        report(.unknownName(name, isTemplate: isTemplate, among: names, at: offset))
      }
      return nil
    }
    return variable.type.map { CheckedExpression(kind: .variable(variable.place), type: $0) }
  }

  private mutating func unwrap(_ base: Expression) -> CheckedExpression? {
    guard let checked = check(base) else { return nil }
    guard checked.type.isOptional else {
      report(
        .needlessChain(text(of: base), schema.name(of: checked.type), at: base.range.upperBound))
      return checked
    }
    return CheckedExpression(kind: .unwrap(checked), type: checked.type.unwrapped)
  }

  /// Checks a value that has to be a number.
  mutating func number(_ expression: Expression) -> CheckedExpression? {
    guard let checked = check(expression) else { return nil }
    return convert(checked, to: .int, expression)
  }

  private mutating func string(_ parts: [Expression.StringPart]) -> CheckedExpression? {
    var checked: [CheckedExpression] = []
    var isSound = true
    for part in parts {
      switch part {
      case .text(let text): checked.append(constant(.text(text), .string))
      case .value(let expression):
        guard let value = check(expression, expecting: .string) else {
          isSound = false
          continue
        }
        switch value.type {
        case .string, .int, .url: checked.append(value)
        default:
          report(notText(value.type, expression))
          isSound = false
        }
      }
    }
    guard isSound else { return nil }
    if checked.count == 1, case .constant = checked[0].kind { return checked[0] }
    return CheckedExpression(kind: .concatenated(checked), type: .string)
  }

  /// Why a value cannot be written as text.
  func notText(_ type: ValueType, _ expression: Expression) -> TemplateError {
    .notText(text(of: expression), type, schema.name(of: type), at: expression.offset)
  }

  private mutating func ternary(
    _ condition: Expression, _ first: Expression, _ second: Expression,
    expecting expected: ValueType?
  ) -> CheckedExpression? {
    let test = test(condition)
    guard let (left, right) = pair(first, second, expecting: expected) else { return nil }
    guard let test else { return nil }
    guard let type = common(left.type, right.type) else {
      report(
        .branchTypesDiffer(
          schema.name(of: left.type), schema.name(of: right.type), at: first.offset))
      return nil
    }
    return CheckedExpression(kind: .ternary(test, left, right), type: type)
  }

  /// Checks two expressions of one type, of which one may be `nil` or `[]` and take the other's.
  private mutating func pair(
    _ first: Expression, _ second: Expression, expecting expected: ValueType?
  ) -> (CheckedExpression, CheckedExpression)? {
    let left: CheckedExpression?
    let right: CheckedExpression?
    if first.isTypeless {
      right = check(second, expecting: expected)
      left = check(first, expecting: expected, beside: right)
    } else {
      left = check(first, expecting: expected)
      right = check(second, expecting: expected, beside: left)
    }
    guard let left, let right else { return nil }
    return (left, right)
  }

  /// Checks one of two expressions of one type; `nil` or `[]` beside one that is in error is no error
  /// of its own.
  private mutating func check(
    _ expression: Expression, expecting expected: ValueType?, beside other: CheckedExpression?
  ) -> CheckedExpression? {
    let type = expected ?? wanted(expression, beside: other)
    if type == nil, other == nil, expression.isTypeless { return nil }
    return check(expression, expecting: type)
  }

  /// The type that `nil` or `[]` takes from the other value.
  private func wanted(_ expression: Expression, beside other: CheckedExpression?) -> ValueType? {
    guard let other else { return nil }
    if case .none = expression.kind { return other.type.optional }
    return other.type
  }

  /// The type that holds values of both types.
  private func common(_ left: ValueType, _ right: ValueType) -> ValueType? {
    if left == right { return left }
    if left.unwrapped == right.unwrapped { return left.optional }
    return nil
  }

  /// Makes sure that a value fits where a type is wanted.
  mutating func convert(
    _ value: CheckedExpression, to type: ValueType, _ expression: Expression
  ) -> CheckedExpression? {
    if value.type == type || value.type == type.unwrapped { return value }
    let name = text(of: expression)
    if value.type.unwrapped == type {
      report(.mayBeMissing(name, at: expression.offset))
    } else {
      report(
        .typeMismatch(
          name, schema.name(of: value.type), wanted: schema.name(of: type), type,
          at: expression.offset))
    }
    return nil
  }

  // MARK: Operators

  private mutating func binary(
    _ symbol: BinaryOperator, _ left: Expression, _ right: Expression, of whole: Expression
  ) -> CheckedExpression? {
    switch symbol {
    case .and, .or:
      let first = test(left)
      guard let second = test(right), let first else { return nil }
      return CheckedExpression(
        kind: symbol == .and ? .and(first, second) : .or(first, second), type: .bool)
    case .coalesce: return coalesce(left, right)
    case .add: return sum(left, right)
    case .subtract:
      let first = number(left)
      guard let second = number(right), let first else { return nil }
      return CheckedExpression(kind: .subtract(first, second), type: .int)
    case .equal, .notEqual:
      if case .none = right.kind { return isMissing(left, symbol, whole) }
      if case .none = left.kind { return isMissing(right, symbol, whole) }
      return comparison(symbol, left, right, of: whole)
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      return comparison(symbol, left, right, of: whole)
    }
  }

  private mutating func coalesce(_ left: Expression, _ right: Expression) -> CheckedExpression? {
    let first = check(left)
    if let first, !first.type.isOptional {
      report(.needlessDefault(text(of: left), schema.name(of: first.type), at: left.offset))
      _ = check(right, expecting: first.type)
      return first
    }
    let second = check(right, expecting: nil, beside: first)
    guard let first, let second else { return nil }
    guard
      let fitting = convert(
        second, to: second.type.isOptional ? first.type : first.type.unwrapped, right)
    else { return nil }
    return CheckedExpression(kind: .coalesce(first, fitting), type: fitting.type)
  }

  private mutating func sum(_ left: Expression, _ right: Expression) -> CheckedExpression? {
    let first = check(left)
    guard let second = check(right), let first else { return nil }
    if first.type == .string || second.type == .string {
      guard let first = convert(first, to: .string, left),
        let second = convert(second, to: .string, right)
      else { return nil }
      return CheckedExpression(kind: .concatenated([first, second]), type: .string)
    }
    guard let first = convert(first, to: .int, left), let second = convert(second, to: .int, right)
    else { return nil }
    return CheckedExpression(kind: .add(first, second), type: .int)
  }

  private mutating func isMissing(
    _ operand: Expression, _ symbol: BinaryOperator, _ whole: Expression
  ) -> CheckedExpression? {
    guard let value = check(operand) else { return nil }
    guard value.type.isOptional else {
      report(.neverMissing(text(of: operand), schema.name(of: value.type), at: whole.offset))
      return nil
    }
    let test = CheckedExpression(kind: .isMissing(value), type: .bool)
    return symbol == .equal ? test : CheckedExpression(kind: .not(test), type: .bool)
  }

  private mutating func comparison(
    _ symbol: BinaryOperator, _ left: Expression, _ right: Expression, of whole: Expression
  ) -> CheckedExpression? {
    let first = check(left)
    guard let second = check(right), let first else { return nil }
    let kind: Comparison =
      switch symbol {
      case .notEqual: .notEqual
      case .less: .less
      case .lessOrEqual: .lessOrEqual
      case .greater: .greater
      case .greaterOrEqual: .greaterOrEqual
      default: .equal
      }
    guard first.type.unwrapped == second.type.unwrapped else {
      report(
        .cannotCompare(
          schema.name(of: first.type), schema.name(of: second.type), at: whole.offset))
      return nil
    }
    let isOrder = kind != .equal && kind != .notEqual
    switch first.type.unwrapped {
    case .int, .string, .date: break
    case .bool where !isOrder, .url where !isOrder, .object where !isOrder: break
    default:
      report(
        .noComparison(symbol.rawValue, schema.name(of: first.type.unwrapped), at: whole.offset))
      return nil
    }
    if isOrder {
      guard let first = convert(first, to: first.type.unwrapped, left),
        let second = convert(second, to: second.type.unwrapped, right)
      else { return nil }
      return CheckedExpression(kind: .compare(kind, first, second), type: .bool)
    }
    return CheckedExpression(kind: .compare(kind, first, second), type: .bool)
  }
}
