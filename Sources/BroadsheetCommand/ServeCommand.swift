import Broadsheet
import Glibc

/// `broadsheet serve`: shows the site on this machine while it is being written.
enum ServeCommand {
  static let description = CommandDescription(
    name: "serve", argument: nil,
    summary: "Show the site on this machine while it is being written.",
    options: [
      Option("--source", "FOLDER", "The folder with the stories (default: seeds)."),
      Option("--templates", "FOLDER", "Templates that override the theme's, file by file."),
      Option(
        "--now", "TIME", "Show the paper of this moment, not the clock's: 2024-10-03T18:40:00Z."),
      Option("--drafts", nil, "Show drafts and held stories, marked."),
      Option("--jobs", "NUMBER", "How many threads read (default: one a processor)."),
      Option("--port", "NUMBER", "The port (default: 4000); 0 for any that is free."),
      Option(
        "--host", "ADDRESS",
        "The address to listen on (default: 127.0.0.1, this machine alone)."),
      Option("--quiet", nil, "Print errors only."),
    ])

  /// Runs the command, until the user stops it.
  static func run(_ arguments: Arguments) throws(UsageError) -> Int32 {
    let options = try options(arguments)
    let isQuiet = arguments.has("--quiet")
    let teller = Teller(source: options.source, isQuiet: isQuiet)
    do throws(Diagnostic) {
      try serve(options) { teller.tell($0) }
      teller.finish()
      return 0
    } catch {
      teller.finish()
      return Today.report(error)
    }
  }

  private static func options(_ arguments: Arguments) throws(UsageError) -> ServeOptions {
    var options = ServeOptions(theme: try ThemeFolder.found(), clock: { Int64(time(nil)) })
    options.source = arguments.value("--source") ?? options.source
    options.templates = arguments.all("--templates")
    options.now = arguments.value("--now")
    try arguments.checkMoment()
    options.showsDrafts = arguments.has("--drafts")
    options.jobs = try arguments.jobs()
    options.host = arguments.value("--host") ?? options.host
    for name in ["--source", "--templates"] where arguments.value(name) == "" {
      throw UsageError(message: "the option '\(name)' wants a folder")
    }
    guard !options.host.isEmpty else {
      throw UsageError(message: "the option '--host' wants an address, such as 127.0.0.1")
    }
    if let port = arguments.value("--port") {
      guard let number = UInt16(port) else {
        throw UsageError(message: "--port wants a number from 0 to 65535, not '\(port)'")
      }
      options.port = number
    }
    return options
  }
}

/// Prints what a server has to tell; it never waits for whoever reads it.
private struct Teller: Sendable {
  private let source: String
  private let isQuiet: Bool
  private let printer = DiagnosticPrinter(isColored: Terminal.isColored)
  private let output = MessageWriter()
  /// The same where both go to one place, so that they stay in their order.
  private let errors: MessageWriter

  /// A teller of what happens to a source folder.
  init(source: String, isQuiet: Bool) {
    self.source = source
    self.isQuiet = isQuiet
    errors = Terminal.isOnePlace ? output : MessageWriter()
  }

  /// Prints what happens; a line goes out as soon as it is there.
  func tell(_ event: ServeEvent) {
    switch event {
    case .serving(let address, let count, let spent):
      let articles = "\(count) article\(count == 1 ? "" : "s")"
      let figures = "\(articles), \(spent.formatted(digits: 2)) s"
      say("Serving \(source) at \(address) (\(figures)); stop with Ctrl-C")
    case .changed(let what, let spent):
      say("\(what) changed: \((spent * 1000).formatted(digits: 1)) ms")
    case .wrong(let diagnostics):
      let shown = isQuiet ? diagnostics.filter(\.isError) : diagnostics
      guard let count = printer.count(of: shown) else { return }
      let text = shown.map { printer.text(of: $0) }.joined()
      errors.write(text + count + "\n", to: STDERR_FILENO)
    case .mended: say("No errors any more")
    }
  }

  /// Waits until all is printed, unless nobody reads it.
  func finish() {
    output.finish()
    errors.finish()
  }

  private func say(_ line: String) {
    if !isQuiet { output.write(line + "\n", to: STDOUT_FILENO) }
  }
}
