import Foundation
import Testing

@testable import Broadsheet

@Suite("The record of a build") struct BuildRecordTests {
  @Test("lists the files of the output")
  func content() throws {
    let site = try TemporarySite.small()
    let built = try site.build()
    let bytes = try Data(contentsOf: URL(fileURLWithPath: site.record))
    #expect(bytes.starts(with: Data("broadsheet record 3\n".utf8)))
    let folder = try Folder(at: site.path + "/.broadsheet")
    let record = try BuildRecord.open("public.record", in: folder, program: 0)
    #expect(record?.paths.map(\.string).sorted() == built.paths)
    // What another program knew is of no use to this one.
    #expect(record?.facts == nil)
    #expect(record?.outputs() == nil)
  }

  @Test("makes that files of others are left alone")
  func others() throws {
    let site = try TemporarySite.small()
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
    /// What is damaged is not the list of the output's files.
    var keepsPaths: Bool { self == .cut }

    func happen(to path: String) throws {
      let file = URL(fileURLWithPath: path)
      var bytes = Array(try Data(contentsOf: file))
      switch self {
      case .lost: return try FileManager.default.removeItem(at: file)
      case .empty: bytes = []
      case .cut: bytes.removeLast(9)
      case .changed: bytes[40] ^= 1
      case .ofAnotherVersion: bytes[18] = UInt8(ascii: "1")
      }
      try Data(bytes).write(to: file)
    }
  }

  @Test(
    "that is gone or damaged leaves no withdrawn story online unsaid", arguments: Damage.allCases)
  func damage(_ damage: Damage) throws {
    let site = try TemporarySite.small()
    _ = try site.build()
    try damage.happen(to: site.record)
    // With nothing withdrawn it is no error, and there is a new record.
    #expect(try site.build().messages == [])
    #expect(!FileManager.default.fileExists(atPath: site.path + "/.broadsheet/public.pending"))

    try damage.happen(to: site.record)
    try site.remove("city/strike.md")
    try site.meddle("ref: refs/heads/main", at: ".git/HEAD")
    try site.meddle("", at: ".nojekyll")
    let stamps = try site.stamps()
    let built = try site.build()
    guard !damage.keepsPaths else {
      // The list is whole: what is withdrawn goes.
      #expect(built.messages == [])
      #expect(built.report.removedCount == 3)
      #expect(built.paths(holding: "Strike") == [])
      return
    }
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
    let site = try TemporarySite.small()
    for number in 10..<25 { try site.meddle("Mine", at: "file-\(number).txt") }
    let message = try #require(try site.build().messages.first)
    #expect(message.hasPrefix("public: error: this folder holds 15 files that the site has not;"))
    #expect(message.hasSuffix("\n  public/file-19.txt\n  and 5 more [foreign-files]"))
  }

  @Test("of a build that was killed lists what was and what was to be")
  func killed() throws {
    let site = try TemporarySite.small()
    let before = try site.build()
    // As it stands between the first move and the last: a page too many, one too few.
    try "half/written.html\n".write(
      toFile: site.path + "/.broadsheet/public.pending", atomically: true, encoding: .utf8)
    try site.meddle("Half", at: "half/written.html")
    try site.lose("index.html")
    try FileManager.default.createDirectory(
      atPath: site.path + "/.broadsheet/public.new/left", withIntermediateDirectories: true)
    let after = try site.build()
    #expect(after.messages == [])
    #expect(after.differences(from: before) == [])
    #expect(after.report.removedCount == 1)
    #expect(!FileManager.default.fileExists(atPath: site.path + "/.broadsheet/public.new"))
    #expect(!FileManager.default.fileExists(atPath: site.path + "/.broadsheet/public.pending"))
  }

  @Test("of a build that was killed knows what the one before it, killed too, had moved in")
  func killedTwice() throws {
    let site = try TemporarySite.small()
    _ = try site.build()
    let workshop = site.path + "/.broadsheet"
    for paths in [["secret.html", "index.html"], ["index.html", "other.html"]] {
      let hold = try OutputHold("public", workshop: workshop) { _ in }
      try paths.joined(separator: "\n").withBytes { text in
        try hold.announce(text.split(at: 10))
      }
    }
    try site.meddle("Not yet", at: "secret.html")
    let after = try site.build()
    #expect(after.messages == [])
    #expect(after.paths(holding: "Not yet") == [])
    #expect(after.report.removedCount == 1)
  }

  @Test("of a build that was killed tells which empty folders it had made")
  func emptyFolders() throws {
    let site = try TemporarySite.small()
    _ = try site.build()
    try "az/city/2024/a.html\nelsewhere/city/b.html\npolitics/new/c.html\n".write(
      toFile: site.path + "/.broadsheet/public.pending", atomically: true, encoding: .utf8)
    try FileManager.default.createDirectory(
      atPath: site.output + "/az/city", withIntermediateDirectories: true)
    try FileManager.default.createDirectory(
      atPath: site.path + "/mine/city", withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: site.output + "/elsewhere", withDestinationPath: site.path + "/mine")
    #expect(try site.build().messages == [])
    #expect(!FileManager.default.fileExists(atPath: site.output + "/az"))
    #expect(FileManager.default.fileExists(atPath: site.output + "/politics"))
    // Nothing goes that lies behind a link.
    #expect(FileManager.default.fileExists(atPath: site.path + "/mine/city"))
  }
}

extension ByteSlice {
  /// The parts between the places of a byte.
  fileprivate func split(at byte: UInt8) -> [ByteSlice] {
    var parts: [ByteSlice] = []
    var rest = self
    while let end = rest.firstIndex(of: byte) {
      parts.append(rest[0..<end])
      rest = rest[end + 1..<rest.count]
    }
    return parts + [rest]
  }
}
