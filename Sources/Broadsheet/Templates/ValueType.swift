/// The type of a value that templates work with.
indirect enum ValueType: Hashable, Sendable {
  /// True or false: the condition of an `if`.
  case bool
  /// A whole number.
  case int
  /// Text, escaped wherever it is written.
  case string
  /// An address that the program made or checked: `http`, `https`, `mailto`, `tel` or relative.
  case url
  /// Finished HTML, written as it is, and only in text.
  case html
  /// The whole value of a `srcset` attribute.
  case sourceSet
  /// A moment, in seconds since 1970.
  case date
  /// One of the schema's types.
  case object(Schema.TypeID)
  /// A list of values of one type.
  case list(ValueType)
  /// A value that may be missing.
  case optional(ValueType)

  /// The type without the `?`.
  var unwrapped: ValueType {
    if case .optional(let wrapped) = self { wrapped } else { self }
  }

  /// Whether the value may be missing.
  var isOptional: Bool {
    if case .optional = self { true } else { false }
  }

  /// The type with one `?`, however many it had.
  var optional: ValueType { isOptional ? self : .optional(self) }

  /// The types that every schema has, by name.
  static let builtIn: [(name: String, type: ValueType)] = [
    ("String", .string), ("Int", .int), ("Bool", .bool), ("URL", .url), ("HTML", .html),
    ("Date", .date), ("SourceSet", .sourceSet),
  ]
}

extension Schema {
  /// A type as a template writes it: `[Article]`, `String?`.
  func name(of type: ValueType) -> String {
    switch type {
    case .object(let id): self[id].name
    case .list(let element): "[\(name(of: element))]"
    case .optional(let wrapped): "\(name(of: wrapped))?"
    default: ValueType.builtIn.first { $0.type == type }?.name ?? ""
    }
  }

  /// The type of a name, without brackets and `?`, or nil.
  func type(named name: String) -> ValueType? {
    if let builtIn = ValueType.builtIn.first(where: { $0.name == name }) { return builtIn.type }
    return types.firstIndex { $0.name == name }.map { .object(TypeID(index: UInt16($0))) }
  }

  /// The names of all types.
  var typeNames: [String] { ValueType.builtIn.map(\.name) + types.map(\.name) }
}
