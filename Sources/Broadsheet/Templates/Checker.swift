/// Checks one template against the schema and the other templates.
struct Checker {
  let schema: Schema
  let signatures: [Signature]
  let bytes: [UInt8]
  /// The HTML around the place that is being checked.
  var html: HTMLContext
  private(set) var errors: [TemplateError] = []
  private var scopes: [[String: Variable]]
  private(set) var localCount = 0
  /// Which templates are called from the body, with the places; for the search for recursion.
  private(set) var calls: [(template: Int, offset: Int)] = []

  /// A checker for one template, by its index.
  init(schema: Schema, signatures: [Signature], template: Int, bytes: [UInt8]) {
    self.schema = schema
    self.signatures = signatures
    self.bytes = bytes
    html = HTMLContext()
    scopes = [[:], [:]]
    for (index, global) in schema.globals.enumerated() {
      scopes[0][global.name] = Variable(place: .global(index), type: global.type)
    }
    for parameter in signatures[template].parameters {
      declare(parameter.name, parameter.type)
    }
  }

  /// Checks a template and gives what can be compiled, if nothing was wrong.
  mutating func check(_ template: TemplateSyntax) -> CheckedTemplate? {
    var layout: (bindings: [CheckedNode], call: CheckedCall)?
    if let (bindings, call) = template.layout {
      let checked = body(bindings)
      if let call = self.call(call, isLayout: true) { layout = (checked, call) }
    }
    let body = body(template.body)
    report(html.finish(at: bytes.count))
    guard errors.isEmpty, layout != nil || template.layout == nil else { return nil }
    return CheckedTemplate(layout: layout, body: body, localCount: localCount)
  }

  mutating func report(_ error: TemplateError?) {
    if let error { errors.append(error) }
  }

  // MARK: Names

  /// Adds a name to the innermost scope.
  @discardableResult mutating func declare(_ name: String, _ type: ValueType?) -> Int {
    scopes[scopes.count - 1][name] = Variable(place: .local(localCount), type: type)
    localCount += 1
    return localCount - 1
  }

  /// What a name stands for, or nil.
  func variable(_ name: String) -> Variable? {
    for scope in scopes.reversed() {
      if let variable = scope[name] { return variable }
    }
    return nil
  }

  /// All names in scope.
  var names: [String] { scopes.flatMap(\.keys).sorted() }

  private func isDeclaredHere(_ name: String) -> Bool { scopes[scopes.count - 1][name] != nil }

  private mutating func inScope<Result>(_ work: (inout Checker) -> Result) -> Result {
    scopes.append([:])
    defer { scopes.removeLast() }
    return work(&self)
  }

  // MARK: Bodies

  private mutating func body(_ nodes: [Node]) -> [CheckedNode] {
    var checked: [CheckedNode] = []
    for node in nodes {
      if let node = self.node(node) { checked.append(node) }
    }
    return checked
  }

  private mutating func node(_ node: Node) -> CheckedNode? {
    switch node {
    case .text(let range):
      report(html.read(bytes, range))
      return .text(range)
    case .print(let expression, let offset):
      let value = check(expression)
      guard let escaping = place(value, of: expression, at: offset), let value else { return nil }
      return .print(value, escaping)
    case .call(let call, let isInline, let offset):
      guard let checked = self.call(call, isLayout: false) else { return nil }
      report(html.placeTemplate(call.name, at: offset))
      calls.append((checked.template, call.offset))
      return .call(checked, isInline: isInline)
    case .content(let isInline, let offset):
      report(html.placeTemplate("content", at: offset))
      return .content(isInline: isInline)
    case .binding(let name, let offset, let value):
      let checked = check(value)
      if isDeclaredHere(name) { report(.duplicateName(name, at: offset)) }
      let local = declare(name, checked?.type)
      return checked.map { .binding(local: local, $0) }
    case .branch(let branches, let offset): return branch(branches, at: offset)
    case .loop(let head, let body, let otherwise, let offset):
      return loop(head, body, otherwise, at: offset)
    case .invalid:
      html.passUnknown()
      return nil
    }
  }

