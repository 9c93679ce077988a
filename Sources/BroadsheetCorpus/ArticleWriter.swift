/// Writes the articles of a corpus, any of them on its own.
///
/// An article depends on its number, the seed and the length only, and links to lower numbers only:
/// so the first thousand of a large corpus are a corpus themselves.
struct ArticleWriter {
  private let seed: Int
  private let wordCount: Int
  private let pool: SentencePool
  private let tagLaw = PowerLaw(count: Vocabulary.tags.count)
  private let authorLaw = PowerLaw(count: Vocabulary.authors.count, flatness: 5)

  /// A writer of the articles of a plan.
  init(_ plan: CorpusPlan) {
    seed = plan.seed
    wordCount = plan.wordCount
    pool = SentencePool(seed: plan.seed)
  }

  /// Writes the file of an article to the end of a buffer.
  func write(_ number: Int, _ head: ArticleHead, to copy: inout [UInt8]) {
    var chance = Chance(seed: seed, purpose: number * 2 + 1)
    writeFrontMatter(of: head, to: &copy, by: &chance)
    writeBody(of: number, to: &copy, by: &chance)
  }
}

// Front matter: the forms of YAML that exports of editorial systems have.
extension ArticleWriter {
  private func writeFrontMatter(
    of head: ArticleHead, to copy: inout [UInt8], by chance: inout Chance
  ) {
    copy.append("---\ntitle: \(scalar(head.title, by: &chance))\n")
    copy.append("date: \(CivilTime(head.instant).text)\n")
    if chance.happens(15) {
      let later = head.instant + 900 + chance.number(below: 300_000)
      copy.append("updated: \(CivilTime(later).text)\n")
    }
    writeList("tags", Vocabulary.tags, tagLaw, count: 2 + chance.number(below: 4), &copy, &chance)
    let count = chance.happens(20) ? 2 : 1
    writeList("authors", Vocabulary.authors, authorLaw, count: count, &copy, &chance)
    if chance.happens(80) {
      let summary = chance.pick(pool.plain)
      if chance.happens(20) {
        copy.append("summary: >-\n  ")
        let start = copy.count
        copy.append(summary)
        copy.wrapLines(from: start, indent: "  ")
      } else {
        copy.append("summary: \(scalar(summary, by: &chance))")
      }
      copy.append("\n")
    }
    copy.append("---\n\n")
  }

  /// Writes a key with some different names, on one line or on several.
  private func writeList(
    _ key: String, _ names: [String], _ law: PowerLaw, count: Int, _ copy: inout [UInt8],
    _ chance: inout Chance
  ) {
    var ranks: [Int] = []
    while ranks.count < count {
      let rank = law.rank(by: &chance)
      if !ranks.contains(rank) { ranks.append(rank) }
    }
    if chance.happens(70) {
      copy.append("\(key): [\(ranks.map { names[$0] }.joined(separator: ", "))]\n")
    } else {
      copy.append("\(key):\n")
      for rank in ranks { copy.append("  - \(names[rank])\n") }
    }
  }

  /// A text as a value of YAML: as it is where that is safe, or in one of two kinds of quotes.
  private func scalar(_ text: String, by chance: inout Chance) -> String {
    let isSafe = text.utf8.allSatisfy { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: "\"") }
    switch chance.number(below: 3) {
    case 0 where isSafe: return text
    case 1 where !text.contains("'"): return "'\(text)'"
    default:
      return
        "\"\(text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\\\""))\""
    }
  }
}

// The text: paragraphs, and between them what edited copy has.
extension ArticleWriter {
  private func writeBody(of number: Int, to copy: inout [UInt8], by chance: inout Chance) {
    var missing = length(by: &chance)
    var links = number == 0 ? 0 : chance.number(below: 3)
    var hasQuote = chance.happens(40)
    var hasList = chance.happens(25)
    var headings = chance.happens(40) ? 1 + chance.number(below: 3) : 0
    var blocks = 0
    while missing > 0 {
      if blocks > 0 { copy.append("\n") }
      let start = copy.count
      for position in 0..<(1 + chance.number(below: 4)) {
        if position > 0 { copy.append(" ") }
        missing -= writeSentence(to: &copy, by: &chance)
      }
      if links > 0, chance.happens(35) {
        links -= 1
        let head = ArticleHead(chance.number(below: number), seed: seed)
        copy.append(" Read also: [\(head.title)](../../\(head.folder)/\(head.slug).md).")
      }
      if chance.happens(20) { copy.wrapLines(from: start) }
      copy.append("\n")
      blocks += 1
      guard missing > 0 else { break }
      if hasQuote, blocks >= 2 {
        hasQuote = false
        copy.append("\n> ")
        missing -= writeSentence(to: &copy, by: &chance)
        copy.append("\n>\n> — \(chance.pick(Vocabulary.people))\n")
      } else if hasList, blocks >= 3 {
        hasList = false
        missing -= writeList(to: &copy, by: &chance)
      } else if headings > 0, blocks >= 3, chance.happens(40) {
        headings -= 1
        let marks = chance.happens(80) ? "##" : "###"
        copy.append("\n\(marks) \(chance.pick(Vocabulary.matters).capital)\n")
      }
    }
  }

  /// How many words an article has: mostly near the average, and one in twenty thrice as long.
  private func length(by chance: inout Chance) -> Int {
    let usual = max(10, wordCount * 10 / 11 - 40)  // the last paragraph goes on over the end
    if chance.happens(5) { return usual * 3 }
    var sum = 0
    for _ in 0..<3 { sum += chance.number(below: usual) }
    return usual / 2 + sum / 3
  }

  /// Writes a sentence, and gives how many words it has.
  private func writeSentence(to copy: inout [UInt8], by chance: inout Chance) -> Int {
    let sentence = pool.all[chance.number(below: pool.all.count)]
    copy.append(contentsOf: sentence.bytes)
    return sentence.wordCount
  }

  /// Writes a list of three to six items, and gives how many words it has, more or less.
  private func writeList(to copy: inout [UInt8], by chance: inout Chance) -> Int {
    let isOrdered = chance.happens(30)
    let count = 3 + chance.number(below: 4)
    copy.append("\n")
    for item in 1...count {
      let text = "\(chance.pick(Vocabulary.matters).capital), \(chance.pick(Vocabulary.asides))"
      copy.append(isOrdered ? "\(item). \(text)\n" : "- \(text)\n")
    }
    return count * 7
  }
}

extension [UInt8] {
  /// Appends a text.
  mutating func append(_ text: String) { append(contentsOf: text.utf8) }

  /// Breaks the lines of what stands from a place on near the 88th column, where an ASCII letter
  /// follows, so that no line begins with a sign that means something to Markdown.
  mutating func wrapLines(from start: Int, indent: String = "") {
    var lines: [UInt8] = []
    var lineStart = start
    for index in start..<count
    where self[index] == UInt8(ascii: " ") && index - lineStart > 80 && index + 1 < count {
      let next = self[index + 1] | 0x20
      guard next >= UInt8(ascii: "a"), next <= UInt8(ascii: "z") else { continue }
      lines.append(contentsOf: self[lineStart..<index])
      lines.append("\n\(indent)")
      lineStart = index + 1
    }
    lines.append(contentsOf: self[lineStart...])
    replaceSubrange(start..., with: lines)
  }
}
