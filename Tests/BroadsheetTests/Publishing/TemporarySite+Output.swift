import Foundation

@testable import Broadsheet

extension TemporarySite {
  /// The path of the output.
  var output: String { path + "/public" }
  /// The path of the record of the last build.
  var record: String { path + "/.broadsheet/public.record" }

  /// When each file and folder of the output was last written.
  func stamps() throws -> [String: String] { try FileListing.stamps(below: output) }

  /// Writes a file of the output, as somebody else does.
  func meddle(_ text: String, at name: String) throws {
    let file = URL(fileURLWithPath: output + "/" + name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  /// Removes a file or folder of the output, as somebody else does.
  func lose(_ name: String) throws {
    try FileManager.default.removeItem(atPath: output + "/" + name)
  }

  /// A site of a few pages, a picture and static files.
  static func small() throws -> TemporarySite {
    try TemporarySite([
      "politics/talks.md": story("Talks", "2024-10-03", "tags: [Port]"),
      "politics/votes.md": story("Votes", "2024-10-04"),
      "city/strike.md": story("Strike", "2024-10-05"),
      "media/port.svg": "<svg/>",
      "pages/about.md": story("About us", nil, body: "![A port](../media/port.svg)"),
      "static/ads.txt": "None", "static/.well-known/security.txt": "Contact: desk@a.example",
    ])
  }
}