  private mutating func branch(_ branches: [Branch], at offset: Int) -> CheckedNode? {
    report(html.enterBlock(at: offset))
    let start = html
    var end: HTMLContext?
    var difference: (String, String)?
    var checked: [CheckedBranch] = []
    var hasElse = false
    for branch in branches {
      html = start
      if branch.conditions == nil { hasElse = true }
      checked.append(
        inScope { checker in
          let conditions = (branch.conditions ?? []).compactMap { checker.condition($0) }
          return CheckedBranch(conditions: conditions, body: checker.body(branch.body))
        })
      report(html.leaveBlock(at: offset))
      if let known = end, !html.merge(known) {
        difference = difference ?? (known.description, html.description)
      }
      end = html
    }
    if !hasElse, !html.merge(start) {
      difference = difference ?? (start.description, html.description)
    }
    if let difference {
      report(.branchesDiffer(difference.0, difference.1, hasElse: hasElse, at: offset))
      html.lose()
    }
    return .branch(checked)
  }

  private mutating func condition(_ condition: Condition) -> CheckedCondition? {
    switch condition {
    case .test(let expression): return test(expression).map { .test($0) }
    case .binding(let name, let offset, let value):
      let checked = check(value)
      if isDeclaredHere(name) { report(.duplicateName(name, at: offset)) }
      if let checked, !checked.type.isOptional {
        report(.notOptional(text(of: value), schema.name(of: checked.type), at: value.offset))
      }
      let local = declare(name, checked?.type.unwrapped)
      return checked.map { .binding(local: local, $0) }
    }
  }

  /// Checks an expression that has to be a condition.
  mutating func test(_ expression: Expression) -> CheckedExpression? {
    guard let checked = check(expression) else { return nil }
    if checked.type == .bool { return checked }
    report(
      .notACondition(
        text(of: expression), type: checked.type, name: schema.name(of: checked.type),
        at: expression.offset))
    return nil
  }

  private mutating func loop(
    _ head: LoopHead, _ body: [Node], _ otherwise: [Node]?, at offset: Int
  ) -> CheckedNode? {
    let list = loopList(head)
    report(html.enterBlock(at: offset))
    let start = html
    var element: ValueType?
    if let list, case .list(let type) = list.type { element = type }
    let (index, local, checkedBody) = inScope { checker in
      let index = head.index.map { checker.declare($0, list == nil ? nil : .int) }
      let local = checker.declare(head.element, element)
      return (index, local, checker.body(body))
    }
    report(html.leaveBlock(at: offset))
    if !html.canRepeat(from: start), !html.isLost {
      report(.loopDiffers(start: start.description, end: html.description, at: offset))
      html.lose()
    }
    let bodyEnd = html
    html = start
    let checkedOtherwise = inScope { checker in checker.body(otherwise ?? []) }
    report(html.leaveBlock(at: offset))
    let otherwiseEnd = html.description
    if !html.merge(bodyEnd) || !html.merge(start) {
      report(.loopDiffers(start: start.description, end: otherwiseEnd, at: offset))
      html.lose()
    }
    guard let list else { return nil }
    return .loop(
      CheckedLoop(
        list: list, index: index, element: local, body: checkedBody, otherwise: checkedOtherwise))
  }

  /// The list of a loop, without `.enumerated()`.
  private mutating func loopList(_ head: LoopHead) -> CheckedExpression? {
    var expression = head.list
    var isEnumerated = false
    if case .name("") = expression.kind { return nil }  // a head that could not be read
    if case .call(let callee, let arguments) = expression.kind, arguments.isEmpty,
      case .member(let list, "enumerated", _) = callee.kind
    {
      expression = list
      isEnumerated = true
    }
    guard let list = check(expression) else { return nil }
    guard case .list = list.type else {
      report(
        .notAList(text(of: expression), schema.name(of: list.type), list.type, at: head.list.offset)
      )
      return nil
    }
    if isEnumerated != (head.index != nil) {
      report(.enumeration(head.element, text(of: expression), isEnumerated, at: head.offset))
    }
    return list
  }

  /// The text of an expression, for a message.
  func text(of expression: Expression) -> String {
    String(decoding: bytes[expression.range], as: UTF8.self)
  }
}
