import CVector

extension ByteSlice {
  /// Whether HTML can hold the bytes as they are, which is true of most text: there is no `&`, `<`,
  /// `>`, `"`, `'` and no control character.
  ///
  /// - Complexity: O(*n*), sixteen bytes a step, so that most text is copied whole.
  var isPlainText: Bool {
    unsafe scan(UInt64.marksMarkup, vector_skip_markup)
  }

  /// Whether an attribute of HTML can hold the bytes as a URL as they are: there are only ASCII
  /// characters that a URL may hold, and no `&` and `'`.
  ///
  /// - Complexity: O(*n*), sixteen bytes a step.
  var isPlainURL: Bool {
    unsafe scan(UInt64.marksURL, vector_skip_url)
  }

  /// Looks for marked bytes.
  ///
  /// - Parameters:
  ///   - marks: Marks bytes among eight.
  ///   - skip: Passes over sixteens of bytes that hold no marked one.
  /// - Returns: Whether there is none.
  @inline(__always) private func scan(
    _ marks: (UInt64) -> UInt64, _ skip: (UnsafePointer<UInt8>, Int) -> Int
  ) -> Bool {
    // The last bytes are looked at together with some that have been seen already.
    if count >= 16 {
      return unsafe skip(start, count) == count & ~15 && skip(start + (count &- 16), 16) == 16
    }
    if count >= 8 { return marks(word(at: 0)) | marks(word(at: count &- 8)) == 0 }
    var last: UInt64 = 0x6161_6161_6161_6161  // "aaaaaaaa"
    for offset in 0..<count { last = unsafe last << 8 | UInt64(start[offset]) }
    return marks(last) == 0
  }
}

/// Tests of the eight bytes of a word at once: the result is 0 when no byte passes, and its lowest bit
/// lies in the first that does.
extension UInt64 {
  /// Marks bytes that HTML cannot hold as they are.
  @inline(__always) static func marksMarkup(_ word: UInt64) -> UInt64 {
    word.marks(below: 32) | word.marks(equalTo: 127) | word.marks(equalTo: UInt8(ascii: "\""))
      | word.marks(equalTo: UInt8(ascii: "&"), ignoring: 1)  // and '
      | word.marks(equalTo: UInt8(ascii: "<"), ignoring: 2)  // and >
  }

  /// Marks bytes that a URL in an attribute cannot hold as they are.
  @inline(__always) static func marksURL(_ word: UInt64) -> UInt64 {
    word.marks(below: 33) | word.marks(above: UInt8(ascii: "z"))
      | word.marks(equalTo: UInt8(ascii: "\""))
      | word.marks(equalTo: UInt8(ascii: "&"), ignoring: 1)  // and '
      | word.marks(equalTo: UInt8(ascii: "<"), ignoring: 2)  // and >
      | word.marks(equalTo: UInt8(ascii: "\\"), ignoring: 2)  // and ^
      | word.marks(equalTo: UInt8(ascii: "`"))
  }

  /// Marks bytes below a bound of at most 128.
  @inline(__always) fileprivate func marks(below bound: UInt64) -> UInt64 {
    (self &- 0x0101_0101_0101_0101 &* bound) & ~self & 0x8080_8080_8080_8080
  }

  /// Marks bytes above a bound of at most 127.
  @inline(__always) fileprivate func marks(above bound: UInt8) -> UInt64 {
    ((self &+ 0x0101_0101_0101_0101 &* (127 &- UInt64(bound))) | self) & 0x8080_8080_8080_8080
  }

  /// Marks bytes of a value, or of the value with the ignored bit set.
  @inline(__always) fileprivate func marks(
    equalTo byte: UInt8, ignoring bit: UInt8 = 0
  ) -> UInt64 {
    let rest = self & (0x0101_0101_0101_0101 &* UInt64(~bit))
    return (rest ^ 0x0101_0101_0101_0101 &* UInt64(byte)).marks(below: 1)
  }
}
