@testable import Broadsheet

/// A book of the toy library that the tests of templates are about.
struct Book {
  var title = "Ali & Nino"
  var subtitle: String?
  var link = "books/ali-and-nino.html"
  var writer: Int?
  var pages = 275
  var blurb = "<p>A <em>novel</em>.</p>"
  var covers = "small.jpg 1x, large.jpg 2x"
  var tags = ["love", "war"]
  var published: Int64 = 86_400
  var isInPrint = true
  var sequels: [Int] = []
}

/// A toy schema and model: a library of books, which knows nothing of news.
struct Library: TemplateModel {
  var books = [Book()]
  var writers = [(name: "Kurban Said", link: "writers/said.html")]
  /// The name of the library itself.
  var name = "Library"
  /// The frame that pages belong to.
  var frame: UInt64?
  /// How many times a member was asked for.
  var questions = 0

  static let schema: Schema = {
    var schema = Schema()
    let book = schema.addType("Book", documentation: "A book of the library.")
    let writer = schema.addType("Writer")
    let words = schema.addType("Words")
    let house = schema.addType("House")
    schema.addMember("title", of: book, .string, id: 0, synonyms: ["headline"])
    schema.addMember("subtitle", of: book, .optional(.string), id: 1)
    schema.addMember("link", of: book, .url, id: 2, documentation: "Where the book's page is.")
    schema.addMember("writer", of: book, .optional(.object(writer)), id: 3, synonyms: ["author"])
    schema.addMember("pages", of: book, .int, id: 4)
    schema.addMember("blurb", of: book, .html, id: 5)
    schema.addMember("covers", of: book, .sourceSet, id: 6)
    schema.addMember("tags", of: book, .list(.string), id: 7)
    schema.addMember("published", of: book, .date, id: 8)
    schema.addMember("isInPrint", of: book, .bool, id: 9)
    schema.addMember("sequels", of: book, .list(.object(book)), id: 10)
    schema.addMember("reprinted", of: book, .optional(.date), id: 11)
    schema.addMember("title", of: house, .string, id: 0, isShared: true)
    schema.addMember("books", of: house, .list(.object(book)), id: 1, isShared: true)
    schema.addMember("name", of: writer, .string, id: 0)
    schema.addMember("link", of: writer, .url, id: 1)
    schema.addMember("portrait", of: writer, .optional(.url), id: 2)
    schema.addMember(
      "books", of: words, .string, id: 0, parameters: [.init(nil, .int)],
      documentation: "“12 books”.")
    schema.addMember(
      "pageOf", of: words, .string, id: 1, parameters: [.init("page", .int), .init("pages", .int)])
    schema.addMember("readMore", of: words, .string, id: 2, isShared: true)
    schema.addGlobal("house", .object(house), documentation: "The library itself.")
    schema.addGlobal("words", .object(words))
    schema.addRoot(
      "page",
      parameters: [
        ("book", .object(book)), ("books", .list(.object(book))),
        ("other", .optional(.object(book))),
      ])
    return schema
  }()

  private func text(_ text: String, _ scratch: inout Scratch) -> Value {
    scratch.begin()
    scratch.append(text)
    return .text(scratch.end())
  }

  mutating func value(
    _ member: UInt16, of type: UInt16, _ object: ObjectRef, _ arguments: Arguments,
    _ scratch: inout Scratch
  ) -> Value {
    questions += 1
    switch (type, member) {
    case (0, _): return value(member, of: Int(object.a), &scratch)
    case (1, 0): return text(writers[Int(object.a)].name, &scratch)
    case (1, 1): return text(writers[Int(object.a)].link, &scratch)
    case (2, 0): return text("\(arguments.int(0)) books", &scratch)
    case (2, 1): return text("page \(arguments.int(0)) of \(arguments.int(1))", &scratch)
    case (2, 2): return text("read more", &scratch)
    case (3, 0): return text(name, &scratch)
    case (3, 1): return .list(ListRef(kind: 0, count: books.count))
    default: return .none
    }
  }

  private func value(_ member: UInt16, of index: Int, _ scratch: inout Scratch) -> Value {
    let book = books[index]
    switch member {
    case 0: return text(book.title, &scratch)
    case 1: return book.subtitle.map { text($0, &scratch) } ?? .none
    case 2: return text(book.link, &scratch)
    case 3: return book.writer.map { .object(ObjectRef(Int32($0))) } ?? .none
    case 4: return .int(book.pages)
    case 5: return text(book.blurb, &scratch)
    case 6: return text(book.covers, &scratch)
    case 7: return .list(ListRef(kind: 1, owner: ObjectRef(Int32(index)), count: book.tags.count))
    case 8: return .date(book.published)
    case 9: return .bool(book.isInPrint)
    case 10:
      return .list(ListRef(kind: 2, owner: ObjectRef(Int32(index)), count: book.sequels.count))
    default: return .none
    }
  }

  mutating func element(_ index: Int, of list: ListRef, _ scratch: inout Scratch) -> Value {
    switch list.kind {
    case 1: text(books[Int(list.owner.a)].tags[index], &scratch)
    case 2: .object(ObjectRef(Int32(books[Int(list.owner.a)].sequels[index])))
    default: .object(ObjectRef(Int32(index)))
    }
  }

  mutating func formatted(
    _ date: Int64, _ style: DateStyle, _ scratch: inout Scratch
  ) -> ByteSlice {
    text("\(style.stringValue):\(date)", &scratch).text
  }
}

extension Library {
  /// The header of `page`, on the first line of a template.
  static let header = "\\(template page(book: Book, books: [Book], other: Book?))\n"

  /// A template file named like one of a site.
  static func file(_ name: String, _ text: String) -> TemplateFile {
    TemplateFile(name: name, path: "templates/\(name).html", bytes: Array(text.utf8))
  }

  /// Compiles `page` with a body, which begins on line 2, and other templates by their names.
  static func compile(
    _ body: String, _ others: [String: String] = [:]
  ) -> (program: Program?, errors: [String]) {
    let files = [file("page", header + body)] + others.map { file($0.key, $0.value) }
    let (program, diagnostics) = Templates.compile(files: files, schema: schema)
    return (program, diagnostics.map(\.description))
  }

  /// What a body writes about this library's books, or the errors that it has.
  mutating func html(_ body: String, _ others: [String: String] = [:]) -> String {
    let (program, errors) = Self.compile(body, others)
    guard let program else { return errors.joined(separator: "\n") }
    return html(of: program)
  }

  /// What a program writes about this library's books.
  mutating func html(of program: Program) -> String {
    var machine = Machine(program)
    return html(on: &machine)
  }

  /// What a machine writes about this library's books.
  mutating func html(on machine: inout Machine) -> String {
    var scratch = Scratch()
    var page = ByteBuffer()
    machine.run(
      RootID(index: 0),
      arguments: [
        .object(ObjectRef(0)), .list(ListRef(kind: 0, count: books.count)),
        books.count > 1 ? .object(ObjectRef(1)) : .none,
      ], globals: [.object(ObjectRef()), .object(ObjectRef())], model: &self, scratch: &scratch,
      into: &page)
    return page.string
  }
}
