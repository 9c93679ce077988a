import Glibc

/// A run of bytes that someone else owns and keeps alive.
///
/// It is a pointer and a count, without reference counting, so that models can hand text to
/// templates at no cost. Whoever makes one says how long it stays valid: the text of a
/// ``TextStore`` as long as the store lives, the text of a ``Scratch`` until it is reset, the bytes
/// of a compiled template as long as the program.
@safe public struct ByteSlice: @unchecked Sendable, BitwiseCopyable {
  let start: UnsafePointer<UInt8>
  /// The number of bytes.
  public let count: Int

  /// A slice of memory that outlives it.
  public init(start: UnsafePointer<UInt8>, count: Int) {
    unsafe self.start = start
    self.count = count
  }

  /// A slice of a literal, which lives as long as the program.
  public init(_ literal: StaticString) {
    unsafe self.init(start: literal.utf8Start, count: literal.utf8CodeUnitCount)
  }

  /// The empty slice.
  public static let empty = ByteSlice("")

  /// Whether there are no bytes.
  public var isEmpty: Bool { count == 0 }

  /// The byte at an offset, which must lie in the slice.
  public subscript(offset: Int) -> UInt8 {
    precondition(offset >= 0 && offset < count)
    return unsafe start[offset]
  }

  /// The part between two offsets, clamped to the slice.
  public subscript(range: Range<Int>) -> ByteSlice {
    let lower = min(max(range.lowerBound, 0), count)
    let upper = min(max(range.upperBound, lower), count)
    return unsafe ByteSlice(start: start + lower, count: upper - lower)
  }

  /// The bytes, for as long as their owner keeps them.
  public var buffer: UnsafeBufferPointer<UInt8> {
    unsafe UnsafeBufferPointer(start: start, count: count)
  }

  /// The bytes as text; what is not valid UTF-8 becomes U+FFFD.
  ///
  /// - Complexity: O(*n*), with an allocation: for messages and configuration, not for pages.
  public var string: String { unsafe String(decoding: buffer, as: UTF8.self) }

  /// The bytes as an array of their own.
  public var array: [UInt8] { unsafe Array(buffer) }

  /// Whether another slice is the same memory.
  func isSame(as other: ByteSlice) -> Bool { unsafe start == other.start && count == other.count }

  /// Whether two slices hold the same bytes.
  public static func == (left: ByteSlice, right: ByteSlice) -> Bool {
    unsafe left.count == right.count && memcmp(left.start, right.start, left.count) == 0
  }

  /// Whether the bytes are those of a literal.
  public static func == (left: ByteSlice, right: StaticString) -> Bool {
    left == ByteSlice(right)
  }

  /// Whether one slice comes before another, byte by byte, a prefix first: for valid UTF-8, the
  /// order of Unicode scalars.
  public static func < (left: ByteSlice, right: ByteSlice) -> Bool {
    let order = unsafe memcmp(left.start, right.start, min(left.count, right.count))
    return order == 0 ? left.count < right.count : order < 0
  }

  /// Whether the bytes begin with those of a literal.
  public func hasPrefix(_ prefix: StaticString) -> Bool {
    self[0..<prefix.utf8CodeUnitCount] == ByteSlice(prefix)
  }

  /// Whether the bytes end with those of a literal.
  public func hasSuffix(_ suffix: StaticString) -> Bool {
    self[(count - suffix.utf8CodeUnitCount)..<max(count, 0)] == ByteSlice(suffix)
  }

  /// The offset of the first byte of a value, or nil.
  public func firstIndex(of byte: UInt8) -> Int? {
    guard let found = unsafe memchr(start, Int32(byte), count) else { return nil }
    return unsafe UnsafeRawPointer(found) - UnsafeRawPointer(start)
  }
}
