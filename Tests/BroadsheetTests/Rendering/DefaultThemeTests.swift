import Foundation
import Testing

@testable import Broadsheet

/// The project's own files, found from this one.
enum Project {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static func text(_ path: String) throws -> String {
    try String(contentsOf: folder.appending(path: path), encoding: .utf8)
  }

  /// The schema of a site with the theme's own words and one field of its own.
  static func schema() -> (Schema, Theme) {
    let (theme, _) = Theme.read(
      folders: [folder.appending(path: "templates").path], languages: ["en"])
    let venue = SiteConfiguration.Field(name: "venue", kind: .string, fallback: .none)
    return (Schema.news(fields: [venue], words: theme.declarations), theme)
  }
}

@Suite("The reference of templates") struct TemplateReferenceTests {
  @Test("ends with a reference made of the schema")
  func reference() throws {
    let guide = try Project.text("docs/templates.md")
    let begin = "<!-- reference:begin -->\n"
    let end = "<!-- reference:end -->"
    let start = try #require(guide.range(of: begin)?.upperBound)
    let stop = try #require(guide.range(of: end)?.lowerBound)
    let reference =
      "\n"
      + Schema.news(fields: [], words: Project.schema().1.declarations)
      .documentation().trimmingCharacters(in: .newlines) + "\n\n"
    if ProcessInfo.processInfo.environment["BROADSHEET_RECORD"] == "1" {
      let whole = guide[..<start] + reference + guide[stop...]
      try Data(whole.utf8).write(to: Project.folder.appending(path: "docs/templates.md"))
      return
    }
    #expect(
      String(guide[start..<stop]) == reference,
      "run 'BROADSHEET_RECORD=1 swift test --filter TemplateGuide' and read the difference")
  }
}

@Suite("The default theme") struct DefaultThemeTests {
  @Test("compiles, in every language that it has words for")
  func compiles() throws {
    let languages = ["en", "az", "ru", "ar"]
    let (theme, diagnostics) = Theme.read(
      folders: [Project.folder.appending(path: "templates").path], languages: languages)
    #expect(diagnostics.map(\.description) == [])
    #expect(theme.words.map(\.name) == ["English", "Azərbaycanca", "Русский", "العربية"])
    let schema = Schema.news(fields: [], words: theme.declarations)
    let (program, problems) = Templates.compile(files: theme.templates, schema: schema)
    #expect(problems.map(\.description) == [])
    #expect(program != nil)
  }

  @Test(
    "counts in every language",
    arguments: [
      ("en", 1, "1 story"), ("en", 0, "0 stories"), ("en", 12, "12 stories"),
      ("ru", 1, "1 материал"), ("ru", 3, "3 материала"), ("ru", 5, "5 материалов"),
      ("ru", 11, "11 материалов"),
      ("ru", 21, "21 материал"), ("ru", 112, "112 материалов"),
      ("ar", 0, "لا مقالات"), ("ar", 1, "مقالة واحدة"), ("ar", 2, "مقالتان"),
      ("ar", 3, "3 مقالات"), ("ar", 10, "10 مقالات"), ("ar", 11, "11 مقالة"),
      ("ar", 99, "99 مقالة"), ("ar", 100, "100 مقالة"), ("ar", 102, "102 مقالة"),
      ("ar", 103, "103 مقالات"),
    ])
  func plurals(language: String, count: Int, expected: String) throws {
    let (theme, _) = Theme.read(
      folders: [Project.folder.appending(path: "templates").path], languages: [language])
    let store = TextStore()
    var writer = TextStore.Writer(store)
    let table = WordTable(theme.words[0], theme.declarations, &writer)
    let index = try #require(theme.declarations.firstIndex { $0.name == "stories" })
    var scratch = Scratch()
    let text = unsafe withUnsafePointer(to: Value.int(count)) { value in
      let arguments = unsafe Arguments(start: value, count: 1)
      return table.text(index, arguments, &scratch).string
    }
    #expect(text == expected)
  }
}
