import Testing

@testable import Broadsheet

@Suite("Markdown in an article") struct MarkdownFeatureTests {
  @Test(
    "leads links to the pages and files that the site makes of their sources",
    arguments: [
      (
        "[Budget](../economy/budget.md)",
        "<p><a href=\"../../../economy/2024/10/budget.html\">Budget</a></p>\n"
      ),
      (
        "[a *b*](talks.md?x=1&y#ə \"It's \\\"new\\\"\")",
        "<p><a href=\"talks.html?x=1&amp;y#%C9%99\" title=\"It's &quot;new&quot;\">a <em>b</em></a></p>\n"
      ),
      ("[a]\n\n[a]: <media/a b's.pdf>", "<p><a href=\"../media/a%20b&#x27;s.pdf\">a</a></p>\n"),
      (
        "<https://a.example/?a&b>",
        "<p><a href=\"https://a.example/?a&amp;b\">https://a.example/?a&amp;b</a></p>\n"
      ),
      ("[a](//a.example/talks.md)", "<p><a href=\"//a.example/talks.md\">a</a></p>\n"),
      ("[a](mailto:a@b.example)", "<p><a href=\"mailto:a@b.example\">a</a></p>\n"),
      ("[a](/x.html)", "<p><a href=\"/x.html\">a</a></p>\n"),
      ("[a](?page=2)", "<p><a href=\"?page=2\">a</a></p>\n"),
      ("x [held *story*](held.md) y", "<p>x held <em>story</em> y</p>\n"),
    ])
  func links(text: String, html: String) {
    let conversion = Conversion(text)
    #expect(conversion.html == html)
    #expect(conversion.messages == [])
  }

