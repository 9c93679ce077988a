import Testing

@testable import Broadsheet

@Suite("A value in a template") struct TemplateEscapingTests {
  static let hostile = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onclick='alert(1)",
    "</title><script>alert(1)</script>", "</textarea><b>", "-->", "]]>", "&lt;b&gt;", "&",
    "javascript:alert(1)", "JaVa\tScript:alert(1)", "data:text/html,<b>", "//evil.example/x",
    "\\\\evil.example", "a b", "a=b", "`", "\u{0}<b", "\u{2028}", "%22%3E", "?a=1&b=2#c", "", "</",
    "<!--", "{{x}}", "\n<b>\n", "../../x", ".evil.example", ":8080", "@evil.example", "ə İ 🙂",
  ]

  /// Places with a value, and how it comes out there.
  static let places: [(body: String, escaping: Escaping)] = [
    ("<p>\\(book.title)</p>", .text), ("<p class=\"\\(book.title)\">", .text),
    ("<p class='a \\(book.title) b'>", .text), ("<title>x \\(book.title)</title>", .text),
    ("<textarea>\\(book.title)</textarea>", .text),
    ("<a data-x=\"\\(book.title)\" aria-label='\\(book.title)'>x</a>", .text),
    ("<meta name=\"d\" content=\"\\(book.title)\">", .text),
    ("<a href=\"/search?q=\\(book.title)#\\(book.title)\">", .urlPart),
    ("<a href=\"tags/\\(book.title).html\">", .urlPart),
    ("<a href='mailto:\\(book.title)'>", .urlPart),
    ("<a href=\"https://a.example/\\(book.title)/\\(book.title)\">", .urlPart),
    ("<img srcset=\"\\(book.covers)\">", .text), ("<a href=\"\\(book.link)\">", .url),
    ("<a href=\"?u=\\(book.link)\">", .urlPart),
    ("<meta http-equiv=\"refresh\" content=\"0; url=\\(book.link)\">", .url),
    ("\\(note(text: book.title))", .text),
  ]

  static let others = [
    "note": "\\(template note(text: String))\n<i title=\"\\(text)\">\\(text)</i>"
  ]

  @Test("is escaped as its place needs", arguments: hostile)
  func escaping(value: String) {
    var library = Library(books: [Book(title: value, link: value, covers: value)])
    let store = TextStore()
    var writer = TextStore.Writer(store)
    let text = store[writer.add(value)]
    for (body, escaping) in Self.places {
      var escaped = ByteBuffer()
      escaped.append(.text(text), escaping)
      var expected = body
      if body.contains("note") { expected = "<i title=\"\\(book.title)\">\\(book.title)</i>" }
      for name in ["title", "link", "covers"] {
        expected = expected.replacing("\\(book.\(name))", with: escaped.string)
      }
      #expect(library.html(body, Self.others) == expected)
    }
  }

  @Test("never changes what tags and attributes a page has", arguments: hostile)
  func structure(value: String) {
    for (body, _) in Self.places {
      var plain = Library(books: [Book(title: "x", link: "x", covers: "x")])
      var library = Library(books: [Book(title: value, link: value, covers: value)])
      let expected = TokenStructure(of: plain.html(body, Self.others))
      #expect(!expected.names.isEmpty)
      #expect(TokenStructure(of: library.html(body, Self.others)) == expected)
    }
  }

  @Test("that is HTML goes in as it is, and numbers as digits")
  func html() {
    var library = Library()
    let body = "<div>\\(book.blurb)</div><i data-n=\"\\(-book.pages)\">\\(book.pages)</i>"
    #expect(
      library.html(body)
        == "<div><p>A <em>novel</em>.</p></div><i data-n=\"-275\">275</i>")
  }

  @Test("may be a whole attribute that depends on a condition, or a part of its value")
  func conditionalAttributes() {
    var library = Library()
    let body = """
      <a\\(if book.isInPrint) class="in"\\(end) \\(if book.pages > 999)hidden\\(end) \
      id="a\\(if true) b\\(else)\\(book.title)\\(end)"\\(for x in books) \\(if true)data-x="1"\\(end) \\(end)>
      <br\\(if true)/\\(end)>
      """
    #expect(library.html(body).hasPrefix("templates"))
    let sound = body.replacing("<br\\(if true)/\\(end)>", with: "<br />")
    #expect(library.html(sound) == "<a class=\"in\"  id=\"a b\" data-x=\"1\" >\n<br />")
  }

  @Test("does not disturb literal HTML of any kind")
  func literals() {
    var library = Library()
    let body = """
      <!DOCTYPE html>
      <!-- a <b> \\\\(x) -- > comment --><!--><!---><?pi?><![CDATA[ bogus>
      <p a = 'b' c=d e>1 < 2 & 3 &amp; 4 <3 </ p></p><br/><br />
      <script>if (a < b && c) { "</p>" }</script><style>a > b { }</style>
      <svg viewBox="0 0 1 1"><title><a href="x">y</a></title><![CDATA[ <p class=" ]]><path d="M0"/></svg>
      <TITLE>a </titl> <b></TITLE><textarea>"</textarea><img srcset='a 1x' onload="x()" style="a:b">

      """
    #expect(library.html(body) == body.replacing("\\\\(", with: "\\("))
  }

  @Test(
    "may stand nowhere where it could do harm",
    arguments: [
      (
        "<script>var a = \"\\(book.title)\"</script>", "2:18",
        "a value cannot stand inside <script>; put it into a 'data-' attribute, which the script can read [unsafe-place]"
      ),
      (
        "<STYLE>a { color: \\(book.title) }</STYLE>", "2:19",
        "a value cannot stand inside <style>; use a class, or a stylesheet of your own [unsafe-place]"
      ),
      (
        "<a onclick=\"\\(book.title)\">", "2:13",
        "'onclick' runs script and takes no value; put it into a 'data-' attribute [unsafe-place]"
      ),
      (
        "<a oNcLick='\\(book.pages)'>", "2:13",
        "'onclick' runs script and takes no value; put it into a 'data-' attribute [unsafe-place]"
      ),
      (
        "<a style=\"\\(book.title)\">", "2:11", "'style' takes no value; use a class [unsafe-place]"
      ),
      (
        "<iframe srcdoc=\"\\(book.title)\"></iframe>", "2:17",
        "'srcdoc' takes no value; place the HTML in the page [unsafe-place]"
      ),
      (
        "<meta http-equiv=\"\\(book.title)\">", "2:19", "'http-equiv' takes no value [unsafe-place]"
      ),
      (
        "<meta http-equiv=\"set-cookie\" content=\"\\(book.title)\">", "2:40",
        "'content' beside this 'http-equiv' takes no value [unsafe-place]"
      ),
      (
        "<meta content=\"\\(book.title)\" http-equiv=\"refresh\">", "2:42",
        "'http-equiv' stands before 'content' when that holds a value [unsafe-place]"
      ),
      (
        "<meta http-equiv=\"refresh\" content=\"\\(book.pages); url=a.html\">", "2:37",
        "a refresh takes a URL alone: content=\"0; url=\\(…)\" [unsafe-place]"
      ),
      (
        "<meta http-equiv=\"refresh\" content=\"0; url=\\(book.title)\">", "2:46",
        "'content' starts with a 'URL', and 'book.title' is 'String' [unsafe-url]"
      ),
      (
        "<svg width=\"\\(book.pages)\"></svg>", "2:13",
        "'width' belongs to an SVG or MathML element and takes no value; put it on an element of HTML around it [unsafe-place]"
      ),
      (
        "<svg><a href=\"\\(book.link)\"></a></svg>", "2:15",
        "'href' belongs to an SVG or MathML element and takes no value; put it on an element of HTML around it [unsafe-place]"
      ),
      (
        "<a class=\\(book.title)>", "2:10",
        "the value of 'class' needs quotes: class=\"…\" [unsafe-place]"
      ),
      (
        "<a class=x\\(book.title)>", "2:11",
        "the value of 'class' needs quotes: class=\"…\" [unsafe-place]"
      ),
      (
        "<\\(book.title)>", "2:2",
        "nothing may stand right after '<' here; for the sign itself write '&lt;' [unsafe-place]"
      ),
      (
        "</\\(book.title)>", "2:3",
        "nothing may stand right after '<' here; for the sign itself write '&lt;' [unsafe-place]"
      ),
      (
        "<h\\(book.pages)>", "2:3",
        "a value cannot be the name of a tag; write the tags out, with \\(if …) [unsafe-place]"
      ),
      (
        "<a \\(book.title)>", "2:4",
        "a value cannot be an attribute or its name; write it out, as \\(if …) name=\"…\"\\(end) [unsafe-place]"
      ),
      (
        "<a data-\\(book.title)=\"x\">", "2:9",
        "a value cannot be an attribute or its name; write it out, as \\(if …) name=\"…\"\\(end) [unsafe-place]"
      ),
      (
        "<!-- \\(book.title) -->", "2:6",
        "a value cannot stand in a comment of HTML; a comment of templates is \\(/* … */) [unsafe-place]"
      ),
      ("<!DOCTYPE \\(book.title)>", "2:11", "a value cannot stand in the doctype [unsafe-place]"),
      (
        "<xmp>\\(book.title)</xmp>", "2:6",
        "a value cannot stand inside <xmp>; use another element [unsafe-place]"
      ),
      (
        "<title>a <\\(book.title)</title>", "2:11",
        "nothing may stand right after '<' here; for the sign itself write '&lt;' [unsafe-place]"
      ),
      (
        "<title>a </tit\\(book.title)></title>", "2:15",
        "nothing may stand right after '<' here; for the sign itself write '&lt;' [unsafe-place]"
      ),
      (
        "<a hrref=\"\\(book.link)\">", "2:11",
        "'hrref' of <a> is not on the list of attributes that take a value; did you mean 'href'? [unsafe-place]"
      ),
      (
        "<a x=\"\\(book.link)\">", "2:7",
        "'x' of <a> is not on the list of attributes that take a value; use 'data-x' [unsafe-place]"
      ),
      (
        "<script type=\"\\(book.title)\"></script>", "2:15",
        "'type' of <script> is not on the list of attributes that take a value; use 'data-type' [unsafe-place]"
      ),
      ("<p>AT&\\(book.title);</p>", "2:7", "write '&amp;' for the '&' before this [unsafe-place]"),
      (
        "<a href=\"x&#\\(book.pages);y\">", "2:13",
        "write '&amp;' for the '&' before this [unsafe-place]"
      ),
      (
        "<p title=\"\\(book.blurb)\">", "2:13",
        "'book.blurb' is HTML and may stand only in text, not in 'title' [unsafe-place]"
      ),
      (
        "<title>\\(book.blurb)</title>", "2:10",
        "'book.blurb' is HTML and may stand only in text, not in 'title' [unsafe-place]"
      ),
      (
        "<title>\\(note(text: \"x\"))</title>", "2:8",
        "'note' writes HTML and may stand only in text; this is inside <title> [unsafe-place]"
      ),
      (
        "<p class=\"\\(note(text: \"x\"))\">", "2:11",
        "'note' writes HTML and may stand only in text; this is in the value of 'class' [unsafe-place]"
      ),
      (
        "<svg>\\(note(text: \"x\"))</svg>", "2:6",
        "'note' writes HTML and may stand only in text; this is inside <svg> [unsafe-place]"
      ),
      (
        "<p>\\(book.covers)</p>", "2:6",
        "'book.covers' is a 'SourceSet' and may stand only in 'srcset' [unsafe-place]"
      ),
      (
        "<img srcset=\"\\(book.link)\">", "2:16",
        "'srcset' takes a 'SourceSet', and 'book.link' is 'URL' [unsafe-place]"
      ),
      (
        "<img srcset=\"a 1x, \\(book.covers)\">", "2:20",
        "the value of 'srcset' is one 'SourceSet' alone [unsafe-place]"
      ),
      (
        "<script>\"<!--\"</script>", "2:10",
        "'<!' in a script may change where the script ends; write '\\x3c!' [malformed-html]"
      ),
      // URLs
      (
        "<a href=\"\\(book.title)\">", "2:12",
        "'href' starts with a 'URL', and 'book.title' is 'String' [unsafe-url]"
      ),
      (
        "<img src=' \\(book.pages)'>", "2:14",
        "'src' starts with a 'URL', and 'book.pages' is 'Int' [unsafe-url]"
      ),
      (
        "<a href=\"https://\\(book.title)/\">", "2:18",
        "a value cannot be part of the host in 'href'; only a whole 'URL' can [unsafe-url]"
      ),
      (
        "<a href=\"https:\\(book.title)/\">", "2:16",
        "a value cannot be part of the host in 'href'; only a whole 'URL' can [unsafe-url]"
      ),
      (
        "<a href=\"//a.\\(book.title)/\">", "2:14",
        "a value cannot be part of the host in 'href'; only a whole 'URL' can [unsafe-url]"
      ),
      (
        "<a href=\"/\\(book.title)/\\(book.title)\">", "2:25",
        "a value cannot be part of the host in 'href'; only a whole 'URL' can [unsafe-url]"
      ),
      (
        "<a href=\"\\(book.link)\\(book.title)\">", "2:22",
        "between a 'URL' and another value in 'href' stands '/', '?' or '#' [unsafe-url]"
      ),
      (
        "<a href=\"java\\(book.title):x\">", "2:27",
        "in 'href' a ':' may not follow a value that could be a scheme [unsafe-url]"
      ),
      (
        "<a href=\"\\(if true)x?\\(else)\\(book.link)\\(end)\\(book.title)\">", "2:47",
        "the branches before this leave open where in the URL of 'href' it stands [unsafe-url]"
      ),
      (
        "<a href=\"javascript:x()\">", "2:10",
        "'href' may not hold a 'javascript:' URL [unsafe-url]"
      ),
      (
        "<a href=\" JaVa\tScript:x()\">", "2:10",
        "'href' may not hold a 'javascript:' URL [unsafe-url]"
      ),
      (
        "<a href=\"&#106;ava&#x73;cript&colon;x()\">", "2:10",
        "'href' may not hold a 'javascript:' URL [unsafe-url]"
      ),
      ("<a href=javascript:x()>", "2:9", "'href' may not hold a 'javascript:' URL [unsafe-url]"),
      (
        "<form action='vbscript:x'>", "2:15", "'action' may not hold a 'vbscript:' URL [unsafe-url]"
      ),
      (
        "<object data=\"data:text/html,x\">", "2:15",
        "'data' may not hold a 'data:' URL [unsafe-url]"
      ),
      (
        "<svg><a xlink:href=\"javascript:x\"></a></svg>", "2:21",
        "'xlink:href' may not hold a 'javascript:' URL [unsafe-url]"
      ),
      (
        "<meta http-equiv=refresh content=\"0;URL=javascript:x\">", "2:35",
        "'content' may not hold a 'javascript:' URL [unsafe-url]"
      ),
    ] as [(String, String, String)])
  func refused(body: String, place: String, message: String) {
    let (program, errors) = Library.compile(body, Self.others)
    #expect(program == nil)
    #expect(errors == ["templates/page.html:\(place): error: \(message)"])
  }
}

