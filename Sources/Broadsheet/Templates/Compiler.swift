/// Turns checked templates into a flat list of operations.
struct Compiler {
  private let schema: Schema
  private let signatures: [Signature]
  private let templates: [CheckedTemplate]
  private let sources: [[UInt8]]
  private let sharing: SharingCheck

  private var parts = ProgramParts()
  /// The address that each label stands for.
  private var addresses: [Int32] = []
  private var constantIndexes: [Constant: UInt32] = [:]
  /// The label at which each template begins.
  private var entryLabels: [Int32] = []
  /// The first register of each template's parameters and locals.
  private var firstRegisters: [Int] = []
  /// The register that holds where the content of each layout begins.
  private var contentRegisters: [Int] = []
  /// The template that is being compiled.
  private var current = 0
  /// The first register that is free for a value in between.
  private var nextTemporary = 0
  /// Whether a run is being compiled that is the same on all pages of a frame.
  private var isSharing = false
  /// The chains that are being compiled: where the value goes, and where each ends.
  var chains: [(target: Register, end: Int32)] = []
  /// The stretch of literal HTML that has not become an operation yet.
  private var pendingLiteral = 0..<0

  /// A compiler for templates that were found right.
  ///
  /// - Parameters:
  ///   - templates: The checked templates, in the order of their signatures.
  ///   - signatures: What is called how.
  ///   - order: Their indexes, each after those of the templates that it calls.
  ///   - sources: The bytes of the files.
  ///   - schema: What the program calls and gives.
  init(
    _ templates: [CheckedTemplate], signatures: [Signature], order: [Int], sources: [[UInt8]],
    schema: Schema
  ) {
    sharing = SharingCheck(schema: schema, templates: templates, order: order)
    self.templates = templates
    self.signatures = signatures
    self.sources = sources
    self.schema = schema
  }

  /// The program, or nil when the templates hold more values than a machine has registers.
  mutating func compile() -> ProgramParts? {
    nextTemporary = schema.globals.count
    for template in templates {
      entryLabels.append(newLabel())
      contentRegisters.append(nextTemporary)
      firstRegisters.append(nextTemporary + 1)
      nextTemporary += 1 + template.localCount
    }
    parts.registerCount = nextTemporary
    let firstTemporary = nextTemporary
    var temporariesEnd = firstTemporary
    for index in templates.indices {
      // values in between are kept while other templates run, so each template has its own
      nextTemporary = temporariesEnd
      compile(index)
      temporariesEnd = parts.registerCount
    }
    guard parts.registerCount < 60_000 else { return nil }
    for root in schema.roots { compileEntry(root) }
    parts.operations = parts.operations.map { $0.resolved(addresses) }
    parts.callDepth = templates.count * 2 + 2
    parts.sharedDepth = templates.count + 1
    return parts
  }

  /// Compiles where the program begins a page: what it does not give is set, then the template runs.
  private mutating func compileEntry(_ root: Schema.Root) {
    guard let index = signatures.firstIndex(where: { $0.name == root.name }) else { return }
    let address = Int32(parts.operations.count)
    let first = firstRegisters[index]
    let parameters = signatures[index].parameters
    for (offset, parameter) in parameters.enumerated()
    where !root.parameters.contains(where: { $0.name == parameter.name }) {
      let value = self.index(of: parameter.defaultValue ?? .none)
      emit(.constant(into: register(first + offset), index: value))
    }
    emit(.jump(entryLabels[index]))
    let registers = root.parameters.map { given in
      parameters.firstIndex { $0.name == given.name }.map { register(first + $0) }
    }
    parts.entries.append(Program.Entry(address: address, registers: registers))
  }

  private mutating func compile(_ index: Int) {
    current = index
    let template = templates[index]
    place(entryLabels[index])
    if let layout = template.layout {
      compile(layout.bindings)
      pass(layout.call)
      let body = newLabel()
      let content = contentRegisters[layout.call.template]
      emit(.setContent(register(content), body))
      emit(.jump(entryLabels[layout.call.template]))
      place(body)
    }
    compile(template.body)
    flush()
    emit(.finish)
  }

  // MARK: Emitting

  mutating func emit(_ operation: Operation) { parts.operations.append(operation) }

  mutating func newLabel() -> Int32 {
    addresses.append(-1)
    return Int32(addresses.count - 1)
  }

  /// Lets a label stand for the next operation.
  mutating func place(_ label: Int32) { addresses[Int(label)] = Int32(parts.operations.count) }

  /// A register by its number; numbers that are too large are found out at the end.
  func register(_ number: Int) -> Register { Register(truncatingIfNeeded: number) }

  /// A register for a value in between.
  mutating func temporary() -> Register { register(temporaries(1)) }

  /// The number of the first of several registers in a row.
  mutating func temporaries(_ count: Int) -> Int {
    let first = nextTemporary
    nextTemporary += count
    parts.registerCount = max(parts.registerCount, nextTemporary)
    return first
  }

  /// Gives back the registers that some work takes for values in between.
  mutating func scoped(_ work: (inout Compiler) -> Void) {
    let saved = nextTemporary
    work(&self)
    nextTemporary = saved
  }

  /// The register of a parameter, a local or a global.
  func register(of place: Variable.Place) -> Register {
    switch place {
    case .global(let index): register(index)
    case .local(let number): register(firstRegisters[current] + number)
    }
  }

