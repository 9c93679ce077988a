@testable import Broadsheet

/// A resolver over a few files, for tests: what each source file's page is called.
struct FileTable: LinkResolver {
  var pages: [String: (target: Int32, url: String)] = [
    "../economy/budget.md": (1, "../../../economy/2024/10/budget.html"),
    "talks.md": (2, "talks.html"),
    "media/a b's.pdf": (3, "../media/a b's.pdf"),
  ]
  var pictures: [String: (target: Int32, url: String, width: Int32, height: Int32)] = [
    "media/port.jpg": (10, "../media/port.0a1b.jpg", 1600, 1066)
  ]

  mutating func resolve(
    _ link: MarkdownLink, into url: inout ByteBuffer, diagnostics: inout [Diagnostic]
  ) -> LinkResolution {
    let path = link.path.string
    if path == "held.md" { return .text }
    if path.hasPrefix("/") { return .asWritten }
    if let picture = pictures[path], link.isPicture {
      url.append(picture.url)
      return .picture(picture.target, width: picture.width, height: picture.height)
    }
    if let page = pages[path] {
      url.append(page.url)
      return .target(page.target)
    }
    let names = Array(pages.keys) + Array(pictures.keys)
    let meant = suggestion(for: path, among: names).map { "; did you mean '\($0)'?" } ?? ""
    diagnostics.append(
      link.place.diagnostic(
        "dead-link", "there is no \(link.isPicture ? "picture" : "file") '\(path)'\(meant)"))
    return .dead
  }
}

/// What became of a text.
struct Conversion {
  var html: String
  var marks: [LinkMark]
  var diagnostics: [Diagnostic]

  /// The diagnostics as they are printed, one a line.
  var messages: [String] { diagnostics.map(\.description) }

  /// Converts a text with the links of ``FileTable``, or plainly, as the `cmark` program does.
  init(_ text: String, isPlain: Bool = false, idPrefix: StaticString = "", bodyStart: Int = 0) {
    self.init(
      Array(text.utf8), isPlain: isPlain, idPrefix: idPrefix, bodyStart: bodyStart)
  }

  init(_ text: [UInt8], isPlain: Bool = false, idPrefix: StaticString = "", bodyStart: Int = 0) {
    var converter = MarkdownConverter()
    converter.isPlain = isPlain
    converter.idPrefix = ByteSlice(idPrefix)
    self.init(text, bodyStart: bodyStart, with: &converter)
  }

  init(_ text: [UInt8], bodyStart: Int = 0, with converter: inout MarkdownConverter) {
    var source = ByteBuffer()
    source.append(text)
    var buffer = ByteBuffer(capacity: 64)
    buffer.append("before")
    var resolver = FileTable()
    converter.convert(
      source.slice, bodyStart: bodyStart, file: ByteSlice("seeds/politics/talks.md"),
      resolver: &resolver,
      into: &buffer)
    html = String(buffer.string.dropFirst(6))
    marks = converter.marks
    diagnostics = converter.diagnostics
  }
}
