/// A reference to a thing of the model, such as a story; what the numbers mean is the model's
/// affair, and of which type the thing is, the compiler knows.
struct ObjectRef: BitwiseCopyable, Hashable, Sendable {
  var a: Int32
  var b: Int32

  /// A reference made of one or two numbers of the model.
  init(_ a: Int32 = 0, _ b: Int32 = 0) {
    self.a = a
    self.b = b
  }
}

/// A reference to a list of the model, or to a part of one.
struct ListRef: BitwiseCopyable, Sendable {
  /// Which list it is; the model's affair.
  var kind: UInt16
  /// Whose list it is; the model's affair.
  var owner: ObjectRef
  /// The index of the first element.
  var start: Int32
  /// The number of elements.
  var count: Int32

  /// A list that a model hands out.
  init(kind: UInt16, owner: ObjectRef = ObjectRef(), start: Int = 0, count: Int) {
    self.kind = kind
    self.owner = owner
    self.start = Int32(truncatingIfNeeded: start)
    self.count = Int32(truncatingIfNeeded: max(count, 0))
  }
}

/// What a register of the machine holds: a value of one of the types of templates.
///
/// It is bits without reference counting, so that a page is made without touching shared memory.
enum Value: BitwiseCopyable, Sendable {
  /// An optional without a value.
  case none
  /// A `Bool`.
  case bool(Bool)
  /// An `Int`.
  case int(Int)
  /// A `String`, `URL`, `HTML` or `SourceSet`.
  case text(ByteSlice)
  /// A `Date`, in seconds since 1970-01-01T00:00:00Z.
  case date(Int64)
  /// An object of one of the schema's types.
  case object(ObjectRef)
  /// A list.
  case list(ListRef)
}

/// The arguments of a member that is called as a function, such as `words.stories(12)`.
///
/// They are seen in place and stay valid for the call.
@safe struct Arguments: BitwiseCopyable {
  private let start: UnsafePointer<Value>
  /// The number of arguments, as many as the schema's member has parameters.
  let count: Int

  /// The arguments that lie at an address.
  init(start: UnsafePointer<Value>, count: Int) {
    unsafe self.start = start
    self.count = count
  }

  /// The argument at an index, in the order of the parameters.
  subscript(index: Int) -> Value {
    index >= 0 && index < count ? unsafe start[index] : .none
  }

  /// The `Int` at an index.
  func int(_ index: Int) -> Int {
    if case .int(let number) = self[index] { number } else { 0 }
  }

  /// The `Bool` at an index.
  func bool(_ index: Int) -> Bool {
    if case .bool(let isTrue) = self[index] { isTrue } else { false }
  }

  /// The text at an index; empty where an optional has no value.
  func text(_ index: Int) -> ByteSlice {
    if case .text(let text) = self[index] { text } else { .empty }
  }
}

/// The ways to write a date, `\(article.date.formatted(.long))`.
enum DateStyle: Int, CaseIterable, CodingKey, Sendable {
  /// `2024-10-03T18:40:00+04:00`, for `datetime` attributes and machines.
  case iso
  /// `3 October 2024`, in the words of the page's language.
  case long
  /// `3 Oct 2024`, in the words of the page's language.
  case short
  /// `18:40`.
  case time
  /// `3 October 2024, 18:40`.
  case dateTime
  /// `Baku, UTC+4`: the zone in which times are given.
  case zone
}

/// What templates ask for values while a page is made.
protocol TemplateModel: ~Copyable {
  /// The value of a member of an object.
  ///
  /// - Parameters:
  ///   - member: The member's number in the schema.
  ///   - type: The index of the object's type in the schema.
  ///   - object: The object.
  ///   - arguments: As many as the member has parameters in the schema.
  ///   - scratch: Where text made for the occasion is written; it stays there until the page is
  ///     finished.
  /// - Returns: A value of the member's type in the schema.
  mutating func value(
    _ member: UInt16, of type: UInt16, _ object: ObjectRef, _ arguments: Arguments,
    _ scratch: inout Scratch
  ) -> Value

  /// The element of a list at an index, which counts from where the model's own list starts: for a
  /// list that begins at `list.start`, the indexes asked for are from there on.
  mutating func element(_ index: Int, of list: ListRef, _ scratch: inout Scratch) -> Value

  /// A date, in seconds since 1970, in a style of the page's language.
  mutating func formatted(_ date: Int64, _ style: DateStyle, _ scratch: inout Scratch) -> ByteSlice

  /// What stands for a piece of HTML where pages are compared; nil where it is itself compared.
  func digest(of html: ByteSlice) -> UInt64?

  /// The number of the frame that the page belongs to: on all pages of one, the members that the
  /// schema calls shared have the same values; nil for a page that shares nothing.
  var frame: UInt64? { get }
}

extension TemplateModel where Self: ~Copyable {
  func digest(of html: ByteSlice) -> UInt64? { nil }

  var frame: UInt64? { nil }
}
