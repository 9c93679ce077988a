/// An expression as it is written, before anything is known of its type.
struct Expression {
  indirect enum Kind {
    case name(String)
    case member(Expression, String, at: Int)
    case call(Expression, [Argument])
    /// `a?`, which ends the chain it stands in when `a` is missing.
    case unwrap(Expression)
    /// A whole chain with at least one `?.` in it.
    case chain(Expression)
    /// `.long`, whose type follows from where it stands.
    case implicitMember(String)
    case int(Int)
    case bool(Bool)
    case string([StringPart])
    case none
    case emptyList
    case not(Expression)
    case negate(Expression)
    case binary(BinaryOperator, Expression, Expression)
    case ternary(Expression, Expression, Expression)
  }

  /// A stretch of a string literal.
  enum StringPart {
    case text([UInt8])
    case value(Expression)
  }

  var kind: Kind
  /// Where it stands, in bytes of the file.
  var range: Range<Int>

  /// Where it begins, in bytes from the file's start.
  var offset: Int { range.lowerBound }

  /// Whether it is `nil` or `[]`, which take their type from where they stand.
  var isTypeless: Bool {
    switch kind {
    case .none, .emptyList: true
    default: false
    }
  }
}

/// An argument of a call.
struct Argument {
  var label: String?
  var value: Expression
  var offset: Int
}

/// An operator between two expressions.
enum BinaryOperator: String {
  case or = "||"
  case and = "&&"
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case coalesce = "??"
  case add = "+"
  case subtract = "-"

  /// How strongly it binds, in the order of Swift's precedence groups.
  var precedence: Int {
    switch self {
    case .or: 1
    case .and: 2
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: 3
    case .coalesce: 4
    case .add, .subtract: 5
    }
  }
}

/// One of the conditions of an `if`, which all have to hold.
enum Condition {
  case test(Expression)
  case binding(name: String, offset: Int, value: Expression)
}

/// The head of a `for`.
struct LoopHead {
  /// The name of the index, in `for (index, story) in stories.enumerated()`.
  var index: String?
  var element: String
  var list: Expression
  var offset: Int
}

/// A call of a template, or of a layout.
struct TemplateCall {
  var name: String
  var arguments: [Argument]
  var offset: Int
}

/// A type as a template's header writes it.
indirect enum TypeSyntax {
  case named(String, offset: Int)
  case list(TypeSyntax)
  case optional(TypeSyntax)
}

/// The header of a template, `\(template card(story: Article, large: Bool = false))`.
struct TemplateHeader {
  struct Parameter {
    var name: String
    var offset: Int
    var type: TypeSyntax
    var defaultValue: Expression?
  }

  var name: String
  var offset: Int
  var parameters: [Parameter]
}

/// What one `\(…)` says.
enum Directive {
  case template(TemplateHeader)
  case layout(TemplateCall)
  case branch([Condition])
  case elseBranch([Condition])
  case otherwise
  case loop(LoopHead)
  case end
  case binding(name: String, offset: Int, value: Expression)
  case content
  case call(TemplateCall)
  case print(Expression)
  case comment
  /// Something that was wrong, and has been reported.
  case invalid

  /// Whether it writes something where it stands.
  var writes: Bool {
    switch self {
    case .print, .invalid, .call, .content: true
    default: false
    }
  }

  /// Whether it writes whole lines, those of another template.
  var writesLines: Bool {
    switch self {
    case .call, .content: true
    default: false
    }
  }
}

/// A part of a template's body.
indirect enum Node {
  /// Literal HTML: bytes of the file.
  case text(Range<Int>)
  case print(Expression, at: Int)
  /// A call; one in the middle of a line leaves out the line feed at the end of what it writes.
  case call(TemplateCall, isInline: Bool, at: Int)
  case content(isInline: Bool, at: Int)
  case binding(name: String, offset: Int, value: Expression)
  case branch([Branch], at: Int)
  case loop(LoopHead, body: [Node], otherwise: [Node]?, at: Int)
  /// Something that was wrong and has been reported; it stands where a value would.
  case invalid
}

/// An `if`, an `else if` or an `else`, and what follows it.
struct Branch {
  /// What has to hold; nil for `else`.
  var conditions: [Condition]?
  var body: [Node]
}

/// A parsed template.
struct TemplateSyntax {
  var header: TemplateHeader
  /// The bindings before the layout, and the layout.
  var layout: (bindings: [Node], call: TemplateCall)?
  var body: [Node]
}
