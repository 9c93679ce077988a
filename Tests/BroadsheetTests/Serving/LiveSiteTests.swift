import Foundation
import Synchronization
import Testing

@testable import Broadsheet

@Suite("A site in memory") struct LiveSiteTests {
  private let files: TemporarySite
  private let live: LiveSite

  init() throws {
    files = try SamplePaper.site()
    live = LiveSite(serving: files)
    live.readAll()
  }

  private func expectFresh(_ hint: String, _ place: SourceLocation = #_sourceLocation) {
    live.expectFresh(hint, place)
  }

  /// Where the list of pages lies in memory: the same as long as nothing was composed anew.
  private var pageList: UInt {
    unsafe live.composition?.publication.pages.withUnsafeBufferPointer {
      UInt(bitPattern: $0.baseAddress)
    } ?? 0
  }

  private func apply(_ path: String) -> LiveSite.Effect {
    var changes = SiteChanges()
    changes.add(path)
    return live.apply(changes)
  }

  /// An edit of a file: what is put in the place of what; nil where the file goes.
  struct Edit: CustomTestStringConvertible, Sendable {
    var path: String
    var was = ""
    var new: String?
    var isComposed: Bool
    var testDescription: String { "\(path): \(new ?? "removed")" }
  }

  static let edits = [
    Edit(
      path: "politics/talks.md", was: "Talks on the", new: "More talks on the", isComposed: false),
    Edit(path: "politics/talks.md", was: "They met", new: "We met", isComposed: false),
    Edit(
      path: "politics/talks.md", was: "The council met", new: "The guild met", isComposed: false),
    Edit(
      path: "politics/talks.md", was: "updated: 2024-10-04", new: "updated: 2023-01-09",
      isComposed: false),
    Edit(
      path: "politics/talks.md", was: "2024-10-05, text: The port has", new: "2022-02-02, text: It",
      isComposed: false),
    Edit(
      path: "politics/talks.md", was: "updated: 2024-10-04", new: "updated: 2024-11-09",
      isComposed: true),
    Edit(path: "politics/talks.md", was: "alt: The port", new: "alt: A port", isComposed: false),
    Edit(path: "politics/forged.md", was: "were forged", new: "were false", isComposed: false),
    Edit(path: "pages/about.md", was: "We are", new: "They are", isComposed: false),
    Edit(path: "city/strike.txt", was: "stand still", new: "move again", isComposed: false),
    Edit(path: "media/port.svg", was: "width=\"640\"", new: "width=\"320\"", isComposed: false),
    Edit(path: "politics/talks.md", was: "[votes.md", new: "[gone.md", isComposed: false),
    Edit(path: "politics/talks.md", was: "(votes.md", new: "(gone.md", isComposed: false),
    Edit(path: "politics/talks.md", was: "[Port, Council]", new: "[Port, Quay]", isComposed: true),
    Edit(path: "politics/talks.md", was: "[leyla,", new: "[Another,", isComposed: true),
    Edit(path: "politics/talks.md", was: "2024-10-03 18:40", new: "2024-10-01", isComposed: true),
    Edit(
      path: "politics/talks.md", was: "kicker:", new: "status: draft\nkicker:", isComposed: true),
    Edit(path: "politics/talks.md", was: "kicker:", new: "priority: 1\nkicker:", isComposed: true),
    Edit(path: "politics/talks.md", was: "kicker:", new: "slug: other\nkicker:", isComposed: true),
    Edit(path: "politics/talks.md", was: "kicker:", new: "id: other\nkicker:", isComposed: true),
    Edit(
      path: "politics/talks.md", was: "kicker:", new: "embargo: 2024-11-01\nkicker:",
      isComposed: true),
    Edit(
      path: "politics/talks.md", was: "kicker:", new: "expires: 2024-10-05\nkicker:",
      isComposed: true),
    Edit(path: "politics/talks.md", was: "[/old/talks]", new: "[/older/talks]", isComposed: true),
    Edit(path: "politics/talks.md", was: "port.svg,", new: "gone.svg,", isComposed: true),
    Edit(path: "politics/talks.md", was: "alt: The port, ", new: "", isComposed: true),
    Edit(
      path: "politics/talks.md", was: "date: 2024-10-03 18:40", new: "date: soon", isComposed: true),
    Edit(path: "politics/talks.md", was: "title: Talks", new: "titel: Talks", isComposed: true),
    Edit(path: "politics/talks.md", was: "---\ntitle", new: "title", isComposed: true),
    Edit(
      path: "politics/peregovory.md", was: "of: politics/talks", new: "of: politics/votes",
      isComposed: true),
    Edit(path: "city/strike.txt", was: "City\n-\nA brief.\n", new: "", isComposed: true),
    Edit(path: "politics/votes.md", new: nil, isComposed: true),
    Edit(path: "media/port.svg", new: nil, isComposed: true),
    Edit(path: "static/logo.png", new: nil, isComposed: true),
    Edit(
      path: "city/new.md", new: "---\ntitle: New\ndate: 2024-10-09\n---\nNews.\n", isComposed: true),
    Edit(path: "media/new.png", new: "No picture", isComposed: true),
    Edit(path: "static/.well-known/new.txt", new: "New", isComposed: true),
    Edit(path: "notes.doc", new: "Nothing is made of this", isComposed: false),
  ]

