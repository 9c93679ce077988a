import Foundation
import Testing

@testable import Broadsheet

@Suite("A reader's review") struct ReviewTests {
  private static let page = "politics/2024/10/talks.html"
  private static let plain = review()

  private static func review(
    name: String = "Rena", date: String = "2024-10-05", _ keys: String...,
    text: String = "Well put."
  ) -> String {
    (["---", "name: \(quoted(name))", "date: \(date)"] + keys + ["---", text, ""])
      .joined(separator: "\n")
  }

  private static func site(_ reviews: [String: String]) throws -> TemporarySite {
    var files = ["politics/talks.md": story("Talks"), "politics/votes.md": story("Votes")]
    for (name, text) in reviews { files["reviews/" + name] = text }
    return try TemporarySite(files)
  }

  @Test("stands under its story, counted, escaped, newest first") func shown() throws {
    let built = try Self.site([
      "politics/talks/b.md": Self.review(
        name: "Zaur <i>", "stars: 5", text: "One & *one*\nline.\n\n\n<script>alert(1)</script>"),
      "politics/talks/a.md": Self.review(date: "2024-10-06", "stars: 4", "status: approved"),
    ]).build()
    #expect(built.messages == [])
    let page = built[Self.page]
    #expect(page.contains("<h2>2 reviews <small>4.5 of 5 stars</small></h2>"))
    let (first, second) = (page.range(of: "Rena"), page.range(of: "Zaur &lt;i&gt;"))
    // In the structured data first, then on the page.
    #expect(try #require(first).lowerBound < (try #require(second)).lowerBound)
    #expect(page.contains("<p dir=\"auto\">One &amp; *one* line.</p>"))
    #expect(page.contains("<p dir=\"auto\">&lt;script&gt;alert(1)&lt;/script&gt;</p>"))
    #expect(page.contains("\"commentCount\":2,\"comment\":[{\"@type\":\"Comment\""))
    #expect(page.contains("\\u003Cscript\\u003E") || page.contains("\\u003cscript\\u003e"))
    #expect(Markup(page).tags.filter { $0.name == "script" }.count == 2)
    #expect(built.paths(holding: "Rena") == [Self.page])
  }

  @Test(
    "is in no byte of the output until it is approved and its date has come",
    arguments: [
      "politics/talks/a.md": review("status: pending"), "pending/politics/talks/a.md": plain,
      "politics/talks/b.md": review(date: "2024-10-11"),
      "politics/talks/c.md": review(
        "status: pending", "unknown: key"),
      "pending/politics/talks/d.md": "nonsense",
    ])
  func hidden(name: String, text: String) throws {
    let site = try Self.site([:])
    let before = try site.build()
    try site.write(text, to: "reviews/" + name)
    let after = try site.build()
    #expect(after.messages == [])
    #expect(after.differences(from: before) == [])
  }

  @Test("appears when its date has come, and when its file is moved") func appears() throws {
    let site = try Self.site([
      "politics/talks/a.md": Self.review(date: "2024-10-11 08:00"),
      "pending/politics/votes/b.md": Self.review(name: "Zaur"),
    ])
    let before = try site.build()
    #expect(before.paths(holding: "Rena") == [])
    let due = try site.build(now: "2024-10-11T08:00:00Z")
    #expect(due.differences(from: before) == [Self.page])
    try FileManager.default.createDirectory(
      atPath: site.path + "/seeds/reviews/politics/votes", withIntermediateDirectories: true)
    try FileManager.default.moveItem(
      atPath: site.path + "/seeds/reviews/pending/politics/votes/b.md",
      toPath: site.path + "/seeds/reviews/politics/votes/b.md")
    FileStamp.waitForNextMoment()
    let approved = try site.build(now: "2024-10-11T08:00:00Z")
    #expect(approved.differences(from: due) == ["politics/2024/10/votes.html"])
    #expect(approved.report.readCount == 1)
    #expect(try site.build(now: "2024-10-11T08:00:00Z").report.readCount == 0)
  }

