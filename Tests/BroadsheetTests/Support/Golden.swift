import Foundation
import Testing

/// Expects bytes to be those of a golden file, line by line; with `BROADSHEET_RECORD=1` in the
/// environment the file is written instead.
func expectGolden(
  _ name: String, _ text: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Golden/" + name)
  if ProcessInfo.processInfo.environment["BROADSHEET_RECORD"] == "1" {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    return
  }
  let expected = String(decoding: try Data(contentsOf: file), as: UTF8.self)
  #expect(
    text.components(separatedBy: "\n") == expected.components(separatedBy: "\n"),
    "run 'BROADSHEET_RECORD=1 swift test' and read the difference of Golden/\(name)",
    sourceLocation: sourceLocation)
}