  @Test("is after each edit what a new reading makes of the folder", arguments: edits)
  func patched(edit: Edit) throws {
    let list = pageList
    let file = files.path + "/seeds/" + edit.path
    let before = try? String(contentsOfFile: file, encoding: .utf8)
    if edit.new == nil {
      try files.remove(edit.path)
    } else if let before {
      try files.write(
        before.replacingOccurrences(of: edit.was, with: edit.new ?? ""), to: edit.path)
    } else {
      try files.write(edit.new ?? "", to: edit.path)
    }
    #expect(apply(edit.path) == .pages || edit.was == "[votes.md")
    #expect((pageList != list) == edit.isComposed)
    expectFresh("after the edit")

    // And back again.
    if let before { try files.write(before, to: edit.path) } else { try files.remove(edit.path) }
    _ = apply(edit.path)
    expectFresh("after the way back")
  }

  @Test("says nothing of a file that is told of twice, or that is no part of it")
  func nothing() throws {
    _ = apply("politics/votes.md")
    #expect(apply("politics/votes.md") == .nothing)
    #expect(apply("politics/never-there.md") == .nothing)
    #expect(SiteChanges.isShown("politics/.talks.md.swp") == false)
  }

  @Test("is read anew with site.yaml, and with folders that go")
  func wide() throws {
    try files.write(
      SamplePaper.configuration.replacingOccurrences(of: "The Shore", with: "The Quay"),
      to: "site.yaml")
    #expect(apply("site.yaml") == .pages)
    expectFresh("after site.yaml")
    try FileManager.default.removeItem(atPath: files.path + "/seeds/politics")
    var changes = SiteChanges()
    changes.goneFolders = ["politics"]
    #expect(live.apply(changes) == .pages)
    expectFresh("after a folder went")
  }

  @Test("takes templates, words and style sheets from the site's own folder")
  func theme() throws {
    let style = try String(
      contentsOfFile: TemporarySite.theme + "/assets/style.css", encoding: .utf8)
    let base = try String(contentsOfFile: TemporarySite.theme + "/base.html", encoding: .utf8)
    try files.write(style + "b{}", to: "templates/assets/style.css")
    guard case .styles(let paths) = apply("templates/assets/style.css") else {
      Issue.record("the style sheet is no news")
      return
    }
    #expect(paths.count == 1 && paths[0].hasPrefix("assets/style."))
    expectFresh("after the style sheet")
    try files.write(
      base.replacingOccurrences(of: "<main", with: "<main lang=\"en\""), to: "templates/base.html")
    #expect(apply("templates/base.html") == .pages)
    expectFresh("after the template")
    try files.write("words:\n", to: "templates/strings/en.yaml")
    #expect(apply("templates/strings/en.yaml") == .pages)
    expectFresh("after the words")
    try files.write(SamplePaper.configuration + "rights: { ai: deny }\n", to: "site.yaml")
    #expect(apply("site.yaml") == .pages)
    try files.write("training: [MyBot]\nsearch: []\n", to: "templates/crawlers.yaml")
    #expect(apply("templates/crawlers.yaml") == .pages)
    expectFresh("after the crawlers")
    try files.write("\\(template base()) \\(nonsense)", to: "templates/base.html")
    #expect(apply("templates/base.html") == .pages)
    #expect(live.renderer == nil && live.served(version: 2).errors.count > 0)
    expectFresh("after a bad template")
    try files.write(base, to: "templates/base.html")
    #expect(apply("templates/base.html") == .pages)
    expectFresh("after a good template")
  }

  /// A clock that a test sets, in seconds since 1970.
  private final class TestClock: Sendable {
    let now: Atomic<Int64>
    init(_ now: Moment) { self.now = Atomic(now) }
  }

  @Test("shows a review that is dated ahead from its moment on")
  func dueReview() throws {
    try files.write(
      "---\nname: Rena\ndate: 2024-10-11 09:00\n---\nWell said.\n",
      to: "reviews/politics/talks/a.md")
    let due: Moment = 1_728_622_800  // 09:00 in Baku
    let clock = TestClock(due - 3600)
    var options = live.options
    options.now = nil
    options.clock = { clock.now.load(ordering: .relaxed) }
    let live = LiveSite(options)
    live.readAll()
    func shown() -> [String] { live.pages.filter { $0.value.contains("Well said.") }.keys.sorted() }
    #expect(shown() == [])
    #expect(live.composition?.due == due)
    clock.now.store(due, ordering: .relaxed)
    var changes = SiteChanges()
    changes.isDue = true
    #expect(live.apply(changes) == .pages)
    #expect(shown() == ["politics/2024/10/talks.html"])
    live.expectFresh("after the review was due")
  }

  @Test(
    "links the script of its search page as it is now",
    .enabled(if: SearchProgram.found() != nil, "Pagefind is not here"))
  func searchScript() throws {
    try files.write(SamplePaper.configuration + "search: pagefind\n", to: "site.yaml")
    #expect(apply("site.yaml") == .pages)
    let script = try String(
      contentsOfFile: TemporarySite.theme + "/assets/search.js", encoding: .utf8)
    try files.write(script + "// Ours.\n", to: "templates/assets/search.js")
    #expect(apply("templates/assets/search.js") == .pages)
    #expect(live.pages["search.html"]?.contains(live.theme.searchScriptPath) == true)
    expectFresh("after the script")
  }
}
