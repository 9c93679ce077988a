/// The templates, interface words and assets of a site: the default theme, with the site's own files
/// in the place of those that they override.
struct Theme: Sendable {
  /// An asset, named by its content.
  struct Asset: Sendable {
    /// Its file, from the output folder: `assets/style.1f0c2a9b.css`.
    var path: String
    var bytes: [UInt8]
  }

  /// The template files, a site's own in the place of the theme's, in the order of their names.
  var templates: [TemplateFile] = []
  /// The assets, in the order of their names.
  var assets: [Asset] = []
  /// The style sheet's file, from the output folder.
  var stylesheetPath = ""
  /// The script of the search page, from the output folder; empty where it is not wanted.
  var searchScriptPath = ""
  /// The words of each edition's language.
  var words: [Words] = []
  /// The words that templates may name, in the order of their names.
  var declarations: [WordDeclaration] = []
  /// The crawlers that read the web for AI.
  var crawlers = CrawlerList()
  /// The hash of all files that it was read from, with their paths.
  var hash: UInt64 = 0

  /// Reads a theme.
  ///
  /// - Parameters:
  ///   - folders: The folders to read, the default theme first; each overrides those before it, file
  ///     by file, and words one by one.
  ///   - languages: The languages of the site's editions.
  ///   - look: The site's own colours and faces, which its style sheet ends with.
  ///   - isSearchable: Whether the script of the search page is among the assets.
  /// - Returns: The theme, and what is wrong with its files.
  static func read(
    folders: [String], languages: [String], look: Look = Look(), isSearchable: Bool = false
  ) -> (Theme, [Diagnostic]) {
    ThemeFiles(folders).theme(languages: languages, look: look, isSearchable: isSearchable)
  }
}

/// The files of a theme, of which the site's settings make the theme.
struct ThemeFiles: Sendable {
  private let reader: ThemeReader

  /// Reads folders, the default theme first; each overrides those before it, file by file, and words
  /// one by one.
  init(_ folders: [String]) {
    var reader = ThemeReader()
    for folder in folders { reader.read(folder) }
    self.reader = reader
  }

  /// The theme of a site, and what is wrong with its files; see ``Theme/read(folders:languages:look:isSearchable:)``.
  func theme(
    languages: [String], look: Look = Look(), isSearchable: Bool = false
  ) -> (Theme, [Diagnostic]) {
    var reader = reader
    reader.look = look
    reader.isSearchable = isSearchable
    return reader.theme(languages: languages)
  }
}

/// Reads the folders of a theme one over the other.
private struct ThemeReader: Sendable {
  /// A file of words that is still to be read.
  private struct WordsToRead: Sendable {
    var code: String
    var file: String
    var bytes: [UInt8]
    var isOfTheme: Bool
  }

  private var folderCount = 0
  private var templates: [String: TemplateFile] = [:]
  private var assets: [String: [UInt8]] = [:]
  private var wordFiles: [WordsToRead] = []
  private var languages: [String: Words] = [:]
  /// Each word as the first folder has it, by language: what the words after it must fit.
  private var models: [String: [String: Word]] = [:]
  private var paths: [String: String] = [:]
  private var diagnostics: [Diagnostic] = []
  private var hash = Hash(seed: 6)
  private var crawlers = CrawlerList()
  /// The site's own colours and faces.
  var look = Look()
  /// Whether the script of the search page is wanted.
  var isSearchable = false
  /// What a site adds to the style sheet, without writing all of it anew.
  private static let additions = "site.css"
  private static let searchScript = "search.js"

  mutating func read(_ path: String) {
    folderCount += 1
    path.withBytes { hash.add($0) }
    do throws(SystemError) {
      let folder = try Folder(at: path)
      for name in try folder.names(endingIn: ".html") {
        if let bytes = read(name, in: folder, at: path) {
          let stem = String(name.dropLast(".html".count))
          templates[stem] = TemplateFile(name: stem, path: path + "/" + name, bytes: bytes)
        }
      }
      try readAssets(folder, path)
      try readWords(folder, path)
      try readCrawlers(folder, path)
    } catch {
      diagnostics.append(.unreadableTemplates(path, error))
    }
  }

