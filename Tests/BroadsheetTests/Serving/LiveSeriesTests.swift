import Foundation
import Testing

@testable import Broadsheet

/// Random edits of a paper in a temporary folder, as a newsroom makes them.
private struct Newsroom {
  let files: TemporarySite
  private var state: UInt64
  /// What the file system holds, by paths from the source folder.
  private(set) var known: [String: String]

  init(_ files: TemporarySite, seed: UInt64) {
    self.files = files
    state = seed
    known = SamplePaper.files
    known["site.yaml"] = SamplePaper.configuration
  }

  mutating func random(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % bound
  }

  private mutating func one<Element>(_ elements: [Element]) -> Element {
    elements[random(elements.count)]
  }

  private mutating func put(_ text: String?, at path: String) throws {
    known[path] = text
    if let text { try files.write(text, to: path) } else { try files.remove(path) }
  }

  /// A path of a story, be it there or not.
  private mutating func storyPath() -> String {
    one(["city", "politics", "sport", ""]).path(
      one(["story-1", "story-2", "story-3", "talks", "votes"]) + one([".md", ".md", ".md", ".txt"]))
  }

  private mutating func someStory() -> String? {
    let stories = known.keys.filter {
      ($0.hasSuffix(".md") || $0.hasSuffix(".txt")) && !$0.hasPrefix("static/")
    }.sorted()
    return stories.isEmpty ? nil : one(stories)
  }

  private mutating func newStory(_ path: String) -> String {
    if path.hasSuffix(".txt") {
      return one(["", "---\ndate: 2024-10-0\(random(9) + 1)\n---\n"])
        + "Wire \(random(9))\nWire \(random(9))\nThe port was closed on Monday for the whole day.\n"
        + one(["", "City\n-\nA brief of the day, number \(random(3)).\n"])
    }
    var lines = ["title: Story \(random(100))", "date: 2024-10-\(random(6) + 8) 0\(random(9)):00"]
    let optional = [
      "tags: [\(one(["Port", "Quay", "port"])), \(one(["Council", "Quay & co"]))]",
      "authors: [\(one(["leyla", "Rauf Kazimzade", "Another"]))]", "priority: \(random(9) + 1)",
      "section: \(one(["politics", "culture"]))", "status: draft", "status: retracted\nreason: No",
      "embargo: 2024-10-\(random(4) + 9)", "expires: 2024-10-\(random(4) + 9)",
      "image: { src: /media/\(one(["port.svg", "new.svg"])), alt: A port }",
      "language: ru\ntranslation-of: \(one(["politics/talks", "politics/votes"]))",
      "slug: \(one(["one", "two"]))", "id: \(one(["x", "y", "politics/talks"]))",
      "aliases: [/\(one(["old", "older"]))]", "updated: 2024-10-1\(random(3))",
      "corrections: [{ date: 2024-10-09, text: Not \(random(9)), material: true }]",
      "summary: In short \(random(9))", "titel: wrong",
    ]
    for _ in 0..<random(5) {
      let line = one(optional)
      let key = line.prefix { $0 != ":" }
      if !lines.contains(where: { $0.hasPrefix(key) }) { lines.append(line) }
    }
    let links = [
      "See [votes](/politics/votes.md).", "See [it](/politics/votes.md#how-they-voted).",
      "![A port](/media/port.svg)", "[gone](/city/gone.md)", "See [us](/pages/about.md).",
      "The council met, see the votes and below.",
    ]
    return "---\n" + lines.joined(separator: "\n")
      + "\n---\nWords \(random(1000)).\n\n\(one(links))\n"
  }

  /// Puts right what is wrong: files that are complained of are as they were in the beginning, or go.
  mutating func mend(_ complaints: [Diagnostic]) throws -> SiteChanges {
    var changes = SiteChanges()
    var wrong = Set(complaints.map { String($0.file.dropFirst((files.path + "/seeds/").count)) })
    wrong.formUnion(SamplePaper.files.keys.filter { known[$0] != SamplePaper.files[$0] })
    for path in wrong.sorted() {
      let first = path == "site.yaml" ? SamplePaper.configuration : SamplePaper.files[path]
      guard known[path] != first else { continue }
      try put(first, at: path)
      changes.add(path)
    }
    return changes
  }

