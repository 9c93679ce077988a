extension Compiler {
  /// A register that holds a value: the variable's own, or one for a value in between.
  mutating func operand(_ expression: CheckedExpression) -> Register {
    if case .variable(let place) = expression.kind { return register(of: place) }
    if case .unwrap(let value) = expression.kind { return unwrapped(value) }
    let target = temporary()
    compile(expression, into: target)
    return target
  }

  /// Puts a value into a register.
  mutating func compile(_ expression: CheckedExpression, into target: Register) {
    switch expression.kind {
    case .variable(let place):
      let source = register(of: place)
      if source != target { emit(.copy(into: target, from: source)) }
    case .constant(let constant): emit(.constant(into: target, index: index(of: constant)))
    case .member(let object, let type, let member, let arguments):
      compileMember(of: object, type, member, arguments, into: target)
    case .unwrap(let value):
      let source = unwrapped(value)
      if source != target { emit(.copy(into: target, from: source)) }
    case .chain(let value):
      let end = newLabel()
      chains.append((target, end))
      compile(value, into: target)
      chains.removeLast()
      place(end)
    case .and, .or: compileCondition(expression, into: target)
    case .ternary(let test, let first, let second):
      let (otherwise, end) = (newLabel(), newLabel())
      scoped { $0.jump(to: otherwise, unless: test) }
      compile(first, into: target)
      emit(.jump(end))
      place(otherwise)
      compile(second, into: target)
      place(end)
    case .coalesce(let first, let second):
      let end = newLabel()
      compile(first, into: target)
      emit(.jumpUnlessMissing(target, end))
      compile(second, into: target)
      place(end)
    case .concatenated(let values):
      let first = temporaries(values.count)
      for (offset, value) in values.enumerated() { compile(value, into: register(first + offset)) }
      emit(.concatenate(into: target, first: register(first), count: UInt16(values.count)))
    default: scoped { $0.compileSimple(expression, into: target) }
    }
  }

  /// Puts a value that may be missing into the register of its chain, which ends when it is.
  private mutating func unwrapped(_ value: CheckedExpression) -> Register {
    guard let (target, end) = chains.last else { return operand(value) }
    compile(value, into: target)
    emit(.jumpIfMissing(target, end))
    return target
  }

  /// A value that one operation makes of other values.
  private mutating func compileSimple(_ expression: CheckedExpression, into target: Register) {
    switch expression.kind {
    case .not(let value): emit(.not(into: target, operand(value)))
    case .negate(let value): emit(.negate(into: target, operand(value)))
    case .isMissing(let value): emit(.isMissing(into: target, operand(value)))
    case .compare(let comparison, let left, let right):
      emit(.compare(comparison, into: target, operand(left), operand(right)))
    case .add(let left, let right): emit(.add(into: target, operand(left), operand(right)))
    case .subtract(let left, let right):
      emit(.subtract(into: target, operand(left), operand(right)))
    case .joined(let list, let separator):
      emit(.joined(into: target, list: operand(list), separator: operand(separator)))
    case .count(let list): emit(.count(into: target, operand(list)))
    case .isEmpty(let value): emit(.isEmpty(into: target, operand(value)))
    case .first(let list): emit(.first(into: target, operand(list)))
    case .last(let list): emit(.last(into: target, operand(list)))
    case .prefix(let list, let count):
      emit(.prefix(into: target, list: operand(list), count: operand(count)))
    case .dropFirst(let list, let count):
      emit(.dropFirst(into: target, list: operand(list), count: operand(count)))
    case .formatted(let date, let style): emit(.formatted(into: target, operand(date), style))
    default: break
    }
  }

  private mutating func compileMember(
    of object: CheckedExpression, _ type: UInt16, _ member: UInt16,
    _ arguments: [CheckedExpression], into target: Register
  ) {
    scoped { compiler in
      let owner = compiler.operand(object)
      guard !arguments.isEmpty else {
        return compiler.emit(.member(into: target, object: owner, type: type, member: member))
      }
      let first = compiler.temporaries(arguments.count)
      for (offset, argument) in arguments.enumerated() {
        compiler.compile(argument, into: compiler.register(first + offset))
      }
      compiler.emit(
        .memberWith(
          into: target, object: owner, type: type, member: member,
          arguments: compiler.register(first), count: UInt8(arguments.count)))
    }
  }

  private mutating func compileCondition(
    _ expression: CheckedExpression, into target: Register
  ) {
    let (otherwise, end) = (newLabel(), newLabel())
    scoped { $0.jump(to: otherwise, unless: expression) }
    emit(.constant(into: target, index: index(of: .bool(true))))
    emit(.jump(end))
    place(otherwise)
    emit(.constant(into: target, index: index(of: .bool(false))))
    place(end)
  }

  /// Jumps when a condition does not hold.
  mutating func jump(to label: Int32, unless test: CheckedExpression) {
    switch test.kind {
    case .and(let left, let right):
      jump(to: label, unless: left)
      jump(to: label, unless: right)
    case .or(let left, let right):
      let holds = newLabel()
      jump(to: holds, if: left)
      jump(to: label, unless: right)
      place(holds)
    case .not(let inner): jump(to: label, if: inner)
    case .isMissing(let value): emit(.jumpUnlessMissing(operand(value), label))
    default: emit(.jumpUnless(operand(test), label))
    }
  }

  /// Jumps when a condition holds.
  private mutating func jump(to label: Int32, if test: CheckedExpression) {
    switch test.kind {
    case .or(let left, let right):
      jump(to: label, if: left)
      jump(to: label, if: right)
    case .and(let left, let right):
      let fails = newLabel()
      jump(to: fails, unless: left)
      jump(to: label, if: right)
      place(fails)
    case .not(let inner): jump(to: label, unless: inner)
    case .isMissing(let value): emit(.jumpIfMissing(operand(value), label))
    default: emit(.jumpIf(operand(test), label))
    }
  }
}
