import Foundation
import Testing

@testable import Broadsheet

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
    let site = try TemporarySite.small()
    try FileManager.default.createDirectory(
      atPath: site.path + "/.broadsheet", withIntermediateDirectories: true)
    var lock: OutputLock? = try OutputLock(
      at: site.path + "/.broadsheet/public.lock", whenWaiting: { _ in })
    var options = BuildOptions(theme: TemporarySite.theme, clock: 1_728_561_600)
    options.source = site.path + "/seeds"
    options.output = site.output
    var holders: [Int32?] = []
    let report = build(
      options, progress: { _, _ in },
      whenWaiting: { holder in
        holders.append(holder)
        lock = nil
      })
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
