extension MarkdownConverter {
  /// Writes all that is in a document, in one walk without recursion.
  mutating func write<Resolver: LinkResolver & ~Copyable>(
    _ root: MarkdownNode, resolver: inout Resolver, into buffer: inout ByteBuffer
  ) {
    guard var node = root.firstChild else { return }
    while true {
      if enter(node, resolver: &resolver, into: &buffer) {
        if let child = node.firstChild {
          node = child
          continue
        }
        leave(node, into: &buffer)
      }
      while true {
        if let next = node.next {
          node = next
          break
        }
        guard let parent = node.parent, !(parent == root) else { return }
        node = parent
        leave(node, into: &buffer)
      }
    }
  }

  /// Writes what stands before a node's children, or all of a node that has none.
  ///
  /// - Returns: Whether its children are to be written, and then ``leave(_:into:)`` called.
  @inline(__always) private mutating func enter<Resolver: LinkResolver & ~Copyable>(
    _ node: MarkdownNode, resolver: inout Resolver, into buffer: inout ByteBuffer
  ) -> Bool {
    switch node.kind {
    case .text:
      buffer.append(html: node.literal)
      return false
    case .softBreak:
      buffer.append(10)
      return false
    case .hardBreak:
      buffer.append(isPlain ? "<br />\n" : "<br>\n")
      return false
    case .code:
      buffer.append("<code>")
      buffer.append(html: node.literal)
      buffer.append("</code>")
      return false
    case .emphasis:
      buffer.append("<em>")
      return true
    case .strong:
      buffer.append("<strong>")
      return true
    case .link:
      writeLinkStart(node, resolver: &resolver, into: &buffer)
      return true
    case .image:
      writePicture(node, resolver: &resolver, into: &buffer)
      return false
    case .inlineHTML:
      leaveOutHTML(node, from: &buffer)
      return false
    case .paragraph:
      if !isPlain, let picture = node.lonePicture {
        writeFigure(node, of: picture, resolver: &resolver, into: &buffer)
        return false
      }
      if node.isInTightList { return true }
      beginLine(&buffer)
      buffer.append("<p>")
      paragraphStart = buffer.count
      return true
    case .heading:
      beginLine(&buffer)
      writeHeadingStart(node, resolver: &resolver, into: &buffer)
      return true
    case .blockQuote:
      beginLine(&buffer)
      buffer.append("<blockquote>\n")
      return true
    case .list:
      beginLine(&buffer)
      if node.isBulletList {
        buffer.append("<ul>\n")
      } else if node.listStart == 1 {
        buffer.append("<ol>\n")
      } else {
        buffer.append("<ol start=\"")
        buffer.append(number: node.listStart)
        buffer.append("\">\n")
      }
      return true
    case .listItem:
      beginLine(&buffer)
      buffer.append("<li>")
      return true
    case .codeBlock:
      beginLine(&buffer)
      writeCodeBlock(node, into: &buffer)
      return false
    case .htmlBlock:
      beginLine(&buffer)
      leaveOutHTML(node, from: &buffer)
      beginLine(&buffer)
      return false
    case .thematicBreak:
      beginLine(&buffer)
      buffer.append(isPlain ? "<hr />\n" : "<hr>\n")
      return false
    default:
      return false
    }
  }

  /// Writes what stands after a node's children.
  @inline(__always) private mutating func leave(
    _ node: MarkdownNode, into buffer: inout ByteBuffer
  ) {
    switch node.kind {
    case .emphasis: buffer.append("</em>")
    case .strong: buffer.append("</strong>")
    case .link:
      if isInLink { buffer.append("</a>") }
      isInLink = false
    case .paragraph:
      if node.isInTightList { return }
      if !isPlain, buffer.count == paragraphStart {
        buffer.truncate(to: paragraphStart - 3)  // all that it held was left out
      } else {
        buffer.append("</p>\n")
      }
    case .heading: writeHeadingEnd(node, into: &buffer)
    case .blockQuote:
      beginLine(&buffer)
      buffer.append("</blockquote>\n")
    case .list:
      if node.isBulletList { buffer.append("</ul>\n") } else { buffer.append("</ol>\n") }
    case .listItem: buffer.append("</li>\n")
    default: break
    }
  }
}
