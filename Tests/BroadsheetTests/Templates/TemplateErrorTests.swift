import Testing

@testable import Broadsheet

@Suite("An error in a template") struct TemplateErrorTests {
  @Test(
    "is told with its place and what would be right",
    arguments: [
      // names
      (
        "\\(book.titel)", "2:8",
        "'Book' has no member 'titel'; did you mean 'title'? [unknown-member]"
      ),
      (
        "\\(book.headlin)", "2:8",
        "'Book' has no member 'headlin'; did you mean 'title'? [unknown-member]"
      ),
      (
        "\\(house.zzz)", "2:9",
        "'House' has no member 'zzz'; it has 'title' and 'books' [unknown-member]"
      ),
      ("\\(bok.title)", "2:3", "there is no 'bok' here; did you mean 'book'? [unknown-name]"),
      (
        "\\(card)", "2:3",
        "there is no 'card' here; to call the template of that name, write card(…) [unknown-name]"
      ),
      (
        "\\(book.tags.length)", "2:13",
        "'[String]' has no member 'length'; did you mean 'count'? [unknown-member]"
      ),
      ("\\(book.pages.abs)", "2:14", "'Int' has no member 'abs' [unknown-member]"),
      ("\\(let x = 1)\\(let x = 2)", "2:19", "'x' is declared here already [duplicate-name]"),
      (
        "\\(let end = 1)", "2:7",
        "'end' is a word of the language; choose another name [reserved-name]"
      ),
      (
        "\\(.long)", "2:3",
        "'.long' may stand only in a call such as date.formatted(.long) [unknown-name]"
      ),
      // calls
      (
        "\\(crad(book: book))", "2:3",
        "there is no template 'crad'; did you mean 'card'? [unknown-template]"
      ),
      (
        "\\(book(x: 1))", "2:3",
        "'book' is a value, not a template, and cannot be called [unknown-template]"
      ),
      ("\\(card())", "2:3", "'card' needs an argument 'book: Book' [missing-argument]"),
      (
        "\\(card(bok: book))", "2:8",
        "'card' has no parameter 'bok'; did you mean 'book'? [unknown-argument]"
      ),
      (
        "\\(card(book: book, zz: 1))", "2:20",
        "'card' has no parameter 'zz'; it has 'book' and 'large' [unknown-argument]"
      ),
      (
        "\\(card(book))", "2:8",
        "an argument of a template has a label; write 'book: book' [missing-label]"
      ),
      (
        "\\(card(book: book, book: book))", "2:20",
        "the argument 'book' is given twice [duplicate-name]"
      ),
      (
        "\\(card(book: book.title))", "2:14",
        "'book.title' is 'String', and 'Book' is wanted here [type-mismatch]"
      ),
      (
        "\\(card(book: other))", "2:14",
        "'other' may be missing; write \\(if let other) around it, or other ?? … [optional-not-unwrapped]"
      ),
      (
        "\\(card(book: nil))", "2:14",
        "'nil' stands for a missing value, and 'Book' is wanted here [type-mismatch]"
      ),
      (
        "\\(go(to: \"a.html\"))", "2:10",
        "'\"a.html\"' is 'String', and 'URL' is wanted here; only the program makes URLs [type-mismatch]"
      ),
      (
        "\\(card(book: book) ?? 1)", "2:3",
        "the call of a template stands by itself, as \\(card(…)); it is not a value [misplaced-call]"
      ),
      (
        "\\(base())", "2:3",
        "'base' places \\(content), so it is a layout; write \\(layout base(…)) at the top [misplaced-call]"
      ),
      (
        "\\(layout card(book: book))", "2:10",
        "'card' is no layout: it does not place \\(content) [not-a-layout]"
      ),
      (
        "x\\(layout base())", "2:11",
        "the layout stands once, at the top, before anything is written [misplaced-call]"
      ),
      (
        "\\(upper(1) ?? 2)", "2:3", "there is no function 'upper' that gives a value [unknown-name]"
      ),
      (
        "\\(words.books)", "2:9",
        "this member of 'Words' takes arguments; write books(…) [missing-argument]"
      ),
      (
        "\\(words.books())", "2:9",
        "the number of arguments is not right; write books(…) [missing-argument]"
      ),
      (
        "\\(words.books(n: 1))", "2:15",
        "the label 'n' is not right; write books(…) [unknown-argument]"
      ),
      (
        "\\(words.pageOf(1, pages: 2))", "2:16",
        "a label is missing; write pageOf(page: …, pages: …) [missing-label]"
      ),
      (
        "\\(words.readMore())", "2:9",
        "'readMore' of 'Words' takes no arguments; write it without parentheses [unknown-argument]"
      ),
      (
        "\\(book.tags.enumerated())", "2:13",
        "'enumerated()' stands only in \\(for (index, item) in list.enumerated()) [misplaced-call]"
      ),
      // types
      (
        "\\(book.published)", "2:3",
        "'Date' is not text; write \\(book.published.formatted(.long)) [not-text]"
      ),
      (
        "\\(book.published.formatted(.lnog))", "2:28",
        "there is no date style '.lnog'; did you mean '.long'? [unknown-style]"
      ),
      (
        "\\(book.published.formatted)", "2:18",
        "a date is written in a style: formatted(.long); there are '.iso', '.long', '.short', '.time', '.dateTime' and '.zone' [missing-argument]"
      ),
      (
        "\\(book.isInPrint)", "2:3",
        "'Bool' is not text; write \\(if book.isInPrint)…\\(end) [not-text]"
      ),
      (
        "\\(book.tags)", "2:3",
        "'[String]' is not text; write \\(book.tags.joined(separator: \", \")) [not-text]"
      ),
      ("\\(books)", "2:3", "'[Book]' is not text; write \\(for item in books)…\\(end) [not-text]"),
      ("\\(book)", "2:3", "'Book' is not text; write one of its members, \\(book.…) [not-text]"),
      (
        "\\(book.subtitle)", "2:3",
        "'book.subtitle' may be missing; write \\(if let subtitle = book.subtitle) around it, or book.subtitle ?? … [optional-not-unwrapped]"
      ),
      (
        "\\(book.writer.name)", "2:3",
        "'book.writer' may be missing; write book.writer?.name, or use it inside \\(if let …) [optional-not-unwrapped]"
      ),
      (
        "\\(\"a \\(book.subtitle)\")", "2:8",
        "'book.subtitle' may be missing; write \\(if let subtitle = book.subtitle) around it, or book.subtitle ?? … [optional-not-unwrapped]"
      ),
      (
        "\\(if book.title)\\(end)", "2:6",
        "a condition is a 'Bool', and 'book.title' is 'String'; write !book.title.isEmpty [not-a-condition]"
      ),
      (
        "\\(if book.subtitle)\\(end)", "2:6",
        "a condition is a 'Bool', and 'book.subtitle' is 'String?'; write book.subtitle != nil, or let … = book.subtitle [not-a-condition]"
      ),
      (
        "\\(if !book.pages)\\(end)", "2:7",
        "a condition is a 'Bool', and 'book.pages' is 'Int'; write book.pages > 0 [not-a-condition]"
      ),
      (
        "\\(if let t = book.title)\\(end)", "2:14",
        "'book.title' is 'String' and never missing; 'if let' is for values that may be [not-optional]"
      ),
      (
        "\\(book.title ?? \"\")", "2:3",
        "'book.title' is 'String' and never missing; leave out the '??' [not-optional]"
      ),
      (
        "\\(book?.title ?? \"\")", "2:7",
        "'book' is 'Book' and never missing; write '.' for '?.' [not-optional]"
      ),
      (
        "\\(book.title == nil ? 1 : 2)", "2:3",
        "'book.title' is 'String' and never nil [not-optional]"
      ),
      (
        "\\(book.pages == \"1\" ? 1 : 2)", "2:3",
        "'Int' cannot be compared with 'String' [type-mismatch]"
      ),
      ("\\(book < book ? 1 : 2)", "2:3", "values of 'Book' have no '<' [type-mismatch]"),
      ("\\(books == books ? 1 : 2)", "2:3", "values of '[Book]' have no '==' [type-mismatch]"),
      (
        "\\(book.pages + \"1\")", "2:3",
        "'book.pages' is 'Int', and 'String' is wanted here [type-mismatch]"
      ),
      (
        "\\(book.isInPrint ? 1 : \"1\")", "2:20",
        "both values of '? :' have one type, and these are 'Int' and 'String' [type-mismatch]"
      ),
      (
        "\\(for x in book)\\(end)", "2:12",
        "'for' goes through a list, and 'book' is 'Book' [type-mismatch]"
      ),
      (
        "\\(for (i, x) in books)\\(end)", "2:7",
        "the index comes from 'enumerated()'; write books.enumerated() [type-mismatch]"
      ),
      (
        "\\(for x in books.enumerated())\\(end)", "2:7",
        "'enumerated()' gives an index too; write \\(for (index, x) in books.enumerated()) [type-mismatch]"
      ),
      (
        "\\(books.joined(separator: \",\"))", "2:9",
        "'joined' is for '[String]', and 'books' is '[Book]'; use \\(for … in books) [type-mismatch]"
      ),
      ("\\(let x = nil)", "2:11", "'nil' has no type here [type-mismatch]"),
      ("\\(nil)", "2:3", "'nil' has no type here [type-mismatch]"),
      ("\\(nil ?? \"x\")", "2:3", "'nil' has no type here [type-mismatch]"),
      ("\\(nil.count)", "2:3", "'nil' has no type here [type-mismatch]"),
      ("\\(for x in nil)a\\(end)", "2:12", "'nil' has no type here [type-mismatch]"),
      ("\\(if nil)a\\(end)", "2:6", "'nil' has no type here [type-mismatch]"),
      ("\\(if nil == nil)a\\(end)", "2:6", "'nil' has no type here [type-mismatch]"),
      ("\\(if !nil)a\\(end)", "2:7", "'nil' has no type here [type-mismatch]"),
      (
        "\\(if book.isInPrint || nil)a\\(end)", "2:24",
        "'nil' has no type here [type-mismatch]"
      ),
      ("\\(if let x = nil)a\\(end)", "2:14", "'nil' has no type here [type-mismatch]"),
      (
        "\\(let x = book.isInPrint ? nil : nil)", "2:34",
        "'nil' has no type here [type-mismatch]"
      ),
      (
        "\\(book.isInPrint ? nil : book.titel)", "2:31",
        "'Book' has no member 'titel'; did you mean 'title'? [unknown-member]"
      ),
      (
        "\\(book.titel ?? nil)", "2:8",
        "'Book' has no member 'titel'; did you mean 'title'? [unknown-member]"
      ),
      ("\\(let x = [])", "2:11", "'[]' stands only where a list is wanted [type-mismatch]"),
      // form
      (
        "\\(book.title", "2:1",
        "this '\\(' has no ')'; to write the two signs themselves, write '\\\\(' [syntax]"
      ),
      ("\\()", "2:1", "there is nothing in these parentheses [syntax]"),
      ("\\(book.)", "2:8", "something is missing here: the name of a member [syntax]"),
      (
        "\\(book title)", "2:8",
        "'title' cannot stand here; there should be an operator or ')' [syntax]"
      ),
      ("\\(book[0])", "2:7", "lists have no '[…]'; use '.first', '.prefix(4)' or 'for' [syntax]"),
      (
        "\\(other!.title)", "2:8",
        "there is no '!' after a value; use '?.', '??' or \\(if let …) [syntax]"
      ),
      ("\\('a')", "2:3", "text stands in double quotes [syntax]"),
      (
        "\\(\"\\q\")", "2:4",
        "this is no escape of Swift; there are \\n \\t \\r \\\" \\\\ and \\u{…} [syntax]"
      ),
      ("\\(null)", "2:3", "there is no 'null'; write 'nil' [syntax]"),
      ("\\([1])", "2:3", "a list is written only when it is empty, '[]' [syntax]"),
      ("\\(1.5)", "2:3", "numbers are whole [syntax]"),
      ("\\(99999999999999999999)", "2:3", "the number is too large [syntax]"),
      ("\\(if book.pages = 1)\\(end)", "2:17", "values are compared with '==' [syntax]"),
      (
        "\\(if 1 < 2 < 3)\\(end)", "2:12",
        "comparisons are not chained; join them with '&&' [syntax]"
      ),
      ("\\(if true and true)\\(end)", "2:11", "there is no 'and'; write '&&' [syntax]"),
      ("\\(if book.isInPrint)", "2:1", "this 'if' has no \\(end) [unclosed-directive]"),
      ("\\(for x in books)", "2:1", "this 'for' has no \\(end) [unclosed-directive]"),
      ("\\(end)", "2:1", "nothing is open that '\\(end)' could end [stray-end]"),
      ("\\(else)", "2:1", "this 'else' belongs to no 'if' or 'for' [stray-else]"),
      (
        "\\(if true)\\(else)\\(else)\\(end)", "2:18",
        "this 'else' belongs to no 'if' or 'for' [stray-else]"
      ),
      (
        "\\(for x in books)\\(else if true)\\(end)", "2:18",
        "a 'for' has a plain 'else', for an empty list, and no 'else if' [stray-else]"
      ),
      ("\\(iff book.isInPrint)\\(end)", "2:3", "there is no 'iff'; write 'if' [syntax]"),
      ("\\(foreach x in books)\\(end)", "2:3", "there is no 'foreach'; write 'for' [syntax]"),
      (
        "\\(if true)\\(elif false)\\(end)", "2:13", "there is no 'elif'; write 'else if' [syntax]"
      ),
      (
        "\\(template x())", "2:12",
        "a file holds one template, and this is its second header [second-header]"
      ),
      // HTML around values
      (
        "\\(if true)<a href=\"\\(end)x", "2:1",
        "this 'if' begins in text and ends in the value of 'href'; it has to end where it began [state-mismatch]"
      ),
      (
        "\\(if true)<a>\\(else)<a \\(end)x", "2:1",
        "the branches of this 'if' end in different places: in text and in the tag <a> [state-mismatch]"
      ),
      (
        "\\(for x in books)<a \\(end)x", "2:1",
        "this loop begins in text and ends in the tag <a>; it has to end where it began [state-mismatch]"
      ),
      (
        "<p>\n<a href=\"x", "3:1",
        "the template ends in the value of 'href', which began here [state-mismatch]"
      ),
      ("<title>x", "2:1", "the template ends inside <title>, which began here [state-mismatch]"),
      (
        "<svg><path d=\"M0\"/>", "2:20",
        "an <svg> or <math> of the template is not closed [state-mismatch]"
      ),
      (
        "<p class=\"x\"id=\"y\">", "2:13",
        "'i' cannot stand here: white space or '>' has to stand before it [malformed-html]"
      ),
      (
        "<p \"x\">", "2:4",
        "'\"' cannot stand here: the name of an attribute has to stand here [malformed-html]"
      ),
    ] as [(String, String, String)])
  func message(body: String, place: String, message: String) {
    let others = [
      "base": "\\(template base())\n\\(content)",
      "card": "\\(template card(book: Book, large: Bool = false))\n\\(book.title)",
      "go": "\\(template go(to: URL))\n<a href=\"\\(to)\">",
    ]
    let (program, errors) = Library.compile(body, others)
    #expect(program == nil)
    #expect(errors == ["templates/page.html:\(place): error: \(message)"])
  }

