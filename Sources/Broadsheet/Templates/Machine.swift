/// Runs a program: one machine a worker, used for page after page.
///
/// Its loop touches nothing but its own registers, the program's operations, the model and the
/// page: it allocates nothing, looks nothing up by name and counts no references.
@safe struct Machine: ~Copyable {
  let program: Program
  private let registers: UnsafeMutablePointer<Value>
  /// Where the templates that are running go on when the ones that they called have finished.
  private let returns: UnsafeMutablePointer<Int32>
  /// Where the page was when each of the shared runs that are open began.
  private let open: UnsafeMutablePointer<Int>
  /// The shared runs written before.
  private var shared = SharedRuns()
  /// The elements of a list of texts while they are joined.
  private var elements: [ByteSlice] = []
  /// The pieces of HTML that have a digest, in the order in which they were written since they were
  /// last forgotten.
  private(set) var digested: [Digested] = []

  /// A piece of HTML that a digest stands for where pages are compared.
  struct Digested: BitwiseCopyable {
    /// Where it starts on the page.
    var start: Int
    /// Where it ends.
    var end: Int
    /// What the model says of it.
    var digest: UInt64
  }

  /// A machine for a program, with room for all that its templates hold at once.
  init(_ program: Program) {
    self.program = program
    unsafe registers = .allocate(capacity: program.registerCount + 1)
    unsafe registers.initialize(repeating: .none, count: program.registerCount + 1)
    unsafe returns = .allocate(capacity: program.callDepth)
    unsafe open = .allocate(capacity: program.sharedDepth)
  }

  deinit {
    unsafe registers.deallocate()
    unsafe returns.deallocate()
    unsafe open.deallocate()
  }

  /// Forgets the pieces that have a digest, before another page is made.
  mutating func forgetDigested() { digested.removeAll(keepingCapacity: true) }

  /// Makes a page: appends what a template writes.
  ///
  /// - Parameters:
  ///   - root: The template.
  ///   - arguments: Its arguments, in the order of the schema's root.
  ///   - globals: The globals, in the order of the schema.
  ///   - model: What is asked for values.
  ///   - scratch: Where text that is made for the page stays until the caller resets it.
  ///   - page: Where the page is appended.
  mutating func run<Model: TemplateModel & ~Copyable>(
    _ root: RootID, arguments: [Value], globals: [Value], model: inout Model,
    scratch: inout Scratch, into page: inout ByteBuffer
  ) {
    let entry = program.entries[root.index]
    precondition(arguments.count == entry.registers.count, "a root's arguments are all given")
    for (index, global) in globals.enumerated() { unsafe registers[index] = global }
    for (argument, register) in zip(arguments, entry.registers) {
      if let register { unsafe registers[Int(register)] = argument }
    }
    run(from: Int(entry.address), &model, &scratch, &page)
  }

