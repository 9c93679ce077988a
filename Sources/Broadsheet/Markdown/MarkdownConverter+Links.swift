/// What was written for the URL of a link or a picture.
private enum WrittenURL {
  case url
  case picture(Int32, width: Int32, height: Int32)
  /// Nothing: only the text is to be printed.
  case none
}

extension MarkdownConverter {
  /// Writes the start tag of a link, or nothing when only its text is to be printed.
  mutating func writeLinkStart<Resolver: LinkResolver & ~Copyable>(
    _ node: MarkdownNode, resolver: inout Resolver, into buffer: inout ByteBuffer
  ) {
    let begin = buffer.count
    buffer.append("<a href=\"")
    if case .none = writeURL(of: node, isPicture: false, resolver: &resolver, into: &buffer) {
      buffer.truncate(to: begin)
      return
    }
    let title = node.title
    if !title.isEmpty {
      buffer.append("\" title=\"")
      buffer.append(html: title)
    }
    buffer.append("\">")
    isInLink = true
  }

  /// Writes a picture in running text.
  mutating func writePicture<Resolver: LinkResolver & ~Copyable>(
    _ node: MarkdownNode, resolver: inout Resolver, into buffer: inout ByteBuffer
  ) {
    let begin = buffer.count
    let markCount = marks.count
    let isShown = writeImage(node, withTitle: true, resolver: &resolver, into: &buffer)
    guard isText || !isShown else { return }
    buffer.truncate(to: begin)
    marks.removeLast(marks.count - markCount)
    writeAlternative(of: node, into: &buffer)
  }

  /// Writes a paragraph that is a picture, perhaps in a link, as a figure, captioned by its title.
  mutating func writeFigure<Resolver: LinkResolver & ~Copyable>(
    _ paragraph: MarkdownNode, of picture: MarkdownNode, resolver: inout Resolver,
    into buffer: inout ByteBuffer
  ) {
    beginLine(&buffer)
    let begin = buffer.count
    let markCount = marks.count
    buffer.append("<figure>\n")
    if let link = picture.parent, !(link == paragraph) {
      writeLinkStart(link, resolver: &resolver, into: &buffer)
    }
    let isShown = writeImage(picture, withTitle: false, resolver: &resolver, into: &buffer)
    guard isShown, !isText else {
      isInLink = false
      buffer.truncate(to: begin)
      marks.removeLast(marks.count - markCount)
      writeInWords(picture, withCaption: isText, into: &buffer)
      return
    }
    if isInLink { buffer.append("</a>") }
    isInLink = false
    let title = picture.title
    if !title.isEmpty {
      buffer.append("\n<figcaption>")
      buffer.append(html: title)
      buffer.append("</figcaption>")
    }
    buffer.append("\n</figure>\n")
  }

  /// Writes what a picture shows, and perhaps its caption, as a paragraph; nothing for one that only
  /// adorns.
  private mutating func writeInWords(
    _ picture: MarkdownNode, withCaption: Bool, into buffer: inout ByteBuffer
  ) {
    let begin = buffer.count
    buffer.append("<p>")
    let start = buffer.count
    if withCaption { buffer.append("[") }
    writeAlternative(of: picture, into: &buffer)
    if withCaption {
      if buffer.count == start + 1 { buffer.truncate(to: start) } else { buffer.append("]") }
      let title = picture.title
      if !title.isEmpty {
        if buffer.count > start { buffer.append(" ") }
        buffer.append(html: title)
      }
      if buffer.count == start {
        buffer.truncate(to: begin)
        return
      }
    }
    buffer.append("</p>\n")
  }

  /// Writes an `img` element; nothing, when the picture has no URL to print.
  private mutating func writeImage<Resolver: LinkResolver & ~Copyable>(
    _ node: MarkdownNode, withTitle: Bool, resolver: inout Resolver, into buffer: inout ByteBuffer
  ) -> Bool {
    let begin = buffer.count
    buffer.append("<img src=\"")
    let written = writeURL(of: node, isPicture: true, resolver: &resolver, into: &buffer)
    if case .none = written {
      buffer.truncate(to: begin)
      return false
    }
    buffer.append("\" alt=\"")
    let altStart = buffer.count
    writeAlternative(of: node, into: &buffer)
    if buffer.count == altStart, !isPlain {
      report(
        "picture-without-alt",
        "the picture '\(node.destination.slice.string)' has no alternative text; "
          + "write in its brackets what it shows",
        severity: .warning, at: node)
    }
    let title = node.title
    if withTitle, !title.isEmpty {
      buffer.append("\" title=\"")
      buffer.append(html: title)
    }
    buffer.append(UInt8(ascii: "\""))
    if case .picture(let target, let width, let height) = written {
      buffer.append(" width=\"")
      buffer.append(number: Int(width))
      buffer.append("\" height=\"")
      buffer.append(number: Int(height))
      buffer.append(UInt8(ascii: "\""))
      let attributes = buffer.count
      resolver.appendAttributes(ofPicture: target, into: &buffer)
      if buffer.count > attributes { markPageOnly(from: attributes, in: buffer) }
    }
    buffer.append(isPlain ? " />" : " loading=\"lazy\" decoding=\"async\">")
    if case .picture(let target, _, _) = written {
      wrap(begin, target, resolver: &resolver, into: &buffer)
    }
    return true
  }

