/// Reads `strings/<language>.yaml`: the language's own name, its direction, its plural rules, and
/// the interface words.
enum WordsFile {
  private static let keys = ["language", "direction", "plurals", "words"]

  /// Reads a file over what is known of the language already.
  static func read(_ bytes: [UInt8], over base: Words) -> (Words, [Problem]) {
    unsafe bytes.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return (base, []) }
      return unsafe read(ByteSlice(start: start, count: buffer.count), over: base)
    }
  }

  private static func read(_ text: ByteSlice, over base: Words) -> (Words, [Problem]) {
    if let offset = text.firstInvalidByte {
      return (
        base, [Problem("invalid-utf8", "this is not UTF-8; save the file as UTF-8", at: offset)]
      )
    }
    var tree = YAMLTree()
    do throws(Problem) {
      try tree.fill(parsing: text, at: 0)
    } catch {
      return (base, [error])
    }
    var words = base
    var problems: [Problem] = []
    guard let root = tree.nodes.first, root.kind == .mapping else {
      return (base, [Problem("not-a-mapping", "a file of words holds 'key: text' lines", at: 0)])
    }
    var keys: [(name: String, key: Int, value: Int)] = []
    tree.forEachKey(0) { name, key, value in keys.append((name.string, key, value)) }
    for (name, key, value) in keys {
      switch name {
      case "language":
        if let own = tree.string(value, name, &problems) { words.name = own }
      case "direction":
        let direction = tree.string(value, name, &problems) ?? ""
        if direction == "ltr" || direction == "rtl" {
          words.direction = direction
        } else {
          problems.append(tree.wrongType(value, name, wants: "'ltr' or 'rtl'"))
        }
      case "plurals": readRules(tree, value, &words, &problems)
      case "words": readWords(tree, value, &words, &problems)
      default: problems.append(tree.unknownKey(key, knownAs: Self.keys))
      }
    }
    return (words, problems)
  }

  private static func readRules(
    _ tree: borrowing YAMLTree, _ mapping: Int, _ words: inout Words, _ problems: inout [Problem]
  ) {
    guard tree.nodes[mapping].kind == .mapping else {
      problems.append(tree.wrongType(mapping, "plurals", wants: "a rule for each form"))
      return
    }
    var rules: [(category: PluralRules.Category, rule: String)] = []
    var entries: [(name: String, key: Int, value: Int)] = []
    tree.forEachKey(mapping) { name, key, value in entries.append((name.string, key, value)) }
    for (name, key, value) in entries {
      guard let category = PluralRules.Category(rawValue: name) else {
        let known = PluralRules.Category.allCases.map(\.rawValue)
        problems.append(tree.unknownKey(key, in: "plurals", knownAs: known))
        continue
      }
      if let rule = tree.string(value, name, &problems) { rules.append((category, rule)) }
    }
    do throws(PluralRules.RuleError) {
      words.plurals = try PluralRules(rules)
    } catch {
      problems.append(
        Problem(
          "bad-plural-rule",
          "'\(error.part)' is not a plural rule; write it as CLDR does: n % 10 = 2..4",
          at: Int(tree.nodes[mapping].offset)))
    }
  }

  private static func readWords(
    _ tree: borrowing YAMLTree, _ mapping: Int, _ words: inout Words, _ problems: inout [Problem]
  ) {
    guard tree.nodes[mapping].kind == .mapping else {
      problems.append(tree.wrongType(mapping, "words", wants: "a text for each word"))
      return
    }
    var entries: [(name: String, key: Int, value: Int)] = []
    tree.forEachKey(mapping) { name, key, value in entries.append((name.string, key, value)) }
    for (name, _, value) in entries {
      if tree.nodes[value].kind == .mapping {
        var forms: [(name: String, key: Int, value: Int)] = []
        tree.forEachKey(value) { form, key, value in forms.append((form.string, key, value)) }
        var plural: [PluralRules.Category: WordText] = [:]
        for (form, key, value) in forms {
          guard let category = PluralRules.Category(rawValue: form) else {
            let known = PluralRules.Category.allCases.map(\.rawValue)
            problems.append(tree.unknownKey(key, in: name, knownAs: known))
            continue
          }
          if let text = tree.string(value, form, &problems) { plural[category] = WordText(text) }
        }
        words.words[name] = .plural(plural)
      } else if let text = tree.string(value, name, &problems) {
        words.words[name] = .plain(WordText(text))
      }
    }
  }
}
