import Testing

@testable import Broadsheet

@Suite("A story") struct StoryTests {
  @Test("takes all keys of its front matter")
  func allKeys() throws {
    let folder = try SampleFolder([
      "site.yaml": "title: T\nlanguages: [en, az]\ntimezone: Asia/Baku\n",
      "politics/2024-10-03-Talks in_Minsk.md": """
      ---
      title: 'Talks in Minsk: "fine"'
      date: 2024-10-03 18:40
      updated: 2024-10-04
      section: World
      tags: [Belarus, C++]
      authors: Leyla Əliyeva
      summary: >-
        Two lines
        of summary
      kicker: Exclusive
      dateline: MINSK
      image: {src: talks.jpg, alt: "", caption: At the table, credit: AP}
      id: story-1
      language: AZ
      translation-of: story-0
      priority: 2
      status: retracted
      reason: It was wrong
      embargo: 2024-10-03T20:00:00Z
      expires: 2034-10-03
      corrections:
        - {date: 2024-10-04, text: The name was wrong, material: yes}
        - date: 2024-10-05 10:00
          text: So was the other
      aliases: [/old.html, old/]
      canonical: https://example.org/a
      sources:
        - BelTA
      ---
      Three words here.

      """,
    ])
    let reading = try folder.read()
    #expect(reading.diagnostics == [])
    let story = try #require(reading.story("Talks in Minsk: \"fine\""))
    let extras = reading.extras(of: story)
    #expect(story.kind == .markdown)
    #expect(story.date == 1_727_966_400 && story.traits.contains(.dateHasTime))
    #expect(story.updated == 1_727_985_600 && !story.traits.contains(.updatedHasTime))
    #expect(story.embargo == 1_727_985_600 && extras.expires == 2_043_432_000)
    #expect(reading.string(story.section) == "World" && story.traits.contains(.givenSection))
    #expect(reading.strings(story.tags) == ["Belarus", "C++"])
    #expect(reading.strings(story.authors) == ["Leyla Əliyeva"])
    #expect(reading.string(story.summary) == "Two lines of summary")
    #expect(reading.string(story.kicker) == "Exclusive")
    #expect(reading.string(extras.dateline) == "MINSK")
    #expect(reading.string(extras.imageSource) == "talks.jpg")
    #expect(reading.string(extras.imageAlt) == "" && story.traits.contains(.imageHasAlt))
    #expect(reading.string(extras.imageCaption) == "At the table")
    #expect(reading.string(extras.imageCredit) == "AP")
    #expect(reading.string(story.id) == "story-1" && story.traits.contains(.givenID))
    #expect(story.language == 1 && story.priority == 2 && story.status == .retracted)
    #expect(reading.string(extras.reason) == "It was wrong")
    #expect(reading.string(extras.translationOf) == "story-0")
    #expect(reading.strings(extras.aliases) == ["/old.html", "old/"])
    #expect(reading.string(extras.canonical) == "https://example.org/a")
    #expect(reading.strings(extras.sources) == ["BelTA"])
    #expect(reading.string(story.slug) == "talks-in-minsk")
    let corrections = extras.corrections.indices.map { reading.archive.corrections[$0] }
    #expect(corrections.map(\.isMaterial) == [true, false])
    #expect(corrections.map(\.dateHasTime) == [false, true])
    #expect(corrections.map { reading.string($0.text) }.last == "So was the other")
    #expect(story.wordCount == 3)
  }

  @Test("has defaults from its path")
  func defaults() throws {
    let folder = try SampleFolder([
      "world/asia/talks.md": "---\ntitle: T\ndate: 2024-10-03\n---\nBody\n",
      "b.md": "---\ntitle: U\ndate: 2024-10-03\n---\n",
      "pages/about.md": "---\ntitle: About us\n---\n",
    ])
    let reading = try folder.read()
    #expect(reading.diagnostics == [])
    let story = try #require(reading.story("T"))
    #expect(reading.string(story.id) == "world/asia/talks")
    #expect(reading.string(story.slug) == "talks")
    #expect(reading.string(story.section) == "world" && !story.traits.contains(.givenSection))
    #expect(reading.string(try #require(reading.story("U")).section) == "")
    let page = try #require(reading.story("About us"))
    #expect(page.kind == .standing && page.date == .never && reading.string(page.slug) == "about")
    #expect(reading.string(page.section) == "")
  }

