import Foundation
import Testing

@testable import Broadsheet

/// One example of the CommonMark specification.
struct CommonMarkExample: Decodable, Sendable {
  var number: Int
  var section: String
  var markdown: String
  var html: String

  private struct File: Decodable {
    var examples: [CommonMarkExample]
  }

  /// All examples of version 0.30.
  static func all() throws -> [CommonMarkExample] {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "commonmark-0.30.json")
    return try JSONDecoder().decode(File.self, from: Data(contentsOf: file)).examples
  }
}

/// Converts texts with the `cmark` program.
func convertedByProgram(_ texts: [[UInt8]]) throws -> [[UInt8]] {
  let folder = FileManager.default.temporaryDirectory
    .appending(path: "broadsheet-cmark-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  for (index, text) in texts.enumerated() {
    try Data(text).write(to: folder.appending(path: "\(index).md"))
  }
  let shell = Process()
  shell.executableURL = URL(filePath: "/bin/sh")
  shell.currentDirectoryURL = folder
  shell.arguments = [
    "-c",
    "command -v cmark >/dev/null || exit 9; for f in *.md; do cmark \"$f\" >\"$f.html\"; done",
  ]
  try shell.run()
  shell.waitUntilExit()
  try #require(
    shell.terminationStatus == 0,
    "the program 'cmark' did not run: install Debian's package 'cmark' (bin/test does)")
  return try texts.indices.map {
    Array(try Data(contentsOf: folder.appending(path: "\($0).md.html")))
  }
}

@Suite("Plain Markdown") struct CommonMarkTests {
  @Test("is every example of CommonMark 0.30 as the cmark program writes it")
  func examples() throws {
    let examples = try CommonMarkExample.all()
    try #require(examples.count == 652)
    let expected = try convertedByProgram(examples.map { Array($0.markdown.utf8) })
    var converter = MarkdownConverter()
    converter.isPlain = true
    for (example, html) in zip(examples, expected) {
      let conversion = Conversion(Array(example.markdown.utf8), with: &converter)
      #expect(
        conversion.html == String(decoding: html, as: UTF8.self),
        "example \(example.number) of '\(example.section)': \(example.markdown)")
    }
  }

  @Test("is what the specification says, where that has no raw HTML and no unsafe URL")
  func specification() throws {
    let omitted = "<!-- raw HTML omitted -->"
    var count = 0
    for example in try CommonMarkExample.all() {
      let html = Conversion(example.markdown, isPlain: true).html
      if html.contains(omitted) || html.contains("href=\"\"") || html.contains("src=\"\"") {
        continue
      }
      #expect(html == example.html, "example \(example.number) of '\(example.section)'")
      count += 1
    }
    #expect(count > 570)
  }

  @Test("is as the cmark program writes it, for every byte in every place")
  func bytes() throws {
    var texts: [[UInt8]] = []
    let parts = ["", "\n\n[a](</", "> \"", "\")\n\n`", "`\n\n``` ", "\n", "\n"].map {
      Array($0.utf8)
    }
    for byte in UInt8(0)...127 {
      for place in 0..<9 {
        var word = Array("abcdefghi".utf8)
        word.insert(byte, at: place)
        texts.append(Array(parts.joined(separator: word)))
      }
    }
    texts += [
      "javascript:", "JavaScript:", "vbscript:", "file:", "data:", "data:image/png;", "jav",
    ]
    .flatMap { ["[a](\($0)x)", "![a](\($0)x)", "<\($0)x>", "[a]\n\n[a]: \($0)x 'b'"] }
    .map { Array($0.utf8) }
    texts += [
      "\u{FEFF}# a", "a\r\nb\rc\n", "ə [ə](ə \"ə\")", "a\0b", "3) a\n4) b\n", "-1. a", "0. a",
      "![a *b* `c` <b> ![d](e)\nf](g)", "- a\n\n  b\n- c", "> - > a\n\n- b\n+ c", "&amp;&#0;&copy;",
      "a\\\nb  \nc", "", "\n\n", "[a]: b", "- \n-", "***a** b*", "<https://a.example/?b=1&c='2'>",
      "<me@a.example>", "    code\n\n\ttab", "Title\n===\n\nb\n-", "![](<>)",
    ].map { Array($0.utf8) }
    let expected = try convertedByProgram(texts)
    var converter = MarkdownConverter()
    converter.isPlain = true
    for (text, html) in zip(texts, expected) {
      let conversion = Conversion(text, with: &converter)
      #expect(
        conversion.html == String(decoding: html, as: UTF8.self),
        "\(String(decoding: text, as: UTF8.self))")
      #expect(conversion.diagnostics.isEmpty)
    }
  }
}
