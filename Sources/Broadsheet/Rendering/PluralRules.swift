/// A language's rules for which plural form a whole number takes, as CLDR writes them (Unicode
/// Technical Standard 35, part 3, "Language Plural Rules").
///
/// Only whole numbers are counted, so the operands `v w f t c e` are always 0, and `n` is `i`.
struct PluralRules: Sendable, Equatable {
  /// The forms, in the order in which their rules are tried.
  enum Category: String, CaseIterable, Sendable {
    case zero, one, two, few, many, other
  }

  /// Why a rule cannot be read.
  struct RuleError: Error, Equatable {
    /// The part of the rule that is not understood.
    var part: String
  }

  /// One comparison: `n % 10 = 2..4`.
  private struct Relation: Equatable {
    var isOfNumber: Bool
    var modulus: Int?
    var isEqual: Bool
    var ranges: [ClosedRange<Int>]

    func holds(for number: Int) -> Bool {
      var value = isOfNumber ? number : 0
      if let modulus { value %= modulus }
      return ranges.contains { $0.contains(value) } == isEqual
    }
  }

  /// For each category, alternatives of relations that hold together.
  private var rules: [(category: Category, alternatives: [[Relation]])] = []

  /// Rules by which every number takes the form `other`.
  init() {}

  /// Reads rules by category, such as `one: "i = 1 and v = 0"`.
  ///
  /// - Throws: The first part of a rule that is not understood.
  init(_ texts: [(category: Category, rule: String)]) throws(RuleError) {
    for text in texts.sorted(by: { Self.order($0.category) < Self.order($1.category) }) {
      var alternatives: [[Relation]] = []
      for alternative in Self.split(text.rule, at: "or") {
        var relations: [Relation] = []
        for part in Self.split(alternative, at: "and") { relations.append(try Self.relation(part)) }
        alternatives.append(relations)
      }
      rules.append((text.category, alternatives))
    }
  }

  /// The form that a whole number takes.
  func category(of number: Int) -> Category {
    let number = Int(clamping: number.magnitude)
    for rule in rules
    where rule.alternatives.contains(where: { relations in
      relations.allSatisfy { $0.holds(for: number) }
    }) {
      return rule.category
    }
    return .other
  }

  /// The forms that these rules tell apart, `other` last.
  var categories: [Category] { rules.map(\.category).filter { $0 != .other } + [.other] }

  static func == (left: PluralRules, right: PluralRules) -> Bool {
    left.rules.elementsEqual(right.rules) { $0 == $1 }
  }

  private static func order(_ category: Category) -> Int {
    Category.allCases.firstIndex(of: category) ?? 0
  }

  private static func split(_ text: String, at word: String) -> [String] {
    var parts: [[Substring]] = [[]]
    for token in text.split(separator: " ") {
      if token == word { parts.append([]) } else { parts[parts.count - 1].append(token) }
    }
    return parts.map { $0.joined(separator: " ") }
  }

  private static func relation(_ text: String) throws(RuleError) -> Relation {
    let isEqual = !text.contains("!=")
    let sides = text.split(separator: "=", maxSplits: 1).map { side in
      side.filter { $0 != "!" && $0 != " " }
    }
    guard sides.count == 2 else { throw RuleError(part: text) }
    let operands = sides[0].split(separator: "%")
    guard let operand = operands.first, ["n", "i", "v", "w", "f", "t", "c", "e"].contains(operand),
      operands.count <= 2
    else { throw RuleError(part: text) }
    var modulus: Int?
    if operands.count == 2 {
      guard let number = Int(operands[1]), number > 0 else { throw RuleError(part: text) }
      modulus = number
    }
    var ranges: [ClosedRange<Int>] = []
    for part in sides[1].split(separator: ",") {
      let bounds = part.split(separator: ".", omittingEmptySubsequences: true).map { Int($0) }
      guard let low = bounds.first ?? nil, let high = bounds.last ?? nil, low <= high else {
        throw RuleError(part: text)
      }
      ranges.append(low...high)
    }
    guard !ranges.isEmpty else { throw RuleError(part: text) }
    return Relation(
      isOfNumber: operand == "n" || operand == "i", modulus: modulus, isEqual: isEqual,
      ranges: ranges)
  }
}