  @Test("marks the URLs of the site, so that a feed can put whole ones in their place")
  func marks() {
    let conversion = Conversion(
      "# Top\n\n[a](talks.md#part) [b](https://a.example) [c](#top)\n\n![d](media/port.jpg)",
      idPrefix: "s1-")
    let html = Array(conversion.html.utf8)
    let urls = conversion.marks.map { mark in
      let bytes = html[Int(mark.offset)..<Int(mark.offset + mark.count)]
      return String(decoding: bytes, as: UTF8.self) + " \(mark.suffixCount) \(mark.target)"
        + (mark.isPicture ? " picture" : "")
    }
    #expect(
      urls == [
        "talks.html#part 5 2", "#s1-top 7 -1", "../media/port.0a1b.jpg 0 10 picture",
      ])
  }

  @Test(
    "prints the text alone of a dead link, an empty one and an unsafe one, and says so",
    arguments: [
      (
        "see [the *x*](x.md).", "<p>see the <em>x</em>.</p>\n",
        "1:15: error: there is no file 'x.md' [dead-link]"
      ),
      (
        "[a](talk.md)", "<p>a</p>\n",
        "1:5: error: there is no file 'talk.md'; did you mean 'talks.md'? [dead-link]"
      ),
      (
        "![A *port*](media/prot.jpg)", "<p>A port</p>\n",
        "1:13: error: there is no picture 'media/prot.jpg'; did you mean 'media/port.jpg'? "
          + "[dead-link]"
      ),
      (
        "a ![b](x.jpg \"t\") c", "<p>a b c</p>\n",
        "1:8: error: there is no picture 'x.jpg' [dead-link]"
      ),
      (
        "[a](javascript:alert(1))", "<p>a</p>\n",
        "1:5: warning: 'javascript:alert(1)' is not a safe URL; of the link its text is printed "
          + "alone [unsafe-url]"
      ),
      (
        "![a](DATA:text/html,x)", "<p>a</p>\n",
        "1:6: warning: 'DATA:text/html,x' is not a safe URL; of the picture its alternative text "
          + "is printed alone [unsafe-url]"
      ),
      (
        "[a]()", "<p>a</p>\n",
        "1:5: warning: the link leads nowhere; its text is printed [empty-link]"
      ),
      (
        "# A\n\n[b](#c)", "<h2 id=\"a\">A</h2>\n<p><a href=\"#c\">b</a></p>\n",
        "3:5: warning: no heading of this text has the anchor '#c' [dead-anchor]"
      ),
    ])
  func deadLinks(text: String, html: String, message: String) {
    let conversion = Conversion(text)
    #expect(conversion.html == html)
    #expect(conversion.messages == ["seeds/politics/talks.md:" + message])
  }

  @Test(
    "makes no URL that runs a script, however it is spelled",
    arguments: [
      "[a](JaVaScRiPt:alert(1))", "[a](&#106;avascript:alert(1))", "[a](java&#10;script:alert(1))",
      "[a](&#1;javascript:alert(1))", "[a](<  javascript:alert(1)>)", "[a](\\javascript:alert(1))",
      "[a](javascript&colon;alert(1))", "[a](javascript\\:alert(1))", "<javascript:alert(1)>",
      "[a]\n\n[a]: vbscript:x", "![a](file:///etc/passwd)",
      "[a](data:text/html;base64,PHNjcmlwdD4=)",
      "[a](\u{A0}javascript:alert(1))", "[a](x \"\\\" onclick=\\\"alert(1)\")",
      "[a](\">\u{3C}script>)",
      "![\" onerror=\"alert(1)](cid:y)", "```\" onclick=\"x\n```", "[a](&Tab;javascript:alert(1))",
    ])
  func hostileURLs(text: String) {
    let html = Conversion(text).html.lowercased()
    for start in ["javascript:", "vbscript:", "file:", "data:"] {
      #expect(!html.contains("=\"" + start))
    }
    #expect(!html.contains("\" onclick=") && !html.contains("\" onerror="))
    #expect(!html.contains("<script") && !html.contains("=\" ") && !html.contains("=\"\t"))
  }

  @Test(
    "makes a figure of a picture that stands alone",
    arguments: [
      (
        "![The *port*](media/port.jpg \"The port of Baku, <2024>\")",
        """
        <figure>
        <img src="../media/port.0a1b.jpg" alt="The port" width="1600" height="1066" loading="lazy" decoding="async">
        <figcaption>The port of Baku, &lt;2024&gt;</figcaption>
        </figure>

        """
      ),
      (
        "a\n\n[![b](https://a.example/c.png)](talks.md 'd')\n\n- ![e](cid:f)",
        """
        <p>a</p>
        <figure>
        <a href="talks.html" title="d"><img src="https://a.example/c.png" alt="b" loading="lazy" decoding="async"></a>
        </figure>
        <ul>
        <li>
        <figure>
        <img src="cid:f" alt="e" loading="lazy" decoding="async">
        </figure>
        </li>
        </ul>

        """
      ),
      (
        "![a](cid:b \"t\") c",
        "<p><img src=\"cid:b\" alt=\"a\" title=\"t\" loading=\"lazy\" decoding=\"async\"> c</p>\n"
      ),
    ])
  func figures(text: String, html: String) {
    let conversion = Conversion(text)
    #expect(conversion.html == html)
    #expect(conversion.messages == [])
  }

  @Test("drops the link of a figure that leads nowhere, and all of a figure without a picture")
  func deadFigures() {
    let conversion = Conversion(
      "[![a](media/port.jpg)](x.md)\n\n[![b](x.jpg)](talks.md)\n\n![](media/port.jpg)")
    #expect(
      conversion.html == """
        <figure>
        <img src="../media/port.0a1b.jpg" alt="a" width="1600" height="1066" loading="lazy" decoding="async">
        </figure>
        <p>b</p>
        <figure>
        <img src="../media/port.0a1b.jpg" alt="" width="1600" height="1066" loading="lazy" decoding="async">
        </figure>

        """)
    #expect(conversion.marks.map(\.target) == [10, 10])
    #expect(
      conversion.messages == [
        "seeds/politics/talks.md:1:24: error: there is no file 'x.md' [dead-link]",
        "seeds/politics/talks.md:3:7: error: there is no picture 'x.jpg' [dead-link]",
        "seeds/politics/talks.md:5:5: warning: the picture 'media/port.jpg' has no alternative text; "
          + "write in its brackets what it shows [picture-without-alt]",
      ])
  }

  @Test(
    "begins headings at h2, each with an id of its own",
    arguments: [
      ("# A\n## B\n###### C", "<h2 id=\"a\">A</h2>\n<h3 id=\"b\">B</h3>\n<h6 id=\"c\">C</h6>\n"),
      ("## A", "<h2 id=\"a\">A</h2>\n"),
      (
        "> #### A\n\n###### B",
        "<blockquote>\n<h2 id=\"a\">A</h2>\n</blockquote>\n<h4 id=\"b\">B</h4>\n"
      ),
      (
        "# Talks\n# talks!\n# Talks 2\n# *Talks*",
        "<h2 id=\"talks\">Talks</h2>\n<h2 id=\"talks-2\">talks!</h2>\n"
          + "<h2 id=\"talks-2-2\">Talks 2</h2>\n<h2 id=\"talks-3\"><em>Talks</em></h2>\n"
      ),
      (
        "# Что дальше — и *когда*?",
        "<h2 id=\"что-дальше-и-когда\">Что дальше — и <em>когда</em>?</h2>\n"
      ),
      ("Əsas\n`kod`_x\n===", "<h2 id=\"əsas-kod_x\">Əsas\n<code>kod</code>_x</h2>\n"),
      (
        "# ?!\n# &lt;b&gt; \"c\"",
        "<h2 id=\"section\">?!</h2>\n<h2 id=\"b-c\">&lt;b&gt; &quot;c&quot;</h2>\n"
      ),
      ("#", "<h2 id=\"section\"></h2>\n"),
    ])
  func headings(text: String, html: String) {
    let conversion = Conversion(text)
    #expect(conversion.html == html)
    #expect(conversion.messages == [])
  }

  @Test("links to its own headings, written as they are or percent-encoded")
  func anchors() {
    let conversion = Conversion("# Əsas\n\n[a](#əsas) [b](#%C9%99sas) [c](#) [d](#top)")
    #expect(conversion.messages == [])
    #expect(conversion.html.contains("<a href=\"#%C9%99sas\">a</a> <a href=\"#%C9%99sas\">b</a>"))
  }

  @Test("leaves raw HTML out, and warns once for each piece")
  func html() {
    let conversion = Conversion(
      "---\ntitle: x\n---\na <b>c</b>\n\n<div\nclass=\"x\">\n\n<i></i>\n\n> x\n> y <!-- z --> w",
      bodyStart: 17)
    #expect(conversion.html == "<p>a c</p>\n<blockquote>\n<p>x\ny  w</p>\n</blockquote>\n")
    let file = "seeds/politics/talks.md:"
    #expect(
      conversion.messages == [
        file + "4:3: warning: the raw HTML '<b>' is left out; write it in Markdown [raw-html]",
        file + "4:7: warning: the raw HTML '</b>' is left out; write it in Markdown [raw-html]",
        file + "6:1: warning: the raw HTML '<div' is left out; write it in Markdown [raw-html]",
        file + "9:1: warning: the raw HTML '<i>' is left out; write it in Markdown [raw-html]",
        file + "9:4: warning: the raw HTML '</i>' is left out; write it in Markdown [raw-html]",
        file
          + "12:5: warning: the raw HTML '<!-- z -->' is left out; write it in Markdown [raw-html]",
      ])
  }

  @Test("takes wire copy a paragraph a line, whatever signs it holds")
  func wireCopy() {
    var converter = MarkdownConverter()
    var buffer = ByteBuffer()
    converter.convert(
      wireCopy: ByteSlice("# Not a *heading* & <b>\r\n\n  \"Quoted\"  \n1. It's\n"), into: &buffer)
    #expect(
      buffer.string == "<p># Not a *heading* &amp; &lt;b&gt;</p>\n<p>&quot;Quoted&quot;</p>\n"
        + "<p>1. It's</p>\n")
    #expect(converter.marks.isEmpty && converter.diagnostics.isEmpty)
  }

  @Test(
    "has its first paragraph as a summary",
    arguments: [
      ("# Title here\n\nOne *two*three\n`four`  five.\n\nSix", "One twothree four five."),
      ("![a b](c \"d\")\n\nText &amp; &lt;more&gt;  \nhere", "Text & <more> here"),
      ("- item *one*\n- two\n\n> quote\n\nlast", "last"),
      ("> only a quote\n\n```\nnot counted\n```", "only a quote"),
      ("a<b>b</b>c d\u{A0}e <!-- no -->", "abc d\u{A0}e"), ("[link\ntext](x.md) ", "link text"),
      ("", ""), ("# Only", ""),
      ("12345678*12345678*9 y\\\nz", "12345678123456789 y z"),
      ("[a] b\n\nc\n\nd\n\n[a]: x.md\n", "a b"), ("[a]: x.md\n\n[a] b\n\nc\n\nd", "a b"),
      ("[a] b\n\nc\n\nd", "[a] b"), ("<!--\n\na\n\nb\n\n-->\n\nc", "c"),
      ("```\na\n\nb\n\nc\n```\n\nd", "d"), ("- a\n\n  b\n\n  c\n\nd", "d"),
      ("> a\n\n> b\n\n> c", "a"), ("\n \n\na\n\nb\n\nc", "a"), ("a\n===\n\n![b](c)\n\nd\n\ne", "d"),
      ("a\r\n\r\nb\r\n\r\nc", "a"),
    ])
  func summary(text: String, summary: String) {
    var converter = MarkdownConverter()
    #expect(converter.summary(of: text) == summary)
  }

  @Test("has the same summary whether or not all of it has to be parsed for it")
  func summaries() throws {
    let examples = try CommonMarkExample.all()
    var converter = MarkdownConverter()
    var found = 0
    for example in examples where !example.markdown.contains("]:") {
      let text = example.markdown + "\n\nsecond\n\nthird\n\nfourth"
      // Where there is a reference, though nothing refers to it, the whole text is parsed.
      let whole = converter.summary(of: text + "\n\n[a b c d e]: f\n")
      let head = converter.summary(of: text)
      #expect(head == whole, "\(example.markdown)")
      if head != "second" { found += 1 }
    }
    #expect(found > 100)
  }

  @Test("is the same from a converter that has seen other texts, small and large")
  func reuse() {
    var converter = MarkdownConverter()
    let text = Array("# A\n\n[b](talks.md) ![c](x.png)\n\n<p>".utf8)
    let first = Conversion(text, with: &converter)
    for size in [10, 300_000, 3_000_000, 5] {
      _ = Conversion(
        Array(String(repeating: "x *y* [z](#q)\n\n", count: size / 15).utf8), with: &converter)
      let again = Conversion(text, with: &converter)
      #expect(again.html == first.html)
      #expect(again.messages == first.messages && again.marks == first.marks)
    }
  }

  @Test("is the same from converters on several threads")
  func threads() {
    let texts = (0..<200).map {
      "# Text \($0)\n\n" + String(repeating: "*a* [b](talks.md)\n", count: $0)
    }
    let expected = texts.map { Conversion($0).html }
    let made = inParallel(texts.count, width: 4, batch: 3) { _, batches in
      var mine: [Int: String] = [:]
      var converter = MarkdownConverter()
      while let range = batches.take() {
        for index in range {
          mine[index] = Conversion(Array(texts[index].utf8), with: &converter).html
        }
      }
      return mine
    }
    for part in made {
      for (index, html) in part { #expect(html == expected[index]) }
    }
  }
}

extension MarkdownConverter {
  fileprivate mutating func summary(of text: String) -> String {
    var source = ByteBuffer()
    source.append(text)
    var buffer = ByteBuffer()
    appendSummary(of: source.slice, to: &buffer)
    return buffer.string
  }
}
