/// Reads what one `\(…)` says.
struct DirectiveParser {
  private var parser: ExpressionParser
  /// Where the hole begins, at its backslash.
  private let start: Int

  /// The words that begin a directive.
  static let keywords = [
    "template", "layout", "if", "else", "for", "let", "end", "content",
  ]

  /// Words of other template languages, and what stands for them here.
  private static let foreignWords = [
    "endif": "end", "endfor": "end", "endeach": "end", "elif": "else if", "elseif": "else if",
    "elsif": "else if", "foreach": "for", "each": "for", "range": "for", "while": "for",
    "unless": "if !", "guard": "if", "switch": "if", "with": "if let", "var": "let", "set": "let",
    "func": "template", "extends": "layout", "yield": "content", "block": "content",
  ]

  /// A parser for what stands between the parentheses of a hole.
  init(_ bytes: [UInt8], outer: Range<Int>, inner: Range<Int>) {
    parser = ExpressionParser(bytes, inner)
    start = outer.lowerBound
  }

  /// The directive, and what is wrong with it; one that is wrong still opens its block.
  mutating func directive() -> (Directive, TemplateError?) {
    if parser.isAtEnd {
      let isComment = parser.bytes[start + 2..<parser.end].contains(UInt8(ascii: "*"))
      return isComment ? (.comment, nil) : (.invalid, .emptyHole(at: start))
    }
    let wordStart = parser.position
    guard let word = parser.identifier() else { return printed(from: wordStart) }
    do throws(TemplateError) {
      switch word {
      case "template": return (.template(try header()), nil)
      case "layout":
        let call = try call()
        try close()
        return (.layout(call), nil)
      case "end":
        try close()
        return (.end, nil)
      case "content":
        try close()
        return (.content, nil)
      case "else": return (try otherwise(), nil)
      case "if": return (.branch(try conditions()), nil)
      case "for": return (.loop(try loop()), nil)
      case "let":
        let (name, offset) = try name()
        guard parser.take("=") else { throw parser.unexpected("'=' and a value") }
        let value = try parser.expression()
        try close("an operator or ')'")
        return (.binding(name: name, offset: offset, value: value), nil)
      default: break
      }
    } catch {
      switch word {
      case "if": return (.branch([]), error)
      case "for": return (.loop(Self.brokenLoop(at: wordStart)), error)
      case "else": return (.elseBranch([]), error)
      case "end": return (.end, error)
      default: return (.invalid, error)
      }
    }
    if let found = foreignDirective(word, at: wordStart) { return found }
    return printed(from: wordStart)
  }

  /// A loop over what could not be read.
  private static func brokenLoop(at offset: Int) -> LoopHead {
    LoopHead(
      element: "", list: Expression(kind: .name(""), range: offset..<offset), offset: offset)
  }

  /// A word of another template language, or a misspelled one, before another word.
  private func foreignDirective(_ word: String, at offset: Int) -> (Directive, TemplateError)? {
    var rest = parser
    rest.skipBlanks()
    let isAlone = rest.position >= rest.end
    let isBeforeWord = rest.position > parser.position && rest.identifier() != nil
    let known = Self.foreignWords[word]
    guard isBeforeWord || isAlone && (known == "end") else { return nil }
    guard let meant = known ?? suggestion(for: word, among: Self.keywords) else { return nil }
    let error = TemplateError.unknownDirective(word, meant: meant, at: offset)
    switch meant {
    case "if", "if !", "if let": return (.branch([]), error)
    case "for": return (.loop(Self.brokenLoop(at: offset)), error)
    case "else if", "else": return (.elseBranch([]), error)
    case "end": return (.end, error)
    default: return (.invalid, error)
    }
  }

  /// Throws when something follows.
  private mutating func close(_ wanted: String = "')'") throws(TemplateError) {
    if !parser.isAtEnd { throw parser.unexpected(wanted) }
  }

