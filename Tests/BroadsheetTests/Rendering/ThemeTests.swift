import Foundation
import Testing

@testable import Broadsheet

@Suite("A site's own theme") struct ThemeTests {
  private static let talks = ["politics/talks.md": story("Talks", "2024-10-03", "tags: [Port]")]

  private static let notFound = """
    \\(template notfound())
    <!DOCTYPE html>
    <html lang="\\(page.language)">
    <head><meta charset="utf-8"><title>\\(page.title)</title></head>
    <body><p>Gone fishing. <a href="\\(site.home)">\\(words.front)</a></p></body>
    </html>

    """

  @Test("overrides the default one file by file: in the source folder, then by option")
  func overrides() throws {
    let site = try TemporarySite(["politics/talks.md": story("Talks")])
    try site.write(Self.notFound, to: "templates/notfound.html")
    let own = try site.build()
    #expect(own.messages == [])
    #expect(own.holds(in: "404.html", "Gone fishing. <a href=\"/\">Front page</a>"))
    #expect(own.holds(in: "index.html", "class=\"skip\""))
    #expect(own.files.keys.filter { $0.contains("template") } == [])
    try site.write(
      Self.notFound.replacingOccurrences(of: "fishing", with: "sailing"),
      to: "../other/notfound.html")
    let other = try site.build { $0.templates = [site.path + "/other"] }
    #expect(other.holds(in: "404.html", "Gone sailing."))
  }

