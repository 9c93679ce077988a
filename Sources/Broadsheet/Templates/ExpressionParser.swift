/// Reads expressions from the bytes of a file; precedence is Swift's.
struct ExpressionParser {
  let bytes: [UInt8]
  /// The offset of the next byte to read.
  var position: Int
  /// Where the hole ends.
  let end: Int
  /// Where the last thing that was read ended, without the blanks after it.
  var lastEnd: Int
  /// How many operands were read, some of them twice; an expression of hundreds is none that someone
  /// wrote.
  private var operandCount = 0

  /// A parser for a part of a file.
  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    position = range.lowerBound
    end = range.upperBound
    lastEnd = position
  }

  /// A whole expression.
  mutating func expression() throws(TemplateError) -> Expression {
    skipBlanks()
    let condition = try binary(above: 0)
    guard isTernary, take("?") else { return condition }
    let first = try expression()
    guard take(":") else { throw unexpected("':' and the other value") }
    let second = try expression()
    return Expression(
      kind: .ternary(condition, first, second), range: condition.offset..<lastEnd)
  }

  private var isTernary: Bool { peek == UInt8(ascii: "?") && byte(1) != UInt8(ascii: "?") }

  /// Whether the `?` that comes next belongs to `?.`, which may stand on the following line.
  private var isChaining: Bool {
    var rest = self
    rest.position += 1
    rest.skipBlanks()
    return rest.peek == UInt8(ascii: ".") && !rest.byte(1).isDigit
  }

  private mutating func binary(above lowest: Int) throws(TemplateError) -> Expression {
    var left = try unary()
    var chained = 0
    while let (symbol, length) = try binaryOperator(), symbol.precedence > lowest {
      if chained == 3, symbol.precedence == 3 { throw .chainedComparison(at: position) }
      position += length
      lastEnd = position
      // `??` groups to the right, all others to the left
      let right = try binary(above: symbol == .coalesce ? 3 : symbol.precedence)
      left = Expression(
        kind: .binary(symbol, left, right), range: left.offset..<right.range.upperBound)
      chained = symbol.precedence
    }
    return left
  }

  /// The operator that comes next, and its length in bytes.
  private mutating func binaryOperator() throws(TemplateError) -> (BinaryOperator, Int)? {
    skipBlanks()
    for length in [2, 1] where position + length <= end {
      let word = String(decoding: bytes[position..<position + length], as: UTF8.self)
      if let symbol = BinaryOperator(rawValue: word) { return (symbol, length) }
    }
    if peek == UInt8(ascii: "=") { throw .singleEquals(at: position) }
    let start = position
    if let word = identifier() {
      let known = ["and": "&&", "or": "||", "is": "==", "not": "!="]
      if let symbol = known[word] { throw .wordOperator(word, symbol, at: start) }
      position = start
    }
    return nil
  }

  private mutating func unary() throws(TemplateError) -> Expression {
    skipBlanks()
    let start = position
    try countOperand()
    if peek == UInt8(ascii: "!"), byte(1) != UInt8(ascii: "=") {
      position += 1
      let operand = try unary()
      return Expression(kind: .not(operand), range: start..<lastEnd)
    }
    if take("-") {
      let operand = try unary()
      if case .int(let number) = operand.kind {
        return Expression(kind: .int(-number), range: start..<lastEnd)
      }
      return Expression(kind: .negate(operand), range: start..<lastEnd)
    }
    return try postfix()
  }

  private mutating func countOperand() throws(TemplateError) {
    operandCount += 1
    if operandCount > 200 { throw .tooLong(at: position) }
  }

  /// A primary expression with the members and calls after it.
  private mutating func postfix() throws(TemplateError) -> Expression {
    let start = position
    var expression = try primary()
    var isChain = false
    while position < end {
      switch bytes[position] {
      case UInt8(ascii: "("):
        switch expression.kind {
        case .name, .member: break
        default: throw unexpected(nil)
        }
        let list = try arguments()
        expression = Expression(kind: .call(expression, list), range: start..<lastEnd)
      case UInt8(ascii: "?") where isChaining:
        position += 1
        lastEnd = position
        isChain = true
        expression = Expression(kind: .unwrap(expression), range: start..<position - 1)
      case UInt8(ascii: "!") where byte(1) != UInt8(ascii: "="):
        throw .forcedUnwrap(at: position)
      case UInt8(ascii: "["):
        throw .subscripted(at: position)
      default:
        guard try takeMember(&expression, start) else {
          return isChain ? Expression(kind: .chain(expression), range: start..<lastEnd) : expression
        }
      }
    }
    return isChain ? Expression(kind: .chain(expression), range: start..<lastEnd) : expression
  }

  /// Reads `.name`, also at the start of a following line.
  private mutating func takeMember(
    _ expression: inout Expression, _ start: Int
  ) throws(TemplateError) -> Bool {
    let before = position
    skipBlanks()
    guard peek == UInt8(ascii: ".") else {
      position = before
      return false
    }
    try countOperand()
    position += 1
    let offset = position
    guard let name = identifier() else { throw unexpected("the name of a member") }
    expression = Expression(kind: .member(expression, name, at: offset), range: start..<lastEnd)
    return true
  }

  private mutating func primary() throws(TemplateError) -> Expression {
    let start = position
    func made(_ kind: Expression.Kind) -> Expression {
      Expression(kind: kind, range: start..<lastEnd)
    }
    try countOperand()
    switch peek {
    case UInt8(ascii: "("):
      position += 1
      let inner = try expression()
      guard take(")") else { throw unexpected("')'") }
      return made(inner.kind)
    case UInt8(ascii: "["):
      position += 1
      guard take("]") else { throw .listLiteral(at: start) }
      return made(.emptyList)
    case UInt8(ascii: "\""):
      let parts = try string()
      return made(.string(parts))
    case UInt8(ascii: "'"): throw .singleQuotes(at: start)
    case UInt8(ascii: "."):
      position += 1
      guard let name = identifier() else { throw unexpected("a name") }
      return made(.implicitMember(name))
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      let number = try integer()
      return made(.int(number))
    default:
      guard let name = identifier() else { throw unexpected("a value") }
      switch name {
      case "true": return made(.bool(true))
      case "false": return made(.bool(false))
      case "nil": return made(.none)
      case "null", "none", "undefined": throw .wordForNil(name, at: start)
      default: return made(.name(name))
      }
    }
  }

  private mutating func integer() throws(TemplateError) -> Int {
    let start = position
    var number = 0
    while position < end {
      let byte = bytes[position]
      if byte == UInt8(ascii: "_") {
        position += 1
        continue
      }
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { break }
      let (product, isTooLarge) = number.multipliedReportingOverflow(by: 10)
      let (sum, isTooLargeToo) = product.addingReportingOverflow(Int(byte - UInt8(ascii: "0")))
      if isTooLarge || isTooLargeToo { throw .tooLarge(at: start) }
      number = sum
      position += 1
    }
    lastEnd = position
    if peek == UInt8(ascii: "."), case UInt8(ascii: "0")...UInt8(ascii: "9") = byte(1) {
      throw .notWhole(at: start)
    }
    return number
  }

  /// Reads arguments in parentheses: `(story: lead, large: true)`.
  mutating func arguments() throws(TemplateError) -> [Argument] {
    guard take("(") else { throw unexpected("'('") }
    var list: [Argument] = []
    if take(")") { return list }
    repeat {
      skipBlanks()
      let offset = position
      var label: String?
      if let word = identifier() {
        skipBlanks()
        if peek == UInt8(ascii: ":") {
          position += 1
          label = word
        } else {
          position = offset
        }
      }
      let value = try expression()
      list.append(Argument(label: label, value: value, offset: offset))
    } while take(",")
    guard take(")") else { throw unexpected("',' or ')'") }
    return list
  }
}
