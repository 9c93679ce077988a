import Foundation
import Testing

@testable import Broadsheet

@Suite("A story that is not live") struct HeldStoryTests {
  /// Words that stand nowhere but in the story that is held.
  private static let marks = [
    "zanzibar", "quokka", "xylotag", "yvonne", "marmalade", "kickerish", "harborough", "secretpic",
    "capuchin", "creditor", "hushsection", "wombatish", "oldplace", "amendment",
  ]

  private static func held(_ keys: String) -> String {
    """
    ---
    title: Zanzibar
    \(keys)
    tags: [Xylotag, Budget]
    authors: [Yvonne Mirage]
    summary: Marmalade
    kicker: Kickerish
    dateline: Harborough
    image: { src: ../media/secretpic.svg, alt: Capuchin, caption: Capuchin, credit: Creditor }
    aliases: [/oldplace.html]
    corrections: [{ date: 2024-10-03, text: Amendment }]
    venue: Fieldwork
    ---
    Wombatish. ![Capuchin](../media/secretpic.svg)
    """
  }

  private static func site(_ keys: String) throws -> TemporarySite {
    try TemporarySite(
      [
        "hushsection/quokka.md": held(keys),
        "politics/talks.md": story("Talks", "2024-10-01", "tags: [Budget]"),
        "media/secretpic.svg": "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
      ],
      configuration: TemporarySite.plainConfiguration
        + "feeds: { formats: [rss, atom, json] }\nfields: { venue: String? }\n")
  }

  @Test(
    "is in no byte of the output, and stands there at its instant",
    arguments: [
      ("date: 2024-10-03\nstatus: draft", "2024-10-10T12:00:00Z", false),
      ("date: 2024-10-03\ndraft: true", "2024-10-10T12:00:00Z", false),
      ("date: 2024-10-10T12:00:00Z", "2024-10-10T11:59:59Z", false),
      ("date: 2024-10-10T12:00:00Z", "2024-10-10T12:00:00Z", true),
      ("date: 2024-10-03\nembargo: 2024-10-10T12:00:00Z", "2024-10-10T11:59:59Z", false),
      ("date: 2024-10-03\nembargo: 2024-10-10T12:00:00Z", "2024-10-10T12:00:00Z", true),
      ("date: 2024-10-10T12:00:00Z\nembargo: 2024-10-03", "2024-10-10T11:59:59Z", false),
      ("date: 2024-10-03\nexpires: 2024-10-10T12:00:00Z", "2024-10-10T11:59:59Z", true),
      ("date: 2024-10-03\nexpires: 2024-10-10T12:00:00Z", "2024-10-10T12:00:00Z", false),
    ])
  func isHidden(keys: String, now: String, isSeen: Bool) throws {
    let built = try Self.site(keys).build(now: now)
    #expect(built.messages == [])
    for mark in Self.marks {
      let seen =
        built.files.keys.contains { $0.lowercased().contains(mark) }
        || built.files.values.contains {
          String(decoding: $0, as: UTF8.self).lowercased().contains(mark)
        }
      #expect(seen == isSeen, "\(mark)")
    }
  }

  /// What is wrong with a story that is due in November, and what is said of it.
  struct Fault: Sendable {
    let files: [String: String]
    let message: String

    init(_ files: [String: String], _ message: String) {
      self.files = files
      self.message = message
    }
  }

  private static let moved = "rename one, or give it a slug of its own in site.yaml"