/// The tags of a page with the names of their attributes, as a browser finds them: a second, plain
/// tokenizer, against which the first is checked.
struct TokenStructure: Equatable {
  var names: [String] = []

  init(of html: String) {
    var rest = Substring(html)
    while let open = rest.firstIndex(of: "<") {
      rest = rest[rest.index(after: open)...]
      guard let first = rest.first, first.isLetter || first == "/" || first == "!" else { continue }
      let name = rest.prefix { !$0.isWhitespace && $0 != ">" }
      rest = rest.dropFirst(name.count)
      var attributes: [String] = []
      while let next = rest.first, next != ">" {
        rest = rest.drop { $0.isWhitespace }
        let attribute = rest.prefix { $0 != "=" && $0 != ">" && !$0.isWhitespace }
        rest = rest.dropFirst(attribute.count)
        if !attribute.isEmpty { attributes.append(String(attribute)) }
        guard rest.first == "=" else { continue }
        rest = rest.dropFirst()
        guard let quote = rest.first, quote == "\"" || quote == "'" else { continue }
        rest = rest.dropFirst()
        rest = rest.drop { $0 != quote }.dropFirst()
      }
      names.append(name + " " + attributes.joined(separator: " "))
      guard ["title", "textarea"].contains(name) else { continue }
      if let end = rest.firstRange(of: "</\(name)>") { rest = rest[end.lowerBound...] }
    }
  }
}

@Suite("An expression in an attribute") struct AttributeExpressionTests {
  @Test("may follow a long word of literal HTML, which is read once", .timeLimit(.minutes(1)))
  func longWord() {
    let word = String(repeating: "a", count: 300_000)
    var library = Library(books: [Book(title: "b c")])
    #expect(
      library.html("<a href=\"\(word)/\\(book.title)\">x</a>")
        == "<a href=\"\(word)/b%20c\">x</a>")
    let (_, errors) = Library.compile("<a href=\"javascript:\(word)\">x</a>")
    #expect(errors.count == 1)
    #expect(Library.compile("<a href=\"javascripts:\(word)\">x</a>").errors == [])
  }
}
