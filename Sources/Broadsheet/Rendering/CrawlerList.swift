/// The crawlers that read the web for AI, by what they say they read it for: `crawlers.yaml` of a
/// theme.
struct CrawlerList: Sendable, Equatable {
  /// What a crawler says it reads for.
  enum Purpose: String, CaseIterable, Sendable {
    /// To train models.
    case training
    /// To answer searches, with links.
    case search
    /// Because somebody who chats has asked for a page.
    case user
  }

  /// When the list was last gone through.
  var date = ""
  /// The names that `robots.txt` knows the crawlers by.
  var names: [Purpose: [String]] = [:]

  /// A list of nobody.
  init() {}

  /// Reads a file.
  ///
  /// - Parameter text: The file, which lives through the call.
  /// - Returns: The list, and what is wrong with the file.
  static func read(_ text: ByteSlice) -> (CrawlerList, [Problem]) {
    var list = CrawlerList()
    var problems: [Problem] = []
    if let offset = text.firstInvalidByte {
      return (list, [.invalidByte(in: text, at: offset)])
    }
    var tree = YAMLTree()
    do throws(Problem) {
      try tree.fill(parsing: text, at: 0)
    } catch {
      return (list, [error])
    }
    guard let root = tree.nodes.first, root.kind == .mapping else {
      return (
        list,
        [Problem("not-a-mapping", "a list of crawlers holds 'training: [names]' lines", at: 0)]
      )
    }
    var keys: [(name: String, key: Int, value: Int)] = []
    tree.forEachKey(0) { name, key, value in keys.append((name.string, key, value)) }
    for (name, key, value) in keys {
      if name == "date" {
        list.date = tree.string(value, name, &problems) ?? ""
      } else if let purpose = Purpose(rawValue: name) {
        var items: [TextItem] = []
        tree.collectTexts(value, name, into: &items, &problems)
        for item in items where item.text.contains(where: Self.endsALine) {
          problems.append(
            Problem("wrong-type", "a crawler's name is one line, without '#'", at: item.offset))
        }
        list.names[purpose] = items.map(\.text.string)
      } else {
        problems.append(
          tree.unknownKey(key, knownAs: ["date"] + Purpose.allCases.map(\.rawValue)))
      }
    }
    return (list, problems)
  }

  /// Whether a byte would end a line of `robots.txt`, or what it says there.
  private static func endsALine(_ byte: UInt8) -> Bool {
    byte < 32 || byte == UInt8(ascii: "#")
  }
}

extension ByteSlice {
  fileprivate func contains(where isWanted: (UInt8) -> Bool) -> Bool {
    (0..<count).contains { isWanted(self[$0]) }
  }
}
