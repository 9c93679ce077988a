import CVector

extension ByteSlice {
  /// Eight bytes from an offset as one number, the first byte lowest.
  @inline(__always) func word(at offset: Int) -> UInt64 {
    unsafe UInt64(
      littleEndian: UnsafeRawPointer(start + offset).loadUnaligned(as: UInt64.self))
  }

  /// The offset of the first byte that is not valid UTF-8 (RFC 3629), or is NUL, or begins U+FFFE or
  /// U+FFFF, which XML does not allow; nil when there is none.
  ///
  /// - Complexity: O(*n*); most text is taken sixty-four bytes at a time, ASCII sixteen.
  var firstInvalidByte: Int? {
    var offset = 0
    while offset < count {
      offset &+= unsafe vector_skip_utf8(start + offset, count &- offset)
      offset &+= unsafe vector_skip_no_ascii(start + offset, count &- offset)
      // Among the next sixteen bytes is one that is no ASCII: it is found by eight.
      while offset &+ 8 <= count {
        let word = word(at: offset)
        let marks = (word | (word &- 0x0101_0101_0101_0101) & ~word) & 0x8080_8080_8080_8080
        guard marks == 0 else {
          offset &+= marks.trailingZeroBitCount >> 3  // NUL, or the first of a scalar's bytes
          break
        }
        offset &+= 8
      }
      while offset < count {
        let first = unsafe start[offset]
        if first == 0 { return offset }
        // The last bytes of all are taken one by one.
        if first < 0x80, offset &+ 8 <= count { break }
        let length = first < 0x80 ? 1 : sequenceLength(at: offset)
        if length == 0 { return offset }
        offset &+= length
      }
    }
    return nil
  }

  /// How many bytes the scalar of several bytes at an offset has, or 0 where it is not valid.
  @inline(__always) private func sequenceLength(at offset: Int) -> Int {
    let first = unsafe start[offset]
    let left = count - offset
    func follows(_ distance: Int) -> Bool {
      unsafe start[offset + distance] & 0xC0 == 0x80
    }
    switch first {
    case 0xC2...0xDF: return left >= 2 && follows(1) ? 2 : 0
    case 0xE0...0xEF:
      guard left >= 3, follows(1), follows(2) else { return 0 }
      let second = unsafe start[offset + 1]
      if first == 0xE0, second < 0xA0 { return 0 }
      if first == 0xED, second > 0x9F { return 0 }
      if first == 0xEF, second == 0xBF, unsafe start[offset + 2] >= 0xBE { return 0 }
      return 3
    case 0xF0...0xF4:
      guard left >= 4, follows(1), follows(2), follows(3) else { return 0 }
      let second = unsafe start[offset + 1]
      if first == 0xF0, second < 0x90 { return 0 }
      if first == 0xF4, second > 0x8F { return 0 }
      return 4
    default: return 0
    }
  }

  /// How many words there are: runs of bytes that are neither white space nor control characters.
  ///
  /// - Complexity: O(*n*), sixteen bytes at a time.
  var wordCount: Int {
    guard count > 0 else { return 0 }
    var offset = 0
    var words = unsafe start[0] > 32 ? 1 : 0
    words += unsafe vector_word_starts(start, count, &offset)
    while offset < count {
      if unsafe start[offset] > 32 && start[offset - 1] <= 32 { words += 1 }
      offset += 1
    }
    return words
  }

  /// Has the processor bring the bytes from memory, without waiting for them.
  @inline(__always) func fetch() { unsafe vector_fetch(start, count) }

  /// The slice without spaces, tabs and line ends at both ends.
  var trimmed: ByteSlice {
    var lower = 0
    var upper = count
    while lower < upper, isSpace(self[lower]) { lower += 1 }
    while upper > lower, isSpace(self[upper - 1]) { upper -= 1 }
    return self[lower..<upper]
  }

  /// How many Unicode scalars there are in valid UTF-8.
  var scalarCount: Int {
    var scalars = 0
    for offset in 0..<count where unsafe start[offset] & 0xC0 != 0x80 { scalars += 1 }
    return scalars
  }

  /// The text for a message, cut to a length, with bytes that are not UTF-8 as `\xE9`, and control
  /// characters as spaces.
  func quotable(upTo limit: Int = 60) -> String {
    var text = ""
    var offset = 0
    var taken = 0
    while offset < count {
      if taken == limit { return text + "…" }
      let byte = unsafe start[offset]
      let length = byte < 0x80 ? 1 : sequenceLength(at: offset)
      if length == 0 {
        text += Self.escaped(byte)
      } else if byte < 32 || byte == 127 {
        text += " "
      } else {
        text += self[offset..<offset + length].string
      }
      offset += max(length, 1)
      taken += 1
    }
    return text
  }

  /// A byte as `\xE9`.
  static func escaped(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return "\\x" + (digits.count < 2 ? "0" : "") + digits
  }
}

extension Array where Element: BitwiseCopyable {
  /// Has the processor bring elements from memory, without waiting for them; numbers below zero are
  /// none.
  func fetch(_ indexes: [Int32]) {
    unsafe withUnsafeBytes { memory in
      guard let start = memory.baseAddress else { return }
      let stride = MemoryLayout<Element>.stride
      for index in indexes where index >= 0 {
        precondition(Int(index) < count)
        unsafe vector_fetch(
          (start + Int(index) * stride).assumingMemoryBound(to: UInt8.self), stride)
      }
    }
  }
}
