import Foundation
import Testing

@testable import Broadsheet

@Suite("A paper's own colours and faces") struct LookTests {
  private static let paper = TemporarySite.plainConfiguration

  private func site(_ theme: String) throws -> TemporarySite {
    try TemporarySite(
      ["politics/talks.md": story("Talks")], configuration: Self.paper + theme)
  }

  private func sheet(of built: BuiltSite) -> String {
    built.paths.first { $0.hasPrefix("assets/style.") }.map { built[$0] } ?? ""
  }

  @Test("end the style sheet, which is named anew; nothing of them stands in a page's own styles")
  func rules() throws {
    let plain = try site("").build()
    let own = try site(
      """
      theme:
        paper: "#fff"
        accent: "#0B4F8A"
        dark: { paper: "#101014", accent: "#8ec5ff" }
        text-face: Source Serif 4, 'Georgia', serif
        interface-face: [Inter]
      """
    ).build()
    #expect(own.messages == [])
    #expect(
      sheet(of: own) == sheet(of: plain) + """
        :root{--text-face:"Source Serif 4","Georgia",serif;--interface-face:"Inter",sans-serif}
        @media screen and (prefers-color-scheme:light){:root{--paper:#ffffff;--accent:#0b4f8a}}
        @media screen and (prefers-color-scheme:dark){:root{--paper:#101014;--accent:#8ec5ff}}

        """)
    let name = own.paths.first { $0.hasPrefix("assets/style.") }
    #expect(name != plain.paths.first { $0.hasPrefix("assets/style.") })
    #expect(own.holds(in: "index.html", "href=\"\(name ?? "?")\""))
    for (color, scheme) in [("#ffffff", "light"), ("#101014", "dark")] {
      let meta = "content=\"\(color)\" media=\"(prefers-color-scheme: \(scheme))\""
      #expect(own.holds(in: "index.html", meta))
    }
    #expect(own.paths(holding: "<style").filter { !$0.hasPrefix("text/") } == [])
  }

  @Test("that cannot be read upon each other are an error with both, the ratio, and a way out")
  func contrast() throws {
    let built = try site(
      """
      theme:
        accent: "#e08030"
        dark:
          paper: "#777"
      """
    ).build()
    #expect(!built.report.isPublished && built.files.isEmpty)
    #expect(
      built.messages.first
        == "seeds/site.yaml:4:11: error: 'accent' #e08030 on 'card' #f6f2e8 has a contrast of 2.57 "
        + "to 1; WCAG AA wants 4.50: write accent: '#a35d23', or change the other [low-contrast]")
    #expect(
      built.messages.contains {
        $0.hasPrefix("seeds/site.yaml:6:12: error: 'ink' #ece8dd on 'paper' #777777")
          && $0.contains(" to 1 in the dark; ")
      }, "\(built.messages)")
  }

  @Test("are corrected by what the message says")
  func wayOut() throws {
    for color in ["#e08030", "#ffffff", "#00ff00", "#888888"] {
      let failed = try site("theme: { accent: '\(color)' }\n").build()
      let message = try #require(failed.messages.first)
      let (_, advice) = try #require(message.split(around: "write accent: '"))
      let mended = try site("theme: { accent: '\(advice.prefix(7))' }\n").build()
      #expect(failed.messages.count == 1 && mended.messages == [], "\(color) \(message)")
    }
  }

  @Test(
    "that are none are an error at their place",
    arguments: [
      ("accent: red", "5:11", "bad-color"), ("accent: '#12345'", "5:11", "bad-color"),
      ("accent: '#12345g'", "5:11", "bad-color"), ("accent: '#٣٣٣'", "5:11", "bad-color"),
      ("accent: 'rgb(0 0 0 / .5)'", "5:11", "bad-color"), ("accent: #0b4f8a", "5:10", "bad-color"),
      ("accent: [a]", "5:11", "wrong-type"), ("acent: '#123'", "5:3", "unknown-key"),
      ("dark: black", "5:9", "wrong-type"), ("dark: { text-face: A }", "5:11", "unknown-key"),
      ("text-face: 'A;}body{display:none'", "5:14", "bad-face"),
      ("text-face: 'A\"'", "5:14", "bad-face"),
      ("text-face: 'url(//evil.example)'", "5:14", "bad-face"),
      ("text-face: 'A\\'", "5:14", "bad-face"), ("text-face: 'A,,B'", "5:14", "bad-face"),
      ("text-face: '</style>'", "5:14", "bad-face"),
      ("interface-face: { a: b }", "5:19", "wrong-type"),
    ])
  func wrong(key: String, place: String, id: String) throws {
    let built = try TemporarySite(
      ["politics/talks.md": story("Talks")],
      configuration: "title: D\nurl: https://daily.example/\nlanguage: en\ntheme:\n  \(key)\n"
    ).build()
    #expect(
      built.messages.contains {
        $0.hasPrefix("seeds/site.yaml:\(place): error: ") && $0.hasSuffix("[\(id)]")
      }, "\(built.messages)")
    #expect(built.files.isEmpty)
  }

  @Test("that a site says nothing of are the theme's, which can all be read")
  func defaults() throws {
    let path = TemporarySite.theme + "/assets/style.css"
    let sheet = try String(contentsOfFile: path, encoding: .utf8)
    let (light, rest) = try #require(
      sheet.split(around: "@media screen and (prefers-color-scheme: dark)"))
    let (dark, _) = try #require(rest.split(around: "/* Ground */"))
    for role in Look.Role.allCases {
      for (scheme, text) in [(Look.Scheme.light, light), (.dark, dark)] {
        let rule = "--\(role.rawValue): \(role.color(scheme).hexadecimal);"
        #expect(text.contains(rule))
      }
    }
    for pair in Look.pairs.flatMap({ [$0.paper, $0.card] }) {
      #expect(Look().contrast(of: pair) >= pair.least, "\(pair)")
    }
  }

  @Test("may be joined by rules of the site's own, in the same style sheet")
  func additions() throws {
    let site = try site("theme: { paper: '#fff' }\n")
    try site.write(".kicker { text-transform: uppercase }\n", to: "templates/assets/site.css")
    let built = try site.build()
    #expect(built.messages == [])
    #expect(sheet(of: built).hasSuffix("#ffffff}}\n.kicker { text-transform: uppercase }\n"))
    #expect(built.paths.filter { $0.hasPrefix("assets/") }.count == 1)
  }

  @Test("that change are in the pages of the next build")
  func incremental() throws {
    let site = try site("theme: { accent: '#0b4f8a' }\n")
    _ = try site.build()
    try site.write(Self.paper + "theme: { accent: '#205020' }\n", to: "site.yaml")
    let next = try site.build()
    #expect(sheet(of: next).contains("--accent:#205020"))
    #expect(next.paths.filter { $0.hasPrefix("assets/style.") }.count == 1)
  }
}

extension String {
  /// What stands before and after a text in it.
  fileprivate func split(around middle: String) -> (String, String)? {
    range(of: middle).map { (String(self[..<$0.lowerBound]), String(self[$0.upperBound...])) }
  }
}