  private static let faults: [Fault] = [
    Fault(
      ["politics/held.md": story("Held", "2024-11-01", body: "See [it](nowhere.md).")],
      """
      seeds/politics/held.md:5:10: error: there is no file 'nowhere.md' [dead-link]
      """
    ),
    Fault(
      ["politics/held.md": story("Held", "2024-11-01", body: "![A port](nowhere.png)")],
      """
      seeds/politics/held.md:5:11: error: there is no picture 'nowhere.png' \
      [missing-picture]
      """
    ),
    Fault(
      ["politics/held.md": story("Held", "2024-11-01", "image: nowhere.png")],
      """
      seeds/politics/held.md:4:8: error: there is no picture 'nowhere.png' \
      [missing-picture]
      """
    ),
    Fault(
      [
        "politics/held.md": story("Held", "2024-11-01", "image: ../media/a.svg"),
        "media/a.svg": "<svg/>",
      ],
      """
      seeds/politics/held.md:4:8: error: the picture has no 'alt'; say what it shows, or \
      give it an empty one ("") where it only decorates [missing-alt]
      """
    ),
    Fault(
      [
        "politics/held.md": story("Held", "2024-11-01", "slug: other"),
        "politics/next.md": story("Next", "2024-11-02", "slug: other"),
      ],
      """
      seeds/politics/next.md:4:7: error: seeds/politics/held.md has the address \
      'politics/2024/11/other.html' too; give one another 'slug:' [duplicate-address]
      """
    ),
    Fault(
      [
        "politics/held.md": story(
          "Held", "2024-11-01", "aliases: [/politics/2024/10/talks.html]")
      ],
      """
      seeds/politics/held.md:4:10: error: seeds/politics/talks.md has the address \
      'politics/2024/10/talks.html' of this alias; remove the alias [duplicate-address]
      """
    ),
    Fault(
      [
        "politics/held.md": story("Held", "2024-11-01"),
        "politics/a.md": story("A", "2024-10-01", "aliases: [/politics/2024/11/held.html]"),
      ],
      """
      seeds/politics/a.md:4:10: error: seeds/politics/held.md has the address \
      'politics/2024/11/held.html' of this alias; remove the alias [duplicate-address]
      """
    ),
    Fault(
      ["politics/held.md": story("Held", "2024-11-01", "tags: [\"!!!\"]")],
      """
      seeds/politics/held.md:4:7: error: the tag '!!!' leaves nothing for an address; it \
      needs a letter or a digit [empty-slug]
      """
    ),
    Fault(
      ["politics/held.md": story("Held", "2024-11-01", "authors: [\"—\"]")],
      """
      seeds/politics/held.md:4:10: error: the author '—' leaves nothing for an address; it \
      needs a letter or a digit [empty-slug]
      """
    ),
    Fault(
      [
        "politics/held.md": story("Held", "2024-11-01", "tags: [C++]"),
        "politics/a.md": story("A", "2024-10-01", "tags: [c plus plus]"),
      ],
      """
      seeds/politics/held.md:4:7: error: the tag 'C++' of seeds/politics/held.md and the \
      tag 'c plus plus' of seeds/politics/a.md would share the address \
      'tags/c-plus-plus.html'; \(moved) [duplicate-address]
      """
    ),
    Fault(
      [
        "about/held.md": story("Held", "2024-11-01"),
        "pages/about.md": story("About us", nil),
      ],
      """
      seeds/pages/about.md: error: the section 'About' of seeds/about/held.md and \
      seeds/pages/about.md would share the address 'about.html'; \(moved) \
      [duplicate-address]
      """
    ),
    Fault(
      [
        "politics/held.md": story("Held", "2024-11-01", "id: a"),
        "politics/next.md": story("Next", "2024-10-01", "id: a"),
      ],
      """
      seeds/politics/next.md:4:5: error: the id 'a' is that of seeds/politics/held.md too; \
      give one another [duplicate-id]
      """
    ),
    Fault(
      ["politics/held.md": story("Held", "2024-11-01", "translation-of: nowhere")],
      """
      seeds/politics/held.md:4:17: error: there is no story with the id 'nowhere'; an id \
      is the 'id:' of its file, else the file's path without its ending [unknown-id]
      """
    ),
    Fault(
      [
        "politics/held.md": story("Held", "2024-11-01"),
        "politics/a.md": story("A", "2024-10-01", "aliases: [/archive/2024/11.html]"),
      ],
      """
      seeds/politics/a.md:4:10: error: a page of every site has the address \
      'archive/2024/11.html' of this alias; remove the alias [duplicate-address]
      """
    ),
    Fault(
      [
        "politics/held.md": story("Held", "2024-11-01"), "static/archive/2024/11.html": "A page",
      ],
      """
      seeds/static/archive/2024/11.html: error: the archive has the address \
      'archive/2024/11.html' too; rename this file [duplicate-address]
      """
    ),
    Fault(
      [
        "politics/held.md": story("Held", "2024-11-01", "tags: [Cop29]"),
        "static/tags/cop29/rss.xml": "A feed",
      ],
      """
      seeds/static/tags/cop29/rss.xml: error: a feed has the address 'tags/cop29/rss.xml' \
      too; rename this file [duplicate-address]
      """
    ),
    Fault(
      // With the talks 39 stories are live; the fortieth makes a page of the oldest twenty.
      manyStories.merging([
        "politics/held.md": story("Held", "2024-11-01", "aliases: [/politics/page-1.html]")
      ]) { $1 },
      """
      seeds/politics/held.md:4:10: error: a listing page of the section 'Politics' of \
      seeds/politics/s0.md has the address 'politics/page-1.html' too; remove the alias \
      [duplicate-address]
      """
    ),
    Fault(
      manyStories.merging([
        "politics/held.md": story("Held", "2024-11-01"), "static/politics/page-1.html": "A page",
      ]) { $1 },
      """
      seeds/static/politics/page-1.html: error: a listing page of the section 'Politics' of \
      seeds/politics/s0.md has the address 'politics/page-1.html' too; rename this file \
      [duplicate-address]
      """
    ),
    Fault(
      ["politics/held.md": story("Held", "2024-11-01", "aliases: [/politics.html/x]")],
      """
      seeds/politics/held.md:4:10: error: the section 'Politics' of seeds/politics/talks.md has \
      the address 'politics.html', which cannot be the folder of 'politics.html/x/index.html' \
      too; remove the alias [duplicate-address]
      """
    ),
    Fault(
      ["culture/held.md": story("Held", "2024-11-01"), "static/culture": "A file"],
      """
      seeds/static/culture: error: the site has a folder 'culture' where this file would stand; \
      rename this file [duplicate-address]
      """
    ),
  ]

