/// What the machine does with values; their types have been checked, so that a value of another
/// type than the wanted one can only come from a model that breaks its word: it counts as empty.
extension Value {
  @inline(__always) var isTrue: Bool { if case .bool(true) = self { true } else { false } }

  @inline(__always) var isMissing: Bool { if case .none = self { true } else { false } }

  @inline(__always) var int: Int { if case .int(let number) = self { number } else { 0 } }

  @inline(__always) var date: Int64 { if case .date(let date) = self { date } else { 0 } }

  @inline(__always) var text: ByteSlice {
    if case .text(let text) = self { text } else { .empty }
  }

  @inline(__always) var object: ObjectRef {
    if case .object(let object) = self { object } else { ObjectRef() }
  }

  @inline(__always) var list: ListRef {
    if case .list(let list) = self { list } else { ListRef(kind: 0, count: 0) }
  }

  /// Whether a text or a list is empty.
  var isEmpty: Bool {
    switch self {
    case .text(let text): text.isEmpty
    case .list(let list): list.count == 0
    default: true
    }
  }

  /// Compares two values of one type, of which either may be missing.
  func compare(_ comparison: Comparison, _ other: Value) -> Bool {
    switch comparison {
    case .equal: isEqual(to: other)
    case .notEqual: !isEqual(to: other)
    case .less: isLess(than: other)
    case .greaterOrEqual: !isLess(than: other)
    case .greater: other.isLess(than: self)
    case .lessOrEqual: !other.isLess(than: self)
    }
  }

  private func isEqual(to other: Value) -> Bool {
    switch (self, other) {
    case (.none, .none): true
    case (.bool(let left), .bool(let right)): left == right
    case (.int(let left), .int(let right)): left == right
    case (.date(let left), .date(let right)): left == right
    case (.text(let left), .text(let right)): left == right
    case (.object(let left), .object(let right)): left == right
    default: false
    }
  }

  private func isLess(than other: Value) -> Bool {
    switch (self, other) {
    case (.int(let left), .int(let right)): left < right
    case (.date(let left), .date(let right)): left < right
    case (.text(let left), .text(let right)): left < right
    default: false
    }
  }
}

extension ListRef {
  /// The first elements, at most so many.
  func prefix(_ count: Int) -> ListRef {
    var part = self
    part.count = Int32(truncatingIfNeeded: min(max(count, 0), Int(self.count)))
    return part
  }

  /// All but the first elements.
  func dropFirst(_ count: Int) -> ListRef {
    let dropped = Int32(truncatingIfNeeded: min(max(count, 0), Int(self.count)))
    var part = self
    part.start += dropped
    part.count -= dropped
    return part
  }
}

extension ByteBuffer {
  /// Appends a value as its place wants it.
  @inline(__always) mutating func append(_ value: Value, _ escaping: Escaping) {
    switch escaping {
    case .text: append(escaping: value.text)
    case .number: append(number: value.int)
    case .html: append(value.text)
    case .url: append(url: value.text)
    case .urlPart: append(urlPart: value.text)
    }
  }
}

extension Scratch {
  /// Appends a text or a number to the text that was begun.
  mutating func append(_ value: Value) {
    switch value {
    case .text(let text): append(text)
    case .int(let number): append(number: number)
    default: break
    }
  }
}
