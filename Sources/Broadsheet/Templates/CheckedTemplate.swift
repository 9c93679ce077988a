/// An expression whose type is known, ready to be compiled.
struct CheckedExpression {
  indirect enum Kind {
    case variable(Variable.Place)
    case constant(Constant)
    case member(
      CheckedExpression, type: UInt16, member: UInt16, arguments: [CheckedExpression])
    case unwrap(CheckedExpression)
    case chain(CheckedExpression)
    case not(CheckedExpression)
    case negate(CheckedExpression)
    case and(CheckedExpression, CheckedExpression)
    case or(CheckedExpression, CheckedExpression)
    case ternary(CheckedExpression, CheckedExpression, CheckedExpression)
    case coalesce(CheckedExpression, CheckedExpression)
    case compare(Comparison, CheckedExpression, CheckedExpression)
    /// Whether an optional has no value.
    case isMissing(CheckedExpression)
    case add(CheckedExpression, CheckedExpression)
    case subtract(CheckedExpression, CheckedExpression)
    case joined(list: CheckedExpression, separator: CheckedExpression)
    /// Texts and numbers, one after the other.
    case concatenated([CheckedExpression])
    case count(CheckedExpression)
    case isEmpty(CheckedExpression)
    case first(CheckedExpression)
    case last(CheckedExpression)
    case prefix(CheckedExpression, CheckedExpression)
    case dropFirst(CheckedExpression, CheckedExpression)
    case formatted(CheckedExpression, DateStyle)
  }

  var kind: Kind
  var type: ValueType
}

/// How two values are compared.
enum Comparison: UInt8 {
  case equal
  case notEqual
  case less
  case lessOrEqual
  case greater
  case greaterOrEqual
}

/// A value that is known when templates are compiled.
enum Constant: Hashable {
  case none
  case bool(Bool)
  case int(Int)
  case text([UInt8])
  case emptyList
}

/// A name in scope.
struct Variable {
  enum Place: Hashable {
    /// A global, by its index in the schema.
    case global(Int)
    /// A parameter or a local of the template, by its number.
    case local(Int)
  }

  var place: Place
  /// Nil when its value was in error, which has been reported.
  var type: ValueType?
}

/// A part of a checked body.
indirect enum CheckedNode {
  case text(Range<Int>)
  case print(CheckedExpression, Escaping)
  case call(CheckedCall, isInline: Bool)
  case content(isInline: Bool)
  case binding(local: Int, CheckedExpression)
  case branch([CheckedBranch])
  case loop(CheckedLoop)
}

/// A loop of a checked body.
struct CheckedLoop {
  var list: CheckedExpression
  var index: Int?
  var element: Int
  var body: [CheckedNode]
  var otherwise: [CheckedNode]
}

/// A branch of a checked body.
struct CheckedBranch {
  /// What has to hold; nothing for `else`.
  var conditions: [CheckedCondition]
  var body: [CheckedNode]
}

/// A condition of a checked body.
enum CheckedCondition {
  case test(CheckedExpression)
  case binding(local: Int, CheckedExpression)
}

/// A call with an argument for each parameter, in their order; nil stands for the default.
struct CheckedCall {
  var template: Int
  var arguments: [CheckedExpression?]
}

/// A checked template.
struct CheckedTemplate {
  var layout: (bindings: [CheckedNode], call: CheckedCall)?
  var body: [CheckedNode]
  /// How many parameters and locals it has.
  var localCount: Int
}

/// How a value is written where it stands.
enum Escaping: UInt8 {
  /// Text, with `&`, `<`, `>`, `"` and `'` as entities.
  case text
  /// A number, in decimal digits.
  case number
  /// HTML, as it is.
  case html
  /// A whole URL, at the start of a URL attribute.
  case url
  /// A part of a URL, percent-encoded.
  case urlPart
}

/// What a call of a template needs to know of it.
struct Signature {
  struct Parameter {
    var name: String
    /// Nil when the type is not known, which has been reported.
    var type: ValueType?
    var defaultValue: Constant?
    var offset = 0
  }

  var name: String
  var parameters: [Parameter]
  /// Whether the header could not be read, which has been reported: calls are then taken as right.
  var isBroken = false
  /// Whether it places `\(content)`, and so is a layout.
  var placesContent = false
}
