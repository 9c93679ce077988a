import Foundation
import Testing

@testable import Broadsheet

@Suite("An output folder") struct OutputFolderTests {
  @Test("that is missing or empty is filled in one step", arguments: [false, true])
  func fresh(isThere: Bool) throws {
    let site = try TemporarySite.small()
    if isThere {
      try FileManager.default.createDirectory(
        atPath: site.output, withIntermediateDirectories: true)
    }
    let built = try site.build()
    #expect(built.messages == [])
    #expect(built.files["static/ads.txt"] == nil)
    #expect(built["ads.txt"] == "None")
    #expect(built[".well-known/security.txt"] == "Contact: desk@a.example")
    #expect(built["media/port.svg"] == "<svg/>")
    #expect(built.report.writtenCount == built.report.pageCount)
    // Three static files and pictures, and the style sheet.
    #expect(built.report.copiedCount == 4)
    // Beside it there is the record, the lock, and nothing else.
    let workshop = try FileManager.default.contentsOfDirectory(atPath: site.path + "/.broadsheet")
    #expect(workshop.sorted() == ["public.lock", "public.record"])
  }

  @Test("may be named with a slash, with dots, or deep below folders that are missing")
  func names() throws {
    let site = try TemporarySite.small()
    let plain = try site.build()
    for name in ["/other/", "/other/../third/.", "/a/b/c/public"] {
      let built = try site.build { $0.output = site.path + name }
      #expect(built.messages == [], "\(name)")
      #expect(built.differences(from: plain) == [], "\(name)")
    }
  }

  @Test("in which all is right is not touched, nor is the record")
  func untouched() throws {
    let site = try TemporarySite.small()
    FileStamp.waitForNextMoment()
    let first = try site.build()
    let stamps = try site.stamps()
    let record = try FileListing.stamps(below: site.path + "/.broadsheet")["public.record"]
    let second = try site.build()
    #expect(second.report.writtenCount == 0)
    #expect(second.report.copiedCount == 0)
    #expect(second.report.unchangedCount == first.report.pageCount)
    #expect(try site.stamps() == stamps)
    #expect(try FileListing.stamps(below: site.path + "/.broadsheet")["public.record"] == record)
  }

