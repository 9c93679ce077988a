/// An interface word, as templates may name it.
struct WordDeclaration: Sendable, Equatable {
  /// The word's key in `strings/<language>.yaml`.
  var name: String
  /// What a template hands over: the count of a plural word first, then the places by name.
  var parameters: [Schema.Parameter]
  /// The names of the places in the text, in the order of the parameters.
  var places: [String]
  /// Whether its form depends on a number.
  var isPlural: Bool
  /// The word in the first language, for the reference.
  var example: String

  static func == (left: WordDeclaration, right: WordDeclaration) -> Bool {
    left.name == right.name && left.places == right.places && left.isPlural == right.isPlural
  }
}

/// One text of a word: runs of fixed text, and places to be filled.
struct WordText: Sendable, Equatable {
  /// A run of fixed text, or a place.
  enum Part: Sendable, Equatable {
    case text(String)
    case place(String)
  }

  var parts: [Part] = []

  /// Reads a text with places in braces, such as `Page {page} of {pages}`.
  init(_ text: String) {
    var rest = text[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
      parts.append(.place(String(rest[rest.index(after: open)..<close])))
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty { parts.append(.text(String(rest))) }
  }

  /// The names of the places, in order, each once.
  var places: [String] {
    var names: [String] = []
    for case .place(let name) in parts where !names.contains(name) { names.append(name) }
    return names
  }
}

/// A word in one language: one text, or one a plural form.
enum Word: Sendable, Equatable {
  case plain(WordText)
  case plural([PluralRules.Category: WordText])

  /// The text that says the most of the word's places: that of `other`.
  var model: WordText {
    switch self {
    case .plain(let text): text
    case .plural(let forms): forms[.other] ?? WordText("")
    }
  }

  /// What templates may know of the word.
  func declaration(named name: String, example: String) -> WordDeclaration {
    var places = model.places
    guard case .plural = self else {
      let parameters = places.map { Schema.Parameter($0, .string) }
      return WordDeclaration(
        name: name, parameters: parameters, places: places, isPlural: false, example: example)
    }
    places.removeAll { $0 == "count" }
    return WordDeclaration(
      name: name,
      parameters: [Schema.Parameter(nil, .int)] + places.map { Schema.Parameter($0, .string) },
      places: ["count"] + places, isPlural: true, example: example)
  }
}

/// The interface words of a language, as `strings/<language>.yaml` gives them.
struct Words: Sendable {
  /// The language's code, BCP 47.
  var code: String
  /// The language's own name.
  var name: String
  /// `ltr` or `rtl`.
  var direction: String
  /// Which form a number takes.
  var plurals = PluralRules()
  /// The words by key.
  var words: [String: Word] = [:]

  /// The text of a word without places; empty where there is no such word.
  func text(_ key: String) -> String {
    guard case .plain(let text)? = words[key] else { return "" }
    return text.parts.map { if case .text(let text) = $0 { text } else { "" } }.joined()
  }
}

/// The words of a language made ready for pages: one flat list of parts, without strings.
struct WordTable: Sendable {
  private enum Part: BitwiseCopyable {
    case text(Text)
    case argument(Int32)
  }
  private struct Entry: BitwiseCopyable {
    var isPlural: Bool
    /// The parts of each form, in the order of the plural categories; a plain word has one.
    var forms: (PoolRange, PoolRange, PoolRange, PoolRange, PoolRange, PoolRange)
  }

  private let store: TextStore
  private var entries: [Entry] = []
  private var parts: [Part] = []
  private let plurals: PluralRules

  /// The words of a language in the order of their declarations.
  init(_ words: Words, _ declarations: [WordDeclaration], _ writer: inout TextStore.Writer) {
    store = writer.store
    plurals = words.plurals
    for declaration in declarations {
      let word = words.words[declaration.name] ?? .plain(WordText(""))
      switch word {
      case .plain(let text):
        let form = add(text, declaration, &writer)
        entries.append(Entry(isPlural: false, forms: (form, form, form, form, form, form)))
      case .plural(let forms):
        let other = add(forms[.other] ?? WordText(""), declaration, &writer)
        func form(_ category: PluralRules.Category) -> PoolRange {
          forms[category].map { add($0, declaration, &writer) } ?? other
        }
        entries.append(
          Entry(
            isPlural: true,
            forms: (form(.zero), form(.one), form(.two), form(.few), form(.many), other)))
      }
    }
  }

  private mutating func add(
    _ text: WordText, _ declaration: WordDeclaration, _ writer: inout TextStore.Writer
  ) -> PoolRange {
    let start = UInt32(parts.count)
    for part in text.parts {
      switch part {
      case .text(let text): parts.append(.text(writer.add(text)))
      case .place(let name):
        if let index = declaration.places.firstIndex(of: name) {
          parts.append(.argument(Int32(index)))
        }
      }
    }
    return PoolRange(start: start, count: UInt32(parts.count) - start)
  }

  /// Writes a word, told by its place among the declarations, with its places filled.
  func text(
    _ index: Int, _ arguments: Arguments, _ scratch: inout Scratch
  ) -> ByteSlice {
    let entry = entries[index]
    var form = entry.forms.5
    if entry.isPlural {
      switch plurals.category(of: arguments.int(0)) {
      case .zero: form = entry.forms.0
      case .one: form = entry.forms.1
      case .two: form = entry.forms.2
      case .few: form = entry.forms.3
      case .many: form = entry.forms.4
      case .other: break
      }
    }
    if form.count == 1, case .text(let text) = parts[Int(form.start)] { return store[text] }
    scratch.begin()
    for place in form.indices {
      switch parts[place] {
      case .text(let text): scratch.append(store[text])
      case .argument(let argument):
        if case .int(let number) = arguments[Int(argument)] {
          scratch.append(number: number)
        } else {
          scratch.append(arguments.text(Int(argument)))
        }
      }
    }
    return scratch.end()
  }
}
