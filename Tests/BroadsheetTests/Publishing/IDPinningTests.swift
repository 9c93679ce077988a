import Foundation
import Glibc
import Testing

@testable import Broadsheet

@Suite("Pinning ids") struct IDPinningTests {
  private static let wire = "Ferry\nFerry\nThe ferries stand still.\n"

  private static func pin(_ site: TemporarySite, isTrial: Bool = false) -> PinReport {
    pinIDs(source: site.path + "/seeds", isTrial: isTrial)
  }

  private static func lines(_ report: PinReport, _ site: TemporarySite) -> [String] {
    report.lines.map {
      "\($0.file): \($0.text)".replacingOccurrences(of: site.path + "/", with: "")
    }
  }

  private static func bytes(_ site: TemporarySite, _ name: String) throws -> String {
    String(
      decoding: try Data(contentsOf: URL(fileURLWithPath: site.path + "/seeds/" + name)),
      as: UTF8.self)
  }

  @Test(
    "puts the id before the first key, and leaves every other byte",
    arguments: [
      ("a/b.md", "---\ntitle: T\n---\nText\n", "---\nid: a/b\ntitle: T\n---\nText\n"),
      (
        "a/b.md", "\u{FEFF}---\r\n# A comment\r\ntitle: T # More\r\n---\r\nText",
        "\u{FEFF}---\r\n# A comment\r\nid: a/b\r\ntitle: T # More\r\n---\r\nText"
      ),
      ("a/b.md", "---\r title: T\r---\rText", "---\r id: a/b\r title: T\r---\rText"),
      ("a/b.md", "---\n---\nText\n", "---\nid: a/b\n---\nText\n"),
      (
        "a/b.md", "---\n\n\"title\": >\n  T\n...\n---\n",
        "---\n\nid: a/b\n\"title\": >\n  T\n...\n---\n"
      ),
      ("pages/us.md", "---\ntitle: Us\n---\n", "---\nid: pages/us\ntitle: Us\n---\n"),
      ("şəhər/a b.md", "---\ntitle: T\n---\n", "---\nid: \"şəhər/a b\"\ntitle: T\n---\n"),
      ("null.md", "---\ntitle: T\n---\n", "---\nid: \"null\"\ntitle: T\n---\n"),
      ("a/q\"\\.md", "---\ntitle: T\n---\n", "---\nid: \"a/q\\\"\\\\\"\ntitle: T\n---\n"),
      ("a/wire.txt", wire, "---\nid: a/wire\n---\n" + wire),
      ("a/w.txt", "\u{FEFF}One\r\nTwo", "\u{FEFF}---\r\nid: a/w\r\n---\r\nOne\r\nTwo"),
      (
        "a/w.txt", "---\ndate: 2024-10-03\n---\nOne\n", "---\nid: a/w\ndate: 2024-10-03\n---\nOne\n"
      ),
    ])
  func bytes(name: String, before: String, after: String) throws {
    let site = try TemporarySite([name: before], configuration: nil)
    let report = Self.pin(site)
    #expect(report.diagnostics == [])
    #expect(try Self.bytes(site, name) == after)
    let again = Self.pin(site)
    #expect(again.lines == [] && again.keptCount == 1 && again.exitCode == 0)
    #expect(try Self.bytes(site, name) == after)
  }

  @Test(
    "names a file that it cannot pin, and why, and pins the others",
    arguments: [
      ("{ title: T, date: 2024-10-03 }", "2:3: error: no line can be put before this"),
      ("? title\n: T", "2:3: error: no line can be put before this"),
      ("id:\ntitle: T", "2:4: error: 'id' is empty; write 'id: a/b' here"),
      ("- title", "2:1: error: front matter holds lines 'key: text', not a list"),
      ("title: [", "error: "),
    ])
  func refused(yaml: String, message: String) throws {
    let file = "---\n\(yaml)\n---\nText\n"
    let site = try TemporarySite(["a/b.md": file, "a/c.md": story("C")], configuration: nil)
    let report = Self.pin(site)
    #expect(report.exitCode == 1)
    #expect(report.diagnostics.map { $0.description.contains(message) } == [true])
    #expect(report.diagnostics[0].file.hasSuffix("seeds/a/b.md"))
    #expect(try Self.bytes(site, "a/b.md") == file)
    #expect(Self.lines(report, site) == ["seeds/a/c.md: id: a/c"])
  }