  @Test("changes in what differs alone")
  func changes() throws {
    let site = try TemporarySite.small()
    let before = try site.build()
    let stamps = try site.stamps()
    try site.write(
      story("Strike", "2024-10-05", "summary: It goes on.", body: "Talks go on."),
      to: "city/strike.md")
    let after = try site.build()
    let changed = after.differences(from: before)
    #expect(changed.contains("city/2024/10/strike.html"))
    #expect(!changed.contains("politics/2024/10/talks.html"))
    #expect(after.report.writtenCount == changed.count)
    let now = try site.stamps()
    #expect(
      after.paths.filter { now[$0] != stamps[$0] } == changed, "files that are right were rewritten"
    )
  }

  @Test("holds after many changes what a first build would make")
  func incremental() throws {
    let site = try TemporarySite.small()
    _ = try site.build()
    try site.write(story("Votes again", "2024-10-05", "tags: [Sea]"), to: "politics/votes.md")
    try site.write(story("New", "2024-10-06", "authors: [Leyla]"), to: "culture/new.md")
    try site.remove("politics/talks.md")
    let after = try site.build()
    let fresh = try site.build { $0.output = site.path + "/other" }
    #expect(after.report.removedCount > 0)
    #expect(after.differences(from: fresh) == [])
  }

  @Test("keeps nothing of a story that was set back or deleted", arguments: [true, false])
  func withdrawn(isDeleted: Bool) throws {
    let site = try TemporarySite.small()
    _ = try site.build()
    if isDeleted {
      try site.remove("city/strike.md")
    } else {
      try site.write(story("Strike", "2024-10-05", "status: draft"), to: "city/strike.md")
    }
    let built = try site.build()
    #expect(built.messages == [])
    #expect(built.paths(holding: "Strike") == [])
    // Its page, its section's page and feed; and the folders are gone with them.
    #expect(built.report.removedCount == 3)
    #expect(!FileManager.default.fileExists(atPath: site.output + "/city"))
  }

  @Test("keeps no picture that no page shows any more")
  func pictures() throws {
    let site = try TemporarySite.small()
    _ = try site.build()
    try site.write(story("About us", nil), to: "pages/about.md")
    let built = try site.build()
    #expect(built.files["media/port.svg"] == nil)
    #expect(built.report.removedCount == 1)
  }

  @Test("is put right where somebody changed or removed a file")
  func meddled() throws {
    let site = try TemporarySite.small()
    let before = try site.build()
    try site.meddle("Changed", at: "index.html")
    try site.meddle(before["politics.html"] + " ", at: "politics.html")
    try site.meddle("", at: "ads.txt")
    try site.lose("city")
    try site.lose("media/port.svg")
    let after = try site.build()
    #expect(after.messages == [])
    #expect(after.differences(from: before) == [])
    // The front page, a section's page, the story, its section's feed; and two files.
    #expect(after.report.writtenCount == 4)
    #expect(after.report.copiedCount == 2)
  }

  @Test("is as it was after an error, to the last stamp")
  func errors() throws {
    let site = try TemporarySite.small()
    _ = try site.build()
    let stamps = try site.stamps()
    for fault in [
      story("Votes", "3 Octobr 2024"), story("Votes", body: "[x](nowhere.md)"),
      story("Votes", "2024-10-03", "slug: talks"), "no front matter",
    ] {
      try site.write(fault, to: "politics/votes.md")
      try site.write(story("Strike over", "2024-10-05"), to: "city/strike.md")
      let built = try site.build()
      #expect(built.report.exitCode == 1)
      #expect(!built.report.isPublished)
      #expect(try site.stamps() == stamps)
    }
    let workshop = try FileManager.default.contentsOfDirectory(atPath: site.path + "/.broadsheet")
    #expect(workshop.sorted() == ["public.lock", "public.record"])
  }

  @Test("is not made by a build that fails")
  func firstError() throws {
    let site = try TemporarySite(["politics/a.md": story("A", body: "[x](nowhere.md)")])
    #expect(try site.build().report.exitCode == 1)
    #expect(!FileManager.default.fileExists(atPath: site.output))
  }

  @Test("changes its files for folders and its folders for files as the site does")
  func filesForFolders() throws {
    let site = try TemporarySite.small()
    try site.write("1", to: "static/one")
    try site.write("2", to: "static/two/a/b.txt")
    try site.write("3", to: "static/two/c.txt")
    _ = try site.build()
    try site.remove("static/one")
    try site.write("4", to: "static/one/d.txt")
    try site.remove("static/two")
    try site.write("5", to: "static/two")
    let built = try site.build()
    #expect(built.messages == [])
    #expect(built.files["one/d.txt"] == Array("4".utf8))
    #expect(built.files["two"] == Array("5".utf8))
    #expect(built.report.removedCount == 3)
    #expect(try site.build().report.copiedCount == 0)
  }

  @Test("in which somebody's files are in the way is left as it is")
  func inTheWay() throws {
    let site = try TemporarySite.small()
    _ = try site.build()
    try site.write(story("Strike over", "2024-10-05"), to: "city/strike.md")
    try site.lose("politics.html")
    try site.meddle("Mine", at: "politics.html/notes.txt")
    let stamps = try site.stamps()
    var built = try site.build()
    #expect(
      built.messages == [
        "public/politics.html: error: this is a folder, where a file of the site is to be; remove it "
          + "or move it away [output-in-the-way]"
      ])
    #expect(built.report.exitCode == 3)
    #expect(try site.stamps() == stamps)

    try site.lose("politics.html")
    try site.lose("politics")
    try site.meddle("Mine", at: "politics")
    built = try site.build()
    #expect(
      built.messages == [
        "public/politics: error: this is a file, where a folder of the site is to be; remove it or "
          + "move it away [output-in-the-way]"
      ])
    #expect(built["politics"] == "Mine")
  }

  @Test("through which a symbolic link leads out is an error, and nothing is written there")
  func links() throws {
    let site = try TemporarySite.small()
    _ = try site.build()
    let elsewhere = site.path + "/elsewhere"
    try FileManager.default.createDirectory(
      atPath: elsewhere + "/2024", withIntermediateDirectories: true)
    try Data("Precious".utf8).write(to: URL(fileURLWithPath: elsewhere + "/rss.xml"))
    try site.lose("city")
    try FileManager.default.createSymbolicLink(
      atPath: site.output + "/city", withDestinationPath: elsewhere)
    let message =
      "public/city: error: this is a symbolic link, by which the site would be written elsewhere; "
      + "remove it [output-link]"
    #expect(try site.build().messages == [message])
    // Nor is what is gone removed there.
    try site.remove("city/strike.md")
    #expect(try site.build().messages == [message])
    #expect(try FileListing.bytes(below: elsewhere) == ["rss.xml": Array("Precious".utf8)])

    // A link in the place of a file is replaced.
    try site.lose("city")
    try site.lose("index.html")
    try FileManager.default.createSymbolicLink(
      atPath: site.output + "/index.html", withDestinationPath: elsewhere + "/rss.xml")
    let built = try site.build()
    #expect(built.messages == [])
    #expect(built.holds(in: "index.html", "The Daily Example"))
    #expect(try FileListing.bytes(below: elsewhere) == ["rss.xml": Array("Precious".utf8)])
  }

  @Test("may be a link to a folder itself")
  func linkedOutput() throws {
    let site = try TemporarySite.small()
    try FileManager.default.createDirectory(
      atPath: site.path + "/served", withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: site.output, withDestinationPath: site.path + "/served")
    #expect(try site.build().messages == [])
    #expect(try FileListing.bytes(below: site.path + "/served")["index.html"] != nil)
    #expect(try site.build().report.writtenCount == 0)
  }

  /// A folder of another file system than that of temporary folders; nil where there is none.
  private static let otherDisk: String? = {
    func device(_ path: String) -> UInt64? { (try? Folder(at: path).status())?.device }
    let other = "/dev/shm"
    return device(other) == device(NSTemporaryDirectory()) ? nil : device(other).map { _ in other }
  }()

  @Test(
    "that leads to another file system is an error which says so, before anything is written",
    .enabled(if: otherDisk != nil, "there is one file system alone"))
  func otherFileSystem() throws {
    let site = try TemporarySite.small()
    let elsewhere = try #require(Self.otherDisk) + "/broadsheet-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: elsewhere, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: elsewhere) }
    try FileManager.default.createSymbolicLink(
      atPath: site.output, withDestinationPath: elsewhere)
    let built = try site.build()
    #expect(
      built.messages == [
        "public: error: this leads to another file system, into which no file can be moved from "
          + "'.broadsheet' in one step; name the folder that it leads to as --output "
          + "[output-elsewhere]"
      ])
    #expect(built.report.exitCode == 1)
    #expect(try FileManager.default.contentsOfDirectory(atPath: elsewhere) == [])
    let workshop = site.path + "/.broadsheet"
    #expect(try FileManager.default.contentsOfDirectory(atPath: workshop) == [])
    #expect(try site.build { $0.output = elsewhere + "/public" }.messages == [])
  }

  @Test("that is a file, or lies where it must not, is an error")
  func places() throws {
    let site = try TemporarySite.small()
    try Data("Mine".utf8).write(to: URL(fileURLWithPath: site.output))
    #expect(
      try site.build().messages == [
        "public: error: this is a file; remove it or name another --output [output-not-a-folder]"
      ])
    func message(_ output: String) throws -> String {
      try site.build { $0.output = site.path + "/" + output }.messages.joined(separator: "\n")
        .replacingOccurrences(of: site.path, with: "here")
    }
    let inside = "the output lies inside the source folder 'seeds'; name an --output outside it"
    #expect(try message("seeds/public") == "seeds/public: error: \(inside) [output-overlap]")
    #expect(try message("x/../seeds/a/b") == "x/../seeds/a/b: error: \(inside) [output-overlap]")
    #expect(
      try message("seeds")
        == "seeds: error: the output is the source folder itself; name another --output "
        + "[output-overlap]")
    #expect(
      try site.build { $0.output = site.path }.messages.map {
        $0.replacingOccurrences(of: site.path, with: "here")
      } == [
        "here: error: the source folder 'seeds' lies inside the output, where files that are no "
          + "part of the site are removed; name another --output [output-overlap]"
      ])
    try FileManager.default.createSymbolicLink(
      atPath: site.path + "/link", withDestinationPath: site.path + "/seeds")
    #expect(try message("link/public") == "link/public: error: \(inside) [output-overlap]")
    try FileManager.default.createDirectory(
      atPath: site.path + "/own/theme", withIntermediateDirectories: true)
    #expect(
      try site.build {
        $0.output = site.path + "/own"
        $0.templates = [site.path + "/own/theme"]
      }.messages == [
        "own: error: the output folder is, or holds, a folder of templates; name another --output "
          + "[output-overlap]"
      ])
    #expect(try FileListing.bytes(below: site.path + "/seeds")["index.html"] == nil)

    for name in [".broadsheet", ".broadsheet/public"] {
      #expect(
        try message(name)
          == "\(name): error: '.broadsheet' is where builds keep what they know; name another "
          + "--output [output-overlap]")
    }
    for name in ["x/..", "own/../"] {
      #expect(
        try message(name)
          == "\(name): error: '..' names no folder of its own; write the --output by its name "
          + "[output-overlap]")
    }
    #expect(!FileManager.default.fileExists(atPath: site.path + "/x"))
  }

  @Test("is not given over to drafts when it holds the site as readers see it")
  func drafts() throws {
    let site = try TemporarySite([
      "politics/draft.md": story("A draft", "2024-10-01", "status: draft"),
      "politics/talks.md": story("Talks"),
    ])
    let before = try site.build()
    let refused = try site.build { $0.showsDrafts = true }
    #expect(
      refused.messages == [
        "public: error: the site lies here as readers see it; name another --output for --drafts, "
          + "so that no draft is published by mistake [drafts-in-output]"
      ])
    #expect(refused.report.exitCode == 1)
    #expect(refused.differences(from: before) == [])
    // An output of its own stays one.
    for _ in 0..<2 {
      let preview = try site.build {
        $0.showsDrafts = true
        $0.output = site.path + "/preview"
      }
      #expect(preview.messages == [])
      #expect(preview.paths(holding: "A draft") != [])
    }
    // Where there is no output any more, nobody reads it.
    try FileManager.default.removeItem(atPath: site.path + "/public")
    #expect(try site.build { $0.showsDrafts = true }.messages == [])
  }

  @Test("that came without its record is built days later, when there is no news any more")
  func withoutNews() throws {
    let site = try TemporarySite([
      "site.yaml": "title: The Daily\nurl: https://a.example/\n",
      "politics/talks.md": story("Talks", "2024-10-05"),
    ])
    let first = try site.build { $0.now = "2024-10-05T12:00:00Z" }
    #expect(first["news-sitemap.xml"].contains("talks.html"))
    try FileManager.default.removeItem(atPath: site.path + "/.broadsheet")
    let later = try site.build { $0.now = "2024-10-09T12:00:00Z" }
    #expect(later.messages == [])
    #expect(later.files["news-sitemap.xml"] == nil)
    #expect(later.differences(from: first).filter { $0.hasSuffix(".html") } == [])
  }
}
