import Foundation
import Testing

@testable import Broadsheet

@Suite("A site's own theme") struct ThemeTests {
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
        "strings/fr.yaml: error: there are no interface words for 'fr'; add "
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

  @Test(
    "reads plural rules as CLDR writes them",
    arguments: [
      ("one", "n = 1", 1, 2), ("few", "n % 10 = 2..4 and n % 100 != 12..14", 23, 13),
      ("many", "n % 10 = 0 or n % 10 = 5..9 or n % 100 = 11..14", 111, 21),
      ("two", "n = 2,4..6", 5, 3), ("zero", "n % 100 = 0 and v = 0", 300, 3),
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
}
