import Foundation
import Testing

@testable import Broadsheet

@Suite("Publishing") struct PublisherTests {
  private static let files = [
    "politics/talks.md": story("Talks"), "politics/votes.md": story("Votes", "2024-10-04"),
    "static/ads.txt": "none\n", "static/.well-known/security.txt": "Contact: none\n",
  ]
  private let site: TemporarySite

  init() throws { site = try TemporarySite(Self.files) }

  private var output: String { site.path + "/public" }
  private var workshop: String { site.path + "/.broadsheet" }

  private func write(_ text: String, to path: String) throws {
    let url = URL(fileURLWithPath: path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  @Test("writes nothing, the record included, when nothing has changed") func same() throws {
    _ = try site.build()
    let before = try FileListing.stamps(below: output)
    let record = try FileListing.stamps(below: workshop)["public.record"]
    let built = try site.build()
    #expect(built.report.writtenCount == 0 && built.report.copiedCount == 0)
    #expect(built.report.unchangedCount == built.report.pageCount)
    #expect(try FileListing.stamps(below: output) == before)
    #expect(try FileListing.stamps(below: workshop)["public.record"] == record)
  }

  @Test("leaves the output as it was after an error in the last body of the last page")
  func error() throws {
    _ = try site.build()
    let before = try FileListing.stamps(below: output)
    try site.write(story("Talks, changed", body: "See [this](gone.md)."), to: "politics/talks.md")
    let built = try site.build()
    #expect(
      built.messages == [
        "seeds/politics/talks.md:5:12: error: there is no file 'gone.md' [dead-link]"
      ])
    #expect(built.report.exitCode == 1)
    #expect(try FileListing.stamps(below: output) == before)
  }

  @Test("leaves no output at all after an error in a first build") func firstError() throws {
    try site.write(story("Talks", body: "![Port](port.png)"), to: "politics/talks.md")
    let built = try site.build()
    #expect(
      built.messages
        == ["seeds/politics/talks.md:5:9: error: there is no picture 'port.png' [missing-picture]"])
    #expect(!FileManager.default.fileExists(atPath: output))
  }

  @Test("leaves what an incremental tree and a full one have in common: everything")
  func incremental() throws {
    _ = try site.build()
    try site.write(story("Votes again", "2024-10-05", "tags: [Sea]"), to: "politics/votes.md")
    try site.write(story("New"), to: "city/new.md")
    try site.remove("politics/talks.md")
    let after = try site.build()
    #expect(after.report.removedCount > 0)
    #expect(after.paths(holding: "Talks<") == [])
    let fresh = try site.build { $0.output = self.site.path + "/other" }
    #expect(after.differences(from: fresh) == [])
  }

  @Test("puts right what somebody changed in the output, and leaves the files of others")
  func foreign() throws {
    let first = try site.build()
    try write("changed", to: output + "/index.html")
    try write("mine", to: output + "/notes/mine.txt")
    let second = try site.build()
    #expect(second.report.writtenCount == 1)
    #expect(second.differences(from: first) == ["notes/mine.txt"])
  }

