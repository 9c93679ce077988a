import Testing

@testable import Broadsheet

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

  @Test("is the nearest, and of several as near the first by name")
  func nearest() {
    #expect(suggestion(for: "picture", among: ["pictures", "pictur", "picture2"]) == "pictur")
    #expect(suggestion(for: "Picture", among: ["pictures", "picture", "PICTURE"]) == "PICTURE")
    #expect(suggestion(for: "ab", among: ["ba"]) == "ba")
  }

  @Test(
    "among very many names is one with a slip, found without looking at all",
    .timeLimit(.minutes(2)))
  func many() {
    let names = NameList((0..<5_000).map { "photograph-\($0).jpg" })
    for number in 0..<5_000 {
      #expect(names.nearest(to: "photograp-\(number).jpg")?.index == number)
    }
    #expect(names.nearest(to: "drawing-of-a-port.jpg") == nil)
  }

  @Test("is not made when nothing is near")
  func far() {
    #expect(suggestion(for: "zebra", among: ["title", "date"]) == nil)
  }
}
