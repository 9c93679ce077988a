import Testing

@testable import Broadsheet
@testable import BroadsheetCorpus

@Suite("An article of the corpus for measuring") struct ArticleHeadTests {
  @Test(
    "has its number in its address, in a corpus of a million too",
    arguments: [101_127, 592_137, 999_520, 4_000_000])
  func number(_ number: Int) {
    for near in number..<number + 500 {
      let head = ArticleHead(near, seed: 1)
      let slug = Slug.string(of: head.slug, language: "en")
      #expect(slug == head.slug)
      #expect(slug.hasSuffix("-\(near)"))
    }
  }

  @Test("keeps the name that it had before names were cut")
  func name() {
    #expect(
      ArticleHead(2_555, seed: 1).slug
        == "the-drinking-fountains-divides-the-fishing-cooperative-according-to-papers-seen-by-this-"
        + "newspaper-2555")
    #expect(
      ArticleHead(101_127, seed: 1).slug
        == "the-drinking-fountains-divides-the-fishing-cooperative-according-to-papers-seen-by-this-"
        + "101127")
  }
}
