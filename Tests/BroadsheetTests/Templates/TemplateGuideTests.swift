import Testing

@testable import Broadsheet

@Suite("The guide to templates") struct TemplateGuideTests {
  /// The folder of the package.
  private static let package = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")

  /// The examples of the guide, each a template.
  private func examples() throws -> [TemplateFile] {
    let folder = try Folder(at: "/" + Self.package + "/docs")
    var bytes = ByteBuffer()
    _ = try folder.read(ByteSlice("templates.md"), into: &bytes)
    let guide = bytes.string
    return guide.components(from: "```html\n", to: "```\n").map { example in
      let name = example.dropFirst("\\(template ".count).prefix { $0 != "(" }
      return TemplateFile(name: String(name), path: "\(name)", bytes: Array(example.utf8))
    }
  }

  @Test("shows templates that compile against the schema of a news site")
  func compiles() throws {
    let (theme, _) = Theme.read(folders: ["/" + Self.package + "/templates"], languages: ["en"])
    let schema = Schema.news(fields: [], words: theme.declarations)
    var files = try examples()
    #expect(files.count == 5)
    for root in schema.roots where !files.contains(where: { $0.name == root.name }) {
      let text = "\\(template \(root.name)())\n"
      files.append(TemplateFile(name: root.name, path: root.name, bytes: Array(text.utf8)))
    }
    let (program, diagnostics) = Templates.compile(files: files, schema: schema)
    #expect(program != nil)
    #expect(diagnostics.map(\.description) == [])
  }
}

extension String {
  /// The parts between each opening mark and the closing mark after it.
  fileprivate func components(from open: String, to close: String) -> [String] {
    var parts: [String] = []
    var rest = self[...]
    while let start = rest.firstRange(of: open) {
      rest = rest[start.upperBound...]
      guard let end = rest.firstRange(of: close) else { break }
      parts.append(String(rest[..<end.lowerBound]))
      rest = rest[end.upperBound...]
    }
    return parts
  }
}
