import Testing

@testable import Broadsheet

@Suite("A date") struct DateTextTests {
  private func moment(_ text: String, _ zone: String) -> Result<DatedMoment, Problem> {
    let store = TextStore()
    var writer = TextStore.Writer(store)
    let bytes = store[writer.add(text)]
    guard let zone = TimeZoneTable(named: zone) else {
      return .failure(Problem("no-zone", zone))
    }
    do throws(Problem) {
      return .success(try DateText(bytes).moment(in: zone))
    } catch {
      return .failure(error)
    }
  }

  @Test(
    "is read in the site's zone unless it has an offset",
    arguments: [
      ("2024-10-03T18:40:00+04:00", 1_727_966_400, true),
      ("2024-10-03T14:40:00Z", 1_727_966_400, true), ("2024-10-03t14:40:00z", 1_727_966_400, true),
      ("2024-10-03T14:40:00.987Z", 1_727_966_400, true),
      ("2024-10-03T09:10:00-05:30", 1_727_966_400, true),
      ("2024-10-03 18:40", 1_727_966_400, true), ("2024-10-03 18:40:00", 1_727_966_400, true),
      ("2024-10-03T18:40", 1_727_966_400, true), ("2024-10-03", 1_727_899_200, false),
      ("2016-12-31T23:59:60Z", 1_483_228_800, true), ("2024-02-29", 1_709_150_400, false),
      ("1899-06-01", -2_227_490_364, false), ("2150-01-01", 5_680_267_200, false),
    ])
  func right(text: String, instant: Int64, hasTime: Bool) {
    #expect(
      moment(text, "Asia/Baku") == .success(DatedMoment(instant: instant, hasTime: hasTime)))
  }

  @Test(
    "that is none is told of, with what would be right",
    arguments: [
      ("3 Octobr 2024", "'3 Octobr 2024' is not a date; write it as 2024-10-03"),
      ("October 3, 2024", "'October 3, 2024' is not a date; write it as 2024-10-03"),
      ("3rd Oct 2024", "'3rd Oct 2024' is not a date; write it as 2024-10-03"),
      ("2024-10-3", "'2024-10-3' is not a date; write it as 2024-10-03"),
      ("2024/10/03", "'2024/10/03' is not a date; write it as 2024-10-03"),
      ("20241003", "'20241003' is not a date; write it as 2024-10-03"),
      ("03.10.2024", "'03.10.2024' is not a date; write it as 2024-10-03"),
      ("25/12/2024", "'25/12/2024' is not a date; write it as 2024-12-25"),
      ("12/25/2024", "'12/25/2024' is not a date; write it as 2024-12-25"),
      (
        "03/10/2024",
        "'03/10/2024' is not a date; write it as 2024-10-03 or 2024-10-03T18:40:00+04:00"
      ),
      (
        "Thu, 03 Oct 2024 18:40:00 +0400",
        "'Thu, 03 Oct 2024 18:40:00 +0400' is not a date; write it as 2024-10-03T18:40:00+04:00"
      ),
      (
        "2024-10-03 18:40:00 +0400",
        "'2024-10-03 18:40:00 +0400' is not a date; write it as 2024-10-03T18:40:00+04:00"
      ),
      (
        "2024-10-03T18:40:00+0400",
        "'2024-10-03T18:40:00+0400' is not a date; write it as 2024-10-03T18:40:00+04:00"
      ),
      (
        "3 October 2024, 8:40", "'3 October 2024, 8:40' is not a date; write it as 2024-10-03 08:40"
      ),
      (
        "2024-10-03T18:40:00+24:00",
        "'2024-10-03T18:40:00+24:00' is not a date; write it as 2024-10-03 18:40"
      ),
      (
        "2024-10-03T18:40:00+0475",
        "'2024-10-03T18:40:00+0475' is not a date; write it as 2024-10-03 18:40"
      ),
      ("soon", "'soon' is not a date; write it as 2024-10-03 or 2024-10-03T18:40:00+04:00"),
      (
        "2023-02-30", "'2023-02-30' is not a day of the calendar; February 2023 has 28 days"
      ),
      ("2024-13-01", "'2024-13-01' is not a day of the calendar; months go from 01 to 12"),
      ("2024-12-00", "'2024-12-00' is not a day of the calendar; December 2024 has 31 days"),
      ("2024-10-03 25:00", "'2024-10-03 25:00' names no time of day; hours go from 00 to 23"),
    ])
  func wrong(text: String, message: String) {
    #expect(moment(text, "Asia/Baku") == .failure(Problem("bad-date", message)))
  }

  @Test(
    "lies in the years from 1600 to 9999, in its zone and in UTC",
    arguments: [
      ("1600-01-02", true), ("9999-12-30", true), ("1599-12-31", false), ("0001-01-01", false),
      ("1582-10-10", false), ("0000-01-01T00:00:00+14:00", false),
      ("9999-12-31T23:59:59-12:00", false), ("1600-01-01T00:00:00+14:00", false),
    ])
  func years(text: String, isTaken: Bool) {
    switch moment(text, "Asia/Baku") {
    case .success: #expect(isTaken)
    case .failure(let problem):
      #expect(!isTaken)
      #expect(
        problem.message
          == "'\(text)' is in no year that pages are dated in; years go from 1600 to 9999")
    }
  }

  @Test(
    "that the zone skips or has twice is told of with both offsets",
    arguments: [
      (
        "Europe/Berlin", "2024-10-27 02:30",
        "'2024-10-27 02:30' comes twice in Europe/Berlin, where clocks were put back; write "
          + "2024-10-27T02:30:00+02:00 or 2024-10-27T02:30:00+01:00"
      ),
      (
        "Europe/Berlin", "2024-03-31 02:30",
        "'2024-03-31 02:30' is no time in Europe/Berlin, where clocks were put forward over it; "
          + "write 2024-03-31T01:30:00+01:00 or 2024-03-31T03:30:00+02:00"
      ),
      (
        "Australia/Lord_Howe", "2024-04-07 01:45",
        "'2024-04-07 01:45' comes twice in Australia/Lord_Howe, where clocks were put back; write "
          + "2024-04-07T01:45:00+11:00 or 2024-04-07T01:45:00+10:30"
      ),
    ])
  func summerTime(zone: String, text: String, message: String) {
    #expect(moment(text, zone) == .failure(Problem("bad-date", message)))
  }

  @Test("without a time is the first moment of its day, also where midnight is skipped")
  func midnight() {
    // America/Sao_Paulo went from 00:00 to 01:00 on 4 November 2018.
    #expect(
      moment("2018-11-04", "America/Sao_Paulo")
        == .success(DatedMoment(instant: 1_541_300_400, hasTime: false)))
  }
}
