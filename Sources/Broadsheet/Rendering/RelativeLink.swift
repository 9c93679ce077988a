/// Something that bytes are appended to: a page, or scratch memory.
protocol ByteSink: ~Copyable {
  mutating func append(_ bytes: ByteSlice)
}

extension ByteBuffer: ByteSink {}
extension Scratch: ByteSink {}

extension ByteSink where Self: ~Copyable {
  /// Appends the relative link from one page of the site to another: `../tags/cop29.html`.
  ///
  /// - Parameters:
  ///   - target: The file that is linked, from the output folder.
  ///   - folder: The folder of the file that links, from the output folder, with a slash at its
  ///     end; empty for the output folder.
  ///   - isFiles: Whether links name files; else a link to an `index.html` ends in its folder.
  mutating func append(linkTo target: ByteSlice, from folder: ByteSlice, isFiles: Bool) {
    // What both paths share, up to the last slash.
    let shared = folder[0..<folder.sharedCount(with: target)].folder.count
    var climbCount = folder[shared..<folder.count].slashCount
    let climbs = climbCount > 0
    let steps = ByteSlice("../../../../../../../../")
    while climbCount > 0 {
      let taken = min(climbCount, steps.count / 3)
      append(steps[0..<taken * 3])
      climbCount -= taken
    }
    var rest = target[shared..<target.count]
    if !isFiles { rest = rest.withoutIndex }
    if rest.isEmpty, !climbs { append(ByteSlice("./")) }
    append(rest)
  }
}

extension ByteSlice {
  /// How many bytes at the start are those of another slice.
  fileprivate func sharedCount(with other: ByteSlice) -> Int {
    let end = min(count, other.count)
    var offset = 0
    while offset &+ 8 <= end {
      let difference = word(at: offset) ^ other.word(at: offset)
      guard difference == 0 else { return offset &+ difference.trailingZeroBitCount >> 3 }
      offset &+= 8
    }
    while offset < end, unsafe buffer[offset] == other.buffer[offset] { offset &+= 1 }
    return offset
  }

  /// The folder of a file, with a slash at its end; empty where the path has none.
  var folder: ByteSlice {
    var end = count
    while end > 0, unsafe buffer[end - 1] != UInt8(ascii: "/") { end -= 1 }
    return self[0..<end]
  }

  /// The path without an `index.html` at its end: what a host answers with that file.
  var withoutIndex: ByteSlice {
    self == "index.html" || hasSuffix("/index.html")
      ? self[0..<count - "index.html".utf8.count] : self
  }
}
