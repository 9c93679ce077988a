/// Memory for texts that are made while a page is made: links, dates, joined names.
///
/// What it hands out stays where it is until ``reset()``, and then its memory is used again.
@safe public struct Scratch: ~Copyable {
  private var blocks: [UnsafeMutableBufferPointer<UInt8>] = unsafe []
  private var block = -1
  private var used = 0
  private var textStart = 0

  /// Scratch memory with nothing taken.
  public init() {}

  deinit {
    for index in unsafe blocks.indices { unsafe blocks[index].deallocate() }
  }

  /// Takes back all memory handed out; slices of it are no longer valid.
  public mutating func reset() {
    block = unsafe blocks.isEmpty ? -1 : 0
    used = 0
    textStart = 0
  }

  /// Begins a text; what is appended from here on is one slice when ``end()`` is called.
  public mutating func begin() { textStart = used }

  /// Ends the text begun last, and gives its bytes, valid until ``reset()``.
  public mutating func end() -> ByteSlice {
    guard block >= 0, used > textStart, let base = unsafe blocks[block].baseAddress else {
      return .empty
    }
    return unsafe ByteSlice(start: base + textStart, count: used - textStart)
  }

  /// Appends bytes to the text that was begun.
  public mutating func append(_ bytes: ByteSlice) {
    let count = bytes.count
    guard count > 0 else { return }
    if unsafe block < 0 || used + count > blocks[block].count { moveToBlock(holding: count) }
    guard let base = unsafe blocks[block].baseAddress else { return }
    unsafe copyBytes(from: bytes.start, to: base + used, count)
    used += count
  }

  /// Appends a literal to the text that was begun.
  public mutating func append(_ literal: StaticString) { append(ByteSlice(literal)) }

  /// Appends the UTF-8 of a string to the text that was begun.
  public mutating func append(_ string: String) {
    var string = string
    string.withUTF8 { bytes in
      guard let base = bytes.baseAddress else { return }
      unsafe append(ByteSlice(start: base, count: bytes.count))
    }
  }

  /// Appends a number in decimal digits to the text that was begun.
  public mutating func append(number: Int, width: Int = 1) {
    if number >= 0, number < 100, width <= 2 {
      append(twoDigits: UInt8(truncatingIfNeeded: number), isFilled: width == 2)
      return
    }
    var digits: (UInt64, UInt64, UInt64) = (0, 0, 0)
    unsafe withUnsafeMutableBytes(of: &digits) { room in
      var place = room.count
      var rest = number.magnitude
      repeat {
        place -= 1
        unsafe room[place] = UInt8(ascii: "0") + UInt8(rest % 10)
        rest /= 10
      } while rest > 0
      while room.count - place < width, place > 1 {
        place -= 1
        unsafe room[place] = UInt8(ascii: "0")
      }
      if number < 0 {
        place -= 1
        unsafe room[place] = UInt8(ascii: "-")
      }
      guard let base = room.baseAddress else { return }
      unsafe append(
        ByteSlice(
          start: (base + place).assumingMemoryBound(to: UInt8.self), count: room.count - place))
    }
  }

  private mutating func append(twoDigits number: UInt8, isFilled: Bool) {
    let zero = UInt8(ascii: "0")
    var digits = (zero + number / 10, zero + number % 10)
    let isWhole = isFilled || number >= 10
    unsafe withUnsafeBytes(of: &digits) { digits in
      guard let base = unsafe digits.baseAddress?.assumingMemoryBound(to: UInt8.self) else {
        return
      }
      unsafe append(ByteSlice(start: isWhole ? base : base + 1, count: isWhole ? 2 : 1))
    }
  }

  /// Copies bytes to a place where they stay until ``reset()``.
  public mutating func copy(_ bytes: ByteSlice) -> ByteSlice {
    begin()
    append(bytes)
    return end()
  }

  /// Moves to a block with room for the text so far and more, taking the text with it.
  private mutating func moveToBlock(holding more: Int) {
    let text = end()
    let wanted = text.count + more
    repeat { block += 1 } while unsafe block < blocks.count && blocks[block].count < wanted
    if unsafe block == blocks.count {
      unsafe blocks.append(.allocate(capacity: max(wanted * 2, 1 << 16)))
    }
    if let base = unsafe blocks[block].baseAddress {
      unsafe base.update(from: text.start, count: text.count)
    }
    textStart = 0
    used = text.count
  }
}