  @Test("is held with its story, and goes with it") func heldStory() throws {
    let site = try Self.site([:])
    try site.write(story("Later", "2024-10-12"), to: "politics/later.md")
    try site.write(Self.plain, to: "reviews/politics/later/a.md")
    #expect(try site.build().paths(holding: "Rena") == [])
    let page = "politics/2024/10/later.html"
    #expect(try site.build(now: "2024-10-12T01:00:00Z").paths(holding: "Rena") == [page])
    try site.remove("politics/later.md")
    let gone = try site.build(now: "2024-10-12T01:00:00Z")
    #expect(gone.paths(holding: "Rena") == [])
    #expect(
      gone.messages == [
        "seeds/reviews/politics/later/a.md:1:1: warning: there is no story with the id "
          + "'politics/later': its reviews are left out; move the folder to the 'id' of its story, "
          + "or remove it [unknown-id]"
      ])
  }

  @Test("is found by the id that its story has wherever the file lies") func movedStory() throws {
    let site = try TemporarySite([
      "politics/talks.md": story("Talks", "2024-10-03", "id: talks/2024 x"),
      "reviews/talks/2024 x/a.md": Self.plain,
    ])
    #expect(try site.build().paths(holding: "Rena") == [Self.page])
    try site.remove("politics/talks.md")
    try site.write(story("Talks", "2024-10-03", "id: talks/2024 x"), to: "city/talks.md")
    #expect(try site.build().paths(holding: "Rena") == ["city/2024/10/talks.html"])
  }

  @Test("cannot turn, hide or break what stands around it") func hostile() throws {
    let built = try Self.site([
      "politics/talks/a.md": Self.review(
        name: "\u{202E}Re\u{2066}na\u{7}\u{FEFF}",
        text: "A\u{202E}b\u{2069}c\u{85}\u{1B}[31m\u{2028}d \u{200F}שלום 👩‍🚀\r\n\r\n</p></div><!--")
    ]).build()
    #expect(built.messages == [])
    let page = built[Self.page]
    for scalar in page.unicodeScalars {
      let value = scalar.value
      #expect(value >= 32 || value == 10)
      #expect(!(0x7F...0x9F).contains(value) && !(0x2028...0x202E).contains(value))
      #expect(!(0x2066...0x2069).contains(value) && value != 0xFEFF)
    }
    #expect(page.contains("<b dir=\"auto\">Rena</b>"))
    #expect(page.contains("<p dir=\"auto\">Abc[31md \u{200F}שלום 👩‍🚀</p>"))
    #expect(page.contains("<p dir=\"auto\">&lt;/p&gt;&lt;/div&gt;&lt;!--</p>"))
  }

  @Test(
    "that is wrong is an error with its file and line",
    arguments: [
      (
        review(name: String(repeating: "é", count: 10_000)), "2:7",
        "this name has 10000 characters; it may have 100 at most", "bad-name"
      ),
      (
        review(text: String(repeating: "word word\n", count: 10_000)), "1116:1",
        "the text is longer than 10000 characters from here on; shorten it", "long-review"
      ),
      (
        review(text: String(repeating: "x", count: 200_000)), "1:1",
        "the file has 200039 bytes; a review's text has 10000 characters at most: shorten it or "
          + "remove the file", "long-review"
      ),
      (
        review("stars: 6"), "4:8", "'stars' wants a whole number from 1 to 5, not '6'", "wrong-type"
      ),
      (
        review(date: "soon"), "3:7",
        "'soon' is not a date; write it as 2024-10-03 or "
          + "2024-10-03T18:40:00+04:00", "bad-date"
      ),
      (
        review("status: aproved"), "4:9", "'status' is pending or approved, not 'aproved'",
        "wrong-type"
      ),
      (
        review("rating: 4"), "4:1", "there is no key 'rating'; did you mean 'stars'?",
        "unknown-key"
      ),
      (
        "---\ndate: 2024-10-05\n---\nText\n", "1:1", "no name; add 'name: …', who wrote it",
        "missing-name"
      ),
      ("---\nname: R\n---\nText\n", "1:1", "no date; add 'date: 2024-10-03'", "missing-date"),
      (
        review(text: ""), "1:1",
        "the review says nothing; write its text under the front matter", "empty-review"
      ),
      (
        "Text\n", "1:1",
        "a review begins with its front matter: a line '---', then 'name: …' and "
          + "'date: 2024-10-03', then a line '---'", "front-matter"
      ),
      (
        review(text: "A\0B"), "5:2", "a NUL byte cannot stand in a text; save the file as UTF-8",
        "nul-byte"
      ),
    ])
  func wrong(text: String, place: String, message: String, id: String) throws {
    let built = try Self.site(["politics/talks/a.md": text]).build()
    #expect(
      built.messages.map { $0.components(separatedBy: "\n")[0] } == [
        "seeds/reviews/politics/talks/a.md:\(place): error: \(message) [\(id)]"
      ])
    #expect(built.files.isEmpty)
  }

  @Test("in bytes that are no UTF-8 is an error with its line") func notUTF8() throws {
    let site = try Self.site([:])
    try site.write(
      Array("---\nname: R\n---\n".utf8) + [0x41, 0xE9], to: "reviews/politics/talks/a.md")
    #expect(
      try site.build().messages.first?.contains("a.md:4:2: error: '\\xE9' is not UTF-8") == true)
  }

  @Test("in no story's folder, or in another kind of file, is told of") func misplaced() throws {
    let built = try Self.site(["a.md": Self.plain, "politics/talks/b.txt": "?"]).build()
    #expect(
      built.messages.map { String($0.prefix(52)) }
        == [
          "seeds/reviews/a.md:1:1: error: this is no story's fol",
          "seeds/reviews/politics/talks/b.txt: warning: nothing",
        ].map { String($0.prefix(52)) })
  }

  @Test("is one of a hundred shown, but all are counted") func many() throws {
    var reviews: [String: String] = [:]
    for number in 1000..<1150 {
      reviews["politics/talks/\(number).md"] = Self.review(name: "Reader \(number)")
    }
    let page = try Self.site(reviews).build()[Self.page]
    #expect(page.contains("<h2>150 reviews</h2>"))
    #expect(page.components(separatedBy: "<b dir=\"auto\">").count == 101)
    #expect(page.contains("\"commentCount\":150,"))
  }

  @Test("changes no page but those that show it") func pages() throws {
    let site = try Self.site(["politics/votes/a.md": Self.plain])
    try site.write(
      "\\(template headline(story: Article, level: Int = 2))\n"
        + "<h3><a href=\"\\(story.link)\">\\(story.title)</a> "
        + "\\(words.reviews(story.reviewCount))</h3>\n",
      to: "templates/headline.html")
    let before = try site.build()
    try site.write(Self.review(name: "Zaur"), to: "reviews/politics/talks/a.md")
    let after = try site.build()
    #expect(after.messages == [])
    #expect(after.differences(from: before).contains(Self.page))
    #expect(after.differences(from: before).allSatisfy { after.holds(in: $0, "1 review") })
    #expect(!after.differences(from: before).contains("politics/2024/10/votes.html"))
  }

  @Test("is written in a form that needs no script, where the site has an address for it")
  func form() throws {
    let built = try TemporarySite(
      ["politics/talks.md": story("Talks & votes")],
      configuration: TemporarySite.plainConfiguration + "review: https://a.example/post?a=1&b=2\n"
    ).build()
    #expect(built.messages == [])
    let page = Markup(built[Self.page])
    let form = try #require(page.tags.first { $0.name == "form" })
    #expect(form["method"] == "post")
    #expect(form["action"] == "https://a.example/post?a=1&b=2")
    let fields = page.tags.filter { ["input", "textarea", "select"].contains($0.name) }
    #expect(fields.compactMap { $0["name"] } == ["article", "website", "name", "stars", "text"])
    #expect(fields[0]["value"] == "politics/talks")
    #expect(page.tags.filter { $0.name == "label" }.count == 4)
  }
}
