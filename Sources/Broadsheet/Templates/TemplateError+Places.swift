// MARK: Where values may not stand

extension TemplateError {
  private static func unsafe(_ message: String, at offset: Int) -> TemplateError {
    TemplateError("unsafe-place", message, at: offset)
  }

  static func afterLess(at offset: Int) -> TemplateError {
    unsafe("nothing may stand right after '<' here; for the sign itself write '&lt;'", at: offset)
  }

  static func nameOfTag(at offset: Int) -> TemplateError {
    unsafe("a value cannot be the name of a tag; write the tags out, with \\(if …)", at: offset)
  }

  static func nameOfAttribute(at offset: Int) -> TemplateError {
    unsafe(
      "a value cannot be an attribute or its name; write it out, as \\(if …) name=\"…\"\\(end)",
      at: offset)
  }

  static func unquoted(_ name: String, at offset: Int) -> TemplateError {
    unsafe("the value of '\(name)' needs quotes: \(name)=\"…\"", at: offset)
  }

  static func inRawText(_ element: String, at offset: Int) -> TemplateError {
    let advice =
      switch element {
      case "script": "put it into a 'data-' attribute, which the script can read"
      case "style": "use a class, or a stylesheet of your own"
      default: "use another element"
      }
    return unsafe("a value cannot stand inside <\(element)>; \(advice)", at: offset)
  }

  static func inComment(at offset: Int) -> TemplateError {
    unsafe(
      "a value cannot stand in a comment of HTML; a comment of templates is \\(/* … */)", at: offset
    )
  }

  static func inDoctype(at offset: Int) -> TemplateError {
    unsafe("a value cannot stand in the doctype", at: offset)
  }

  static func inScriptAttribute(_ name: String, at offset: Int) -> TemplateError {
    unsafe(
      "'\(name)' runs script and takes no value; put it into a 'data-' attribute", at: offset)
  }

  static func inStyleAttribute(at offset: Int) -> TemplateError {
    unsafe("'style' takes no value; use a class", at: offset)
  }

  static func inSourceDocument(at offset: Int) -> TemplateError {
    unsafe("'srcdoc' takes no value; place the HTML in the page", at: offset)
  }

  static func inHTTPEquiv(_ name: String, at offset: Int) -> TemplateError {
    unsafe(
      name == "content"
        ? "'content' beside this 'http-equiv' takes no value" : "'\(name)' takes no value",
      at: offset)
  }

  static func lateHTTPEquiv(at offset: Int) -> TemplateError {
    unsafe("'http-equiv' stands before 'content' when that holds a value", at: offset)
  }

  static func secondsOfRefresh(at offset: Int) -> TemplateError {
    unsafe("a refresh takes a URL alone: content=\"0; url=\\(…)\"", at: offset)
  }

  static func inForeignAttribute(_ name: String, at offset: Int) -> TemplateError {
    unsafe(
      "'\(name)' belongs to an SVG or MathML element and takes no value; "
        + "put it on an element of HTML around it", at: offset)
  }

  static func inUnknownAttribute(_ name: String, of element: String, at offset: Int)
    -> TemplateError
  {
    let names = AttributeName.harmless.sorted() + ["href", "src", "srcset", "action", "content"]
    let near = suggestion(for: name, among: names.filter { $0 != name })
    return unsafe(
      "'\(name)' of <\(element)> is not on the list of attributes that take a value; "
        + (near.map { "did you mean '\($0)'?" } ?? "use 'data-\(name)'"), at: offset)
  }

  static func unfinishedReference(at offset: Int) -> TemplateError {
    unsafe("write '&amp;' for the '&' before this", at: offset)
  }

  static func htmlOutsideText(_ expression: String, _ name: String, at offset: Int)
    -> TemplateError
  {
    unsafe("'\(expression)' is HTML and may stand only in text, not in '\(name)'", at: offset)
  }

  static func templateOutsideText(_ name: String, place: String, at offset: Int) -> TemplateError {
    unsafe("'\(name)' writes HTML and may stand only in text; this is \(place)", at: offset)
  }

  static func sourceSetElsewhere(_ expression: String, at offset: Int) -> TemplateError {
    unsafe("'\(expression)' is a 'SourceSet' and may stand only in 'srcset'", at: offset)
  }

  static func partOfSourceSet(_ name: String, at offset: Int) -> TemplateError {
    unsafe("the value of '\(name)' is one 'SourceSet' alone", at: offset)
  }

  static func notASourceSet(_ expression: String, _ type: String, _ name: String, at offset: Int)
    -> TemplateError
  {
    unsafe("'\(name)' takes a 'SourceSet', and '\(expression)' is '\(type)'", at: offset)
  }
}

// MARK: URLs

extension TemplateError {
  private static func url(_ message: String, at offset: Int) -> TemplateError {
    TemplateError("unsafe-url", message, at: offset)
  }

  static func dangerousURL(_ scheme: String, _ name: String, at offset: Int) -> TemplateError {
    url("'\(name)' may not hold a '\(scheme):' URL", at: offset)
  }

  static func notAURL(_ expression: String, _ type: String, _ name: String, at offset: Int)
    -> TemplateError
  {
    url("'\(name)' starts with a 'URL', and '\(expression)' is '\(type)'", at: offset)
  }

  static func hostOfURL(_ name: String, at offset: Int) -> TemplateError {
    url("a value cannot be part of the host in '\(name)'; only a whole 'URL' can", at: offset)
  }

  static func partAfterURL(_ name: String, at offset: Int) -> TemplateError {
    url("between a 'URL' and another value in '\(name)' stands '/', '?' or '#'", at: offset)
  }

  static func colonAfterValue(_ name: String, at offset: Int) -> TemplateError {
    url("in '\(name)' a ':' may not follow a value that could be a scheme", at: offset)
  }

  static func unclearURL(_ name: String, at offset: Int) -> TemplateError {
    url("the branches before this leave open where in the URL of '\(name)' it stands", at: offset)
  }
}

// MARK: Literal HTML

extension TemplateError {
  static func malformedTag(_ byte: UInt8, _ reason: String, at offset: Int) -> TemplateError {
    let sign = byte < 128 ? String(UnicodeScalar(byte)) : "…"
    return TemplateError(
      "malformed-html", "'\(sign)' cannot stand here: \(reason)", at: offset)
  }

  static func commentInScript(at offset: Int) -> TemplateError {
    TemplateError(
      "malformed-html", "'<!' in a script may change where the script ends; write '\\x3c!'",
      at: offset)
  }

  static func branchesDiffer(
    _ first: String, _ second: String, hasElse: Bool, at offset: Int
  ) -> TemplateError {
    TemplateError(
      "state-mismatch",
      hasElse
        ? "the branches of this 'if' end in different places: \(first) and \(second)"
        : "this 'if' begins \(first) and ends \(second); it has to end where it began",
      at: offset)
  }

  static func loopDiffers(start: String, end: String, at offset: Int) -> TemplateError {
    TemplateError(
      "state-mismatch",
      "this loop begins \(start) and ends \(end); it has to end where it began",
      at: offset)
  }

  static func unclosedHTML(_ place: String, at offset: Int) -> TemplateError {
    TemplateError("state-mismatch", "the template ends \(place), which began here", at: offset)
  }

  static func unclosedForeign(at offset: Int) -> TemplateError {
    TemplateError("state-mismatch", "an <svg> or <math> of the template is not closed", at: offset)
  }
}
