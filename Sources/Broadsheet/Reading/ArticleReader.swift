import Glibc

/// Reads stories one after the other, with memory that it uses again and again: one for each
/// worker.
struct ArticleReader: ~Copyable {
  /// What the site is read with.
  let context: ReadingContext
  /// Where texts are kept.
  var writer: TextStore.Writer
  /// What was read of the share of files at hand.
  var batch = ReadBatch()
  /// What the last build knew of the sources; nil where nothing of it can be used.
  let memory: SourceMemory?
  /// The path of the file at hand.
  var filePath = Text.empty
  /// Names that many stories have: of tags, authors, sections.
  var repeated = RepeatedTexts()
  /// The bytes of the file at hand.
  var buffer = ByteBuffer(capacity: 1 << 16)
  /// What few stories have, of the one at hand.
  var extras = ArticleExtras()
  /// The front matter of the file at hand.
  var tree = YAMLTree()
  /// What is wrong with the file at hand.
  var problems: [Problem] = []
  /// The texts of the list at hand.
  var items: [TextItem] = []
  /// Where the value of each key of front matter stands in the tree; -1 for a key left out.
  var values = [Int32](repeating: -1, count: FrontMatterKey.allCases.count)
  /// The same for the site's own fields.
  var fieldNodes: [Int32]
  /// Where the headline of wire copy stands in the file.
  var headlineOffset = 0
  /// Where the section of wire copy stands over its briefs; nil where it has none.
  var sectionOffset: Int?
  /// Finds the first paragraph of stories without a summary.
  var markdown = MarkdownConverter()
  /// The top folder of the file before, which most often is that of the next, too.
  var folder = Text.empty
  /// Whether no section can have the name of that folder.
  var isFolderReserved = false
  /// Slugs and ids while they are made.
  var scrap = ByteBuffer(capacity: 1024)

  /// A reader whose texts go to a store, and are kept with it.
  init(_ context: ReadingContext, store: TextStore, memory: SourceMemory? = nil) {
    self.context = context
    self.memory = memory
    writer = TextStore.Writer(store, isKept: true)
    fieldNodes = Array(repeating: -1, count: context.site.fields.count)
  }

  /// A story's file and what is known of it before it is read.
  struct Entry: BitwiseCopyable, Sendable {
    /// The file's path from the source folder.
    var path: Text
    /// What it is to become.
    var kind: Article.Kind
  }

  /// Reads a file of a folder, and adds the story and what is wrong with it to the share at hand.
  mutating func read(_ entry: Entry, in folder: borrowing Folder) {
    let path = writer.store[entry.path]
    buffer.removeAll()
    problems.removeAll(keepingCapacity: true)
    do throws(SystemError) {
      let status = try folder.read(path, into: &buffer)
      batch.files.append(SourceFile(path: entry.path, stamp: status.stamp))
    } catch {
      batch.diagnostics.append(
        .unreadable(context.prefix + path.string, error, isFolder: false))
      return
    }
    let file = buffer.slice
    batch.readCount += 1
    filePath = entry.path
    extras = ArticleExtras()
    var article = Article()
    article.file = Int32(batch.files.count - 1)
    article.kind = entry.kind
    if read(file, path, into: &article) {
      if problems.contains(where: { $0.severity == .error }) {
        article.traits.insert(.hasErrors)
      }
      if extras != ArticleExtras() {
        batch.extras.append(extras)
        article.extras = Int32(batch.extras.count)
      }
      batch.articles.append(article)
      // Where the text of wire copy ends is for site.yaml to say, too.
      var source = Hash(seed: UInt64(article.bodyEnd))
      source.add(Hash.ofMany(file))
      batch.notes.append(
        BodyNotes(source: source.value, isQuestionable: !problems.isEmpty))
    }
    for problem in problems {
      batch.diagnostics.append(Diagnostic(problem, in: file, file: context.prefix + path.string))
    }
  }

