import Testing

@testable import Broadsheet

@Suite("The scanner for plain front matter") struct YAMLScannerTests {
  /// The nodes of a tree as lines.
  private func lines(_ tree: borrowing YAMLTree) -> [String] {
    tree.nodes.map { node in
      "\(node.kind) \(node.isQuoted) \(node.offset) \(node.end) \(node.text.string)"
    }
  }

  /// What libyaml makes of a text; nil where it refuses.
  private func parsed(_ bytes: ByteSlice) -> [String]? {
    var tree = YAMLTree()
    do throws(Problem) {
      try tree.fill(parsing: bytes, at: 7)
      return lines(tree)
    } catch {
      return nil
    }
  }

  private func scanned(_ bytes: ByteSlice) -> [String]? {
    var tree = YAMLTree()
    return tree.fill(scanning: bytes, at: 7) ? lines(tree) : nil
  }

  @Test(
    "understands what most front matter is",
    arguments: [
      "title: Talks in Minsk\ndate: 2024-10-03T18:40:00+04:00\n", "title: 'It''s \"fine\"'\n",
      "title: \"a \\\"b\\\" \\\\ c\"\n", "tags: [Oil and gas, \"R&D\", 'x', Şuşa]\n", "tags: []\n",
      "tags:\n  - a\n  - 'b'\n  - \"c\"\ndraft: false\n", "tags:\n- a\n- b\nx: y\n",
      "summary: >-\n  one\n  two\nx: y\n", "slug:\ntitle: x\n", "slug:", "a: b",
      "a:   b   \n\n#c\nd: e",
      "a: b\r\nc:\r\n  - d\r\n", "a: x: y".replacing(": y", with: ":y"), "a: b#c\n",
      "a: won't, [x]\n",
      "a: /old/x.html\nb: (c)\n_d: 1\n", "a: '  '\nb: \"\"\n", "a: ~\nb: null\n",
    ])
  func understood(text: String) {
    let store = TextStore()
    var writer = TextStore.Writer(store)
    let bytes = store[writer.add(text)]
    let found = scanned(bytes)
    #expect(found != nil)
    #expect(found == parsed(bytes))
  }

  @Test("gives the tree that libyaml gives, or leaves the text to it", arguments: 1...40)
  func sameTree(seed: UInt64) {
    var random = RandomFrontMatter(seed: seed)
    var understood = 0
    for _ in 0..<500 {
      let text = random.text()
      let store = TextStore()
      var writer = TextStore.Writer(store)
      let bytes = store[writer.add(text)]
      guard let found = scanned(bytes) else { continue }
      understood += 1
      let expected = parsed(bytes)
      #expect(found == expected, "\(text)")
      if found != expected { return }
    }
    #expect(understood > 25)
  }
}

/// Front matter made by chance: mostly right, sometimes odd.
private struct RandomFrontMatter {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

  private mutating func number(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(bound))
  }

  private mutating func pick(_ choices: [String]) -> String { choices[number(choices.count)] }

  private static let words = [
    "Talks", "Bakı", "Şuşa", "won't", "R&D", "2024-10-03", "“quoted”", "a:b", "Oil", "x", "Москва",
    "50%", "C++", "C#", "—", "1", "true", "null", "~", "e-mail", "a/b", "(c)", "q?", "it's",
    "wait!",
    "a@b", "\u{A0}", "🙂", "=", "*", "&", "`", "|", ">", "{", "}", "[", "]", ",", "'", "\"", "\\",
    ":",
    ": ", " #", "#", "-", "- ", "?", "!", "%", "@", "\t", "\u{2028}", "\u{85}", "\u{7F}",
    "\u{FEFF}",
  ]

  /// Some words; odd signs only now and then.
  private mutating func phrase() -> String {
    let isOdd = number(30) == 0
    let known = isOdd ? Self.words.count : 30
    return (0...number(5)).map { _ in Self.words[number(known)] }
      .joined(separator: pick([" ", " ", " ", "  ", ""]))
  }

  private mutating func scalar() -> String {
    let phrase = phrase()
    switch number(5) {
    case 0: return "'" + (number(9) == 0 ? phrase : phrase.replacing("'", with: "''")) + "'"
    case 1:
      let escaped = phrase.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      return "\"" + (number(9) == 0 ? phrase + "\\n" : escaped) + "\""
    default: return phrase
    }
  }

  private mutating func value() -> String {
    let indent = pick(["  ", "", "    ", " "])
    switch number(9) {
    case 0: return pick([" ", "", "  "]) + pick(["", "", "# c"])
    case 1, 2:
      let items = (0..<number(4)).map { _ in scalar() }
      return " [" + items.joined(separator: pick([", ", ",", " , "]))
        + pick(["]", "]", "] ", ",]"])
    case 3:
      return (0...number(3)).map { _ in "\n" + indent + "- " + scalar() }.joined()
    case 4:
      let header = pick([" >-", " >-", " >", " |", " >- "])
      return header
        + (0...number(3)).map { _ in "\n" + (number(20) == 0 ? "   " : "  ") + phrase() }.joined()
    case 5 where number(6) == 0: return " {a: b}"
    default:
      return pick([" ", " ", " ", "  ", ""]) + scalar() + pick(["", "", "", " ", "\n  more"])
    }
  }

  mutating func text() -> String {
    let end = number(8) == 0 ? "\r\n" : "\n"
    var lines: [String] = []
    for index in 0...number(5) {
      let key = pick([
        "title", "date", "tags", "summary", "x_\(index)", "translation-of", "a b", "é",
      ])
      lines.append(key + (number(40) == 0 ? "" : ":") + value())
      if number(15) == 0 { lines.append(pick(["", "# c", " ", "- x", "..."])) }
    }
    let text = lines.joined(separator: "\n") + pick(["\n", "\n", ""])
    return end == "\n" ? text : text.replacing("\n", with: end)
  }
}
