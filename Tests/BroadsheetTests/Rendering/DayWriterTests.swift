import Testing

@testable import Broadsheet

@Suite("The days of a language") struct DayWriterTests {
  @Test(
    "are written as ICU writes them",
    arguments: [
      "en", "en-US", "en-AU", "az", "ru", "ar", "fa", "tr", "de", "fr", "es", "ca", "pt", "it",
      "pl",
      "cs", "hu", "fi", "lt", "lv", "et", "el", "he", "hi", "th", "ja", "zh", "zh-TW", "ko", "vi",
      "ka", "hy", "uk", "kk", "eu", "cy", "fa-u-nu-arabext", "ar-u-nu-arab",
      "th-u-ca-buddhist",
    ])
  func days(language: String) {
    let formats = DateFormats(language: language)
    var long = DayWriter(formats.long, count: 1_000)
    var short = DayWriter(formats.short, count: 1_000)
    for year in [1582, 1599, 1600, 1999, 2000, 2028, 9999] {
      let first = CivilDate(year: year, month: 1, day: 1).daysSince1970
      for day in first..<first + 366 {
        #expect(long.text(of: day).string == formats.long(day))
        #expect(short.text(of: day).string == formats.short(day))
      }
    }
  }

  @Test(
    "are in months that are named as ICU names them",
    arguments: [
      "en", "en-US", "az", "ru", "ar", "fa", "tr", "de", "es", "pt", "cs", "fi", "lv", "eu", "el",
      "he", "th", "ja", "zh", "ko", "vi", "ka", "uk", "fa-u-nu-arabext", "th-u-ca-buddhist",
    ])
  func months(language: String) {
    let formats = DateFormats(language: language)
    var texts = MonthWriter(formats.monthAndYear, count: 1_000)
    for year in [1582, 1599, 1600, 1987, 2000, 2024, 2028, 9999] {
      for month in 1...12 {
        #expect(texts.text(year, month) == formats.monthAndYear(year, month))
      }
    }
  }

  @Test("are few where ICU has to be asked for each", arguments: ["en", "az", "ru", "ar", "de"])
  func isFast(language: String) {
    let formats = DateFormats(language: language)
    var asked = 0
    var texts = DayWriter(
      {
        asked += 1
        return formats.long($0)
      }, count: 3_000)
    for day in 17_000..<20_000 { #expect(!texts.text(of: day).isEmpty) }
    #expect(asked <= 12 * 6)
  }
}
