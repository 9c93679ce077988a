import Foundation
import Testing

@testable import Broadsheet

@Suite("The sample paper") struct GoldenTests {
  @Test(
    "is made to the last byte as it was looked at",
    arguments: [
      "index.html", "politics/2024/10/talks.html", "politics.html",
      "ru/politics/2024/10/peregovory.html",
      "city/ferry-strike.html", "politics/2024/10/forged.html", "archive/2024/10.html",
      "about.html",
      "rss.xml", "atom.xml", "feed.json", "sitemap.xml",
    ])
  func golden(path: String) throws {
    let built = try SamplePaper.site().build()
    // The name of the style sheet changes with every touch of it.
    let text = built[path].replacingOccurrences(
      of: "style\\.[0-9a-f]{8}\\.css", with: "style.css", options: .regularExpression)
    try expectGolden(path.replacingOccurrences(of: "/", with: "-"), text)
  }
}
