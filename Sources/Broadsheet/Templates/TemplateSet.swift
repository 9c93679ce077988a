/// Template files on their way to a program.
struct TemplateSet {
  private let files: [TemplateFile]
  private let schema: Schema
  private(set) var diagnostics: [Diagnostic] = []
  private var signatures: [Signature] = []

  init(_ files: [TemplateFile], _ schema: Schema) {
    self.files = files
    self.schema = schema
  }

  /// Does all steps; nil means that something is wrong.
  mutating func compile() -> ProgramParts? {
    reportNames()
    let parsed = files.indices.map { parse($0) }
    signatures = files.indices.map { signature($0, parsed[$0]) }
    reportMissingRoots()
    var graph = CallGraph(names: files.map(\.name))
    var checked: [CheckedTemplate] = []
    for (index, template) in parsed.enumerated() {
      guard let template else { continue }
      var checker = Checker(
        schema: schema, signatures: signatures, template: index, bytes: files[index].bytes)
      let result = checker.check(template)
      report(checker.errors, in: index)
      let layout = template.layout.flatMap { layout in
        files.firstIndex { $0.name == layout.call.name }.map { ($0, layout.call.offset) }
      }
      graph.add(index, calls: checker.calls, layout: layout)
      if let result { checked.append(result) }
    }
    let walk = graph.walk()
    for circle in walk.circles {
      report([.recursion(circle.path, at: circle.offset)], in: circle.file)
    }
    for call in walk.tooDeep { report([.callsTooDeep(at: call.offset)], in: call.file) }
    guard diagnostics.isEmpty, checked.count == files.count else { return nil }
    var compiler = Compiler(
      checked, signatures: signatures, order: walk.order, sources: files.map(\.bytes),
      schema: schema)
    let parts = compiler.compile()
    if parts == nil { report([.tooManyValues(at: 0)], in: 0) }
    return parts
  }

  // MARK: Diagnostics

  private mutating func report(_ errors: [TemplateError], in index: Int) {
    let file = files[index]
    for error in errors {
      let position = SourcePosition(of: error.offset, in: file.bytes.span)
      diagnostics.append(
        Diagnostic(
          error.id, error.message, file: file.path, at: position,
          sourceLine: line(of: error.offset, in: file.bytes)))
    }
  }

  /// The line that holds an offset, without its end.
  private func line(of offset: Int, in bytes: [UInt8]) -> String {
    func isEnd(_ byte: UInt8) -> Bool { byte == 10 || byte == 13 }
    let offset = min(offset, bytes.count)
    let start = bytes[..<offset].lastIndex(where: isEnd).map { $0 + 1 } ?? 0
    let end = bytes[offset...].firstIndex(where: isEnd) ?? bytes.count
    return String(decoding: bytes[start..<max(start, end)], as: UTF8.self)
  }

  // MARK: Files and headers

  private mutating func reportNames() {
    var known: Set<String> = []
    for (index, file) in files.enumerated() {
      if !known.insert(file.name).inserted {
        report([.duplicateName(file.name, at: 0)], in: index)
      }
      var parser = ExpressionParser(Array(file.name.utf8), 0..<file.name.utf8.count)
      if parser.identifier() != file.name || DirectiveParser.keywords.contains(file.name) {
        report([.badFileName(file.name)], in: index)
      }
    }
  }

  /// The header that a template should have.
  private func wantedHeader(_ name: String) -> String {
    let root = schema.roots.first { $0.name == name }
    let parameters = root?.parameters.map { "\($0.name): \(schema.name(of: $0.type))" } ?? []
    return "\\(template \(name)(\(parameters.joined(separator: ", "))))"
  }

  private mutating func parse(_ index: Int) -> TemplateSyntax? {
    let file = files[index]
    if let error = encodingError(in: file.bytes) {
      report([error], in: index)
      return nil
    }
    let parser = TemplateParser(parsing: file.bytes, header: wantedHeader(file.name))
    report(parser.errors, in: index)
    return parser.template
  }

