/// Finds the term that a story means by a name, and makes it where there is none yet.
///
/// Names that differ by case alone are one term, spelled as the registry or the first story to use
/// it has it.
struct TermIndex {
  private var byText: ByteTable
  /// Texts that were asked for lately and their terms, by where they lie: names that come again and
  /// again lie in one place.
  private var recent = [(text: Text, term: Int32)](repeating: (.empty, -1), count: 1 << 10)
  private var byFolded: [String: Int32] = [:]
  /// The terms so far; those of the registry come first.
  private(set) var terms: [Term] = []
  /// The first story that used each term; -1 while only the registry knows it.
  private(set) var firstUse: [Int32] = []
  /// How many of the terms the registry has.
  private var registeredCount = 0
  /// The terms' names, folded: what they are told apart by.
  private(set) var foldedNames: [String] = []

  /// An index of no terms, of texts in a store.
  init(_ store: TextStore) { byText = ByteTable(store) }

  /// The form of a name that does not depend on case or on how accents are encoded; the four letters
  /// `I ı İ i` are one, as they are in addresses, for which of them is whose capital depends on the
  /// language.
  static func folded(_ name: String) -> String {
    if name.utf8.allSatisfy({ $0 < 0x80 }) { return foldedASCII(name) }
    var scalars = String.UnicodeScalarView()
    for scalar in name.unicodeScalars {
      switch scalar {
      case "ı", "İ", "I": scalars.append("i")
      case "\u{307}" where scalars.last == "i": break
      default: scalars.append(scalar)
      }
    }
    // In capitals first: ß and SS, ς and σ have the same ones.
    return String(scalars).uppercased().lowercased().split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
  }

  /// The same of a name in ASCII, as most are: hundreds of times as fast.
  private static func foldedASCII(_ name: String) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(name.utf8.count)
    var isBetweenWords = false
    for byte in name.utf8 {
      if byte == 32 || (9...13).contains(byte) {
        isBetweenWords = !bytes.isEmpty
        continue
      }
      if isBetweenWords { bytes.append(32) }
      isBetweenWords = false
      bytes.append(byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Adds a term of the registry, found by any of some names.
  mutating func register(_ term: Term, names: [String]) {
    let index = add(term, name: names.first ?? "", story: -1)
    registeredCount += 1
    for name in names where byFolded[Self.folded(name)] == nil {
      byFolded[Self.folded(name)] = index
    }
  }

  /// The first story that used a term which the registry does not have; -1 for one that it has.
  func user(of term: Int) -> Int32 { term < registeredCount ? -1 : firstUse[term] }

  /// The term that a story means by a name as written, if it is known.
  mutating func known(_ text: Text, _ bytes: ByteSlice, story: Int32) -> Int32? {
    let place = text.placeHash & (recent.count - 1)
    if recent[place].text == text, !text.isEmpty { return recent[place].term }
    if let index = byText.value(of: bytes) {
      use(index, story)
      recent[place] = (text, index)
      return index
    }
    guard let index = byFolded[Self.folded(bytes.string)] else { return nil }
    _ = byText.insert(text, index)
    use(index, story)
    return index
  }

  /// Adds a term for a name that is not known.
  mutating func add(_ term: Term, for text: Text, _ bytes: ByteSlice, story: Int32) -> Int32 {
    let index = add(term, name: bytes.string, story: story)
    _ = byText.insert(text, index)
    return index
  }

  private mutating func add(_ term: Term, name: String, story: Int32) -> Int32 {
    let index = Int32(terms.count)
    terms.append(term)
    firstUse.append(story)
    let folded = Self.folded(name)
    foldedNames.append(folded)
    if byFolded[folded] == nil { byFolded[folded] = index }
    return index
  }

  /// Notes that a held story will be filed under a term.
  mutating func hold(_ index: Int32, isDated: Bool) {
    if isDated {
      terms[Int(index)].heldCount += 1
    } else {
      terms[Int(index)].heldUndatedCount += 1
    }
  }

  private mutating func use(_ index: Int32, _ story: Int32) {
    if firstUse[Int(index)] < 0 { firstUse[Int(index)] = story }
  }
}
