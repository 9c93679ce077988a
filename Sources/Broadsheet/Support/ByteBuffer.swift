import CVector
import Glibc

/// A growing run of bytes with one owner: a page while it is made.
///
/// It keeps its memory when it is emptied, so that a worker fills the same buffer for page after
/// page without asking the system for memory.
@safe public struct ByteBuffer: ~Copyable {
  private var start: UnsafeMutablePointer<UInt8>
  /// The number of bytes.
  public private(set) var count = 0
  private var capacity: Int

  /// An empty buffer with room for a number of bytes.
  public init(capacity: Int = 1 << 16) {
    self.capacity = max(capacity, 64)
    unsafe start = .allocate(capacity: self.capacity)
  }

  deinit { unsafe start.deallocate() }

  /// Empties the buffer; its memory stays.
  public mutating func removeAll() { count = 0 }

  /// Cuts the buffer to its first bytes.
  public mutating func truncate(to count: Int) {
    precondition(count >= 0 && count <= self.count)
    self.count = count
  }

  /// Removes the first bytes; those after them move to the front.
  mutating func removeFirst(_ count: Int) {
    precondition(count >= 0 && count <= self.count)
    self.count -= count
    unsafe memmove(start, start + count, self.count)
  }

  /// Puts another byte in the place of one.
  mutating func replace(_ byte: UInt8, at offset: Int) {
    precondition(offset >= 0 && offset < count)
    unsafe start[offset] = byte
  }

  /// The bytes so far, until the buffer is changed or goes away.
  public var slice: ByteSlice { unsafe ByteSlice(start: start, count: count) }

  /// The bytes between two offsets, until the buffer is changed or goes away.
  public func slice(_ range: Range<Int>) -> ByteSlice { slice[range] }

  /// The bytes as an array of their own.
  public var array: [UInt8] { slice.array }

  /// The bytes as text.
  public var string: String { slice.string }

  /// Makes room for more bytes, growing by half at least.
  @inline(__always) public mutating func reserve(_ more: Int) {
    if count + more > capacity { grow(by: more) }
  }

  @inline(never) private mutating func grow(by more: Int) {
    let wanted = max(count + more, capacity + capacity / 2)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: wanted)
    unsafe larger.update(from: start, count: count)
    unsafe start.deallocate()
    unsafe start = larger
    capacity = wanted
  }

  /// Appends one byte.
  @inline(__always) public mutating func append(_ byte: UInt8) {
    reserve(1)
    unsafe start[count] = byte
    count += 1
  }

  /// Appends a run of bytes.
  @inline(__always) public mutating func append(_ bytes: ByteSlice) {
    reserve(bytes.count)
    unsafe copyBytes(from: bytes.start, to: start + count, bytes.count)
    count += bytes.count
  }

  /// Appends the first of some bytes.
  ///
  /// - Parameters:
  ///   - bytes: What is appended, as far as it is copied.
  ///   - copy: Copies some of them, to the first place from the second, and returns how many; it may
  ///     write to all the places that there are for them.
  /// - Returns: How many were copied.
  @inline(__always) mutating func append(
    _ bytes: ByteSlice,
    copiedBy copy: (UnsafeMutablePointer<UInt8>, UnsafePointer<UInt8>, Int) -> Int
  ) -> Int {
    reserve(bytes.count)
    let copied = unsafe copy(start + count, bytes.start, bytes.count)
    count += copied
    return copied
  }

  /// Appends a literal.
  @inline(__always) public mutating func append(_ literal: StaticString) {
    append(ByteSlice(literal))
  }

  /// Appends the UTF-8 of a string; what is written as a literal is appended as one.
  @_disfavoredOverload public mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { unsafe append(UnsafeBufferPointer(rebasing: $0[...])) }
  }

  /// Appends bytes of memory that lives through the call.
  public mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let base = bytes.baseAddress else { return }
    unsafe append(ByteSlice(start: base, count: bytes.count))
  }

  /// Appends an array of bytes.
  public mutating func append(_ bytes: [UInt8]) {
    unsafe bytes.withUnsafeBufferPointer { unsafe append($0) }
  }

  /// Appends a part of the buffer itself.
  public mutating func appendOwn(_ range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    reserve(range.count)
    unsafe memcpy(start + count, start + range.lowerBound, range.count)
    count += range.count
  }

  /// Puts the ASCII letters from an offset on into lower case.
  public mutating func lowercaseASCII(from offset: Int) {
    for index in offset..<count {
      let byte = unsafe start[index]
      if byte >= UInt8(ascii: "A"), byte <= UInt8(ascii: "Z") { unsafe start[index] = byte | 0x20 }
    }
  }

  /// Puts spaces in the place of control characters, which neither HTML nor XML allows, other than
  /// tabs and line ends.
  public mutating func removeControls(from lower: Int, to upper: Int) {
    var index = lower
    let end = min(upper, count)
    while index < end {
      index += unsafe vector_skip_controls(start + index, end - index)
      for _ in index..<min(index + 16, end) {
        let byte = unsafe start[index]
        if byte < 32 && byte != 9 && byte != 10 && byte != 13 || byte == 127 {
          unsafe start[index] = 32
        }
        index += 1
      }
    }
  }

  /// Appends a number in decimal digits.
  public mutating func append(number: Int) {
    if number < 0 {
      append(UInt8(ascii: "-"))
    }
    append(magnitude: number.magnitude)
  }

  private mutating func append(magnitude: UInt) {
    if magnitude >= 10 { append(magnitude: magnitude / 10) }
    append(UInt8(ascii: "0") + UInt8(magnitude % 10))
  }

  /// Appends a number in decimal digits, filled with zeros on the left up to a width.
  public mutating func append(number: Int, width: Int) {
    var bound = 10
    var digits = 1
    while number >= bound, digits < 18 {
      bound *= 10
      digits += 1
    }
    for _ in digits..<max(width, digits) { append(UInt8(ascii: "0")) }
    append(number: number)
  }

  /// Appends a number in lower-case hexadecimal digits, filled with zeros up to a width.
  public mutating func append(hexadecimal number: UInt64, width: Int) {
    for place in (0..<width).reversed() {
      let digit = UInt8(truncatingIfNeeded: number >> UInt64(place * 4)) & 15
      append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
  }

  /// Gives memory for bytes that a caller is about to write, and counts those it says it wrote.
  ///
  /// - Parameters:
  ///   - room: How many bytes the caller may write.
  ///   - write: Writes into the memory it is handed and returns how many bytes it wrote.
  public mutating func append(
    room: Int, _ write: (UnsafeMutableRawBufferPointer) -> Int
  ) {
    reserve(room)
    let written = unsafe write(
      UnsafeMutableRawBufferPointer(start: start + count, count: capacity - count))
    precondition(written >= 0 && written <= capacity - count)
    count += written
  }
}