  private func encodingError(in bytes: [UInt8]) -> TemplateError? {
    if let zero = bytes.firstIndex(of: 0) { return .zeroByte(at: zero) }
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var offset = 0
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar): offset += UTF8.width(scalar)
      case .emptyInput: return nil
      case .error: return .notUTF8(at: offset)
      }
    }
  }

  private mutating func signature(_ index: Int, _ template: TemplateSyntax?) -> Signature {
    let file = files[index]
    guard let template else {
      return Signature(name: file.name, parameters: [], isBroken: true)
    }
    let header = template.header
    var errors: [TemplateError] = []
    if header.name != file.name {
      errors.append(.wrongName(header.name, file: file.name, at: header.offset))
    }
    var parameters: [Signature.Parameter] = []
    for parameter in header.parameters {
      if parameters.contains(where: { $0.name == parameter.name }) {
        errors.append(.duplicateName(parameter.name, at: parameter.offset))
        continue
      }
      let type = resolve(parameter.type, &errors)
      var known = Signature.Parameter(
        name: parameter.name, type: type, offset: parameter.offset)
      if let value = parameter.defaultValue {
        known.defaultValue = constant(value, type, &errors)
      }
      parameters.append(known)
    }
    checkRoot(parameters, header, &errors)
    let content = firstContent(in: template.body)
    if let content, schema.roots.contains(where: { $0.name == file.name }) {
      errors.append(.contentOfRoot(file.name, at: content))
    }
    report(errors, in: index)
    return Signature(name: file.name, parameters: parameters, placesContent: content != nil)
  }

  private func resolve(_ type: TypeSyntax, _ errors: inout [TemplateError]) -> ValueType? {
    switch type {
    case .list(let element): return resolve(element, &errors).map { .list($0) }
    case .optional(let wrapped): return resolve(wrapped, &errors).map { .optional($0) }
    case .named(let name, let offset):
      if let type = schema.type(named: name) { return type }
      errors.append(.unknownType(name, among: schema.typeNames, at: offset))
      return nil
    }
  }

  /// The value of a literal, which has to fit its parameter.
  private func constant(
    _ value: Expression, _ type: ValueType?, _ errors: inout [TemplateError]
  ) -> Constant {
    let literal: Constant
    let fits: Bool
    switch value.kind {
    case .int(let number): (literal, fits) = (.int(number), type?.unwrapped == .int)
    case .bool(let isTrue): (literal, fits) = (.bool(isTrue), type?.unwrapped == .bool)
    case .none: (literal, fits) = (.none, type?.isOptional == true)
    case .emptyList:
      if case .list = type?.unwrapped { fits = true } else { fits = false }
      literal = .emptyList
    case .string(let parts):
      guard parts.count == 1, case .text(let text) = parts[0] else {
        errors.append(.notAConstant(at: value.offset))
        return .none
      }
      (literal, fits) = (.text(text), type?.unwrapped == .string)
    default:
      errors.append(.notAConstant(at: value.offset))
      return .none
    }
    if let type, !fits {
      errors.append(.wrongDefault(schema.name(of: type), at: value.offset))
    }
    return literal
  }

  // MARK: Templates that the program calls

  private func checkRoot(
    _ parameters: [Signature.Parameter], _ header: TemplateHeader, _ errors: inout [TemplateError]
  ) {
    guard let root = schema.roots.first(where: { $0.name == header.name }) else { return }
    for parameter in parameters {
      guard let wanted = root.parameters.first(where: { $0.name == parameter.name }) else {
        if parameter.defaultValue == nil {
          errors.append(
            .badParameters(of: root.name, header: wantedHeader(root.name), at: parameter.offset))
        }
        continue
      }
      guard let type = parameter.type, type != wanted.type else { continue }
      errors.append(
        .parameterType(
          parameter.name, schema.name(of: type), wanted: schema.name(of: wanted.type),
          at: parameter.offset))
    }
  }

  private mutating func reportMissingRoots() {
    for root in schema.roots where !files.contains(where: { $0.name == root.name }) {
      diagnostics.append(
        Diagnostic(
          "missing-template",
          "there is no template '\(root.name)'; it starts with \(wantedHeader(root.name))",
          file: "\(root.name).html"))
    }
  }

  /// Where `\(content)` stands first; nil in what is no layout.
  private func firstContent(in nodes: [Node]) -> Int? {
    for node in nodes {
      var found: Int?
      switch node {
      case .content(_, let offset): found = offset
      case .branch(let branches, _):
        for branch in branches where found == nil { found = firstContent(in: branch.body) }
      case .loop(_, let body, let otherwise, _):
        found = firstContent(in: body) ?? firstContent(in: otherwise ?? [])
      default: break
      }
      if let found { return found }
    }
    return nil
  }
}
