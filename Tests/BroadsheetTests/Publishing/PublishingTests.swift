import Foundation
import Testing

@testable import Broadsheet

extension TemporarySite {
  /// The path of the output.
  fileprivate var output: String { path + "/public" }
  /// The path of the record of the last build.
  fileprivate var record: String { path + "/.broadsheet/public.record" }

  /// When each file and folder of the output was last written.
  fileprivate func stamps() throws -> [String: String] { try FileListing.stamps(below: output) }

  /// Writes a file of the output, as somebody else does.
  fileprivate func meddle(_ text: String, at name: String) throws {
    let file = URL(fileURLWithPath: output + "/" + name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  /// Removes a file or folder of the output, as somebody else does.
  fileprivate func lose(_ name: String) throws {
    try FileManager.default.removeItem(atPath: output + "/" + name)
  }
}

private func smallSite() throws -> TemporarySite {
  try TemporarySite([
    "politics/talks.md": story("Talks", "2024-10-03", "tags: [Port]"),
    "politics/votes.md": story("Votes", "2024-10-04"),
    "city/strike.md": story("Strike", "2024-10-05"),
    "media/port.svg": "<svg/>",
    "pages/about.md": story("About us", nil, body: "![A port](../media/port.svg)"),
    "static/ads.txt": "None", "static/.well-known/security.txt": "Contact: desk@a.example",
  ])
}

@Suite("An output folder") struct OutputFolderTests {
  @Test("that is missing or empty is filled in one step", arguments: [false, true])
  func fresh(isThere: Bool) throws {
    let site = try smallSite()
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
    let site = try smallSite()
    let plain = try site.build()
    for name in ["/other/", "/other/../third/.", "/a/b/c/public"] {
      let built = try site.build { $0.output = site.path + name }
      #expect(built.messages == [], "\(name)")
      #expect(built.differences(from: plain) == [], "\(name)")
    }
  }

  @Test("in which all is right is not touched, nor is the record")
  func untouched() throws {
    let site = try smallSite()
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
    let site = try smallSite()
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

  @Test("keeps nothing of a story that was set back or deleted", arguments: [true, false])
  func withdrawn(isDeleted: Bool) throws {
    let site = try smallSite()
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
    let site = try smallSite()
    _ = try site.build()
    try site.write(story("About us", nil), to: "pages/about.md")
    let built = try site.build()
    #expect(built.files["media/port.svg"] == nil)
    #expect(built.report.removedCount == 1)
  }

  @Test("is put right where somebody changed or removed a file")
  func meddled() throws {
    let site = try smallSite()
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
    let site = try smallSite()
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
    let site = try smallSite()
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
    let site = try smallSite()
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
    let site = try smallSite()
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
    let site = try smallSite()
    try FileManager.default.createDirectory(
      atPath: site.path + "/served", withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: site.output, withDestinationPath: site.path + "/served")
    #expect(try site.build().messages == [])
    #expect(try FileListing.bytes(below: site.path + "/served")["index.html"] != nil)
    #expect(try site.build().report.writtenCount == 0)
  }

  @Test("that is a file, or lies where it must not, is an error")
  func places() throws {
    let site = try smallSite()
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
  }
}

@Suite("The record of a build") struct BuildRecordTests {
  @Test("lists the files of the output, and says whether it is whole")
  func content() throws {
    let site = try smallSite()
    let built = try site.build()
    let text = try String(contentsOfFile: site.record, encoding: .utf8)
    let lines = text.split(separator: "\n").map(String.init)
    #expect(lines[0] == "broadsheet record 1")
    #expect(lines[1].count == 16 && lines[1].allSatisfy(\.isHexDigit))
    #expect(lines[2] == "complete")
    #expect(lines[3...].sorted() == built.paths)
  }

  @Test("makes that files of others are left alone")
  func others() throws {
    let site = try smallSite()
    _ = try site.build()
    try site.meddle("Mine", at: "notes.txt")
    try site.meddle("Mine", at: "city/notes.txt")
    try site.remove("city/strike.md")
    let built = try site.build()
    #expect(built.messages == [])
    #expect(built["notes.txt"] == "Mine")
    #expect(built["city/notes.txt"] == "Mine")
    #expect(built.files["city.html"] == nil)
  }

  /// What can happen to a record.
  enum Damage: CaseIterable, Sendable {
    case lost, empty, cut, changed, ofAnotherVersion

    func happen(to path: String) throws {
      let file = URL(fileURLWithPath: path)
      var bytes = Array(try Data(contentsOf: file))
      switch self {
      case .lost: return try FileManager.default.removeItem(at: file)
      case .empty: bytes = []
      case .cut: bytes.removeLast(9)
      case .changed: bytes[bytes.count - 9] ^= 1
      case .ofAnotherVersion: bytes[18] = UInt8(ascii: "2")
      }
      try Data(bytes).write(to: file)
    }
  }

  @Test(
    "that is gone or damaged leaves no withdrawn story online unsaid", arguments: Damage.allCases)
  func damage(_ damage: Damage) throws {
    let site = try smallSite()
    _ = try site.build()
    try damage.happen(to: site.record)
    // With nothing withdrawn it is no error, and there is a new record.
    #expect(try site.build().messages == [])
    #expect(try String(contentsOfFile: site.record, encoding: .utf8).contains("\ncomplete\n"))

    try damage.happen(to: site.record)
    try site.remove("city/strike.md")
    try site.meddle("ref: refs/heads/main", at: ".git/HEAD")
    try site.meddle("", at: ".nojekyll")
    let stamps = try site.stamps()
    let built = try site.build()
    #expect(
      built.messages == [
        """
        public: error: this folder holds 3 files that the site has not; remove them with --adopt, \
        or keep them by moving them into 'static/' of the source folder:
          public/city/2024/10/strike.html
          public/city/rss.xml
          public/city.html [foreign-files]
        """
      ])
    #expect(built.report.exitCode == 1)
    #expect(try site.stamps() == stamps)

    let adopted = try site.build { $0.adopts = true }
    #expect(adopted.messages == [])
    #expect(adopted.report.removedCount == 3)
    #expect(adopted.paths(holding: "Strike") == [])
    #expect(adopted[".git/HEAD"] == "ref: refs/heads/main")
    #expect(adopted.files[".nojekyll"] != nil)
    #expect(try site.build().report.writtenCount == 0)
  }

  @Test("tells ten files and how many more there are")
  func many() throws {
    let site = try smallSite()
    for number in 10..<25 { try site.meddle("Mine", at: "file-\(number).txt") }
    let message = try #require(try site.build().messages.first)
    #expect(message.hasPrefix("public: error: this folder holds 15 files that the site has not;"))
    #expect(message.hasSuffix("\n  public/file-19.txt\n  and 5 more [foreign-files]"))
  }

  @Test("of a build that was killed lists what was and what was to be")
  func killed() throws {
    let site = try smallSite()
    let before = try site.build()
    // As it stands between the first move and the last: a page too many, one too few.
    var writer = TextStore.Writer(TextStore())
    var record = BuildRecord(isComplete: false, store: writer.store)
    for path in before.paths + ["half/written.html"] { record.add(writer.add(path)) }
    try Data(record.serialized.array).write(to: URL(fileURLWithPath: site.record))
    try site.meddle("Half", at: "half/written.html")
    try site.lose("index.html")
    try FileManager.default.createDirectory(
      atPath: site.path + "/.broadsheet/public.new/left", withIntermediateDirectories: true)
    let after = try site.build()
    #expect(after.messages == [])
    #expect(after.differences(from: before) == [])
    #expect(after.report.removedCount == 1)
    #expect(!FileManager.default.fileExists(atPath: site.path + "/.broadsheet/public.new"))
    #expect(try String(contentsOfFile: site.record, encoding: .utf8).contains("\ncomplete\n"))
  }

  @Test("is read as it was written")
  func roundTrip() {
    var writer = TextStore.Writer(TextStore())
    var record = BuildRecord(isComplete: true, store: writer.store)
    for path in ["a.html", "b/ə.html", "a.html"] { record.add(writer.add(path)) }
    let bytes = record.serialized
    let read = BuildRecord(bytes.slice)
    #expect(read?.isComplete == true)
    #expect(read?.paths.count == 2)
    #expect(read?.serialized.array == bytes.array)
    #expect("b/ə.html".withBytes { read?.contains($0) } == true)
    #expect("c.html".withBytes { read?.contains($0) } == false)
  }
}

@Suite("A build") struct BuildTests {
  @Test("gives the same bytes whatever the number of threads", arguments: [2, 4, 16])
  func threads(jobs: Int) throws {
    let one = try SamplePaper.site().build { $0.jobs = 1 }
    let many = try SamplePaper.site().build { $0.jobs = jobs }
    #expect(many.differences(from: one) == [])
    #expect(many.messages == one.messages)
  }

  @Test("waits for another one of the same output, and says for whom")
  func waits() throws {
    let site = try smallSite()
    try FileManager.default.createDirectory(
      atPath: site.path + "/.broadsheet", withIntermediateDirectories: true)
    var lock: OutputLock? = try OutputLock(
      at: site.path + "/.broadsheet/public.lock", whenWaiting: { _ in })
    var options = BuildOptions(theme: TemporarySite.theme, clock: 1_728_561_600)
    options.source = site.path + "/seeds"
    options.output = site.output
    var holders: [Int32?] = []
    let report = build(options, progress: { _, _ in }) { holder in
      holders.append(holder)
      lock = nil
    }
    #expect(lock == nil)
    #expect(holders == [ProcessInfo.processInfo.processIdentifier])
    #expect(report.isPublished)
    // An output of another name is another matter.
    lock = try OutputLock(at: site.path + "/.broadsheet/public.lock", whenWaiting: { _ in })
    options.output = site.path + "/other"
    #expect(build(options, progress: { _, _ in }, whenWaiting: { _ in holders = [] }).isPublished)
    #expect(holders.count == 1)
    withExtendedLifetime(lock) {}
  }

  @Test("takes a moment in the site's zone, or with its own")
  func moments() throws {
    let site = try TemporarySite(
      ["politics/a.md": story("A", "2024-10-03 12:00"), "city/b.md": story("B", "2024-01-01")],
      configuration: TemporarySite.plainConfiguration + "timezone: Asia/Baku\n")
    for (now, isSeen) in [
      ("2024-10-03 11:59", false), ("2024-10-03 12:00", true), ("2024-10-03T08:00:00Z", true),
      ("2024-10-03T12:00:00+05:00", false), ("2024-10-03", false), ("2024-10-04", true),
    ] {
      let built = try site.build(now: now)
      #expect(built.messages == [], "\(now)")
      #expect((built.report.articleCount == 2) == isSeen, "\(now)")
    }
    let built = try site.build(now: "tomorrow")
    #expect(
      built.messages == [
        "error: --now: 'tomorrow' is not a date; write it as 2024-10-03 or 2024-10-03T18:40:00+04:00 "
          + "[bad-date]"
      ])
    #expect(built.report.exitCode == 1)
  }

  @Test("tells how many stories are held, and when the next is due")
  func held() throws {
    let site = try TemporarySite(
      [
        "politics/a.md": story("A", "2024-10-03 18:00"), "politics/b.md": story("B", "2024-10-04"),
        "politics/c.md": story("C", "2024-10-01"),
      ],
      configuration: TemporarySite.plainConfiguration + "timezone: Asia/Baku\n")
    let today = try site.build(now: "2024-10-03 10:00").report
    #expect(today.heldCount == 2)
    #expect(today.nextDue == "at 18:00 (Baku)")
    let later = try site.build(now: "2024-10-03 18:00").report
    #expect(later.heldCount == 1)
    #expect(later.nextDue == "on 4 October 2024 at 00:00 (Baku)")
    #expect(try site.build(now: "2024-10-04").report.nextDue == nil)
  }

  @Test("of a folder without articles is an error that says how to write one")
  func nothing() throws {
    let remedy =
      "no story is here; write the first as politics/talks.md, with the lines '---', 'title: …', "
      + "'date: 2024-10-03', '---' and then its text [no-articles]"
    #expect(try TemporarySite().build().messages == ["seeds: error: " + remedy])
    let site = try TemporarySite()
    #expect(
      try site.build { $0.source = site.path + "/nowhere" }.messages == [
        "nowhere: error: there is no such folder; name that of the stories with --source "
          + "[missing-source]"
      ])
  }

  @Test("of a folder without site.yaml makes a site all the same")
  func withoutConfiguration() throws {
    let built = try TemporarySite(
      ["human-rights/talks.md": story("Talks")], configuration: nil
    ).build()
    #expect(
      built.messages == [
        "seeds/site.yaml: warning: there is no site.yaml: the site is called 'seeds', in English, in "
          + "UTC, without feeds and sitemap; write one with 'title: …' and 'url: https://…' "
          + "[no-site-file]"
      ])
    #expect(built.holds(in: "human-rights.html", "<h1>Human rights</h1>"))
    #expect(built.paths.filter { $0.hasSuffix(".xml") } == [])
  }
}
