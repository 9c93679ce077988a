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
    var shared = 0
    var offset = 0
    let (targetBytes, folderBytes) = unsafe (target.buffer, folder.buffer)
    let end = min(target.count, folder.count)
    while offset < end, unsafe targetBytes[offset] == folderBytes[offset] {
      offset += 1
      if unsafe folderBytes[offset - 1] == UInt8(ascii: "/") { shared = offset }
    }
    var climbCount = 0
    offset = shared
    while offset < folder.count {
      if unsafe folderBytes[offset] == UInt8(ascii: "/") { climbCount += 1 }
      offset += 1
    }
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