  @Test("that is wrong is told with file, line and column, and nothing is published")
  func wrong() throws {
    let site = try TemporarySite(["politics/talks.md": story("Talks")])
    let first = try site.build()
    try site.write(
      "\\(template article(article: Article))\n<h1>\\(article.headlin)</h1>\n"
        + "<a href=\"\\(article.title)\">x</a>\n", to: "templates/article.html")
    try site.write("", to: "templates/tag.html")
    try site.write(
      "\\(template card(story: Article))\n\\(card(story: story))\n", to: "templates/card.html")
    let built = try site.build()
    #expect(!built.report.isPublished)
    #expect(built.differences(from: first) == [])
    #expect(
      built.messages.contains(
        "seeds/templates/article.html:2:15: error: 'Article' has no member 'headlin'; did you mean "
          + "'title'? [unknown-member]"), "\(built.messages)")
    let ids = built.messages.map { $0.split(separator: "[").last.map(String.init) ?? "" }
    #expect(ids.contains("unsafe-url]") || ids.contains("unsafe-place]"), "\(ids)")
    #expect(ids.contains("empty-template]") && ids.contains("template-recursion]"), "\(ids)")
  }

  @Test("overrides and adds interface words one by one; a language must have all of them")
  func words() throws {
    let site = try TemporarySite(
      ["politics/talks.md": story("Talks")],
      configuration: "title: The Daily\nlanguages: [en, ru]\n")
    try site.write("words:\n  front: The front\n", to: "templates/strings/en.yaml")
    let built = try site.build()
    #expect(built.messages == [])
    #expect(built.holds(in: "404.html", ">The front<"))
    #expect(built.holds(in: "404.html", "Page not found"))
    try site.write(
      "words:\n  front: The front\n  fish: Fish\n", to: "templates/strings/en.yaml")
    let lacking = try site.build()
    #expect(
      lacking.messages == [
        "theme/strings/ru.yaml: error: the word 'fish' is missing; in English it is 'Fish' "
          + "[missing-word]"
      ])
  }

  @Test("needs words for every language of the site, in every form that its plurals have")
  func languages() throws {
    let site = try TemporarySite(
      ["politics/talks.md": story("Talks")], configuration: "title: T\nlanguages: [en, fr]\n")
    let without = try site.build()
    #expect(
      without.messages == [
        "seeds/site.yaml:2:12: error: there are no interface words for 'fr'; add "
          + "'templates/strings/fr.yaml' to the source folder [missing-words]"
      ])
    let russian = try TemporarySite(
      ["politics/talks.md": story("Talks")], configuration: "title: T\nlanguages: [en, ru]\n")
    try russian.write(
      "words:\n  stories: { one: \"{count} a\", other: \"{cuont} b\" }\n",
      to: "templates/strings/ru.yaml")
    let built = try russian.build()
    #expect(
      built.messages == [
        "seeds/templates/strings/ru.yaml: error: the word 'stories' has no form 'few' "
          + "[missing-form]",
        "seeds/templates/strings/ru.yaml: error: the word 'stories' has no form 'many' "
          + "[missing-form]",
        "seeds/templates/strings/ru.yaml: error: the word 'stories' has no place '{cuont}'; it has "
          + "{count} [unknown-place]",
      ])
  }

  @Test("tells that folders among its assets are left out")
  func assetFolders() throws {
    let site = try TemporarySite(["city/a.md": story("A")])
    try site.write("font", to: "templates/assets/fonts/x.woff2")
    try site.write("mine", to: "templates/assets/.hidden/x")
    let built = try site.build()
    #expect(
      built.messages == [
        "seeds/templates/assets/fonts: warning: folders in 'assets' are left out; put their files "
          + "into 'assets' itself [unknown-file]"
      ])
    #expect(!built.paths.contains { $0.contains("woff2") })
    try site.write("font", to: "templates/assets/x.woff2")
    #expect(try site.build().paths.contains { $0.hasSuffix(".woff2") })
  }

  @Test(
    "reads plural rules as CLDR writes them",
    arguments: [
      ("one", "n = 1", 1, 2), ("few", "n % 10 = 2..4 and n % 100 != 12..14", 23, 13),
      ("many", "n % 10 = 0 or n % 10 = 5..9 or n % 100 = 11..14", 111, 21),
      ("two", "n = 2,4..6", 5, 3), ("zero", "n % 100 = 0 and v = 0", 300, 3),
      ("one", "n % 10 = 1", -21, .min),
    ])
  func plurals(category: String, rule: String, fitting: Int, other: Int) throws {
    let form = try #require(PluralRules.Category(rawValue: category))
    let rules = try PluralRules([(form, rule)])
    #expect(rules.category(of: fitting) == form)
    #expect(rules.category(of: other) == .other)
  }

  @Test(
    "has plural rules that say what they mean", arguments: ["n is 1", "x = 1", "n = ", "n % 0 = 1"])
  func badRule(rule: String) {
    #expect(throws: PluralRules.RuleError.self) { try PluralRules([(.one, rule)]) }
  }

  @Test("names assets by content, also where the style sheet names them") func assets() throws {
    let site = try TemporarySite(["politics/talks.md": story("Talks")])
    try site.write("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", to: "templates/assets/dot.svg")
    try site.write("body { background: url(dot.svg) }\n", to: "templates/assets/style.css")
    let built = try site.build()
    let assets = built.paths.filter { $0.hasPrefix("assets/") }
    #expect(assets.count == 2)
    let dot = try #require(assets.first { $0.hasSuffix(".svg") })
    let style = try #require(assets.first { $0.hasSuffix(".css") })
    #expect(built[style] == "body { background: url(\"\(dot.dropFirst("assets/".count))\") }\n")
    #expect(built.holds(in: "politics/2024/10/talks.html", "href=\"../../../\(style)\""))
  }

  @Test("can lie in folders of their own, of which a later one wins")
  func folders() throws {
    let site = try TemporarySite(Self.talks)
    func list(_ words: String) -> String {
      "\\(template tags(tags: [Tag]))\n\\(layout base())\n<h1>\(words)</h1>\n"
    }
    try site.write(list("Of the source"), to: "templates/tags.html")
    try site.write(list("Of the first"), to: "../first/tags.html")
    try site.write(list("Of the second"), to: "../second/tags.html")
    let built = try site.build { $0.templates = [site.path + "/first", site.path + "/second"] }
    #expect(built.messages == [])
    #expect(built.holds(in: "tags.html", "<h1>Of the second</h1>"))
    let first = try site.build { $0.templates = [site.path + "/first"] }
    #expect(first.holds(in: "tags.html", "<h1>Of the first</h1>"))
  }

  @Test("adds words of its own, which its templates may name")
  func ownWords() throws {
    let site = try TemporarySite(Self.talks)
    try site.write("words:\n  tide: The tide is {height} m\n", to: "templates/strings/en.yaml")
    try site.write(
      """
      \\(template tags(tags: [Tag]))
      \\(layout base())
      <h1>\\(words.tide(height: "2"))</h1>

      """, to: "templates/tags.html")
    let built = try site.build()
    #expect(built.messages == [])
    #expect(built.holds(in: "tags.html", "<h1>The tide is 2 m</h1>"))
  }

  /// A file of words, and what is wrong with it.
  struct Fault: Sendable {
    let file: String
    let text: String
    let message: String
  }

  private static let faults: [Fault] = [
    Fault(
      file: "strings/en.yaml", text: "words:\n  stories: Stories\n",
      message: """
        seeds/templates/strings/en.yaml: error: the word 'stories' wants plural forms: one, other \
        [missing-form]
        """),
    Fault(
      file: "strings/en.yaml", text: "words:\n  pageOf: Page {pag}\n",
      message: """
        seeds/templates/strings/en.yaml: error: the word 'pageOf' has no place '{pag}'; it has \
        {page}, {pages} [unknown-place]
        """),
    Fault(
      file: "strings/en.yaml", text: "plurals: { one: n is one }\n",
      message: """
        seeds/templates/strings/en.yaml:1:10: error: 'n is one' is not a plural rule; write it as \
        CLDR does: n % 10 = 2..4 [bad-plural-rule]
        """),
    Fault(
      file: "strings/en.yaml", text: "word:\n  latest: Fresh\n",
      message: """
        seeds/templates/strings/en.yaml:1:1: error: there is no key 'word'; did you mean 'words'? \
        [unknown-key]
        """),
  ]

  @Test("is told where its words are wrong, and nothing is published", arguments: faults)
  func wrongWords(_ fault: Fault) throws {
    let site = try TemporarySite(Self.talks)
    try site.write(fault.text, to: "templates/" + fault.file)
    let built = try site.build()
    #expect(built.messages.filter { $0.contains("error") }.contains(fault.message))
    #expect(built.paths == [])
  }

  @Test("may have words of a language that the site does not use")
  func unusedLanguage() throws {
    let site = try TemporarySite(Self.talks)
    try site.write("language: ქართული\nwords:\n  latest: ახალი\n", to: "templates/strings/ka.yaml")
    let built = try site.build()
    #expect(built.messages == [])
    #expect(built.paths(holding: "ახალი") == [])
  }

  @Test("that is not there is told of, with what to do")
  func noFolder() throws {
    let site = try TemporarySite(["politics/talks.md": story("Talks"), "a.css": "x"])
    for name in ["nowhere", "seeds/a.css"] {
      let built = try site.build { $0.templates = [site.path + "/" + name] }
      #expect(
        built.messages.contains(
          "\(name): error: there is no such folder of templates; name another --templates "
            + "[unreadable-templates]"), "\(built.messages)")
      #expect(built.report.exitCode == 1)
    }
  }
}