  /// Puts a `picture` element with its sources around the `img` element that was written last.
  private mutating func wrap<Resolver: LinkResolver & ~Copyable>(
    _ begin: Int, _ target: Int32, resolver: inout Resolver, into buffer: inout ByteBuffer
  ) {
    let end = buffer.count
    buffer.append("<picture>")
    let sources = buffer.count
    resolver.appendSources(ofPicture: target, into: &buffer)
    guard buffer.count > sources else {
      buffer.truncate(to: end)
      return
    }
    // What stands behind the element is moved before it.
    let shift = buffer.count - end
    scratch.removeAll()
    scratch.append(buffer.slice(end..<buffer.count))
    scratch.append(buffer.slice(begin..<end))
    buffer.truncate(to: begin)
    buffer.append(scratch.slice)
    var first = marks.count
    while first > 0, Int(marks[first - 1].offset) + start >= begin {
      first -= 1
      marks[first].offset += Int32(shift)
    }
    marks.insert(
      LinkMark(
        offset: Int32(begin - start), count: Int32(shift), suffixCount: 0,
        target: LinkMark.pageOnly, isPicture: true), at: first)
    let close = buffer.count
    buffer.append("</picture>")
    markPageOnly(from: close, in: buffer)
  }

  private mutating func markPageOnly(from begin: Int, in buffer: borrowing ByteBuffer) {
    mark(from: begin, suffixCount: 0, LinkMark.pageOnly, true, in: buffer)
  }

  /// Writes the alternative text of a picture: the text of all that stands in its brackets.
  private mutating func writeAlternative(of picture: MarkdownNode, into buffer: inout ByteBuffer) {
    var node = picture.firstChild
    while let current = node {
      switch current.kind {
      case .text, .code: buffer.append(html: current.literal)
      case .softBreak, .hardBreak: buffer.append(UInt8(ascii: " "))
      case .inlineHTML:
        if isPlain {
          buffer.append(html: current.literal)
        } else {
          leaveOutHTML(current, from: &buffer)
        }
      default: break
      }
      node = current.firstChild ?? current.following(within: picture)
    }
  }

  /// Writes the URL of a link or a picture into an attribute.
  private mutating func writeURL<Resolver: LinkResolver & ~Copyable>(
    of node: MarkdownNode, isPicture: Bool, resolver: inout Resolver, into buffer: inout ByteBuffer
  ) -> WrittenURL {
    let destination = node.destination.slice
    let isDangerous = destination.isDangerousURL
    if isPlain {
      if !isDangerous { buffer.append(href: destination) }
      return .url
    }
    if isDangerous || destination.isEmpty {
      reportUnusable(node, isPicture: isPicture)
      return .none
    }
    if destination[0] == UInt8(ascii: "#"), !isPicture {
      let start = buffer.count
      buffer.append(UInt8(ascii: "#"))
      buffer.append(href: idPrefix)
      buffer.append(href: destination[1..<destination.count])
      fragmentLinks.append(node)
      mark(from: start, suffixCount: buffer.count - start, LinkMark.ownPage, isPicture, in: buffer)
      return .url
    }
    let pathCount = destination.pathCount
    if destination.hasSchemeOrHost || pathCount == 0 {
      buffer.append(href: destination)
      return .url
    }
    let link = MarkdownLink(
      path: destination[0..<pathCount], suffix: destination[pathCount..<destination.count],
      isPicture: isPicture, place: place(of: node))
    scratch.removeAll()
    let resolution = resolver.resolve(link, into: &scratch, diagnostics: &diagnostics)
    let target: Int32
    var written = WrittenURL.url
    switch resolution {
    case .asWritten:
      buffer.append(href: destination)
      return .url
    case .text, .dead:
      return .none
    case .target(let id):
      target = id
    case .picture(let id, let width, let height):
      target = id
      written = .picture(id, width: width, height: height)
    }
    let start = buffer.count
    buffer.append(href: scratch.slice)
    let suffixStart = buffer.count
    buffer.append(href: link.suffix)
    mark(from: start, suffixCount: buffer.count - suffixStart, target, isPicture, in: buffer)
    return written
  }

  private mutating func mark(
    from urlStart: Int, suffixCount: Int, _ target: Int32, _ isPicture: Bool,
    in buffer: borrowing ByteBuffer
  ) {
    marks.append(
      LinkMark(
        offset: Int32(urlStart - start), count: Int32(buffer.count - urlStart),
        suffixCount: Int32(suffixCount), target: target, isPicture: isPicture))
  }

  @inline(never) private mutating func reportUnusable(_ node: MarkdownNode, isPicture: Bool) {
    let destination = node.destination.slice.string
    let rest = isPicture ? "its alternative text is printed" : "its text is printed"
    if destination.isEmpty {
      report(
        "empty-link", "the \(isPicture ? "picture names no file" : "link leads nowhere"); \(rest)",
        severity: .warning, at: node)
    } else {
      report(
        "unsafe-url",
        "'\(destination)' is not a safe URL; of the "
          + "\(isPicture ? "picture" : "link") \(rest) alone", severity: .warning, at: node)
    }
  }

  /// Warns of links to anchors that the text does not have.
  mutating func checkFragments() {
    for node in fragmentLinks {
      let destination = node.destination.slice
      scratch.removeAll()
      scratch.append(percentDecoding: destination[1..<destination.count])
      if scratch.count == 0 || scratch.slice == "top" || anchors.contains(scratch.slice) {
        continue
      }
      report(
        "dead-anchor", "no heading of this text has the anchor '\(destination.string)'",
        severity: .warning, at: node)
    }
  }
}

extension MarkdownNode {
  /// The picture of a paragraph that holds nothing else, or nothing but a link around it.
  var lonePicture: MarkdownNode? {
    guard let child = firstChild else { return nil }
    switch child.kind {
    case .image: return child.next == nil ? child : nil
    case .link:
      guard child.next == nil, let inner = child.onlyChild, inner.kind == .image else { return nil }
      return inner
    default: return nil
    }
  }
}
