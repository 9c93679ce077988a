/// One node of a ``YAMLTree``.
struct YAMLNode: BitwiseCopyable {
  /// What a node is.
  enum Kind: UInt8, BitwiseCopyable {
    /// A text; what type it has is asked by who reads it.
    case scalar
    /// A list.
    case sequence
    /// Keys with values.
    case mapping
  }

  /// What it is.
  var kind: Kind
  /// Whether a scalar stood in quotes or in a block, so that it is text and nothing else.
  var isQuoted = false
  /// Where it starts, in bytes from the start of the file.
  var offset: UInt32
  /// The index of the node that comes after it and all that is in it.
  var end: UInt32
  /// The text of a scalar, valid until the tree is filled anew.
  var text = ByteSlice.empty
}

/// What a YAML text says, as a tree with places.
///
/// The nodes stand in the order of the text: after a list come its items, after a mapping its keys
/// and values in turn, and each node tells where the next one on its own level is. A tree is filled
/// again and again, and keeps its memory.
struct YAMLTree: ~Copyable {
  /// How many nodes all aliases together may stand for.
  static let aliasLimit = 10_000
  /// How many nodes front matter may have.
  static let frontMatterLimit = 10_000
  /// How deep lists and mappings may stand in each other.
  static let depthLimit = 32

  /// The nodes; the first is the root.
  private(set) var nodes: [YAMLNode] = []
  /// Where texts are kept that do not stand in the file as they are.
  var scratch = Scratch()

  /// An empty tree.
  init() {}

  /// Forgets all nodes; their memory stays.
  mutating func removeAll() {
    nodes.removeAll(keepingCapacity: true)
    scratch.reset()
  }

  /// Adds a node at the end, and tells its index; lists and mappings are closed with ``close(_:)``.
  @discardableResult mutating func add(_ node: YAMLNode) -> Int {
    nodes.append(node)
    nodes[nodes.count - 1].end = UInt32(nodes.count)
    return nodes.count - 1
  }

  /// Ends a list or mapping: what was added since is in it.
  mutating func close(_ index: Int) { nodes[index].end = UInt32(nodes.count) }

  /// Adds a copy of a node and all that is in it; the copy's places are those of the original.
  mutating func addCopy(of index: Int) {
    let shift = UInt32(nodes.count - index)
    for source in index..<Int(nodes[index].end) {
      var node = nodes[source]
      node.end += shift
      nodes.append(node)
    }
  }

  /// The index of the node after one and all that is in it.
  @inline(__always) func next(after index: Int) -> Int { Int(nodes[index].end) }

  /// Whether a node stands for nothing: a plain empty scalar, `null` or `~`.
  func isNull(_ index: Int) -> Bool {
    let node = nodes[index]
    guard node.kind == .scalar, !node.isQuoted else { return false }
    let text = node.text
    return text.isEmpty || text == "~" || text == "null" || text == "Null" || text == "NULL"
  }

  /// The first key of a mapping that an earlier one has already, if there is one.
  ///
  /// - Complexity: O(*n*²) for up to 32 keys, O(*n*) for more.
  func duplicateKey(in mapping: Int) -> Int? {
    let end = next(after: mapping)
    var keys = 0
    var key = mapping + 1
    while key < end {
      keys += 1
      if keys > 32 { return duplicateKeyOfMany(in: mapping) }
      let text = nodes[key].text
      var earlier = mapping + 1
      while earlier < key {
        if nodes[earlier].text == text { return key }
        earlier = next(after: earlier + 1)
      }
      key = next(after: key + 1)
    }
    return nil
  }

  private func duplicateKeyOfMany(in mapping: Int) -> Int? {
    let end = next(after: mapping)
    var seen: Set<String> = []
    var key = mapping + 1
    while key < end {
      guard seen.insert(nodes[key].text.string).inserted else { return key }
      key = next(after: key + 1)
    }
    return nil
  }
}
