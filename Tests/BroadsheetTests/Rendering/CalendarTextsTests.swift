import Testing

@testable import Broadsheet

@Suite("The calendar of a paper") struct CalendarTextsTests {
  @Test("has the days of stories that are shown, and none of one held for a long time")
  func held() throws {
    let reading = try SampleFolder([
      "city/now.md": story("Now", "2024-10-03", "corrections: [{ date: 2024-10-05, text: A }]"),
      "city/never.md": story("Never", "9999-12-31"),
    ]).read()
    let (theme, _) = Theme.read(folders: [TemporarySite.theme], languages: ["en"])
    func text(_ year: Int, _ month: Int, _ day: Int, upTo limit: Moment) -> String {
      let calendar = CalendarTexts(
        reading.archive, site: reading.site, zone: reading.zone, theme: theme, upTo: limit)
      let moment = Int64(CivilDate(year: year, month: month, day: day).daysSince1970) * 86_400
      var scratch = Scratch()
      let time = reading.zone.civilTime(at: moment)
      return calendar.dates[0].text(time, .long, &scratch).string
    }
    let now = Moment(CivilDate(year: 2024, month: 11, day: 1).daysSince1970) * 86_400
    #expect(text(2024, 10, 3, upTo: now) == "3 October 2024")
    #expect(text(2024, 10, 5, upTo: now) == "5 October 2024")
    #expect(text(9999, 12, 31, upTo: now) == "")
    #expect(text(9999, 12, 31, upTo: .max) == "31 December 9999")
  }
}