  /// With another one, 39 stories of a section.
  private static let manyStories = Dictionary(
    uniqueKeysWithValues: (0..<38).map { ("politics/s\($0).md", story("S")) })

  @Test(
    "is as wrong before its instant as after it: the passing of time alone makes no build fail",
    arguments: faults)
  func fault(_ fault: Fault) throws {
    let site = try TemporarySite(fault.files)
    try site.write(story("Talks"), to: "politics/talks.md")
    for now in ["2024-10-10T12:00:00Z", "2024-12-01T12:00:00Z"] {
      let built = try site.build(now: now)
      #expect(built.messages == [fault.message])
      #expect(built.report.exitCode == 1)
      #expect(built.paths == [])
    }
  }

  @Test("is linked by its text, with a warning") func link() throws {
    let site = try TemporarySite([
      "politics/draft.md": story("A draft", "2024-10-01", "status: draft"),
      "politics/gone.md": story("Gone", "2024-10-01", "expires: 2024-10-05"),
      "politics/held.md": story("Held", "2024-11-01"),
      "politics/talks.md": story(
        "Talks", body: "See [one](draft.md), [two](gone.md), [*three*](held.md)."),
    ])
    let built = try site.build()
    let remedy = "the link is printed as its text [link-to-unpublished]"
    #expect(
      built.messages == [
        "seeds/politics/talks.md:5:11: warning: 'draft.md' is a draft; \(remedy)",
        "seeds/politics/talks.md:5:28: warning: 'gone.md' has expired; \(remedy)",
        "seeds/politics/talks.md:5:48: warning: 'held.md' is not published yet; \(remedy)",
      ])
    #expect(
      built.holds(in: "politics/2024/10/talks.html", "<p>See one, two, <em>three</em>.</p>"))
    #expect(built.report.heldCount == 1)
    #expect(built.report.nextDue == "on 1 November 2024 at 00:00 (UTC)")

    let later = try site.build(now: "2024-11-01T00:00:00Z")
    #expect(later.messages.count == 2)
    #expect(
      later.holds(
        in: "politics/2024/10/talks.html", "<a href=\"../11/held.html\"><em>three</em></a>"))
  }

  @Test("is no part of the navigation, and its expiry is a warning") func navigation() throws {
    let site = try TemporarySite(
      [
        "pages/about.md": story("About us", nil, "expires: 2024-10-20"),
        "politics/talks.md": story("Talks"),
      ],
      configuration: TemporarySite.plainConfiguration
        + "navigation: [{ title: The house, link: pages/about.md }]\n")
    #expect(
      try site.build().holds(in: "index.html", "<a href=\"about.html\">The house</a>"))
    let later = try site.build(now: "2024-10-20T00:00:00Z")
    #expect(
      later.messages == [
        "seeds/site.yaml:3:40: warning: 'pages/about.md' has expired; the link is left out [dead-link]"
      ])
    #expect(later.paths(holding: "The house") == [])
  }

  @Test(
    "is due at an instant that summer time does not move",
    arguments: [
      // Clocks in London go back at 01:00Z on 27 October, and forward at 01:00Z on 31 March.
      ("2024-10-27 00:30", "2024-10-26T23:30:00Z", "2024-10-27T00:30:00+01:00"),
      ("2024-10-27 02:30", "2024-10-27T02:30:00Z", "2024-10-27T02:30:00Z"),
      ("2024-03-31 00:30", "2024-03-31T00:30:00Z", "2024-03-31T00:30:00Z"),
      ("2024-03-31 02:30", "2024-03-31T01:30:00Z", "2024-03-31T02:30:00+01:00"),
      ("2024-07-01", "2024-06-30T23:00:00Z", "2024-07-01T00:00:00+01:00"),
      ("2024-10-27T01:30:00+01:00", "2024-10-27T00:30:00Z", "2024-10-27T01:30:00+01:00"),
    ])
  func summerTime(date: String, instant: String, shown: String) throws {
    let site = try TemporarySite(
      ["politics/talks.md": story("Talks", date)],
      configuration: TemporarySite.plainConfiguration + "timezone: Europe/London\n")
    let moment = try #require(ISO8601DateFormatter().date(from: instant))
    let before = ISO8601DateFormatter().string(from: moment.addingTimeInterval(-1))
    #expect(try site.build(now: before).paths(holding: "Talks") == [])
    let built = try site.build(now: instant)
    #expect(built.holds(in: "index.html", "<time datetime=\"\(shown)\">"))
  }
}
