/// Finds what is the same on all pages of a frame.
///
/// A run of a template is shared if nothing in it is asked that may differ between two pages of a
/// frame: it is made of globals, of members that the schema calls shared, and of what is bound inside
/// the run itself.
struct SharingCheck {
  let schema: Schema
  let templates: [CheckedTemplate]
  /// The work of each template whose arguments are shared; nil where it cannot be shared, and until
  /// it is known.
  private var works: [Int?]

  /// What it takes at least, in values, to be worth keeping.
  static let leastWork = 6
  /// More is not counted.
  private static let mostWork = 1_000

  /// A check of calls of some templates.
  ///
  /// - Parameters:
  ///   - schema: What the program gives.
  ///   - templates: The templates.
  ///   - order: Their indexes, each after those of the templates that it calls.
  /// - Complexity: Each template is looked at once, however often it is called.
  init(schema: Schema, templates: [CheckedTemplate], order: [Int]) {
    self.schema = schema
    self.templates = templates
    works = Array(repeating: nil, count: templates.count)
    for index in order where templates[index].layout == nil {
      // All that its arguments are made of is shared, and so are its locals.
      works[index] = work(templates[index].body, Set(0..<templates[index].localCount))
    }
  }

  /// How many values a node asks for, or nil where it cannot be shared.
  ///
  /// - Parameters:
  ///   - node: The node.
  ///   - locals: The locals that are bound within the run.
  /// - Returns: How many, told roughly.
  func work(_ node: CheckedNode, _ locals: Set<Int> = []) -> Int? {
    switch node {
    case .text: 0
    case .print(let value, _): isShared(value, locals) ? 1 : nil
    case .call(let call, _): work(call, locals)
    case .content, .binding: nil
    case .branch(let branches): work(branches, locals)
    case .loop(let loop): work(loop, locals)
    }
  }

  private func work(_ call: CheckedCall, _ locals: Set<Int>) -> Int? {
    let isShared = call.arguments.allSatisfy { $0.map { self.isShared($0, locals) } ?? true }
    return isShared ? works[call.template] : nil
  }

  private func work(_ nodes: [CheckedNode], _ locals: Set<Int>) -> Int? {
    var sum = 0
    var locals = locals
    for node in nodes {
      if case .binding(let local, let value) = node {
        guard isShared(value, locals) else { return nil }
        locals.insert(local)
        sum += 1
      } else {
        guard let work = work(node, locals) else { return nil }
        sum += work
      }
    }
    return min(sum, Self.mostWork)
  }

  private func work(_ branches: [CheckedBranch], _ locals: Set<Int>) -> Int? {
    var sum = 0
    for branch in branches {
      var locals = locals
      for condition in branch.conditions {
        switch condition {
        case .test(let test): guard isShared(test, locals) else { return nil }
        case .binding(let local, let value):
          guard isShared(value, locals) else { return nil }
          locals.insert(local)
        }
        sum += 1
      }
      guard let work = work(branch.body, locals) else { return nil }
      sum += work
    }
    return sum
  }

  private func work(_ loop: CheckedLoop, _ locals: Set<Int>) -> Int? {
    guard isShared(loop.list, locals) else { return nil }
    var inside = locals
    inside.insert(loop.element)
    if let index = loop.index { inside.insert(index) }
    guard let body = work(loop.body, inside), let otherwise = work(loop.otherwise, locals) else {
      return nil
    }
    return 1 + body * 4 + otherwise
  }

  private func isShared(_ value: CheckedExpression, _ locals: Set<Int>) -> Bool {
    func all(_ values: CheckedExpression...) -> Bool {
      values.allSatisfy { isShared($0, locals) }
    }
    switch value.kind {
    case .variable(.global), .constant: return true
    case .variable(.local(let local)): return locals.contains(local)
    case .member(let object, let type, let member, let arguments):
      let members = schema[Schema.TypeID(index: type)].members
      guard members.contains(where: { $0.id == member && $0.isShared }) else { return false }
      return isShared(object, locals) && arguments.allSatisfy { isShared($0, locals) }
    case .unwrap(let value), .chain(let value), .not(let value), .negate(let value),
      .isMissing(let value), .count(let value), .isEmpty(let value), .first(let value),
      .last(let value), .formatted(let value, _):
      return isShared(value, locals)
    case .and(let left, let right), .or(let left, let right), .coalesce(let left, let right),
      .compare(_, let left, let right), .add(let left, let right), .subtract(let left, let right),
      .joined(let left, let right), .prefix(let left, let right),
      .dropFirst(let left, let right):
      return all(left, right)
    case .ternary(let test, let left, let right): return all(test, left, right)
    case .concatenated(let values): return values.allSatisfy { isShared($0, locals) }
    }
  }
}