  /// Makes an edit.
  ///
  /// - Returns: What it was, and what a watcher would tell of it.
  mutating func edit() throws -> (String, SiteChanges) {
    var changes = SiteChanges()
    let kind = random(21)
    switch kind {
    case 0...6:
      let path = storyPath()
      try put(newStory(path), at: path)
      changes.add(path)
      return ("write \(path)", changes)
    case 7, 8, 9:
      guard let path = someStory(), let text = known[path] else { break }
      let edits = [
        (".", ", again."), ("Words", "Other words"), ("title: ", "title: New "),
        ("2024-10-0", "2024-10-1"), ("\n---\n", "\nkicker: K\n---\n"), ("---", "--"),
      ]
      let (was, new) = one(edits)
      try put(text.replacingOccurrences(of: was, with: new), at: path)
      changes.add(path)
      return ("edit \(path): \(was) to \(new)", changes)
    case 10, 11:
      guard let path = someStory() else { break }
      try put(nil, at: path)
      changes.add(path)
      return ("remove \(path)", changes)
    case 12, 13:
      guard let path = someStory(), let text = known[path] else { break }
      let target = storyPath()
      guard target != path, path.hasSuffix(".md") == target.hasSuffix(".md") else { break }
      try put(nil, at: path)
      try put(text, at: target)
      changes.add(path)
      changes.add(target)
      return ("move \(path) to \(target)", changes)
    case 14:
      let path = one(["media/port.svg", "media/new.svg", "city/beside.svg"])
      let size = random(3)
      let text =
        size == 0
        ? nil
        : "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(size)00\" height=\"480\"/>"
      if text == nil, known[path] == nil { break }
      try put(text, at: path)
      changes.add(path)
      return ("picture \(path) \(size)", changes)
    case 15:
      let path = one(["static/ads.txt", "static/logo.png", "static/favicon.svg"])
      let text = known[path] == nil ? "Hello" : nil
      try put(text, at: path)
      changes.add(path)
      return ("static \(path)", changes)
    case 16:
      let was = known["site.yaml"] ?? ""
      let (old, new) = one([
        ("The Shore", "The Quay"), ("The Quay", "The Shore"), ("[rss, atom, json]", "[rss]"),
        ("more: latest\n", ""), ("title: {", "more: latest\ntitle: {"), ("en, ru", "en"),
      ])
      try put(was.replacingOccurrences(of: old, with: new), at: "site.yaml")
      changes.add("site.yaml")
      return ("site.yaml: \(old) to \(new)", changes)
    case 17:
      let path = one(["templates/line.html", "templates/assets/style.css", "templates/byline.html"])
      let theme = try String(
        contentsOfFile: TemporarySite.theme + path.dropFirst("templates".count), encoding: .utf8)
      let text =
        known[path] != nil
        ? nil : path.hasSuffix(".css") ? theme + "b{}" : theme + "\\(if true)<!--x-->\\(end)\n"
      try put(text?.replacingOccurrences(of: "<!--x-->", with: "<b>x</b>"), at: path)
      changes.add(path)
      return ("theme \(path)", changes)
    case 19:
      let path = one(["reviews/politics/talks/1.md", "reviews/city/story-1/2.md"])
      let text =
        random(3) == 0 ? nil : "---\nname: A\ndate: 2024-10-0\(random(9) + 1)\n---\nGood.\n"
      if text == nil, known[path] == nil { break }
      try put(text, at: path)
      changes.add(path)
      return ("review \(path)", changes)
    case 18:
      let folder = one(["city", "sport", "politics"])
      let gone = known.keys.filter { $0.hasPrefix(folder + "/") }
      guard !gone.isEmpty, random(3) == 0 else { break }
      try FileManager.default.removeItem(atPath: files.path + "/seeds/" + folder)
      for path in gone { known[path] = nil }
      changes.goneFolders = [folder]
      return ("the folder \(folder) goes", changes)
    default:
      let path = one(["pages/about.md", "pages/contact.md"])
      let text = random(4) == 0 ? nil : "---\ntitle: Page \(random(9))\n---\nWe are \(random(9)).\n"
      if text == nil, known[path] == nil { break }
      try put(text, at: path)
      changes.add(path)
      return ("page \(path)", changes)
    }
    return ("nothing", changes)
  }
}

extension String {
  fileprivate func path(_ name: String) -> String { isEmpty ? name : self + "/" + name }
}

@Suite("A site in memory over a long series of edits") struct LiveSeriesTests {
  /// How many edits a series has; more are made by `BROADSHEET_EDITS=1000 swift test`.
  private static let editCount =
    ProcessInfo.processInfo.environment["BROADSHEET_EDITS"].flatMap { Int($0) } ?? 120

  @Test(
    "is what a new reading makes of the folder, after each edit",
    arguments: [(1, false), (2, false), (3, true), (4, false)])
  func series(seed: UInt64, showsDrafts: Bool) throws {
    let files = try SamplePaper.site()
    let live = LiveSite(serving: files, showsDrafts: showsDrafts)
    live.readAll()
    var newsroom = Newsroom(files, seed: seed)
    var recent: [String] = []
    var shownCount = 0
    for round in 0..<Self.editCount {
      var changes = SiteChanges()
      var titles: [String] = []
      // A save may bring several files at once.
      for _ in 0...(newsroom.random(4) / 3) {
        let (title, more) = try newsroom.edit()
        titles.append(title)
        changes.files.formUnion(more.files)
        changes.goneFolders.formUnion(more.goneFolders)
        changes.theme.formUnion(more.theme)
      }
      _ = live.apply(changes)
      if newsroom.random(25) == 0 {
        live.compact()
        live.make(.composition)
        titles.append("its texts are moved together")
      }
      recent.append("\(round) " + titles.joined(separator: ", "))
      let complaints = live.diagnostics.filter(\.isError)
      if !complaints.isEmpty, newsroom.random(2) == 0 {
        _ = live.apply(try newsroom.mend(complaints))
        recent.append("mended")
      }
      let hint = "seed \(seed): " + recent.suffix(3).joined(separator: "; ")
      live.expectFresh(hint)
      shownCount += live.pages.isEmpty ? 0 : 1
    }
    #expect(shownCount > Self.editCount / 4, "most edits are of a paper without an error")
  }
}
