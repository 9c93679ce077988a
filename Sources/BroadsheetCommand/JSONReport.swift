import Broadsheet

/// A build's messages and figures as JSON (RFC 8259), for scripts.
struct JSONReport {
  /// The text, one line.
  let text: String

  /// The report of a build that took so long.
  init(_ report: BuildReport, _ spent: Duration) {
    var json = ByteBuffer(capacity: 1 << 14)
    json.append("{\"published\":")
    json.append(report.isPublished ? "true" : "false")
    json.append(",\"publishedInPart\":\(report.isPublishedInPart)")
    let figures = [
      ("articles", report.articleCount), ("pages", report.pageCount),
      ("written", report.writtenCount), ("unchanged", report.unchangedCount),
      ("copied", report.copiedCount), ("removed", report.removedCount),
      ("held", report.heldCount), ("read", report.readCount), ("made", report.madeCount),
      ("pictures", report.madePictureCount),
    ]
    for (name, number) in figures { json.append(",\"\(name)\":\(number)") }
    json.append(",\"lacksVips\":\(report.lacksVips)")
    json.append(",\"nextDue\":")
    json.append(optional: report.nextDue)
    json.append(",\"seconds\":\(spent.formatted(digits: 3)),\"stages\":{")
    for (index, timing) in report.timings.enumerated() {
      json.append("\(index > 0 ? "," : "")\"\(timing.stage)\":\(timing.wall.formatted(digits: 4))")
    }
    json.append("},\"messages\":[")
    for (index, diagnostic) in report.diagnostics.enumerated() {
      json.append(index > 0 ? ",{" : "{")
      json.append("\"severity\":\"\(diagnostic.severity.rawValue)\",\"id\":")
      json.append(optional: diagnostic.id)
      json.append(",\"file\":")
      json.append(optional: diagnostic.file.isEmpty ? nil : diagnostic.file)
      if let position = diagnostic.position {
        json.append(",\"line\":\(position.line),\"column\":\(position.column)")
      }
      json.append(",\"message\":")
      json.append(optional: diagnostic.message)
      json.append("}")
    }
    json.append("]}")
    text = json.string
  }
}

extension ByteBuffer {
  /// Appends a string in quotes, or `null`.
  fileprivate mutating func append(optional text: String?) {
    guard let text else { return append("null") }
    append("\"")
    append(json: text)
    append("\"")
  }
}
