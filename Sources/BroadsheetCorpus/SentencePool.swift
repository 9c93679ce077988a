/// A sentence of CommonMark.
struct Sentence {
  /// Its text, in UTF-8.
  let bytes: [UInt8]
  /// How many words it has.
  let wordCount: Int
}

/// The sentences that all articles are put together from.
struct SentencePool {
  /// The sentences as they stand in bodies, one in eight with links or emphasis.
  let all: [Sentence]
  /// Sentences without any markup, for summaries; each is one of a body, too.
  let plain: [String]

  /// Makes the sentences of a corpus.
  init(seed: Int, count: Int = 6_000) {
    var chance = Chance(seed: seed, purpose: -1)
    var all: [Sentence] = []
    var plain: [String] = []
    for _ in 0..<count {
      let text = Self.sentence(by: &chance)
      if !text.contains("\"") { plain.append(text) }
      let marked = Self.marked(text, by: &chance)
      all.append(
        Sentence(
          bytes: Array(marked.utf8), wordCount: marked.utf8.count { $0 == UInt8(ascii: " ") } + 1))
    }
    self.all = all
    self.plain = plain
  }

  /// What somebody does or says, without a capital and a full stop.
  private static func clause(by chance: inout Chance) -> String {
    let body = chance.pick(Vocabulary.bodies)
    let verb = chance.pick(Vocabulary.verbs)
    let matter = chance.pick(Vocabulary.matters)
    switch chance.number(below: 5) {
    case 0: return "\(body) will \(verb) \(matter) \(chance.pick(Vocabulary.asides))"
    case 1:
      let share = 4 + chance.number(below: 90)
      return "\(share).\(chance.number(below: 10))% of households in "
        + "\(chance.pick(Vocabulary.places)) would rather \(verb) \(matter)"
    case 2:
      return "the \(chance.pick(Vocabulary.qualities)) \(chance.pick(Vocabulary.things)) on "
        + "\(matter) reached \(chance.pick(Vocabulary.places)) only on \(chance.pick(Vocabulary.days))"
    case 3:
      let sum = 12 + chance.number(below: 880)
      return "\(body) has set aside \(sum),000 crowns to \(verb) \(matter)"
    default:
      return "\(chance.pick(Vocabulary.people)) asked \(body) to \(verb) \(matter)"
    }
  }

  private static func sentence(by chance: inout Chance) -> String {
    let clause = clause(by: &chance)
    let person = chance.pick(Vocabulary.people)
    let said = chance.pick(Vocabulary.saying)
    switch chance.number(below: 7) {
    case 0: return "“\(clause.capital),” \(person) \(said) on \(chance.pick(Vocabulary.days))."
    case 1: return "\(clause.capital), \(person) \(said)."
    case 2: return "\(chance.pick(Vocabulary.asides).capital), \(clause)."
    case 3:
      return
        "\(person.capital) \(said) that \(clause) – and that it’s \(chance.pick(Vocabulary.qualities))."
    case 4:
      return
        "In \(chance.pick(Vocabulary.places)) the \(chance.pick(Vocabulary.things)) are called "
        + "\"\(chance.pick(Vocabulary.qualities))\"; \(clause)."
    case 5: return "\(clause.capital); as \(person) \(said): \(chance.pick(Vocabulary.quotations))."
    default: return "\(clause.capital)."
    }
  }

  /// A sentence, now and then with the markup that edited copy has.
  private static func marked(_ text: String, by chance: inout Chance) -> String {
    let number = 1_000 + chance.number(below: 90_000)
    let matter = chance.pick(Vocabulary.matters)
    switch chance.number(below: 100) {
    case 0..<4:
      return
        "\(text) [Our report on \(matter)](https://archive.example/\(number)?from=story&page=2) "
        + "has the figures."
    case 4..<7: return "\(text) That is *not* the same as to \(chance.pick(Vocabulary.verbs)) it."
    case 7..<10: return "**\(chance.pick(Vocabulary.places))**: \(text)"
    case 10: return "\(text) Letters go to <letters@herald.example>."
    case 11: return "\(text) The table is in `annex_\(number).csv` (rows 4 < 9 & 11 > 2, 3 \\* 4)."
    default: return text
    }
  }
}

extension String {
  /// The text with its first letter as a capital.
  var capital: String { prefix(1).uppercased() + dropFirst() }
}