  @Test("pins neither of what cannot be read, nor takes another's id") func taken() throws {
    let site = try TemporarySite(
      [
        "a/b.md": story("B"), "a/c.md": story("C", "2024-10-03", "id: a/b"), "a/d.md": "Text",
        "a/e.txt": "", "a/f.md": story("F"), "a/f.txt": Self.wire,
      ], configuration: nil)
    try site.write([0x2D, 0x2D, 0x2D, 10, 0xFF, 10, 0x2D, 0x2D, 0x2D], to: "a/g.md")
    let report = Self.pin(site)
    let messages = report.diagnostics.map(\.id).sorted()
    #expect(
      messages == [
        "duplicate-id", "duplicate-id", "empty-file", "front-matter", "invalid-utf8",
      ])
    #expect(Self.lines(report, site) == ["seeds/a/f.md: id: a/f"])
  }

  @Test("writes nothing when it is a trial, and keeps permissions and links") func disk() throws {
    let site = try TemporarySite(["a/b.md": story("B")], configuration: nil)
    let file = site.path + "/seeds/a/b.md"
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file)
    try FileManager.default.createSymbolicLink(
      atPath: site.path + "/seeds/a/link.md", withDestinationPath: "b.md")
    let trial = Self.pin(site, isTrial: true)
    #expect(Self.lines(trial, site) == ["seeds/a/b.md: id: a/b"])
    #expect(try Self.bytes(site, "a/b.md") == story("B"))
    let report = Self.pin(site)
    #expect(report.lines == trial.lines)
    #expect(report.diagnostics.map(\.id) == ["linked-file"])
    #expect(try Self.bytes(site, "a/b.md") == "---\nid: a/b\n" + story("B").dropFirst(4))
    let attributes = try FileManager.default.attributesOfItem(atPath: file)
    #expect(attributes[.posixPermissions] as? Int == 0o640)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: site.path + "/seeds/a").sorted()
        == ["b.md", "link.md"])
  }

  @Test("replaces no file that was changed since it was looked at") func changed() throws {
    let site = try TemporarySite(["a/b.md": story("B")], configuration: nil)
    let folder = try Folder(at: site.path + "/seeds")
    let path = ByteSlice("a/b.md")
    let stamp = try folder.status(of: path).stamp
    FileStamp.waitForNextMoment()
    try site.write(story("Changed"), to: "a/b.md")
    #expect(try folder.replace(path, holding: ByteSlice("new"), ifStill: stamp) == false)
    #expect(try Self.bytes(site, "a/b.md") == story("Changed"))
  }

  @Test("changes no page, and then a story keeps its id wherever it moves") func moves() throws {
    let site = try TemporarySite(
      [
        "politics/talks.md": story("Talks"),
        "2024-10-04-ferry.txt": Self.wire + "City\n-\nBrief.\n",
        "pages/about.md": "---\ntitle: Us\n---\nWe.\n",
      ],
      configuration: "# The site\ntitle: The Daily\nurl: https://daily.example/\nfeeds: { formats: "
        + "[rss, atom, json] }\n")
    func guids(_ built: BuiltSite) throws -> [String] {
      let channel = try #require(XMLTree(built.files["rss.xml"] ?? [])?["channel"])
      let atom = try #require(XMLTree(built.files["atom.xml"] ?? []))
      return channel.all("item").flatMap { $0.texts("guid") }
        + atom.all("entry").flatMap { $0.texts("id") }
    }
    let before = try site.build()
    let report = Self.pin(site)
    #expect(report.exitCode == 0)
    #expect(
      Self.lines(report, site) == [
        "seeds/site.yaml: tag-authority: daily.example,2024",
        "seeds/2024-10-04-ferry.txt: id: 2024-10-04-ferry", "seeds/pages/about.md: id: pages/about",
        "seeds/politics/talks.md: id: politics/talks",
      ])
    #expect(try Self.bytes(site, "site.yaml").hasPrefix("# The site\ntitle: The Daily\ntag-auth"))
    let pinned = try site.build()
    #expect(pinned.messages == before.messages)
    #expect(pinned.differences(from: before) == [])
    let talks = try Self.bytes(site, "politics/talks.md")
    let ferry = try Self.bytes(site, "2024-10-04-ferry.txt")
    try site.remove("politics/talks.md")
    try site.remove("2024-10-04-ferry.txt")
    try site.write(talks, to: "economy/other-name.md")
    try site.write(ferry, to: "city/2024-10-04-strike.txt")
    let configuration = try Self.bytes(site, "site.yaml")
    try site.write(
      configuration.replacingOccurrences(of: "https://daily.example/", with: "http://new.example/"),
      to: "site.yaml")
    let moved = try site.build()
    #expect(moved.messages == [])
    #expect(moved.holds(in: "rss.xml", "http://new.example/economy/2024/10/other-name.html"))
    #expect(try guids(moved) == guids(before))
  }
}
