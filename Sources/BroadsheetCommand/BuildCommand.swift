import Broadsheet
import Glibc

/// `broadsheet build`: makes the site.
enum BuildCommand {
  static let description = CommandDescription(
    name: "build", argument: nil,
    summary: "Make the site: turn a folder of stories into a website.",
    options: [
      Option("--source", "FOLDER", "The folder with the stories (default: seeds)."),
      Option("--output", "FOLDER", "The folder that the site is written to (default: public)."),
      Option("--templates", "FOLDER", "Templates that override the theme's, file by file."),
      Option(
        "--now", "TIME", "Build as of this moment, not the clock's: 2024-10-03T18:40:00+04:00."),
      Option("--jobs", "NUMBER", "How many threads work (default: one a processor)."),
      Option(
        "--drafts", nil, "Show drafts and held stories, marked; wants an --output of its own."),
      Option("--adopt", nil, "Remove files from the output that no build is known to have made."),
      Option("--quiet", nil, "Print errors only."),
      Option("--json", nil, "Print messages and figures as JSON."),
      Option("--timings", nil, "Print how long each stage took."),
    ])

  /// Runs the command.
  static func run(_ arguments: Arguments) throws(UsageError) -> Int32 {
    let options = try options(arguments)
    let isQuiet = arguments.has("--quiet")
    let isJSON = arguments.has("--json")
    let bar = ProgressBar(isShown: !isQuiet && !isJSON)
    let clock = ContinuousClock()
    let began = clock.now
    func tellWaiting(for process: Int32?) {
      guard !isQuiet else { return }
      let whom = process.map { " (process \($0))" } ?? ""
      Terminal.error("waiting for another build of '\(options.output)'\(whom) to end\n")
    }
    let report = build(
      options, progress: { bar.show($0, of: $1) },
      pictureProgress: { bar.show($0, of: $1, "pictures") }, whenWaiting: tellWaiting)
    bar.end()
    let spent = clock.now - began
    if isJSON {
      print(JSONReport(report, spent).text)
      return report.exitCode
    }
    let printer = DiagnosticPrinter(isColored: Terminal.isColored)
    let shown = isQuiet ? report.diagnostics.filter(\.isError) : report.diagnostics
    Terminal.error(shown.map { printer.text(of: $0) }.joined())
    if !report.isPublished {
      let outcome =
        report.isPublishedInPart
        ? "the site is published in part; build again once the machine is right"
        : "nothing was published"
      Terminal.error((printer.count(of: shown) ?? "") + ": \(outcome)\n")
    } else if !isQuiet {
      if let count = printer.count(of: shown) { Terminal.error(count + "\n") }
      if report.lacksVips {
        Terminal.error(
          "libvips is not on this machine, so pictures are copied as they are, in one size; on "
            + "Debian, 'apt-get install libvips42' gets it\n")
      }
      print(summary(of: report, spent))
    }
    if arguments.has("--timings") {
      print(
        table(report.timings.map { ($0.stage, "\($0.wall.formatted(digits: 3)) s") }),
        terminator: "")
    }
    return report.exitCode
  }

  private static func options(_ arguments: Arguments) throws(UsageError) -> BuildOptions {
    var options = BuildOptions(theme: try ThemeFolder.found(), clock: Int64(time(nil)))
    options.source = arguments.value("--source") ?? options.source
    options.output = arguments.value("--output") ?? options.output
    options.templates = arguments.all("--templates")
    options.now = arguments.value("--now")
    try arguments.checkMoment()
    options.showsDrafts = arguments.has("--drafts")
    options.adopts = arguments.has("--adopt")
    for name in ["--source", "--output", "--templates"] where arguments.value(name) == "" {
      throw UsageError(message: "the option '\(name)' wants a folder")
    }
    if options.showsDrafts, !arguments.has("--output") {
      throw UsageError(
        message: "--drafts wants an --output of its own, so that no draft is published by mistake")
    }
    options.jobs = try arguments.jobs()
    return options
  }

  /// The closing line: "46 articles, 138 pages in 0.03 s: 12 written, 126 unchanged, 1 removed; 2
  /// held, the next at 14:00 (Baku)".
  static func summary(of report: BuildReport, _ spent: Duration) -> String {
    func count(_ number: Int, _ word: String) -> String {
      "\(number) \(word)\(number == 1 ? "" : "s")"
    }
    var line = count(report.articleCount, "article") + ", " + count(report.pageCount, "page")
    line += " in \(spent.formatted(digits: 2)) s: "
    line += "\(report.writtenCount) written, \(report.unchangedCount) unchanged"
    line += ", \(report.removedCount) removed"
    if report.madePictureCount > 0 { line += ", \(count(report.madePictureCount, "picture")) made" }
    if report.copiedCount > 0 { line += ", \(count(report.copiedCount, "other file")) copied" }
    if report.heldCount > 0 {
      line += "; \(report.heldCount) held"
      if let due = report.nextDue { line += ", the next \(due)" }
    }
    return line
  }
}

extension Arguments {
  /// Makes sure that what `--now` names is a moment.
  func checkMoment() throws(UsageError) {
    guard let now = value("--now"), let wrong = BuildOptions.complaint(aboutMoment: now) else {
      return
    }
    throw UsageError(message: wrong)
  }

  /// How many threads work: what `--jobs` says, else one a processor.
  func jobs() throws(UsageError) -> Int {
    guard let jobs = value("--jobs") else { return max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
    guard let number = Int(jobs), (1...256).contains(number) else {
      throw UsageError(message: "--jobs wants a number from 1 to 256, not '\(jobs)'")
    }
    return number
  }
}

extension Duration {
  /// The time in seconds, with so many digits after the point.
  func formatted(digits: Int) -> String {
    var scale: Int64 = 1
    for _ in 0..<digits { scale *= 10 }
    let unit = 1_000_000_000_000_000_000 / scale
    let whole = components.seconds * scale + (components.attoseconds + unit / 2) / unit
    let fraction = String(whole % scale)
    return "\(whole / scale)." + String(repeating: "0", count: digits - fraction.count) + fraction
  }
}

/// Finds the default theme, which travels with the program.
enum ThemeFolder {
  /// The folder, which every command that makes pages needs.
  static func found() throws(UsageError) -> String {
    guard let theme = find() else {
      throw UsageError(
        message: "the default theme is missing: there is no folder 'templates' beside the program; "
          + "name one in the environment variable BROADSHEET_THEME")
    }
    return theme
  }

  /// The folder: what `BROADSHEET_THEME` names, else `templates` in a folder above the program, else
  /// `share/broadsheet/templates` beside it.
  static func find() -> String? {
    if let named = Terminal.environment("BROADSHEET_THEME") { return named }
    guard let path = unsafe realpath("/proc/self/exe", nil) else { return nil }
    defer { unsafe free(path) }
    var folder = unsafe String(cString: path)
    for _ in 0..<6 {
      guard let slash = folder.lastIndex(of: "/") else { return nil }
      folder = String(folder[..<slash])
      for place in ["/templates", "/share/broadsheet/templates"] {
        if isReadable(folder + place + "/base.html") { return folder + place }
      }
    }
    return nil
  }

  private static func isReadable(_ path: String) -> Bool { unsafe access(path, R_OK) == 0 }
}
