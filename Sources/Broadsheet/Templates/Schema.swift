/// What templates may name: types with members, globals, and the templates that the program calls.
struct Schema: Sendable {
  /// A type of the schema.
  struct TypeID: Hashable, Sendable, BitwiseCopyable {
    var index: UInt16
  }

  /// A parameter of a member that is called as a function.
  struct Parameter: Hashable, Sendable {
    /// The word that a call writes before the argument, or nil for none.
    var label: String?
    var type: ValueType

    /// A parameter with or without a label.
    init(_ label: String? = nil, _ type: ValueType) {
      self.label = label
      self.type = type
    }
  }

  /// Something that is asked of an object: `article.title`, `words.stories(12)`.
  struct Member: Sendable {
    var name: String
    var type: ValueType
    /// What the model is asked for; unique within the type.
    var id: UInt16
    /// What it is called with; empty for a plain member.
    var parameters: [Parameter]
    /// Other words that people try for it, such as `headline` for `title`.
    var synonyms: [String]
    var documentation: String
    /// Whether its value is the same on all pages of a frame, as far as its object and what it is
    /// called with are; see ``TemplateModel/frame``.
    var isShared = false
  }

  /// A type of objects, with its members.
  struct ObjectType: Sendable {
    var name: String
    var documentation: String
    var members: [Member] = []
  }

  /// A value that every template sees, such as `site`.
  struct Global: Sendable {
    var name: String
    var type: ValueType
    var documentation: String
  }

  /// A template that the program calls by name.
  struct Root: Sendable {
    var name: String
    var parameters: [(name: String, type: ValueType)]
    var documentation: String
  }

  /// The types, in the order of their ids.
  private(set) var types: [ObjectType] = []
  /// The globals, in the order in which they are given at run time.
  private(set) var globals: [Global] = []
  /// The templates that the program calls, in the order of their ids.
  private(set) var roots: [Root] = []

  /// A schema that knows nothing yet.
  init() {}

  /// Adds a type; its members are added one by one, so that types may name each other.
  mutating func addType(_ name: String, documentation: String = "") -> TypeID {
    precondition(type(named: name) == nil, "the type '\(name)' is there already")
    types.append(ObjectType(name: name, documentation: documentation))
    return TypeID(index: UInt16(types.count - 1))
  }

  /// Adds a member to a type.
  ///
  /// - Parameters:
  ///   - name: What templates write.
  ///   - owner: The type it belongs to.
  ///   - type: The type of its value.
  ///   - id: What the model is asked for; unique within the type.
  ///   - parameters: What it is called with, at most eight; without any it is a plain member.
  ///   - synonyms: Other words that people try for it; an error message then names this one.
  ///   - documentation: A sentence for the reference.
  ///   - isShared: Whether its value is the same on all pages of a frame.
  mutating func addMember(
    _ name: String, of owner: TypeID, _ type: ValueType, id: UInt16, parameters: [Parameter] = [],
    synonyms: [String] = [], documentation: String = "", isShared: Bool = false
  ) {
    let index = Int(owner.index)
    precondition(
      !types[index].members.contains { $0.name == name || $0.id == id } && parameters.count <= 8,
      "the member '\(name)' or its number is there already")
    types[index].members.append(
      Member(
        name: name, type: type, id: id, parameters: parameters, synonyms: synonyms,
        documentation: documentation, isShared: isShared))
  }

  /// Adds a value that every template sees; values are given at run time in this order.
  mutating func addGlobal(_ name: String, _ type: ValueType, documentation: String = "") {
    precondition(!globals.contains { $0.name == name }, "the global '\(name)' is there already")
    globals.append(Global(name: name, type: type, documentation: documentation))
  }

  /// Adds a template that the program calls; arguments are given at run time in this order.
  @discardableResult mutating func addRoot(
    _ name: String, parameters: [(String, ValueType)] = [], documentation: String = ""
  ) -> RootID {
    precondition(!roots.contains { $0.name == name }, "the root '\(name)' is there already")
    let named = parameters.map { (name: $0.0, type: $0.1) }
    roots.append(Root(name: name, parameters: named, documentation: documentation))
    return RootID(index: roots.count - 1)
  }

  /// The type of an id.
  subscript(type: TypeID) -> ObjectType { types[Int(type.index)] }
}

/// A template that the program calls, in the order of declaration in the schema.
struct RootID: Hashable, Sendable, BitwiseCopyable {
  var index: Int
}
