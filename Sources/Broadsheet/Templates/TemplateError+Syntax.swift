// MARK: Files and blocks

extension TemplateError {
  static func emptyTemplate(_ header: String) -> TemplateError {
    TemplateError("empty-template", "the file is empty; it starts with \(header)", at: 0)
  }

  static func missingHeader(_ header: String, at offset: Int) -> TemplateError {
    TemplateError("missing-header", "a template starts with its header, \(header)", at: offset)
  }

  static func secondHeader(at offset: Int) -> TemplateError {
    TemplateError(
      "second-header", "a file holds one template, and this is its second header", at: offset)
  }

  static func wrongName(_ name: String, file: String, at offset: Int) -> TemplateError {
    TemplateError(
      "wrong-name", "the template is called '\(name)', and its file '\(file).html'", at: offset)
  }

  static func badFileName(_ name: String) -> TemplateError {
    let fitting = String(
      name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" } as [Character])
    let start = fitting.first?.isNumber == true || fitting.isEmpty ? "t\(fitting)" : fitting
    return TemplateError(
      "bad-name", "a template's file is named as Swift names things; call it '\(start).html'", at: 0
    )
  }

  static func badParameters(of name: String, header: String, at offset: Int) -> TemplateError {
    TemplateError(
      "wrong-parameters", "the program calls '\(name)' as \(header); others need a default value",
      at: offset)
  }

  static func parameterType(
    _ parameter: String, _ type: String, wanted: String, at offset: Int
  ) -> TemplateError {
    TemplateError(
      "wrong-parameters", "the program gives '\(parameter)' as '\(wanted)', not as '\(type)'",
      at: offset)
  }

  static func notAConstant(at offset: Int) -> TemplateError {
    TemplateError(
      "type-mismatch", "a default value is a literal: text, a number, true, false, nil or []",
      at: offset)
  }

  static func wrongDefault(_ type: String, at offset: Int) -> TemplateError {
    TemplateError("type-mismatch", "this default value is no '\(type)'", at: offset)
  }

  static func notUTF8(at offset: Int) -> TemplateError {
    TemplateError("bad-encoding", "the file is not valid UTF-8 here; save it as UTF-8", at: offset)
  }

  static func zeroByte(at offset: Int) -> TemplateError {
    TemplateError("bad-encoding", "there is a zero byte here; save the file as UTF-8", at: offset)
  }

  static func stray(_ directive: Directive, at offset: Int) -> TemplateError {
    switch directive {
    case .end: TemplateError("stray-end", "nothing is open that '\\(end)' could end", at: offset)
    default:
      TemplateError("stray-else", "this 'else' belongs to no 'if' or 'for'", at: offset)
    }
  }

  static func unclosed(_ directive: Directive, at offset: Int) -> TemplateError {
    var word = "if"
    if case .loop = directive { word = "for" }
    return TemplateError("unclosed-directive", "this '\(word)' has no \\(end)", at: offset)
  }

  static func elseIfOfLoop(at offset: Int) -> TemplateError {
    TemplateError(
      "stray-else", "a 'for' has a plain 'else', for an empty list, and no 'else if'", at: offset)
  }

  static func lateLayout(at offset: Int) -> TemplateError {
    TemplateError(
      "misplaced-call", "the layout stands once, at the top, before anything is written", at: offset
    )
  }

  static func tooDeep(at offset: Int) -> TemplateError {
    TemplateError("too-large", "blocks are nested more than 64 deep", at: offset)
  }

  static func tooManyValues(at offset: Int) -> TemplateError {
    TemplateError("too-large", "the templates hold more than 60,000 values at once", at: offset)
  }
}

// MARK: Expressions

extension TemplateError {
  static func unclosedHole(at offset: Int) -> TemplateError {
    TemplateError(
      "syntax", "this '\\(' has no ')'; to write the two signs themselves, write '\\\\('",
      at: offset)
  }

  static func emptyHole(at offset: Int) -> TemplateError {
    TemplateError("syntax", "there is nothing in these parentheses", at: offset)
  }

  static func unclosedString(at offset: Int) -> TemplateError {
    TemplateError("syntax", "this text has no closing '\"' on its line", at: offset)
  }

  static func unknownEscape(at offset: Int) -> TemplateError {
    TemplateError(
      "syntax", "this is no escape of Swift; there are \\n \\t \\r \\\" \\\\ and \\u{…}", at: offset
    )
  }

  static func unexpected(_ word: String, wanted: String?, at offset: Int) -> TemplateError {
    TemplateError(
      "syntax", "'\(word)' cannot stand here" + (wanted.map { "; there should be \($0)" } ?? ""),
      at: offset)
  }

  static func unexpectedEnd(wanted: String?, at offset: Int) -> TemplateError {
    TemplateError(
      "syntax", "something is missing here" + (wanted.map { ": \($0)" } ?? ""), at: offset)
  }

  static func unknownDirective(_ word: String, meant: String, at offset: Int) -> TemplateError {
    TemplateError("syntax", "there is no '\(word)'; write '\(meant)'", at: offset)
  }

  static func singleEquals(at offset: Int) -> TemplateError {
    TemplateError("syntax", "values are compared with '=='", at: offset)
  }

  static func wordOperator(_ word: String, _ symbol: String, at offset: Int) -> TemplateError {
    TemplateError("syntax", "there is no '\(word)'; write '\(symbol)'", at: offset)
  }

  static func chainedComparison(at offset: Int) -> TemplateError {
    TemplateError("syntax", "comparisons are not chained; join them with '&&'", at: offset)
  }

  static func forcedUnwrap(at offset: Int) -> TemplateError {
    TemplateError(
      "syntax", "there is no '!' after a value; use '?.', '??' or \\(if let …)", at: offset)
  }

  static func subscripted(at offset: Int) -> TemplateError {
    TemplateError("syntax", "lists have no '[…]'; use '.first', '.prefix(4)' or 'for'", at: offset)
  }

  static func listLiteral(at offset: Int) -> TemplateError {
    TemplateError("syntax", "a list is written only when it is empty, '[]'", at: offset)
  }

  static func singleQuotes(at offset: Int) -> TemplateError {
    TemplateError("syntax", "text stands in double quotes", at: offset)
  }

  static func wordForNil(_ word: String, at offset: Int) -> TemplateError {
    TemplateError("syntax", "there is no '\(word)'; write 'nil'", at: offset)
  }

  static func tooLarge(at offset: Int) -> TemplateError {
    TemplateError("syntax", "the number is too large", at: offset)
  }

  static func notWhole(at offset: Int) -> TemplateError {
    TemplateError("syntax", "numbers are whole", at: offset)
  }

  static func tooLong(at offset: Int) -> TemplateError {
    TemplateError(
      "too-large", "the expression is too long; use \\(let …) for parts of it", at: offset)
  }
}
