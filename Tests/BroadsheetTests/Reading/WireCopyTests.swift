import Testing

@testable import Broadsheet

@Suite("Wire copy") struct WireCopyTests {
  private static let title = "Ministers agree on water"
  private static let paragraphs = ["The ministers agreed on Monday.", "“Water flows,” one said."]

  private func read(
    _ lines: [String], name: String = "world/2024-10-03-a.txt", site: String = ""
  ) throws -> (story: Article, body: String, reading: SourceReader.Reading) {
    let text = lines.joined(separator: "\n")
    let folder = try SampleFolder([name: text, "site.yaml": "title: T\n" + site])
    let reading = try folder.read()
    let story = try #require(reading.archive.articles.first)
    let body = Array(text.utf8)[Int(story.bodyStart)..<Int(story.bodyEnd)]
    return (story, String(decoding: body, as: UTF8.self), reading)
  }

  @Test("has a title twice, paragraphs, a section block and furniture")
  func whole() throws {
    let lines =
      [Self.title, Self.title] + Self.paragraphs
      + ["Politics", "-", "First brief.", "-", "Second brief.", "More of it.", "Leave a review"]
    let (story, body, reading) = try read(lines)
    #expect(reading.diagnostics == [])
    #expect(story.kind == .wire)
    #expect(
      reading.string(story.title) == Self.title && reading.extras(of: story).pageTitle.isEmpty)
    #expect(body == Self.paragraphs.joined(separator: "\n"))
    #expect(reading.string(story.summary) == Self.paragraphs[0])
    #expect(reading.string(story.section) == "Politics" && story.traits.contains(.givenSection))
    #expect(
      reading.strings(reading.extras(of: story).briefs) == [
        "First brief.", "Second brief.\nMore of it.",
      ])
    #expect(story.date == 1_727_913_600 && !story.traits.contains(.dateHasTime))
    #expect(reading.string(story.slug) == "ministers-agree-on-water")
    #expect(reading.string(story.id) == "world/2024-10-03-a")
    #expect(story.wordCount == 9)
  }

  @Test(
    "has line 2 for its headline when it reads as one",
    arguments: [
      ("Ministers agree – The Daily", "Ministers agree on water", true),
      ("Ministers agree on water", "Will the water flow?", true),
      ("Ministers agree on water", "The ministers agreed on Monday.", false),
      ("Ministers agree on water", "They said: “It flows.”", false),
      ("Ministers agree on water", String(repeating: "long words ", count: 30), false),
    ])
  func headline(first: String, second: String, isHeadline: Bool) throws {
    let (story, body, reading) = try read([first, second] + Self.paragraphs)
    let trimmed = second.hasSuffix(" ") ? String(second.dropLast()) : second
    #expect(reading.string(story.title) == (isHeadline ? trimmed : first))
    #expect(reading.string(reading.extras(of: story).pageTitle) == (isHeadline ? first : ""))
    let paragraphs = (isHeadline ? [] : [trimmed]) + Self.paragraphs
    #expect(body.replacing(" \n", with: "\n") == paragraphs.joined(separator: "\n"))
  }

  @Test("has a paragraph a line, whatever its lines end with", arguments: ["\n", "\r\n", "\r"])
  func lineEnds(end: String) throws {
    let lines = [Self.title, Self.title] + Self.paragraphs
    let built = try TemporarySite(["world/2024-10-03-a.txt": lines.joined(separator: end) + end])
      .build()
    #expect(built.messages == [])
    let page = built["world/2024/10/ministers-agree-on-water.html"]
    for paragraph in Self.paragraphs { #expect(page.contains("<p>\(paragraph)</p>\n")) }
    #expect(!page.contains("\r"))
  }

  @Test("is told of a day in its name that the calendar has not, and of a section that is taken")
  func wrongNames() throws {
    let folder = try SampleFolder([
      "city/2024-13-45-a.txt": "One\nOne\nThe text.\nTags\n-\nA brief.\n"
    ])
    #expect(
      try folder.complaints() == [
        "city/2024-13-45-a.txt: warning: no date, for the file's name begins with none: '2024-13-45' "
          + "is not a day of the calendar; months go from 01 to 12; published undated, outside feeds "
          + "and numbered lists [undated-wire]",
        "city/2024-13-45-a.txt:4:1: error: a section cannot be called 'Tags': the site has pages of "
          + "its own at that address; choose another name [reserved-section]",
      ])
  }

  @Test("of two lines has a headline and a paragraph")
  func twoLines() throws {
    let (story, body, reading) = try read([Self.title, "Water flows"])
    #expect(reading.string(story.title) == Self.title && body == "Water flows")
  }

  @Test(
    "ends where its furniture begins, whatever its case",
    arguments: ["Leave a review", "LEAVE A REVIEW  ", "Rate this\n\n Leave a review"])
  func furniture(line: String) throws {
    let (_, body, _) = try read(
      [Self.title, Self.title] + Self.paragraphs + [line, ""],
      site: "furniture: [Leave a Review, Rate this]\n")
    #expect(body == Self.paragraphs.joined(separator: "\n"))
  }

  @Test("loses no line that looks like a block and is none")
  func noBlock() throws {
    let odd = ["-", "A long line that ends as sentences end.", "-", "* not a list", "# no heading"]
    let (story, body, reading) = try read([Self.title, Self.title] + Self.paragraphs + odd)
    #expect(body == (Self.paragraphs + odd).joined(separator: "\n"))
    #expect(reading.strings(reading.extras(of: story).briefs) == [])
    #expect(reading.string(story.section) == "world")
  }

  @Test("may have blank lines, other line ends and a byte order mark")
  func blankLines() throws {
    let (story, body, reading) = try read(
      ["\u{FEFF}\(Self.title)\r", "\r", "\(Self.title)\r", "\r", "One.\r", "\r", "Two.\r", ""])
    #expect(reading.string(story.title) == Self.title)
    #expect(body == "One.\r\n\r\nTwo." && reading.string(story.summary) == "One.")
  }

  @Test("may have front matter before it")
  func frontMatter() throws {
    let (story, body, reading) = try read(
      ["---", "date: 2024-10-04 10:00", "tags: [water]", "---", Self.title, Self.title, "Text."],
      name: "world/a.txt")
    #expect(reading.diagnostics == [])
    #expect(story.date == 1_728_036_000 && story.traits.contains(.dateHasTime))
    #expect(reading.string(story.title) == Self.title && body == "Text.")
    #expect(reading.strings(story.tags) == ["water"])
  }

  @Test("has the title that its front matter gives, and loses no line by it")
  func givenTitle() throws {
    let head = ["---", "title: Water for all", "date: 2024-10-04", "---"]
    let (story, body, reading) = try read(head + [Self.title, "Water for all", "Text."])
    #expect(reading.string(story.title) == "Water for all")
    #expect(reading.string(reading.extras(of: story).pageTitle) == Self.title && body == "Text.")
    #expect(try read(head + ["Water for all", "Text one.", "Text."]).body == "Text one.\nText.")
    #expect(try read(head + ["Text alone."]).body == "Text alone.")
  }

  @Test("that says its section twice is filed by its block, with a warning")
  func twoSections() throws {
    let (story, _, reading) = try read([
      "---", "section: World", "---", Self.title, Self.title, "Text.", "Politics", "-", "Brief.",
    ])
    #expect(reading.string(story.section) == "Politics")
    #expect(
      reading.diagnostics.map(\.message) == [
        "'section' says 'World', the section block 'Politics', which is used; make them the same"
      ])
  }

  @Test("is wire copy in section folders alone")
  func places() throws {
    let folder = try SampleFolder([
      "static/robots.txt": "User-agent: *", "media/notes.txt": "x", "pages/a.txt": "x",
      "a.md": "---\ntitle: T\ndate: 2024-10-03\n---\n",
    ])
    let reading = try folder.read()
    #expect(reading.archive.articles.count == 1)
    #expect(reading.archive.statics.map { reading.string($0.path) } == ["robots.txt"])
    #expect(reading.archive.media.map { reading.string($0.path) } == ["media/notes.txt"])
    #expect(
      try folder.complaints() == [
        "pages/a.txt: warning: nothing is made of this file; standing pages end in .md "
          + "[unknown-file]"
      ])
  }

  @Test(
    "of a headline alone is an error", arguments: ["Talks\n", "Talks\nTalks\n\nLeave a review"])
  func alone(text: String) throws {
    let folder = try SampleFolder(["2024-10-03.txt": text])
    #expect(
      try folder.complaints() == [
        "2024-10-03.txt:1:1: error: no text follows the headline; wire copy has a headline, then a "
          + "paragraph a line [no-text]"
      ])
  }
}