  /// Reads the bytes of a file; false where no story can be told from them.
  private mutating func read(
    _ file: ByteSlice, _ path: ByteSlice, into article: inout Article
  ) -> Bool {
    if let offset = file.firstInvalidByte {
      problems.append(.invalidByte(in: file, at: offset))
      return false
    }
    guard !file.trimmed.isEmpty, file.trimmed != "\u{FEFF}" else {
      problems.append(Problem("empty-file", "the file is empty; write the story or remove it"))
      return false
    }
    for index in values.indices { values[index] = -1 }
    for index in fieldNodes.indices { fieldNodes[index] = -1 }
    tree.removeAll()
    var bodyStart = file.textStart
    do throws(Problem) {
      if let frontMatter = try FrontMatter(startOf: file) {
        bodyStart = frontMatter.bodyStart
        try parse(frontMatter, of: file)
      } else if article.kind != .wire {
        throw FrontMatter.missing(in: file)
      }
    } catch {
      problems.append(error)
      return false
    }
    article.bodyStart = UInt32(bodyStart)
    article.bodyEnd = UInt32(file.count)
    sectionOffset = nil
    let isWire = article.kind == .wire
    if isWire, !readWire(file, path, into: &article) { return false }
    readFields(file, path, into: &article)
    let body = file[Int(article.bodyStart)..<Int(article.bodyEnd)]
    article.wordCount = UInt32(body.wordCount)
    if !isWire, context.wantsLedes {
      article.ledeHash = Lede.hash(of: Lede.firstParagraph(of: body))
    }
    if article.summary.isEmpty, !body.isEmpty {
      scrap.removeAll()
      markdown.appendSummary(of: body, to: &scrap)
      article.summary = writer.add(scrap.slice)
    }
    return true
  }

  /// Fills the tree with the front matter, and finds its keys.
  private mutating func parse(_ frontMatter: FrontMatter, of file: ByteSlice) throws(Problem) {
    try tree.fill(file[frontMatter.yaml], at: frontMatter.yaml.lowerBound)
    guard let root = tree.nodes.first, !tree.isNull(0) else { return }
    guard root.kind == .mapping else {
      throw Problem(
        "front-matter", "front matter holds lines 'key: text', not \(tree.shown(0))",
        at: Int(root.offset))
    }
    var key = 1
    while key < tree.nodes.count {
      let name = tree.nodes[key].text
      if let known = FrontMatterKey(name) {
        values[known.index] = Int32(key + 1)
      } else if let field = context.fieldNames.firstIndex(where: { name.matches($0) }) {
        fieldNodes[field] = Int32(key + 1)
      } else {
        problems.append(
          tree.unknownKey(key, knownAs: context.keys, synonyms: FrontMatterKey.synonyms))
      }
      key = tree.next(after: key + 1)
    }
  }

  /// Where the value of a key stands in the tree.
  func value(_ key: FrontMatterKey) -> Int? {
    let index = Int(values[key.index])
    return index < 0 ? nil : index
  }
}

extension ByteSlice {
  /// Whether the bytes are those of a string.
  func matches(_ string: String) -> Bool {
    unsafe string.utf8.count == count && string.utf8.elementsEqual(buffer)
  }

  /// Whether the bytes differ from those of a literal.
  static func != (left: ByteSlice, right: StaticString) -> Bool { !(left == right) }
}

extension Problem {
  /// The problem of a byte that is not UTF-8, or is NUL, or begins what is no character.
  static func invalidByte(in file: ByteSlice, at offset: Int) -> Problem {
    let byte = file[offset]
    if let code = file.number(at: offset, byteCount: 3), code >= 0xEFBFBE, code <= 0xEFBFBF {
      return Problem(
        "invalid-utf8", "U+\(code == 0xEFBFBE ? "FFFE" : "FFFF") is no character; take it out",
        at: offset)
    }
    if byte == 0 {
      return Problem(
        "nul-byte", "a NUL byte cannot stand in a text; save the file as UTF-8", at: offset)
    }
    return Problem(
      "invalid-utf8", "'\(ByteSlice.escaped(byte))' is not UTF-8; save the file as UTF-8",
      at: offset)
  }
}

extension Diagnostic {
  /// That the system lets nobody read a file or folder.
  static func unreadable(_ path: String, _ error: SystemError, isFolder: Bool) -> Diagnostic {
    Diagnostic(
      "unreadable", "this \(isFolder ? "folder" : "file") cannot be read: \(error.reason)",
      file: path, cause: .machine)
  }
}