  @Test(
    "in a header or a file is told with its place",
    arguments: [
      ("", "1:1", "the file is empty; it starts with \\(template card()) [empty-template]"),
      (" \n\n", "1:1", "the file is empty; it starts with \\(template card()) [empty-template]"),
      ("<p>", "1:1", "a template starts with its header, \\(template card()) [missing-header]"),
      (
        "\\(template crad())", "1:12",
        "the template is called 'crad', and its file 'card.html' [wrong-name]"
      ),
      (
        "\\(template card(b: Bok))", "1:20",
        "there is no type 'Bok'; did you mean 'Book'? [unknown-type]"
      ),
      (
        "\\(template card(b: Int, b: Int))", "1:25", "'b' is declared here already [duplicate-name]"
      ),
      (
        "\\(template card(b: Int = \"1\"))", "1:26",
        "this default value is no 'Int' [type-mismatch]"
      ),
      (
        "\\(template card(b: Int = house))", "1:26",
        "a default value is a literal: text, a number, true, false, nil or [] [type-mismatch]"
      ),
      (
        "\\(template card(b Int))", "1:19",
        "'Int' cannot stand here; there should be ':' and a type [syntax]"
      ),
      (
        "\\(template card())\na\u{0}b", "2:2",
        "there is a zero byte here; save the file as UTF-8 [bad-encoding]"
      ),
    ] as [(String, String, String)])
  func header(text: String, place: String, message: String) {
    let (program, errors) = Library.compile("", ["card": text])
    #expect(program == nil)
    #expect(errors == ["templates/card.html:\(place): error: \(message)"])
  }