  /// A value to write, or the call of a template.
  private mutating func printed(from offset: Int) -> (Directive, TemplateError?) {
    parser.position = offset
    do throws(TemplateError) {
      let expression = try parser.expression()
      try close("an operator or ')'")
      if case .call(let callee, let arguments) = expression.kind, case .name(let name) = callee.kind
      {
        let call = TemplateCall(name: name, arguments: arguments, offset: callee.offset)
        return (.call(call), nil)
      }
      return (.print(expression), nil)
    } catch {
      return (.invalid, error)
    }
  }

  private mutating func otherwise() throws(TemplateError) -> Directive {
    if parser.isAtEnd { return .otherwise }
    guard parser.take(word: "if") else { throw parser.unexpected("'if' or ')'") }
    return .elseBranch(try conditions())
  }

  private mutating func name() throws(TemplateError) -> (String, Int) {
    parser.skipBlanks()
    let offset = parser.position
    guard let name = parser.identifier() else { throw parser.unexpected("a name") }
    if Self.keywords.contains(name) || ["true", "false", "nil", "in"].contains(name) {
      throw .reservedName(name, at: offset)
    }
    return (name, offset)
  }

  private mutating func call() throws(TemplateError) -> TemplateCall {
    let (name, offset) = try name()
    let arguments = try parser.arguments()
    return TemplateCall(name: name, arguments: arguments, offset: offset)
  }

  private mutating func conditions() throws(TemplateError) -> [Condition] {
    var conditions: [Condition] = []
    repeat {
      guard parser.take(word: "let") else {
        conditions.append(.test(try parser.expression()))
        continue
      }
      let (name, offset) = try name()
      let value =
        parser.take("=")
        ? try parser.expression()
        : Expression(kind: .name(name), range: offset..<parser.lastEnd)
      conditions.append(.binding(name: name, offset: offset, value: value))
    } while parser.take(",")
    try close("an operator, ',' or ')'")
    return conditions
  }

  private mutating func loop() throws(TemplateError) -> LoopHead {
    parser.skipBlanks()
    let offset = parser.position
    var index: String?
    var element: String
    if parser.take("(") {
      index = try name().0
      guard parser.take(",") else { throw parser.unexpected("',' and the name of the element") }
      element = try name().0
      guard parser.take(")") else { throw parser.unexpected("')'") }
    } else {
      element = try name().0
    }
    guard parser.take(word: "in") else { throw parser.unexpected("'in' and a list") }
    let list = try parser.expression()
    try close("an operator or ')'")
    return LoopHead(index: index, element: element, list: list, offset: offset)
  }

  private mutating func header() throws(TemplateError) -> TemplateHeader {
    let (name, offset) = try name()
    guard parser.take("(") else { throw parser.unexpected("'('") }
    var parameters: [TemplateHeader.Parameter] = []
    if !parser.take(")") {
      repeat { parameters.append(try parameter()) } while parser.take(",")
      guard parser.take(")") else { throw parser.unexpected("',' or ')'") }
    }
    try close()
    return TemplateHeader(name: name, offset: offset, parameters: parameters)
  }

  private mutating func parameter() throws(TemplateError) -> TemplateHeader.Parameter {
    let (name, offset) = try name()
    guard parser.take(":") else { throw parser.unexpected("':' and a type") }
    let type = try type(depth: 0)
    let value = parser.take("=") ? try parser.expression() : nil
    return TemplateHeader.Parameter(name: name, offset: offset, type: type, defaultValue: value)
  }

  private mutating func type(depth: Int) throws(TemplateError) -> TypeSyntax {
    if depth > 8 { throw .tooLong(at: parser.position) }
    var type: TypeSyntax
    if parser.take("[") {
      type = .list(try self.type(depth: depth + 1))
      guard parser.take("]") else { throw parser.unexpected("']'") }
    } else {
      parser.skipBlanks()
      let offset = parser.position
      guard let name = parser.identifier() else { throw parser.unexpected("a type") }
      type = .named(name, offset: offset)
    }
    if parser.take("?") { type = .optional(type) }
    return type
  }
}
