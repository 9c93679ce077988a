/// Finds files and places of a source folder for diagnostics of later stages.
struct SourceLocator: Sendable {
  /// What comes before a file's path for it to be opened from the working folder.
  let prefix: String
  private let source: String

  /// A locator for a source folder, as its path was given.
  init(source: String) {
    self.source = source
    prefix = source.isEmpty || source.hasSuffix("/") ? source : source + "/"
  }

  /// A file of the source folder, as the user would open it.
  func shown(_ path: String) -> String { prefix + path }

  /// Where the value of a key stands in a file's front matter, or in `site.yaml`; nil where there
  /// is no such file or key.
  ///
  /// - Complexity: The file is read again: for diagnostics only.
  func position(ofKey key: String, in path: String) -> SourcePosition? {
    var path = path
    var buffer = ByteBuffer()
    let isRead = path.withUTF8 { bytes in
      guard let start = bytes.baseAddress else { return false }
      let name = unsafe ByteSlice(start: start, count: bytes.count)
      do throws(SystemError) {
        _ = try Folder(at: source).read(name, into: &buffer)
        return true
      } catch {
        return false
      }
    }
    let file = buffer.slice
    guard isRead, file.firstInvalidByte == nil else { return nil }
    var tree = YAMLTree()
    do throws(Problem) {
      let yaml =
        path.hasSuffix(".yaml") ? 0..<file.count : try FrontMatter(startOf: file)?.yaml ?? 0..<0
      try tree.fill(parsing: file[yaml], at: yaml.lowerBound)
    } catch {
      return nil
    }
    guard tree.nodes.first?.kind == .mapping else { return nil }
    var node = 1
    while node < tree.nodes.count {
      if tree.nodes[node].text.matches(key) {
        let offset = Int(tree.nodes[node + 1].offset)
        return unsafe SourcePosition(of: offset, in: Span(_unsafeElements: file.buffer))
      }
      node = tree.next(after: node + 1)
    }
    return nil
  }
}