  private mutating func readAssets(_ folder: borrowing Folder, _ path: String) throws(SystemError) {
    guard let inner = try folder.folderIfThere("assets") else { return }
    for name in try inner.folderNames() {
      name.withBytes { hash.add($0) }
      diagnostics.append(
        Diagnostic(
          "unknown-file", "folders in 'assets' are left out; put their files into 'assets' itself",
          severity: .warning, file: path + "/assets/" + name))
    }
    for name in try inner.names(endingIn: "") {
      if let bytes = read(name, in: inner, at: path + "/assets") { assets[name] = bytes }
    }
  }

  private mutating func readCrawlers(
    _ folder: borrowing Folder, _ path: String
  ) throws(SystemError) {
    let name = "crawlers.yaml"
    guard try folder.names(endingIn: name).contains(name),
      let bytes = read(name, in: folder, at: path)
    else { return }
    let file = path + "/" + name
    bytes.withBytes { text in
      let (list, problems) = CrawlerList.read(text)
      crawlers = list
      diagnostics += problems.map { Diagnostic($0, in: text, file: file) }
    }
  }

  private mutating func readWords(_ folder: borrowing Folder, _ path: String) throws(SystemError) {
    guard let inner = try folder.folderIfThere("strings") else { return }
    for name in try inner.names(endingIn: ".yaml") {
      guard let bytes = read(name, in: inner, at: path + "/strings") else { continue }
      wordFiles.append(
        WordsToRead(
          code: String(name.dropLast(".yaml".count)), file: path + "/strings/" + name,
          bytes: bytes, isOfTheme: folderCount == 1))
    }
  }

