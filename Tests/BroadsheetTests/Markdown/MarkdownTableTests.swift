import Testing

@testable import Broadsheet

@Suite("A table in Markdown") struct MarkdownTableTests {
  @Test("is named by its caption, and has headers and numbers that line up")
  func table() {
    let conversion = Conversion(
      #"""
      - Turnout:

        ```table caption="Turnout by <city>, '24"
        City,"Voters, ""registered""",Turnout, Note
        Baku,"1,234",54.1%,"a
        b"
        "Gəncə & co", 98 ,–,<none>

        ```
      """#)
    #expect(
      conversion.html == #"""
        <ul>
        <li>
        <p>Turnout:</p>
        <div class="table" tabindex="0" role="region" aria-labelledby="table">
        <table>
        <caption id="table">Turnout by &lt;city&gt;, '24</caption>
        <thead>
        <tr><th scope="col">City</th><th scope="col" class="number">Voters, &quot;registered&quot;</th>\#
        <th scope="col" class="number">Turnout</th><th scope="col">Note</th></tr>
        </thead>
        <tbody>
        <tr><th scope="row">Baku</th><td class="number">1,234</td><td class="number">54.1%</td><td>a
        b</td></tr>
        <tr><th scope="row">Gəncə &amp; co</th><td class="number">98</td><td class="number">–</td>\#
        <td>&lt;none&gt;</td></tr>
        </tbody>
        </table>
        </div>
        </li>
        </ul>

        """#)
    #expect(conversion.messages == [])
  }

  @Test("has an id of its own, beside those of headings and other tables")
  func ids() {
    let html = Conversion(
      "# Table\n```table caption=a\nb\n1\n```\n~~~ table caption=“c d”\n,e\r\n1,2\n~~~",
      idPrefix: "s-"
    ).html
    #expect(html.contains("<h2 id=\"s-table\">"))
    #expect(html.contains("aria-labelledby=\"s-table-2\">\n<table>\n<caption id=\"s-table-2\">a<"))
    #expect(
      html.contains("aria-labelledby=\"s-table-3\">\n<table>\n<caption id=\"s-table-3\">c d<"))
    #expect(html.contains("<tr><td></td><th scope=\"col\" class=\"number\">e</th></tr>"))
  }

  @Test(
    "knows numbers as newspapers write them",
    arguments: [
      ("1", true), ("-1,234.5", true), ("1 234,5", true), ("+12 %", true), ("+12%", true),
      ("€3", true), ("−$40", true), ("3 млн", false), ("12.", false), ("1-2", false), ("", false),
      ("–", false), ("%", false), ("1\u{202F}000", true), ("10:30", false), ("2024-10-03", false),
    ])
  func numbers(cell: String, isNumber: Bool) {
    let html = Conversion("```table caption=a\nb,c\nd,\"\(cell)\"\n```").html
    #expect(html.contains("<td class=\"number\">") == isNumber)
  }

  @Test("keeps only the words of the fence as a code block where its language is another")
  func code() {
    #expect(
      Conversion("```tables\na,b\n```").html
        == "<pre><code class=\"language-tables\">a,b\n</code></pre>\n")
  }

  @Test(
    "that is wrong says where and why",
    arguments: [
      (
        "```table caption=a\n```",
        "1:1: error: the table is empty; its first line names the columns, "
          + "each further line is a row [empty-table]"
      ),
      (
        "```table caption=a\nb,c\n\n```",
        "1:1: error: the table has a header and no rows [empty-table]"
      ),
      (
        "a\n\n> ```table caption=a\n> b,c\n>   d,e\n>   f\n> ```",
        "6:3: error: this row has 1 field, the table's header 2 [ragged-table]"
      ),
      (
        "```table caption=a\nb,c\n\"d\ne\",f\n1,2,3\n```",
        "5:1: error: this row has 3 fields, the table's header 2 [ragged-table]"
      ),
      (
        "```table caption=a\nb,c\nd,\"e\n```\nf",
        "3:3: error: the quote that opens here is not closed in the table [unclosed-quote]"
      ),
      (
        "```table caption=a\nb,c\nd,\"e\"f\n```",
        "3:6: error: a quoted field ends at its closing quote; write a quote within it twice "
          + "[text-after-quote]"
      ),
      (
        "```table caption=a\nb;c\nd;e\n```",
        "2:1: error: the table's fields are separated by semicolons; use commas [table-separator]"
      ),
      (
        "```table captoin=\"a\" caption=b\nc\n1\n```",
        "1:10: error: a table has no attribute 'captoin'; did you mean 'caption'? [unknown-attribute]"
      ),
      (
        "```table caption=b sortable\nc\n1\n```",
        "1:20: error: a table has no attribute 'sortable'; only 'caption' is known "
          + "[unknown-attribute]"
      ),
      (
        "```table caption\nc\n1\n```",
        "1:10: error: a table's caption is written as caption=\"…\" [bad-attribute]"
      ),
      (
        "```table\nc\n1\n```",
        "1:1: warning: the table has no caption; write one as table caption=\"…\" "
          + "[table-without-caption]"
      ),
    ])
  func problems(text: String, message: String) {
    #expect(Conversion(text).messages == ["seeds/politics/talks.md:" + message])
  }
}
