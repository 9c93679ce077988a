import Broadsheet
import Testing

@Suite("A suggestion") struct SuggestionTests {
  @Test(
    "names what was probably meant",
    arguments: [
      ("headlin", "headline"), ("pubishDate", "publishDate"), ("--ouput", "--output"),
      ("tag", "tags"), ("TITLE", "title"),
    ])
  func near(written: String, meant: String) {
    #expect(suggestion(for: written, among: ["date", "slug", meant, "colour"]) == meant)
  }

  @Test("is not made when nothing is near")
  func far() {
    #expect(suggestion(for: "zebra", among: ["title", "date"]) == nil)
  }
}