  @Test(
    "names files that it did not make when the record is lost or damaged, and removes them when told",
    arguments: [nil, "", "broadsheet record 1\nx\ncomplete\n", "broadsheet record 99\n"])
  func lostRecord(record: String?) throws {
    _ = try site.build()
    try site.remove("politics/talks.md")
    try write("ref: main", to: output + "/.git/HEAD")
    try write("", to: output + "/.nojekyll")
    let path = workshop + "/public.record"
    if let record {
      try Data(record.utf8).write(to: URL(fileURLWithPath: path))
    } else {
      try FileManager.default.removeItem(atPath: path)
    }
    let before = try FileListing.stamps(below: output)
    let refused = try site.build()
    #expect(
      refused.messages == [
        "public: error: this folder holds 1 file that the site has not; remove them with --adopt, "
          + "or keep them by moving them into 'static/' of the source folder:\n"
          + "  public/politics/2024/10/talks.html [foreign-files]"
      ])
    #expect(try FileListing.stamps(below: output) == before)
    let adopted = try site.build { $0.adopts = true }
    #expect(adopted.messages == [])
    #expect(adopted.report.removedCount == 1)
    #expect(adopted.files["politics/2024/10/talks.html"] == nil)
    #expect(adopted.files[".git/HEAD"] != nil && adopted.files[".nojekyll"] != nil)
  }

  @Test("needs no record where the output holds the site's own files alone") func clone() throws {
    let first = try site.build()
    try FileManager.default.removeItem(atPath: workshop)
    let second = try site.build()
    #expect(second.messages == [] && second.report.writtenCount == 0)
    #expect(second.differences(from: first) == [])
  }

  @Test("removes what a build that was killed had been about to make") func killed() throws {
    let first = try site.build()
    let store = TextStore()
    var writer = TextStore.Writer(store)
    var record = BuildRecord(isComplete: false, store: store)
    for path in first.paths + ["politics/2024/10/withdrawn.html"] { record.add(writer.add(path)) }
    let serialized = record.serialized
    try Data(serialized.array).write(to: URL(fileURLWithPath: workshop + "/public.record"))
    try write("withdrawn", to: output + "/politics/2024/10/withdrawn.html")
    try write("half", to: workshop + "/public.new/12")
    let second = try site.build()
    #expect(second.report.removedCount == 1)
    #expect(second.differences(from: first) == [])
    #expect(!FileManager.default.fileExists(atPath: workshop + "/public.new"))
  }

  @Test("does not follow a symbolic link out of the output") func link() throws {
    _ = try site.build()
    let elsewhere = site.path + "/elsewhere"
    try FileManager.default.moveItem(atPath: output + "/politics", toPath: elsewhere)
    try FileManager.default.createSymbolicLink(
      atPath: output + "/politics", withDestinationPath: elsewhere)
    try site.write(story("Talks, changed"), to: "politics/talks.md")
    let before = try FileListing.stamps(below: elsewhere)
    let built = try site.build()
    #expect(
      built.messages == [
        "public/politics: error: this is a symbolic link, by which the site would be written "
          + "elsewhere; remove it [output-link]"
      ])
    #expect(try FileListing.stamps(below: elsewhere) == before)
  }

  @Test("refuses an output that is a file") func file() throws {
    try write("a file", to: output)
    var options = BuildOptions(theme: TemporarySite.theme, clock: 1_728_561_600)
    options.source = site.path + "/seeds"
    options.output = output
    let report = build(options, progress: { _, _ in }, whenWaiting: { _ in })
    #expect(
      report.diagnostics.map(\.description) == [
        "\(output): error: this is a file; remove it or name another --output "
          + "[output-not-a-folder]"
      ])
  }

  @Test("makes way for a folder where a page was, and for a page where a folder was")
  func inTheWay() throws {
    try site.write("plain", to: "static/extra")
    _ = try site.build()
    try site.remove("static/extra")
    try site.write("deeper", to: "static/extra/file.txt")
    let folder = try site.build()
    #expect(folder.messages == [] && folder["extra/file.txt"] == "deeper")
    try site.remove("static/extra")
    try site.write("plain again", to: "static/extra")
    let file = try site.build()
    #expect(file.messages == [] && file["extra"] == "plain again")
  }

  @Test("refuses an output in the source, and a source in the output") func overlap() throws {
    let inside = try site.build { $0.output = $0.source + "/public" }
    #expect(
      inside.messages.map { $0.replacingOccurrences(of: site.path, with: "") } == [
        "seeds/public: error: the output lies inside the source folder 'seeds'; name an --output "
          + "outside it [output-overlap]"
      ])
    let outside = try site.build { $0.output = self.site.path }
    #expect(outside.messages.count == 1 && outside.messages[0].hasSuffix("[output-overlap]"))
    let same = try site.build { $0.output = $0.source }
    #expect(
      same.messages == [
        "seeds: error: the output is the source folder itself; name another --output "
          + "[output-overlap]"
      ])
  }

  @Test("makes the same bytes whatever the number of threads") func threads() throws {
    let one = try site.build { $0.jobs = 1 }
    let many = try site.build {
      $0.jobs = 7
      $0.output = self.site.path + "/other"
    }
    #expect(one.differences(from: many) == [])
  }

  @Test("waits for another build of the same output, and says for whom") func lock() throws {
    _ = try site.build()
    let path = workshop + "/public.lock"
    let holder = Process()
    holder.executableURL = URL(fileURLWithPath: "/usr/bin/flock")
    holder.arguments = [path, "sh", "-c", "echo $$ > '\(path)'; echo held; sleep 0.5"]
    let pipe = Pipe()
    holder.standardOutput = pipe
    try holder.run()
    _ = pipe.fileHandleForReading.availableData
    var waited: [Int32?] = []
    var options = BuildOptions(theme: TemporarySite.theme, clock: 1_728_561_600)
    options.source = site.path + "/seeds"
    options.output = output
    let report = build(options, progress: { _, _ in }, whenWaiting: { waited.append($0) })
    holder.waitUntilExit()
    #expect(report.diagnostics.isEmpty)
    #expect(waited.count == 1 && (waited.first ?? nil) != nil)
  }
}