  /// Makes words of the files, those of a later folder over those of an earlier one.
  ///
  /// Of the default theme's languages, only those are read that the site has, and English.
  private mutating func readWords(for codes: [String]) {
    let wanted = Set(["en"] + codes + codes.map { String($0.prefix { $0 != "-" }) })
    for source in wordFiles where !source.isOfTheme || wanted.contains(source.code) {
      let (code, file) = (source.code, source.file)
      paths[code] = file
      let base = languages[code] ?? Words(code: code, name: code, direction: "ltr")
      let (words, problems) = WordsFile.read(source.bytes, over: base)
      languages[code] = words
      models[code, default: [:]].merge(words.words) { known, _ in known }
      diagnostics += unsafe source.bytes.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return [] }
        let text = unsafe ByteSlice(start: base, count: buffer.count)
        return problems.map { Diagnostic($0, in: text, file: file) }
      }
    }
  }

  private mutating func read(
    _ name: String, in folder: borrowing Folder, at path: String
  ) -> [UInt8]? {
    var buffer = ByteBuffer()
    do throws(SystemError) {
      _ = try folder.read(named: name, into: &buffer)
      "\(path)/\(name)".withBytes { hash.add($0) }
      hash.add(buffer.slice)
      return buffer.array
    } catch {
      diagnostics.append(
        Diagnostic(
          "unreadable-file", "the file cannot be read: \(error.reason)", file: path + "/" + name,
          cause: .machine))
      return nil
    }
  }

  consuming func theme(languages codes: [String]) -> (Theme, [Diagnostic]) {
    readWords(for: codes)
    var theme = Theme()
    theme.hash = hash.value
    theme.crawlers = crawlers
    theme.templates = templates.values.sorted { $0.name < $1.name }
    addAssets(to: &theme)

    // English is complete in the default theme; what a site adds in its own languages comes on top.
    var examples = models["en"] ?? [:]
    for code in codes {
      examples.merge(models[code] ?? [:]) { known, _ in known }
    }
    theme.declarations = examples.sorted { $0.key < $1.key }.map { key, word in
      word.declaration(named: key, example: word.model.example)
    }
    for code in codes { theme.words.append(words(of: code, theme.declarations)) }
    return (theme, diagnostics)
  }

  /// The words of a language, which must have all of them, in all the forms that it tells apart.
  private mutating func words(of code: String, _ declarations: [WordDeclaration]) -> Words {
    let base = String(code.prefix { $0 != "-" })
    guard var words = languages[code] ?? languages[base] else {
      diagnostics.append(
        Diagnostic(
          "missing-words",
          "there are no interface words for '\(code)'; add 'templates/strings/\(code).yaml' "
            + "to the source folder", file: "strings/\(code).yaml"))
      return Words(code: code, name: code, direction: "ltr")
    }
    words.code = code
    let file = paths[code] ?? paths[base] ?? ""
    for declaration in declarations {
      guard let word = words.words[declaration.name] else {
        report(
          "missing-word",
          "the word '\(declaration.name)' is missing; in English it is "
            + "'\(declaration.example)'", file)
        continue
      }
      check(word, declaration, words.plurals, file)
    }
    return words
  }

  private mutating func check(
    _ word: Word, _ declaration: WordDeclaration, _ plurals: PluralRules, _ file: String
  ) {
    let texts: [WordText]
    switch word {
    case .plain(let text):
      texts = [text]
      if declaration.isPlural {
        report(
          "missing-form",
          "the word '\(declaration.name)' wants plural forms: "
            + plurals.categories.map(\.rawValue).joined(separator: ", "), file)
      }
    case .plural(let forms):
      texts = PluralRules.Category.allCases.compactMap { forms[$0] }
      for category in plurals.categories where forms[category] == nil {
        report(
          "missing-form",
          "the word '\(declaration.name)' has no form '\(category.rawValue)'", file)
      }
    }
    for text in texts {
      for place in text.places where !declaration.places.contains(place) {
        let known = declaration.places.map { "{\($0)}" }.joined(separator: ", ")
        report(
          "unknown-place",
          "the word '\(declaration.name)' has no place '{\(place)}'"
            + (known.isEmpty ? "" : "; it has \(known)"), file)
      }
    }
  }

  private mutating func report(_ id: String, _ message: String, _ file: String) {
    let diagnostic = Diagnostic(id, message, file: file)
    if !diagnostics.contains(diagnostic) { diagnostics.append(diagnostic) }
  }

  /// Names the assets by their content; in style sheets, the names of the others are put right.
  private func addAssets(to theme: inout Theme) {
    var hashed: [String: String] = [:]
    let unwanted = [Self.additions] + (isSearchable ? [] : [Self.searchScript])
    let names = assets.keys.filter { !unwanted.contains($0) }.sorted { left, right in
      (left.hasSuffix(".css") ? 1 : 0, left) < (right.hasSuffix(".css") ? 1 : 0, right)
    }
    for name in names {
      var bytes = assets[name] ?? []
      if name == "style.css" {
        bytes += Array(look.rules.utf8) + (assets[Self.additions] ?? [])
      }
      if name.hasSuffix(".css"), !hashed.isEmpty {
        var text = String(decoding: bytes, as: UTF8.self)
        for (plain, other) in hashed.sorted(by: { $0.key < $1.key }) {
          for quote in ["", "\"", "'"] {
            text = text.replacing("url(\(quote)\(plain)\(quote))", with: "url(\"\(other)\")")
          }
        }
        bytes = Array(text.utf8)
      }
      let hash = unsafe bytes.withUnsafeBytes { bytes in
        var hash = Hash()
        unsafe hash.add(bytes)
        return hash.value
      }
      var name8 = ByteBuffer(capacity: 64)
      let dot = name.lastIndex(of: ".") ?? name.endIndex
      name8.append(String(name[..<dot]) + ".")
      name8.append(hexadecimal: hash >> 32, width: 8)
      name8.append(String(name[dot...]))
      hashed[name] = name8.string
      let path = "assets/" + name8.string
      theme.assets.append(Theme.Asset(path: path, bytes: bytes))
      if name == "style.css" { theme.stylesheetPath = path }
      if name == Self.searchScript { theme.searchScriptPath = path }
    }
    theme.assets.sort { $0.path < $1.path }
  }
}

extension WordText {
  /// The text as its file has it.
  fileprivate var example: String {
    parts.map {
      switch $0 {
      case .text(let text): text
      case .place(let name): "{\(name)}"
      }
    }.joined()
  }
}

extension Diagnostic {
  /// The diagnostic of a theme, with its place in `site.yaml` where that asks for what is missing.
  func placed(by locator: SourceLocator) -> Diagnostic {
    guard id == "missing-words" else { return self }
    var placed = self
    placed.file = locator.shown("site.yaml")
    placed.position =
      locator.position(ofKey: "languages", in: "site.yaml")
      ?? locator.position(ofKey: "language", in: "site.yaml")
    return placed
  }

  /// That a folder of templates is not there, or that the system lets nobody read it.
  fileprivate static func unreadableTemplates(_ path: String, _ error: SystemError) -> Diagnostic {
    if error.code == SystemError.notFound || error.code == SystemError.notAFolder {
      return Diagnostic(
        "unreadable-templates", "there is no such folder of templates; name another --templates",
        file: path)
    }
    return Diagnostic(
      "unreadable-templates", "the folder of templates cannot be read: \(error.reason)",
      file: path, cause: .machine)
  }
}
