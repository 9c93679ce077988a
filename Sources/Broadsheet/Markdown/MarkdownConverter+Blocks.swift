extension MarkdownConverter {
  /// Writes a code block, or the table that it holds.
  mutating func writeCodeBlock(_ node: MarkdownNode, into buffer: inout ByteBuffer) {
    let info = node.fenceInfo
    if info.isEmpty {
      buffer.append("<pre><code>")
    } else {
      let words = info.slice
      var end = 0
      while end < words.count, !isSpace(words[end]) { end += 1 }
      let language = words[0..<end]
      if !isPlain, language == "table" {
        writeTable(node, attributes: words[end..<words.count], into: &buffer)
        return
      }
      buffer.append("<pre><code class=\"language-")
      buffer.append(html: language)
      buffer.append("\">")
    }
    buffer.append(html: node.literal)
    buffer.append("</code></pre>\n")
  }

  /// Leaves raw HTML out, and says so.
  mutating func leaveOutHTML(_ node: MarkdownNode, from buffer: inout ByteBuffer) {
    if isPlain {
      buffer.append("<!-- raw HTML omitted -->")
    } else {
      warnOfHTML(node)
    }
  }

  @inline(never) private mutating func warnOfHTML(_ node: MarkdownNode) {
    let html = node.literal.slice
    let line = html[0..<(html.firstIndex(of: 10) ?? html.count)].trimmed
    let shown = line.count > 60 ? String(line.string.prefix(40)) + "…" : line.string
    report(
      "raw-html", "the raw HTML '\(shown)' is left out; write it in Markdown",
      severity: .warning, at: node)
  }

  /// Writes a heading's start tag, with an id that no other heading of the text has.
  mutating func writeHeadingStart<Resolver: LinkResolver & ~Copyable>(
    _ node: MarkdownNode, resolver: inout Resolver, into buffer: inout ByteBuffer
  ) {
    buffer.append("<h")
    if !isPlain { headingLevels.append(buffer.count) }
    buffer.append(UInt8(ascii: "0") + node.headingLevel)
    if !isPlain {
      text.removeAll()
      node.appendText(to: &text)
      scratch.removeAll()
      resolver.anchor(for: text.slice, into: &scratch)
      buffer.append(" id=\"")
      buffer.append(html: idPrefix)
      buffer.append(html: anchors.insert(scratch.count == 0 ? ByteSlice("section") : scratch.slice))
      buffer.append(UInt8(ascii: "\""))
    }
    buffer.append(UInt8(ascii: ">"))
  }

  mutating func writeHeadingEnd(_ node: MarkdownNode, into buffer: inout ByteBuffer) {
    buffer.append("</h")
    if !isPlain { headingLevels.append(buffer.count) }
    buffer.append(UInt8(ascii: "0") + node.headingLevel)
    buffer.append(">\n")
  }

  /// Makes the highest heading of the text `h2`, and moves the others with it, to `h6` at most.
  ///
  /// The page's own title is its `h1`. Which is the highest is known only at the end.
  func shiftHeadings(in buffer: inout ByteBuffer) {
    guard var highest = headingLevels.first.map({ buffer.slice[$0] }) else { return }
    for place in headingLevels { highest = min(highest, buffer.slice[place]) }
    let two = UInt8(ascii: "2")
    if highest == two { return }
    for place in headingLevels {
      let level = buffer.slice[place] - highest + two
      buffer.replace(min(level, UInt8(ascii: "6")), at: place)
    }
  }
}

extension MarkdownNode {
  /// Appends the text of all that is in a node, without markup, a line break as a space.
  func appendText(to buffer: inout ByteBuffer) {
    var node = firstChild
    while let current = node {
      switch current.kind {
      case .text, .code: buffer.append(current.literal.slice)
      case .softBreak, .hardBreak: buffer.append(UInt8(ascii: " "))
      default: break
      }
      node = current.firstChild ?? current.following(within: self)
    }
  }
}
