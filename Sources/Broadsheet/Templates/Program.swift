/// Compiled templates: a flat list of operations that every worker runs side by side.
@safe final class Program: @unchecked Sendable {
  /// Where a template that the program calls begins, and where its arguments go.
  struct Entry {
    var address: Int32
    /// A register for each argument of the schema's root; nil for one that the template leaves out.
    var registers: [Register?]
  }

  /// Changes whenever a template or the schema does.
  let hash: UInt64
  let operations: UnsafeBufferPointer<Operation>
  let literals: UnsafeBufferPointer<UInt8>
  let constants: UnsafeBufferPointer<Value>
  private let texts: UnsafeBufferPointer<UInt8>
  let entries: [Entry]
  let registerCount: Int
  /// The greatest number of calls that can be open at once.
  let callDepth: Int
  /// The greatest number of shared runs that can be open at once.
  let sharedDepth: Int

  /// A program made of what a compiler left.
  init(_ parts: ProgramParts, hash: UInt64) {
    self.hash = hash
    entries = parts.entries
    registerCount = parts.registerCount
    callDepth = parts.callDepth
    sharedDepth = parts.sharedDepth
    unsafe operations = Self.copy(parts.operations)
    unsafe literals = Self.copy(parts.literals)
    var bytes: [UInt8] = []
    for case .text(let text) in parts.constants { bytes += text }
    unsafe texts = Self.copy(bytes)
    var offset = 0
    var values: [Value] = []
    for constant in parts.constants {
      switch constant {
      case .none: values.append(.none)
      case .bool(let isTrue): values.append(.bool(isTrue))
      case .int(let number): values.append(.int(number))
      case .emptyList: values.append(.list(ListRef(kind: 0, count: 0)))
      case .text(let text):
        let all = unsafe texts.baseAddress.map { unsafe ByteSlice(start: $0, count: bytes.count) }
        values.append(.text((all ?? .empty)[offset..<offset + text.count]))
        offset += text.count
      }
    }
    unsafe constants = Self.copy(values)
  }

  deinit {
    unsafe operations.deallocate()
    unsafe literals.deallocate()
    unsafe constants.deallocate()
    unsafe texts.deallocate()
  }

  /// The operations as an array of their own, to look at.
  var listing: [Operation] { unsafe Array(operations) }

  private static func copy<Element: BitwiseCopyable>(
    _ elements: [Element]
  ) -> UnsafeBufferPointer<Element> {
    let memory = UnsafeMutableBufferPointer<Element>.allocate(capacity: elements.count)
    _ = unsafe memory.initialize(from: elements)
    return UnsafeBufferPointer(memory)
  }
}

/// What a compiler makes of templates.
struct ProgramParts {
  var operations: [Operation] = []
  var literals: [UInt8] = []
  var constants: [Constant] = []
  var entries: [Program.Entry] = []
  var registerCount = 0
  var callDepth = 0
  var sharedDepth = 0
}