  /// The index of a constant among the program's.
  mutating func index(of constant: Constant) -> UInt32 {
    if let known = constantIndexes[constant] { return known }
    let index = UInt32(parts.constants.count)
    parts.constants.append(constant)
    constantIndexes[constant] = index
    return index
  }

  // MARK: Bodies

  /// Writes the literal HTML that was put off; values do not need it, so that it grows across
  /// them.
  private mutating func flush() {
    guard !pendingLiteral.isEmpty else { return }
    emit(
      .literal(
        start: UInt32(pendingLiteral.lowerBound), count: UInt32(pendingLiteral.count)))
    pendingLiteral = parts.literals.count..<parts.literals.count
  }

  private mutating func compile(_ nodes: [CheckedNode]) {
    var index = nodes.startIndex
    while index < nodes.endIndex {
      let (end, isWorthKeeping) = sharedRun(in: nodes, from: index)
      guard isWorthKeeping else {
        // No part of the run is, and the node that ends it is in none.
        let next = min(end + 1, nodes.endIndex)
        for node in nodes[index..<next] { scoped { $0.compile(node) } }
        index = next
        continue
      }
      flush()
      let label = newLabel()
      emit(.beginShared(end: label))
      isSharing = true
      for node in nodes[index..<end] { scoped { $0.compile(node) } }
      isSharing = false
      flush()
      emit(.endShared)
      place(label)
      index = end
    }
  }

  /// Where the run that begins at a node and is the same on all pages of a frame ends, and whether it
  /// is worth keeping.
  private func sharedRun(
    in nodes: [CheckedNode], from start: Int
  ) -> (end: Int, isWorthKeeping: Bool) {
    guard !isSharing else { return (nodes.endIndex, false) }
    var sum = 0
    var end = start
    while end < nodes.endIndex, let work = sharing.work(nodes[end]) {
      sum += work
      end += 1
    }
    return (end, sum >= SharingCheck.leastWork)
  }

  private mutating func compile(_ node: CheckedNode) {
    switch node {
    case .text(let range):
      if pendingLiteral.isEmpty {
        pendingLiteral = parts.literals.count..<parts.literals.count
      }
      parts.literals += sources[current][range]
      pendingLiteral = pendingLiteral.lowerBound..<parts.literals.count
    case .print(let value, let escaping): print(value, escaping)
    case .call(let call, let isInline):
      pass(call)
      flush()
      trimmed(isInline) { $0.emit(.call($0.entryLabels[call.template])) }
    case .content(let isInline):
      flush()
      trimmed(isInline) { $0.emit(.content($0.register($0.contentRegisters[$0.current]))) }
    case .binding(let local, let value): compile(value, into: register(of: .local(local)))
    case .branch(let branches): compile(branches)
    case .loop(let loop): compile(loop)
    }
  }

  private mutating func print(_ value: CheckedExpression, _ escaping: Escaping) {
    switch value.kind {
    case .member(let object, let type, let member, let arguments) where arguments.isEmpty:
      let object = operand(object)
      flush()
      emit(.printMember(escaping, object: object, type: type, member: member))
    default:
      let value = operand(value)
      flush()
      emit(.print(escaping, value))
    }
  }

  /// Emits what writes whole lines, without its last line feed where it stands within a line.
  private mutating func trimmed(_ isInline: Bool, _ work: (inout Compiler) -> Void) {
    guard isInline else { return work(&self) }
    let mark = temporary()
    emit(.mark(mark))
    work(&self)
    emit(.trim(mark))
  }

  /// Puts the arguments of a call where the template called expects them.
  private mutating func pass(_ call: CheckedCall) {
    let first = firstRegisters[call.template]
    for (index, parameter) in signatures[call.template].parameters.enumerated() {
      let target = register(first + index)
      if let argument = call.arguments[index] {
        scoped { $0.compile(argument, into: target) }
      } else {
        emit(.constant(into: target, index: self.index(of: parameter.defaultValue ?? .none)))
      }
    }
  }

  private mutating func compile(_ branches: [CheckedBranch]) {
    flush()
    let end = newLabel()
    for (index, branch) in branches.enumerated() {
      let otherwise = newLabel()
      for condition in branch.conditions {
        switch condition {
        case .test(let test): scoped { $0.jump(to: otherwise, unless: test) }
        case .binding(let local, let value):
          let target = register(of: .local(local))
          compile(value, into: target)
          emit(.jumpIfMissing(target, otherwise))
        }
      }
      compile(branch.body)
      flush()
      if index < branches.count - 1 { emit(.jump(end)) }
      place(otherwise)
    }
    place(end)
  }

  private mutating func compile(_ loop: CheckedLoop) {
    let state = temporaries(2)
    let list = register(state)
    compile(loop.list, into: list)
    flush()
    let top = newLabel()
    let exit = newLabel()
    let otherwise = newLabel()
    if !loop.otherwise.isEmpty { emit(.jumpIfEmpty(list, otherwise)) }
    emit(.constant(into: register(state + 1), index: index(of: .int(0))))
    place(top)
    emit(.next(loop: list, element: register(of: .local(loop.element)), exit: exit))
    if let index = loop.index {
      emit(.loopIndex(into: register(of: .local(index)), loop: list))
    }
    compile(loop.body)
    flush()
    emit(.jump(top))
    place(otherwise)
    compile(loop.otherwise)
    flush()
    place(exit)
  }
}
