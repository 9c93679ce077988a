import CCmark
import Glibc

/// cmark's kinds of nodes, by the words of the CommonMark specification.
extension cmark_node_type {
  static var blockQuote: Self { CMARK_NODE_BLOCK_QUOTE }
  static var list: Self { CMARK_NODE_LIST }
  static var listItem: Self { CMARK_NODE_ITEM }
  static var codeBlock: Self { CMARK_NODE_CODE_BLOCK }
  static var htmlBlock: Self { CMARK_NODE_HTML_BLOCK }
  static var paragraph: Self { CMARK_NODE_PARAGRAPH }
  static var heading: Self { CMARK_NODE_HEADING }
  static var thematicBreak: Self { CMARK_NODE_THEMATIC_BREAK }
  static var text: Self { CMARK_NODE_TEXT }
  static var softBreak: Self { CMARK_NODE_SOFTBREAK }
  static var hardBreak: Self { CMARK_NODE_LINEBREAK }
  static var code: Self { CMARK_NODE_CODE }
  static var inlineHTML: Self { CMARK_NODE_HTML_INLINE }
  static var emphasis: Self { CMARK_NODE_EMPH }
  static var strong: Self { CMARK_NODE_STRONG }
  static var link: Self { CMARK_NODE_LINK }
  static var image: Self { CMARK_NODE_IMAGE }

  var isInline: Bool { rawValue >= CMARK_NODE_FIRST_INLINE.rawValue }
}

/// A node of the tree that cmark made of a text; valid until its arena is reset.
@safe struct MarkdownNode: BitwiseCopyable {
  let pointer: OpaquePointer

  @inline(__always) init(_ pointer: OpaquePointer) { unsafe self.pointer = pointer }

  @inline(__always) private init?(_ pointer: OpaquePointer?) {
    guard let pointer = unsafe pointer else { return nil }
    unsafe self.init(pointer)
  }

  @inline(__always) static func == (left: Self, right: Self) -> Bool {
    unsafe left.pointer == right.pointer
  }

  var kind: cmark_node_type { unsafe cmark_node_get_type(pointer) }
  var firstChild: MarkdownNode? { unsafe MarkdownNode(cmark_node_first_child(pointer)) }
  var next: MarkdownNode? { unsafe MarkdownNode(cmark_node_next(pointer)) }
  var parent: MarkdownNode? { unsafe MarkdownNode(cmark_node_parent(pointer)) }

  /// The only child, when there is exactly one.
  var onlyChild: MarkdownNode? {
    guard let child = firstChild, child.next == nil else { return nil }
    return child
  }

  /// The text of a text, code or raw HTML node.
  var literal: ArenaText { unsafe ArenaText(cmark_node_get_literal(pointer)) }
  /// The destination of a link or picture, without escapes.
  var destination: ArenaText { unsafe ArenaText(cmark_node_get_url(pointer)) }
  /// The title of a link or picture.
  var title: ArenaText { unsafe ArenaText(cmark_node_get_title(pointer)) }
  /// What stands after the fence of a code block.
  var fenceInfo: ArenaText { unsafe ArenaText(cmark_node_get_fence_info(pointer)) }

  /// 1 to 6.
  var headingLevel: UInt8 {
    UInt8(truncatingIfNeeded: unsafe cmark_node_get_heading_level(pointer))
  }
  var isBulletList: Bool { unsafe cmark_node_get_list_type(pointer) == CMARK_BULLET_LIST }
  var listStart: Int { Int(unsafe cmark_node_get_list_start(pointer)) }

  /// Whether this is a paragraph of a list whose items print their text without `p`.
  var isInTightList: Bool {
    guard let grandparent = parent?.parent else { return false }
    return unsafe cmark_node_get_list_tight(grandparent.pointer) != 0
  }

  /// The line on which the node starts, as cmark counts, from 1 at the body's start.
  ///
  /// Lines and columns of blocks are right; those of inlines are where to begin looking.
  var startLine: Int { Int(unsafe cmark_node_get_start_line(pointer)) }
  /// The line on which the node ends.
  var endLine: Int { Int(unsafe cmark_node_get_end_line(pointer)) }
  /// The column at which the node starts, from 1, in bytes.
  var startColumn: Int { Int(unsafe cmark_node_get_start_column(pointer)) }

  /// The innermost block that holds this node, or the node itself when it is a block.
  var block: MarkdownNode {
    var node = self
    while node.kind.isInline, let parent = node.parent {
      node = parent
    }
    return node
  }

  /// The node that comes after this one and all that is in it, in the order of the text, up to the
  /// end of another node that holds both.
  func following(within root: MarkdownNode) -> MarkdownNode? {
    var node = self
    while !(node == root) {
      if let next = node.next { return next }
      guard let parent = node.parent else { return nil }
      node = parent
    }
    return nil
  }
}

/// A text of cmark's, ended by a NUL; valid until its arena is reset.
///
/// It lies in the arena, so that 8 bytes may be read wherever one of its bytes stands. The empty text
/// is the exception: it may lie anywhere.
@safe struct ArenaText: BitwiseCopyable {
  let start: UnsafePointer<UInt8>

  @inline(__always) init(_ text: UnsafePointer<CChar>?) {
    if let text = unsafe text {
      unsafe start = UnsafeRawPointer(text).assumingMemoryBound(to: UInt8.self)
    } else {
      unsafe start = ByteSlice.empty.start
    }
  }

  @inline(__always) var isEmpty: Bool { unsafe start[0] == 0 }

  /// The bytes, counted.
  var slice: ByteSlice { unsafe ByteSlice(start: start, count: strlen(start)) }
}
