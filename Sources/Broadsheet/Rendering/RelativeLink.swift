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
  ///   - page: The file that links.
  ///   - isFiles: Whether links name files; else a link to an `index.html` ends in its folder.
  mutating func append(linkTo target: ByteSlice, from page: ByteSlice, isFiles: Bool) {
    // What both paths share, up to the last slash.
    var shared = 0
    var offset = 0
    let end = min(target.count, page.count)
    while offset < end, target[offset] == page[offset] {
      offset += 1
      if target[offset - 1] == UInt8(ascii: "/") { shared = offset }
    }
    var climbs = false
    offset = shared
    while offset < page.count {
      if page[offset] == UInt8(ascii: "/") {
        append(ByteSlice("../"))
        climbs = true
      }
      offset += 1
    }
    var rest = target[shared..<target.count]
    if !isFiles { rest = rest.withoutIndex }
    if rest.isEmpty, !climbs { append(ByteSlice("./")) }
    append(rest)
  }
}

extension ByteSlice {
  /// The path without an `index.html` at its end: what a host answers with that file.
  var withoutIndex: ByteSlice {
    self == "index.html" || hasSuffix("/index.html")
      ? self[0..<count - "index.html".utf8.count] : self
  }
}
