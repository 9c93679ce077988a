/// The index of a register of the machine.
///
/// Since templates never stand inside themselves, each has registers of its own, and all indexes
/// are known when templates are compiled.
typealias Register = UInt16

/// A step of a program.
///
/// Targets are indexes of operations; while a template is compiled they are numbers of labels.
enum Operation: BitwiseCopyable, Sendable {
  // MARK: Writing
  /// Appends bytes of the program's literal HTML.
  case literal(start: UInt32, count: UInt32)
  case print(Escaping, Register)
  /// Appends a plain member of an object: the most frequent of all holes, in one step.
  case printMember(Escaping, object: Register, type: UInt16, member: UInt16)

  // MARK: Control
  case jump(Int32)
  case jumpIf(Register, Int32)
  case jumpUnless(Register, Int32)
  case jumpIfMissing(Register, Int32)
  case jumpUnlessMissing(Register, Int32)
  case jumpIfEmpty(Register, Int32)
  /// Takes the next element of the list in a register, with the count of elements taken in the
  /// register behind it, or leaves the loop.
  case next(loop: Register, element: Register, exit: Int32)
  case call(Int32)
  /// Remembers where the content of a layout begins.
  case setContent(Register, Int32)
  /// Writes the content of a layout.
  case content(Register)
  case finish
  /// Begins a run that is the same on all pages of a frame; where it has been written before, it is
  /// copied, and its end comes next.
  case beginShared(end: Int32)
  /// Ends the run begun last.
  case endShared
  /// Remembers how long the page is.
  case mark(Register)
  /// Takes back a line feed at the end of what was written since a mark.
  case trim(Register)

  // MARK: Values
  case constant(into: Register, index: UInt32)
  case copy(into: Register, from: Register)
  case member(into: Register, object: Register, type: UInt16, member: UInt16)
  case memberWith(
    into: Register, object: Register, type: UInt16, member: UInt16, arguments: Register,
    count: UInt8)
  case not(into: Register, Register)
  case negate(into: Register, Register)
  case isMissing(into: Register, Register)
  case compare(Comparison, into: Register, Register, Register)
  case add(into: Register, Register, Register)
  case subtract(into: Register, Register, Register)
  case concatenate(into: Register, first: Register, count: UInt16)
  case joined(into: Register, list: Register, separator: Register)
  case count(into: Register, Register)
  case isEmpty(into: Register, Register)
  case first(into: Register, Register)
  case last(into: Register, Register)
  case prefix(into: Register, list: Register, count: Register)
  case dropFirst(into: Register, list: Register, count: Register)
  case formatted(into: Register, Register, DateStyle)
  /// The index of the element that a loop took last.
  case loopIndex(into: Register, loop: Register)

  /// The operation with its label replaced by the address that it stands for.
  func resolved(_ addresses: [Int32]) -> Operation {
    func address(_ label: Int32) -> Int32 { addresses[Int(label)] }
    switch self {
    case .jump(let label): return .jump(address(label))
    case .jumpIf(let register, let label): return .jumpIf(register, address(label))
    case .jumpUnless(let register, let label): return .jumpUnless(register, address(label))
    case .jumpIfMissing(let register, let label): return .jumpIfMissing(register, address(label))
    case .jumpUnlessMissing(let register, let label):
      return .jumpUnlessMissing(register, address(label))
    case .jumpIfEmpty(let register, let label): return .jumpIfEmpty(register, address(label))
    case .next(let loop, let element, let label):
      return .next(loop: loop, element: element, exit: address(label))
    case .call(let label): return .call(address(label))
    case .beginShared(let label): return .beginShared(end: address(label))
    case .setContent(let register, let label): return .setContent(register, address(label))
    default: return self
    }
  }
}