  private mutating func run<Model: TemplateModel & ~Copyable>(
    from address: Int, _ model: inout Model, _ scratch: inout Scratch, _ page: inout ByteBuffer
  ) {
    guard let operations = unsafe program.operations.baseAddress else { return }
    let registers = unsafe self.registers
    let returns = unsafe self.returns
    let literals = unsafe program.literals.baseAddress
    let constants = unsafe program.constants.baseAddress
    let open = unsafe self.open
    let callDepth = program.callDepth
    let frame = model.frame
    var openCount = 0
    var position = address
    var depth = 0
    while true {
      let operation = unsafe operations[position]
      position += 1
      switch operation {
      case .literal(let start, let count):
        if let literals = unsafe literals {
          unsafe page.append(ByteSlice(start: literals + Int(start), count: Int(count)))
        }
      case .print(let escaping, let source):
        let value = unsafe registers[Int(source)]
        if escaping == .html { noteDigest(of: value, at: page.count, model) }
        page.append(value, escaping)
      case .printMember(let escaping, let object, let type, let member):
        let value = unsafe model.value(
          member, of: type, registers[Int(object)].object,
          Arguments(start: registers, count: 0), &scratch)
        if escaping == .html { noteDigest(of: value, at: page.count, model) }
        page.append(value, escaping)

      case .jump(let target): position = Int(target)
      case .jumpIf(let source, let target):
        if unsafe registers[Int(source)].isTrue { position = Int(target) }
      case .jumpUnless(let source, let target):
        if unsafe !registers[Int(source)].isTrue { position = Int(target) }
      case .jumpIfMissing(let source, let target):
        if unsafe registers[Int(source)].isMissing { position = Int(target) }
      case .jumpUnlessMissing(let source, let target):
        if unsafe !registers[Int(source)].isMissing { position = Int(target) }
      case .jumpIfEmpty(let source, let target):
        if unsafe registers[Int(source)].list.count == 0 { position = Int(target) }
      case .next(let loop, let element, let exit):
        let list = unsafe registers[Int(loop)].list
        let taken = unsafe registers[Int(loop) + 1].int
        if taken >= Int(list.count) {
          position = Int(exit)
        } else {
          unsafe registers[Int(element)] = model.element(
            Int(list.start) + taken, of: list, &scratch)
          unsafe registers[Int(loop) + 1] = .int(taken + 1)
        }
      case .call(let target):
        precondition(depth < callDepth, "a checked program calls no deeper")
        unsafe returns[depth] = Int32(truncatingIfNeeded: position)
        depth += 1
        position = Int(target)
      case .setContent(let target, let content):
        unsafe registers[Int(target)] = .int(Int(content))
      case .content(let source):
        precondition(depth < callDepth, "a checked program calls no deeper")
        unsafe returns[depth] = Int32(truncatingIfNeeded: position)
        depth += 1
        position = unsafe registers[Int(source)].int
      case .finish:
        if depth == 0 { return }
        depth -= 1
        position = unsafe Int(returns[depth])
      case .beginShared(let end):
        if let frame, let run = shared.run(SharedRuns.key(Int(end), frame)) {
          page.append(run)
          position = Int(end)
        } else {
          unsafe open[openCount] = page.count
          openCount += 1
        }
      case .endShared:
        openCount -= 1
        if let frame {
          let start = unsafe open[openCount]
          shared.keep(SharedRuns.key(position, frame), page.slice(start..<page.count))
        }
      case .mark(let target): unsafe registers[Int(target)] = .int(page.count)
      case .trim(let mark):
        let start = unsafe registers[Int(mark)].int
        if page.count > start, page.slice[page.count - 1] == UInt8(ascii: "\n") {
          page.truncate(to: page.count - 1)
          if let last = digested.indices.last, digested[last].end > page.count {
            digested[last].end = page.count
          }
        }

      case .constant(let target, let index):
        if let constants = unsafe constants {
          unsafe registers[Int(target)] = constants[Int(index)]
        }
      case .copy(let target, let source):
        unsafe registers[Int(target)] = registers[Int(source)]
      case .member(let target, let object, let type, let member):
        unsafe registers[Int(target)] = model.value(
          member, of: type, registers[Int(object)].object,
          Arguments(start: registers, count: 0), &scratch)
      case .memberWith(let target, let object, let type, let member, let first, let count):
        unsafe registers[Int(target)] = model.value(
          member, of: type, registers[Int(object)].object,
          Arguments(start: registers + Int(first), count: Int(count)), &scratch)
      case .not(let target, let source):
        unsafe registers[Int(target)] = .bool(!registers[Int(source)].isTrue)
      case .negate(let target, let source):
        unsafe registers[Int(target)] = .int(0 &- registers[Int(source)].int)
      case .isMissing(let target, let source):
        unsafe registers[Int(target)] = .bool(registers[Int(source)].isMissing)
      case .compare(let comparison, let target, let left, let right):
        unsafe registers[Int(target)] = .bool(
          registers[Int(left)].compare(comparison, registers[Int(right)]))
      case .add(let target, let left, let right):
        unsafe registers[Int(target)] = .int(
          registers[Int(left)].int &+ registers[Int(right)].int)
      case .subtract(let target, let left, let right):
        unsafe registers[Int(target)] = .int(
          registers[Int(left)].int &- registers[Int(right)].int)
      case .concatenate(let target, let first, let count):
        scratch.begin()
        for index in 0..<Int(count) {
          unsafe scratch.append(registers[Int(first) + index])
        }
        unsafe registers[Int(target)] = .text(scratch.end())
      case .joined(let target, let list, let separator):
        let (list, separator) = unsafe (registers[Int(list)].list, registers[Int(separator)].text)
        unsafe registers[Int(target)] = .text(join(list, separator, &model, &scratch))
      case .count(let target, let source):
        unsafe registers[Int(target)] = .int(Int(registers[Int(source)].list.count))
      case .isEmpty(let target, let source):
        unsafe registers[Int(target)] = .bool(registers[Int(source)].isEmpty)
      case .first(let target, let source):
        let list = unsafe registers[Int(source)].list
        unsafe registers[Int(target)] =
          list.count == 0 ? .none : model.element(Int(list.start), of: list, &scratch)
      case .last(let target, let source):
        let list = unsafe registers[Int(source)].list
        unsafe registers[Int(target)] =
          list.count == 0
          ? .none : model.element(Int(list.start) + Int(list.count) - 1, of: list, &scratch)
      case .prefix(let target, let source, let count):
        let list = unsafe registers[Int(source)].list
        unsafe registers[Int(target)] = .list(list.prefix(registers[Int(count)].int))
      case .dropFirst(let target, let source, let count):
        let list = unsafe registers[Int(source)].list
        unsafe registers[Int(target)] = .list(list.dropFirst(registers[Int(count)].int))
      case .formatted(let target, let source, let style):
        unsafe registers[Int(target)] = .text(
          model.formatted(registers[Int(source)].date, style, &scratch))
      case .loopIndex(let target, let loop):
        unsafe registers[Int(target)] = .int(registers[Int(loop) + 1].int - 1)
      }
    }
  }

  /// Notes where a piece of HTML is about to be written, if it has a digest.
  @inline(never) private mutating func noteDigest<Model: TemplateModel & ~Copyable>(
    of value: Value, at start: Int, _ model: borrowing Model
  ) {
    let html = value.text
    guard let digest = model.digest(of: html) else { return }
    digested.append(Digested(start: start, end: start + html.count, digest: digest))
  }

  /// The texts of a list with a separator between them.
  @inline(never) private mutating func join<Model: TemplateModel & ~Copyable>(
    _ list: ListRef, _ separator: ByteSlice, _ model: inout Model, _ scratch: inout Scratch
  ) -> ByteSlice {
    // the model may write into the scratch memory itself, so all texts are asked for first
    elements.removeAll(keepingCapacity: true)
    for index in 0..<Int(list.count) {
      elements.append(model.element(Int(list.start) + index, of: list, &scratch).text)
    }
    scratch.begin()
    for index in elements.indices {
      if index > 0 { scratch.append(separator) }
      scratch.append(elements[index])
    }
    return scratch.end()
  }
}
