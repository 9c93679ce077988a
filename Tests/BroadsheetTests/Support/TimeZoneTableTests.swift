import Testing

@testable import Broadsheet

@Suite("A time zone") struct TimeZoneTableTests {
  /// Offsets in minutes as Python's zoneinfo has them.
  @Test(
    "has the offset of every moment",
    arguments: [
      ("Asia/Baku", 1_459_036_799, 240), ("Asia/Baku", 1_445_734_800, 240),
      ("Asia/Baku", 1_427_590_800, 300), ("Asia/Baku", 1_445_731_199, 300),
      ("Asia/Baku", 1_727_966_400, 240), ("Asia/Baku", 702_000_000, 240),
      ("Europe/London", 1_729_990_799, 60), ("Europe/London", 1_729_990_800, 0),
      ("Europe/London", 0, 60), ("Europe/London", 4_100_000_000, 0),
      ("America/New_York", 1_710_053_999, -300), ("America/New_York", 1_710_054_000, -240),
      ("America/New_York", 4_086_000_000, -240), ("Asia/Kathmandu", 500_000_000, 330),
      ("Asia/Kathmandu", 520_000_000, 345), ("Australia/Lord_Howe", 1_712_415_599, 660),
      ("Australia/Lord_Howe", 1_712_415_600, 630), ("Africa/Casablanca", 1_710_036_000, 0),
      ("Africa/Casablanca", 1_713_060_000, 60), ("UTC", 1_700_000_000, 0),
      ("Pacific/Apia", 1_325_239_199, -600), ("Pacific/Apia", 1_325_239_200, 840),
    ])
  func offset(zone: String, instant: Int64, minutes: Int) throws {
    #expect(try #require(TimeZoneTable(named: zone)).offset(at: instant) == minutes * 60)
  }

  @Test("has a moment for every local time that it has once")
  func roundTrip() throws {
    for name in ["Asia/Baku", "Europe/London", "Australia/Lord_Howe", "Africa/Casablanca", "UTC"] {
      let zone = try #require(TimeZoneTable(named: name))
      for step in 0..<3000 {
        let instant = Int64(-1_000_000_000) + Int64(step) * 1_234_567
        let local = instant + Int64(zone.offset(at: instant))
        do throws(TimeZoneTable.LocalTimeError) {
          let found = try zone.instant(ofLocal: local)
          #expect(found == instant)
        } catch {
          guard case .twice(let first, let second) = error else {
            Issue.record("\(name) \(local) \(error)")
            continue
          }
          #expect([local - Int64(first), local - Int64(second)].contains(instant))
        }
      }
    }
  }

  @Test(
    "is suggested when its name is misspelt",
    arguments: [
      ("Asia/Bakuu", "Asia/Baku"), ("Baku", "Asia/Baku"), ("Europe/Londn", "Europe/London"),
    ]
  )
  func suggestion(written: String, meant: String) {
    #expect(TimeZoneTable(named: written) == nil)
    #expect(TimeZoneTable.suggestion(for: written) == meant)
  }
}
