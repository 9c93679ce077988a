import Broadsheet

/// `broadsheet pin`: writes the permanent ids into the files of stories that have none.
enum PinCommand {
  static let description = CommandDescription(
    name: "pin", argument: nil,
    summary: "Write each story's permanent id into its file, so that it can be moved.",
    options: [
      Option("--source", "FOLDER", "The folder with the stories (default: seeds)."),
      Option("--dry-run", nil, "Print what would be written, and write nothing."),
      Option("--quiet", nil, "Print what could not be done only."),
    ])

  /// Runs the command.
  static func run(_ arguments: Arguments) throws(UsageError) -> Int32 {
    guard arguments.value("--source") != "" else {
      throw UsageError(message: "the option '--source' wants a folder")
    }
    let isTrial = arguments.has("--dry-run")
    let report = pinIDs(source: arguments.value("--source") ?? "seeds", isTrial: isTrial)
    let printer = DiagnosticPrinter(isColored: Terminal.isColored)
    Terminal.error(report.diagnostics.map { printer.text(of: $0) }.joined())
    if !arguments.has("--quiet") {
      for line in report.lines { print("\(line.file): \(line.text)") }
      print(summary(of: report, isTrial: isTrial))
    }
    return report.exitCode
  }

  /// The closing line: "12 files pinned, 30 had an id, 1 could not be pinned".
  private static func summary(of report: PinReport, isTrial: Bool) -> String {
    func files(_ count: Int) -> String { "\(count) file\(count == 1 ? "" : "s")" }
    var line = files(report.lines.count) + (isTrial ? " would be pinned" : " pinned")
    line += ", \(report.keptCount) had an id"
    if !report.diagnostics.isEmpty {
      line += ", \(report.diagnostics.count) could not be pinned"
    }
    return line
  }
}
