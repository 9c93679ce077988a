extension ByteBuffer {
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
      if target[offset] == UInt8(ascii: "/") { shared = offset + 1 }
      offset += 1
    }
    for place in shared..<page.count where page[place] == UInt8(ascii: "/") { append("../") }
    let climbs = (shared..<page.count).contains { page[$0] == UInt8(ascii: "/") }
    var rest = target[shared..<target.count]
    if !isFiles { rest = rest.withoutIndex }
    if rest.isEmpty, !climbs { append("./") }
    append(rest)
  }
}

extension Scratch {
  /// Appends the relative link from one page of the site to another; see ``ByteBuffer``.
  mutating func append(
    linkTo target: ByteSlice, from page: ByteSlice, isFiles: Bool, by way: inout ByteBuffer
  ) {
    way.removeAll()
    way.append(linkTo: target, from: page, isFiles: isFiles)
    append(way.slice)
  }
}

extension ByteSlice {
  /// The path without an `index.html` at its end: what a host answers with that file.
  var withoutIndex: ByteSlice {
    self == "index.html" || hasSuffix("/index.html") ? self[0..<count - "index.html".utf8.count] : self
  }
}