/// Copies bytes to memory that does not overlap with theirs.
///
/// Most of what pages are made of is short: up to 64 bytes are copied by a few loads that overlap,
/// without a call.
@inline(__always) func copyBytes(
  from source: UnsafePointer<UInt8>, to target: UnsafeMutablePointer<UInt8>, _ count: Int
) {
  let from = unsafe UnsafeRawPointer(source)
  let to = UnsafeMutableRawPointer(target)
  if count > 64 {
    unsafe memcpy(to, from, count)
  } else if count > 16 {
    let head = unsafe from.loadUnaligned(as: SIMD16<UInt8>.self)
    let tail = unsafe from.loadUnaligned(fromByteOffset: count - 16, as: SIMD16<UInt8>.self)
    if count > 32 {
      let second = unsafe from.loadUnaligned(fromByteOffset: 16, as: SIMD16<UInt8>.self)
      let third = unsafe from.loadUnaligned(fromByteOffset: count - 32, as: SIMD16<UInt8>.self)
      unsafe to.storeBytes(of: second, toByteOffset: 16, as: SIMD16<UInt8>.self)
      unsafe to.storeBytes(of: third, toByteOffset: count - 32, as: SIMD16<UInt8>.self)
    }
    unsafe to.storeBytes(of: head, as: SIMD16<UInt8>.self)
    unsafe to.storeBytes(of: tail, toByteOffset: count - 16, as: SIMD16<UInt8>.self)
  } else if count >= 8 {
    unsafe copyEnds(UInt64.self, from, to, count)
  } else if count >= 4 {
    unsafe copyEnds(UInt32.self, from, to, count)
  } else if count > 0 {
    let middle = unsafe from.load(fromByteOffset: count / 2, as: UInt8.self)
    let last = unsafe from.load(fromByteOffset: count - 1, as: UInt8.self)
    unsafe to.storeBytes(of: from.load(as: UInt8.self), as: UInt8.self)
    unsafe to.storeBytes(of: middle, toByteOffset: count / 2, as: UInt8.self)
    unsafe to.storeBytes(of: last, toByteOffset: count - 1, as: UInt8.self)
  }
}

@inline(__always) private func copyEnds<Number: BitwiseCopyable>(
  _: Number.Type, _ from: UnsafeRawPointer, _ to: UnsafeMutableRawPointer, _ count: Int
) {
  let size = MemoryLayout<Number>.size
  let head = unsafe from.loadUnaligned(as: Number.self)
  let tail = unsafe from.loadUnaligned(fromByteOffset: count - size, as: Number.self)
  unsafe to.storeBytes(of: head, as: Number.self)
  unsafe to.storeBytes(of: tail, toByteOffset: count - size, as: Number.self)
}