  @Test("is told for bytes that are not UTF-8")
  func encoding() {
    var files = [Library.file("page", Library.header + "x")]
    files[0].bytes += [0xC3, 0x28]
    let (_, diagnostics) = Templates.compile(files: files, schema: Library.schema)
    #expect(
      diagnostics.map(\.description) == [
        "templates/page.html:2:2: error: the file is not valid UTF-8 here; save it as UTF-8 [bad-encoding]"
      ])
  }

  @Test("is told for a template that the program calls and that is missing or called otherwise")
  func roots() {
    func errors(_ files: [TemplateFile]) -> [String] {
      Templates.compile(files: files, schema: Library.schema).1.map(\.description)
    }
    #expect(
      errors([]) == [
        "page.html: error: there is no template 'page'; it starts with "
          + "\\(template page(book: Book, books: [Book], other: Book?)) [missing-template]"
      ])
    #expect(
      errors([Library.file("page", "\\(template page(book: [Book], extra: Int))")]) == [
        "templates/page.html:1:17: error: the program gives 'book' as 'Book', not as '[Book]' [wrong-parameters]",
        "templates/page.html:1:31: error: the program calls 'page' as \\(template page(book: Book, "
          + "books: [Book], other: Book?)); others need a default value [wrong-parameters]",
      ])
    #expect(
      errors([Library.file("page", Library.header), Library.file("my-card", "\\(template a())")])
        .contains(
          "templates/my-card.html:1:1: error: a template's file is named as Swift names things; "
            + "call it 'my_card.html' [bad-name]"))
  }

  @Test("is told when a template would stand inside itself")
  func recursion() {
    let others = [
      "a": "\\(template a())\nx\\(b())", "b": "\\(template b())\n\n\\(c())",
      "c": "\\(template c())\n\\(a())", "d": "\\(template d())\n\\(layout e())\nd",
      "e": "\\(template e())\n\\(content)\\(d())",
    ]
    let (_, errors) = Library.compile("\\(a())", others)
    #expect(
      errors == [
        "templates/c.html:2:3: error: a template cannot stand inside itself: 'a' calls 'b' calls 'c' calls 'a' [template-recursion]",
        "templates/e.html:2:13: error: a template cannot stand inside itself: 'd' calls 'e' calls 'd' [template-recursion]",
      ])
  }

  @Test("is told of what is called by the program, and so is no layout")
  func contentOfRoot() {
    let body = "\\(if book.isInPrint)<p>\\(content)</p>\\(end)"
    #expect(
      Library.compile(body).errors == [
        "templates/page.html:2:24: error: the program calls 'page' itself; \\(content) stands only in "
          + "a layout of another name [misplaced-call]"
      ])
  }

  @Test("is told of calls that lead deeper than there is room for", arguments: [490, 600, 3_000])
  func depth(count: Int) {
    var others = ["t\(count)": "\\(template t\(count)())\nThe last."]
    for number in 0..<count {
      others["t\(number)"] = "\\(template t\(number)())\n\\(t\(number + 1)())"
    }
    let errors = Library.compile("\\(t0())", others).errors
    let place = "templates/t\(count - 500).html:1:1"
    #expect(
      errors
        == (count < 500
          ? []
          : [
            "\(place): error: templates call each other more than 500 deep from here; write some of "
              + "them into one [too-large]"
          ]))
  }

  @Test("comes with all others of all templates, in the order of the files, and with its line")
  func all() {
    let files = [
      Library.file("page", Library.header + "\\(a.b)\n<p>\\(book.x)</p> \\(let y = book.z)\\(y.q)"),
      Library.file("card", "\\(template card(b: Boook))\n\\(b.title)\\(house.name)\n\\(if x)"),
    ]
    let (program, diagnostics) = Templates.compile(files: files, schema: Library.schema)
    #expect(program == nil)
    #expect(
      diagnostics.map { "\($0.file) \($0.position?.line ?? 0) \($0.id)" } == [
        "templates/card.html 1 unknown-type", "templates/card.html 2 unknown-member",
        "templates/card.html 3 unclosed-directive", "templates/card.html 3 unknown-name",
        "templates/page.html 2 unknown-name", "templates/page.html 3 unknown-member",
        "templates/page.html 3 unknown-member",
      ])
    #expect(diagnostics[5].sourceLine == "<p>\\(book.x)</p> \\(let y = book.z)\\(y.q)")
  }

  @Test("never stops the compiler, whatever the bytes")
  func anything() {
    let valid =
      "\\(if book.x)<a href=\"\\(book.link)\">\\(for (i, b) in books.enumerated())\"\\(i)\\(end)"
    let bytes = Array((Library.header + valid + valid).utf8)
    var random = UInt64(1)
    for _ in 0..<2_000 {
      var changed = bytes
      for _ in 0..<3 {
        random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let place = Int(random >> 33) % changed.count
        switch random >> 20 & 3 {
        case 0: changed.remove(at: place)
        case 1: changed.insert(changed[Int(random >> 40) % changed.count], at: place)
        case 2: changed[place] = UInt8(truncatingIfNeeded: random >> 50)
        default: changed.swapAt(place, Int(random >> 24) % changed.count)
        }
      }
      let file = TemplateFile(name: "page", path: "page.html", bytes: changed)
      let (program, diagnostics) = Templates.compile(files: [file], schema: Library.schema)
      #expect((program == nil) == !diagnostics.isEmpty)
    }
  }
}
