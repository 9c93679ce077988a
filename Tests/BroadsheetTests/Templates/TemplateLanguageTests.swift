import Testing

@testable import Broadsheet

@Suite("A template") struct TemplateLanguageTests {
  @Test("is written as it stands, with values in its holes")
  func holes() {
    var library = Library()
    #expect(
      library.html("<h1>\\(book.title)</h1>\n<p>\\(book.pages) pages</p>\n")
        == "<h1>Ali &amp; Nino</h1>\n<p>275 pages</p>\n")
  }

  @Test(
    "computes expressions as Swift does",
    arguments: [
      ("book.pages + 5 - 10", "270"), ("-book.pages", "-275"), ("-3 + 2", "-1"),
      ("book.title + \"!\"", "Ali &amp; Nino!"),
      ("\"page \\(book.pages) of \\(book.title)\"", "page 275 of Ali &amp; Nino"),
      ("\"a\\tb\\u{41}\\\"\\\\\"", "a\tbA&quot;\\"), ("\"\"", ""),
      ("book.isInPrint ? \"yes\" : \"no\"", "yes"), ("!book.isInPrint ? 1 : 2", "2"),
      ("book.pages > 100 && book.pages <= 275 ? 1 : 0", "1"),
      ("book.pages < 100 || book.title == \"x\" ? 1 : 0", "0"),
      ("book.pages != 275 || !(book.pages >= 276) ? 1 : 0", "1"),
      ("(book.isInPrint == true) == false ? 1 : 0", "0"),
      ("book.subtitle ?? \"none\"", "none"), ("book.subtitle ?? other?.subtitle ?? \"x\"", "x"),
      ("book.subtitle == nil ? 1 : 2", "1"), ("nil != book.subtitle ? 1 : 2", "2"),
      ("book.subtitle == \"x\" ? 1 : 2", "2"), ("book.writer?.name ?? \"?\"", "Kurban Said"),
      ("other?.writer?.name ?? \"nobody\"", "nobody"),
      ("book.writer == nil ? 1 : 2", "2"), ("book.tags.count", "2"),
      ("book.tags.isEmpty ? 1 : 2", "2"), ("book.tags.first ?? \"\"", "love"),
      ("book.tags.last ?? \"\"", "war"), ("book.tags.joined(separator: \" + \")", "love + war"),
      ("book.tags.prefix(1).joined(separator: \",\")", "love"),
      ("book.tags.dropFirst(1).joined(separator: \",\")", "war"),
      ("book.tags.dropFirst(9).joined(separator: \",\")", ""),
      ("book.tags.prefix(-1).count", "0"), ("book.sequels.first?.title ?? \"last\"", "last"),
      ("book.title.isEmpty ? 1 : 2", "2"), ("book.published.formatted(.long)", "long:86400"),
      ("book.reprinted?.formatted(.iso) ?? \"never\"", "never"),
      ("book.published < book.published ? 1 : 2", "2"), ("words.books(12)", "12 books"),
      ("words.pageOf(page: books.count + 2, pages: 7)", "page 3 of 7"),
      ("book.title < \"B\" ? 1 : 2", "1"), ("1_000", "1000"),
      ("book == books.first ? 1 : 2", "1"), ("/* one */ 1 /* two */", "1"),
      ("book\n  .writer?\n  .name ?? \"x\"", "Kurban Said"),
      ("book.isInPrint && book.subtitle == nil || false ? \"a\" : \"b\"", "a"),
      ("\"\\(book.isInPrint ? \"(\" : \")\")\"", "("),
    ])
  func expressions(expression: String, expected: String) {
    var library = Library()
    library.books[0].writer = 0
    #expect(library.html("<p>\\(\(expression))</p>\n") == "<p>\(expected)</p>\n")
  }

  @Test(
    "chooses with if, else if and else",
    arguments: [(50, "short"), (275, "medium"), (900, "long")])
  func conditions(pages: Int, expected: String) {
    var library = Library()
    library.books[0].pages = pages
    let body = "\\(if book.pages < 100)short\\(else if book.pages < 500)medium\\(else)long\\(end)"
    #expect(library.html(body) == expected)
  }

  @Test("binds a value that may be missing")
  func bindings() {
    var library = Library()
    let body = """
      \\(if let writer = book.writer, writer.name != "x", let subtitle = book.subtitle)
      \\(writer.name): \\(subtitle)
      \\(else if let other)
      other \\(other.title)
      \\(else)
      none
      \\(end)

      """
    #expect(library.html(body) == "none\n")
    library.books.append(Book(title: "Second"))
    #expect(library.html(body) == "other Second\n")
    library.books[0].writer = 0
    library.books[0].subtitle = "A novel"
    #expect(library.html(body) == "Kurban Said: A novel\n")
  }

  @Test("goes through lists, with an index, and says when there is nothing")
  func loops() {
    var library = Library()
    library.books = ["A", "B", "C"].map { Book(title: $0) }
    library.books[1].tags = []
    let body = """
      <ul>
        \\(for (index, book) in books.enumerated())
        <li>\\(index) \\(book.title):\\(for tag in book.tags) \\(tag)\\(else) no tags\\(end)</li>
        \\(end)
      </ul>

      """
    #expect(
      library.html(body) == """
        <ul>
          <li>0 A: love war</li>
          <li>1 B: no tags</li>
          <li>2 C: love war</li>
        </ul>

        """)
    #expect(
      library.html("\\(for (i, b) in books.dropFirst(1).enumerated())\\(i)\\(b.title)\\(end)")
        == "0B1C")
    #expect(library.html("\\(for b in books.prefix(0))x\\(else)none\\(end)") == "none")
  }

  @Test("names values with let")
  func lets() {
    var library = Library()
    let body = """
      \\(let count = book.pages + 1)
      \\(if true)\\(let count = "inner")\\(count)\\(end) \\(count)
      """
    #expect(library.html(body) == "inner 276")
  }

  @Test(
    "leaves no line where a line holds directives alone",
    arguments: [
      ("a\n  \\(if true)  \nb\n\t\\(end)\nc\n", "a\nb\nc\n"),
      ("a\r\n\\(if true)\r\nb\r\n\\(end)\r\nc\r\n", "a\r\nb\r\nc\r\n"),
      ("a\n\\(if true)b\n\\(end) c\n", "a\nb\n c\n"), ("\\(/* note */)\n\na\n", "\na\n"),
      ("a \\(/* note */) b\n", "a  b\n"), ("\\(let x = 1) \\(if x == 1)\nb\n\\(end)", "b\n"),
      ("  \\(book.pages)\n", "  275\n"), ("\\(if true) \\(else) \\(end)\nx", "x"),
    ])
  func lines(body: String, expected: String) {
    var library = Library()
    #expect(library.html(body) == expected)
  }

  @Test(
    "writes a backslash and a parenthesis themselves when the backslash is doubled",
    arguments: [("\\\\(x)", "\\(x)"), ("a\\b", "a\\b"), ("\\", "\\"), ("\\\\\\(1)", "\\\\(1)")])
  func backslashes(body: String, expected: String) {
    var library = Library()
    #expect(library.html(body) == expected)
  }

  @Test("calls others as functions, with labels and default values")
  func calls() {
    var library = Library()
    library.books.append(Book(title: "Second", pages: 3))
    let card = """
      \\(template card(book: Book, large: Bool = false, note: String? = nil, tags: [String] = [],
        count: Int = -1))
      <p>\\(book.title) \\(large ? "large" : "small") \\(note ?? "-") \\(tags.count) \\(count)</p>

      """
    let body = """
      \\(card(book: book))
      <div>
        \\(card(book: books.last ?? book, large: true, note: "n", tags: book.tags, count: 5))
        (\\(card(large: true, book: book)))
      </div>

      """
    #expect(
      library.html(body, ["card": card]) == """
        <p>Ali &amp; Nino small - 0 -1</p>
        <div>
        <p>Second large n 2 5</p>
          (<p>Ali &amp; Nino large - 0 -1</p>)
        </div>

        """)
  }

  @Test("keeps its values while others run, side by side and one in another")
  func nestedCalls() {
    var library = Library()
    let others = [
      "outer": "\\(template outer(n: Int))\n[\\(inner(n: n + 1)) \\(n) \\(inner(n: n + 2))]",
      "inner": "\\(template inner(n: Int))\n\\(let double = n + n)\n(\\(double))",
    ]
    #expect(library.html("\\(outer(n: 1)) \\(inner(n: 7))", others) == "[(4) 1 (6)] (14)")
  }

  @Test("stands in a layout, which may stand in another")
  func layouts() {
    var library = Library()
    let others = [
      "base":
        "\\(template base(title: String))\n<title>\\(title)</title>\n<body>\n  \\(content)\n</body>\n",
      "column": """
      \\(template column(title: String, note: String = "n"))
      \\(layout base(title: title + " | " + house.title))
      <main class="\\(note)">\\(content)</main>

      """,
    ]
    let body = """
      \\(let title = "T " + book.title)
      \\(layout column(title: title))

      <h1>\\(title)</h1>

      """
    #expect(
      library.html(body, others) == """
        <title>T Ali &amp; Nino | Library</title>
        <body>
        <main class="n">
        <h1>T Ali &amp; Nino</h1></main>
        </body>

        """)
  }

  @Test("may leave out parameters that it does not use, and add some with a default")
  func roots() {
    let text = "\\(template page(book: Book, note: String = \"n\"))\n\\(book.title)\\(note)"
    let (program, diagnostics) = Templates.compile(
      files: [Library.file("page", text)], schema: Library.schema)
    #expect(diagnostics.isEmpty)
    var library = Library()
    #expect(program.map { library.html(of: $0) } == "Ali &amp; Ninon")
  }

  @Test("starts with a byte order mark, blank lines and comments if it likes")
  func start() {
    let text = "\u{FEFF}\n \\(/* a ) comment */)\n\n\(Library.header)x"
    let (program, _) = Templates.compile(
      files: [Library.file("page", text)], schema: Library.schema)
    var library = Library()
    #expect(program.map { library.html(of: $0) } == "x")
  }

  @Test("asks for each value once, and takes steps in proportion to its holes")
  func steps() {
    var counts: [Int] = []
    for holes in [100, 200, 400] {
      let body = String(repeating: "<p>\\(book.title)</p>\n", count: holes)
      let (program, _) = Library.compile(body)
      counts.append(program?.listing.count ?? 0)
      var library = Library()
      _ = program.map { library.html(of: $0) }
      #expect(library.questions == holes)
    }
    #expect(counts[1] - counts[0] == 200 && counts[2] - counts[1] == 400)
  }

  @Test("merges literal HTML across values that are only named")
  func literals() {
    let (program, _) = Library.compile("a\\(let x = 1)b\\(/* c */)d\\(let y = x)e")
    let literals = (program?.listing ?? []).count { operation in
      if case .literal = operation { true } else { false }
    }
    #expect(literals == 1)
  }

  @Test("changes the program's hash whenever it changes")
  func hash() {
    let hashes = ["a", "b", "a"].map { Library.compile($0).program?.hash }
    #expect(hashes[0] != nil && hashes[0] == hashes[2] && hashes[0] != hashes[1])
  }
}
