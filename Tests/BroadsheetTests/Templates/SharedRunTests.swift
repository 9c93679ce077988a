import Testing

@testable import Broadsheet

@Suite("What all pages of a frame share") struct SharedRunTests {
  private static let house = """
    <p>\\(house.title) \\(words.readMore)</p>
    \\(for one in house.books)
    <i>\\(house.title) \\(words.readMore)\\(if house.title == "A")!\\(end)</i>
    \\(end)
    """

  private func program(_ body: String, _ others: [String: String] = [:]) throws -> Program {
    let (program, errors) = Library.compile(body, others)
    #expect(errors == [])
    return try #require(program)
  }

  /// A library of so many books of the same name.
  private func library(_ count: Int, frame: UInt64?) -> Library {
    var library = Library()
    library.books = Array(repeating: Book(), count: count)
    library.frame = frame
    return library
  }

  @Test("is asked for once, and written on each page")
  func once() throws {
    let program = try program("<h1>\\(book.title)</h1>\n" + Self.house + "<p>\\(book.pages)</p>\n")
    var machine = Machine(program)
    var library = library(3, frame: 1)
    let first = library.html(on: &machine)
    let asked = library.questions
    library.questions = 0
    #expect(library.html(on: &machine) == first)
    #expect(library.questions == 2, "the book's own members alone; the first page asked \(asked)")
    library.frame = nil
    #expect(library.html(on: &machine) == first, "a page without a frame is the same page")
  }

  @Test("is not that of another frame")
  func frames() throws {
    let program = try program(Self.house)
    var machine = Machine(program)
    var library = library(2, frame: 1)
    let first = library.html(on: &machine)
    library.name = "Archive"
    library.frame = 2
    let second = library.html(on: &machine)
    #expect(second == first.replacingWord("Library", with: "Archive"))
    library.frame = 1
    library.name = "Library"
    #expect(library.html(on: &machine) == first)
  }

  @Test(
    "holds nothing that a page has of its own",
    arguments: [
      "\\(for one in house.books)<b>\\(house.title)\\(words.readMore)\\(book.title)</b>\\(end)",
      "\\(for one in house.books)<b>\\(house.title)\\(words.readMore)\\(one.title)</b>\\(end)",
      "\\(let mine = book.title)\\(for one in house.books)\\(house.title)\\(house.title)\\(mine)\\(end)",
      "\\(named(title: book.title))\\(named(title: book.title))",
    ])
  func own(body: String) throws {
    let program = try program(
      body,
      [
        "named": "\\(template named(title: String))\n\\(for one in house.books)"
          + "<b>\\(house.title)\\(words.readMore)\\(title)</b>\\(end)\n"
      ])
    var machine = Machine(program)
    var library = library(2, frame: 1)
    let first = library.html(on: &machine)
    for index in library.books.indices { library.books[index].title = "Blue Angels" }
    let second = library.html(on: &machine)
    #expect(second == first.replacingWord("Ali &amp; Nino", with: "Blue Angels"))
    #expect(second != first)
  }

  @Test("is shared by templates that are handed what is shared")
  func calls() throws {
    let program = try program(
      "\\(named(title: house.title))",
      [
        "named": "\\(template named(title: String, big: Bool = false))\n\\(for one in house.books)"
          + "\\(let name = title)<b>\\(house.title)\\(words.readMore)\\(name)</b>\\(end)\n"
      ])
    var machine = Machine(program)
    var library = library(2, frame: 7)
    let first = library.html(on: &machine)
    library.questions = 0
    #expect(library.html(on: &machine) == first)
    #expect(library.questions == 0)
  }

  @Test("is looked for in time that grows with the templates alone", .timeLimit(.minutes(1)))
  func costs() throws {
    // 40,000 lines of HTML, each a node; 60 templates, each of which calls the next one twice.
    let lines = String(repeating: "<p>One line.</p>\n\\(let x = 1)\n<p>\\(x)</p>\n", count: 1)
    var others = ["t60": "\\(template t60())\nThe last."]
    for number in 0..<60 {
      others["t\(number)"] =
        "\\(template t\(number)())\n\\(if house.title == \"\")\\(t\(number + 1)())\\(t\(number + 1)())\\(end)"
    }
    let program = try program(
      lines + String(repeating: "<p>A line.</p>\n", count: 40_000) + "\\(t0())", others)
    var machine = Machine(program)
    var library = library(1, frame: 1)
    #expect(library.html(on: &machine).count > 40_000 * 14)
  }

  @Test("stays right when there are more frames than are kept")
  func many() throws {
    let program = try program(Self.house)
    var machine = Machine(program)
    var library = library(1, frame: 0)
    for round in 0..<2 {
      for frame in 0..<6000 {
        library.frame = UInt64(frame)
        library.name = "N\(frame)"
        #expect(library.html(on: &machine).hasPrefix("<p>N\(frame) read more</p>"), "\(round)")
      }
    }
  }
}

extension String {
  fileprivate func replacingWord(_ word: String, with other: String) -> String {
    split(separator: word, omittingEmptySubsequences: false).joined(separator: other)
  }
}