  @Test(
    "has the text as written for its title",
    arguments: [
      ("yes", "yes"), ("2024", "2024"), ("null", "null"), ("'~'", "~"), ("1_000", "1_000"),
      ("\"a\\u00e9\"", "aé"), ("'it''s'", "it's"), ("  spaced  ", "spaced"),
    ])
  func title(written: String, expected: String) throws {
    let folder = try SampleFolder(["a.md": "---\ntitle: \(written)\ndate: 2024-10-03\n---\n"])
    #expect(try folder.read().story(expected) != nil)
  }

  @Test(
    "is read whatever its line ends, with or without a byte order mark",
    arguments: ["\n", "\r\n", "\r"], ["", "\u{FEFF}"])
  func lineEnds(end: String, mark: String) throws {
    let lines = ["---", "title: T", "date: 2024-10-03", "tags:", "  - a", "  - b", "---", "Body."]
    let folder = try SampleFolder(["a.md": mark + lines.joined(separator: end)])
    let reading = try folder.read()
    #expect(reading.diagnostics == [])
    let story = try #require(reading.story("T"))
    #expect(reading.strings(story.tags) == ["a", "b"])
    #expect(Int(story.bodyEnd) - Int(story.bodyStart) == 5)
  }

  @Test("counts lines alike whatever their ends", arguments: ["\n", "\r\n", "\r"])
  func places(end: String) throws {
    let lines = ["---", "title: Ə", "date: 2024-10-03", "summary: Əə", "priority: x", "---"]
    let folder = try SampleFolder(["a.md": lines.joined(separator: end)])
    #expect(
      try folder.complaints() == [
        "a.md:5:11: error: 'priority' wants a whole number from 1 to 9, not 'x' [wrong-type]"
      ])
  }

  @Test("may have names of 300 bytes")
  func long() throws {
    let name = String(repeating: "ab ", count: 100) + "c"
    let folder = try SampleFolder([
      "a.md": "---\ntitle: \(name)\ndate: 2024-10-03\ntags: [\(name)]\nauthors: \(name)\n---\n"
    ])
    let reading = try folder.read()
    #expect(reading.diagnostics == [])
    let story = try #require(reading.story(name))
    #expect(reading.strings(story.tags) == [name] && reading.strings(story.authors) == [name])
  }

  @Test("may have a body of 5 MB, or of one byte")
  func sizes() throws {
    let head = "---\ntitle: T\ndate: 2024-10-03\n---\n"
    let folder = try SampleFolder([
      "a.md": head + String(repeating: "word ", count: 1_048_576), "b.md": head + "x", "c.txt": "x",
    ])
    let reading = try folder.read()
    #expect(reading.archive.articles.map(\.wordCount) == [1_048_576, 1])
    #expect(reading.diagnostics.map(\.id) == ["no-text"])
  }

  @Test("has the site's own fields")
  func ownFields() throws {
    let folder = try SampleFolder([
      "site.yaml": """
      title: T
      fields:
        venue: String?
        rating: Int = 3
        paid: Bool
        opens: Date?
      """,
      "a.md": "---\ntitle: A\ndate: 2024-10-03\nvenue: Hall\npaid: no\nopens: 2024-10-05\n---\n",
      "b.md": "---\ntitle: B\ndate: 2024-10-03\nrating: many\n---\n",
      "c.md": "---\ntitle: C\ndate: 2024-10-03\npaid: no\nrating: 9999999999999999999\n---\n",
    ])
    let reading = try folder.read()
    let values = try reading.extras(of: #require(reading.story("A"))).fields.indices
      .map { reading.archive.fieldValues[$0] }
    guard case .text(let venue) = values[0], case .int(3) = values[1],
      case .bool(false) = values[2],
      case .date(1_728_086_400) = values[3]
    else {
      Issue.record("\(values)")
      return
    }
    #expect(reading.string(venue) == "Hall")
    #expect(
      try folder.complaints() == [
        "b.md:1:1: error: no 'paid', which site.yaml asks of every story; add 'paid: …' "
          + "[missing-field]",
        "b.md:4:9: error: 'rating' wants a whole number, not 'many' [wrong-type]",
        "c.md:5:9: error: 'rating' wants a whole number from -9223372036854775808 to "
          + "9223372036854775807, not '9999999999999999999' [wrong-type]",
      ])
  }
}
