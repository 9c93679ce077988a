import Foundation
import Testing

@testable import Broadsheet

/// What a run of the command gave.
struct CommandResult {
  var code: Int32
  var output: String
  var errors: String
}

/// The command, run in a folder of its own.
final class CommandFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "broadsheet-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ text: String, to name: String) throws {
    let url = URL(fileURLWithPath: path + "/" + name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  func text(_ name: String) -> String {
    (try? String(contentsOfFile: path + "/" + name, encoding: .utf8)) ?? ""
  }

  /// Runs the command that was built with these tests.
  ///
  /// `whenSaid` is told what the command says first on its error output, while it still runs.
  func run(
    _ arguments: String..., environment: [String: String] = [:],
    whenSaid: ((String) -> Void)? = nil
  ) throws -> CommandResult {
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let process = Process()
    process.executableURL = Self.executable
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: path)
    var variables = ProcessInfo.processInfo.environment
    variables["BROADSHEET_THEME"] = package.appending(path: "templates").path
    process.environment = variables.merging(environment) { _, new in new }
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    var first = Data()
    if let whenSaid {
      first = errors.fileHandleForReading.availableData
      whenSaid(String(decoding: first, as: UTF8.self))
    }
    let (out, err) = (
      output.fileHandleForReading.readDataToEndOfFile(),
      first + errors.fileHandleForReading.readDataToEndOfFile()
    )
    process.waitUntilExit()
    return CommandResult(
      code: process.terminationStatus, output: String(decoding: out, as: UTF8.self),
      errors: String(decoding: err, as: UTF8.self))
  }

  /// The command lies where the test bundle does.
  private static let executable: URL = {
    let tests = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    var folder = tests.deletingLastPathComponent()
    for _ in 0..<6 {
      let command = folder.appending(path: "broadsheet")
      if FileManager.default.isExecutableFile(atPath: command.path) { return command }
      folder = folder.deletingLastPathComponent()
    }
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return package.appending(path: ".build/debug/broadsheet")
  }()
}

@Suite("The command") struct CommandTests {
  private let folder: CommandFolder

  init() throws { folder = try CommandFolder() }

  private static let story = "---\ntitle: Talks\ndate: 2024-10-03\n---\nTalks go on.\n"

  private func makeSite() throws {
    try folder.write(
      "title: The Daily\nurl: https://daily.example/\ntimezone: Asia/Baku\n", to: "seeds/site.yaml")
    try folder.write(Self.story, to: "seeds/politics/talks.md")
  }

  @Test(
    "says what it does not understand, with what was probably meant",
    arguments: [
      (
        ["build", "--ouput", "x"], "broadsheet: unknown option '--ouput'; did you mean '--output'?"
      ),
      (["build", "--zzz"], "broadsheet: unknown option '--zzz'; see 'broadsheet build --help'"),
      (["biuld"], "broadsheet: unknown command 'biuld'; did you mean 'build'?"),
      (["--verson"], "broadsheet: unknown option '--verson'; did you mean '--version'?"),
      (
        ["build", "--output"],
        "broadsheet: the option '--output' wants a value: --output FOLDER"
      ),
      (["build", "--quiet=yes"], "broadsheet: the option '--quiet' takes no value"),
      (["build", "--jobs", "many"], "broadsheet: --jobs wants a number from 1 to 256, not 'many'"),
      (
        ["build", "--now=99999"],
        "broadsheet: --now: '99999' is not a date; write it as 2024-10-03 or "
          + "2024-10-03T18:40:00+04:00"
      ),
      (["build", "--jobs=0"], "broadsheet: --jobs wants a number from 1 to 256, not '0'"),
      (["build", "seeds"], "broadsheet: 'seeds' is not understood; see 'broadsheet build --help'"),
      (
        ["build", "--drafts"],
        "broadsheet: --drafts wants an --output of its own, so that no draft is published by mistake"
      ),
      (["init"], "broadsheet: say which folder to make: broadsheet init FOLDER"),
      (
        ["new"],
        "broadsheet: say what the story is called: broadsheet new \"Headline\" --section politics"
      ),
      (
        ["new", "Talks"],
        "broadsheet: say where the story belongs: broadsheet new \"Talks\" --section politics"
      ),
    ])
  func usage(arguments: [String], message: String) throws {
    let result = try run(arguments)
    #expect(result.errors == message + "\n")
    #expect(result.output == "" && result.code == 2)
  }

  private func run(_ arguments: [String]) throws -> CommandResult {
    switch arguments.count {
    case 1: try folder.run(arguments[0])
    case 2: try folder.run(arguments[0], arguments[1])
    default: try folder.run(arguments[0], arguments[1], arguments[2])
    }
  }

  @Test("has help for itself and for each command, which names each option") func help() throws {
    let whole = try folder.run("--help")
    #expect(whole.code == 0)
    for name in ["build", "init", "new"] { #expect(whole.output.contains("  \(name)")) }
    let build = try folder.run("build", "--help")
    for option in [
      "--source FOLDER", "--templates FOLDER", "--output FOLDER", "--now TIME", "--jobs NUMBER",
      "--drafts", "--quiet", "--json", "--timings", "--adopt",
    ] { #expect(build.output.contains("\n  \(option) "), "\(option)") }
    #expect(try folder.run("help", "build").output == build.output)
    #expect(try folder.run("--version").output.hasPrefix("broadsheet "))
    #expect(try folder.run().code == 2)
  }

  @Test("closes with a line of figures") func summary() throws {
    try makeSite()
    try folder.write(
      Self.story.replacingOccurrences(of: "2024-10-03", with: "2024-10-10 18:00"),
      to: "seeds/politics/held.md")
    let first = try folder.run("build", "--now", "2024-10-10T12:00:00+04:00")
    #expect(first.errors == "" && first.code == 0)
    #expect(
      first.output.wholeMatch(
        of:
          /1 article, (\d+) pages in \d+\.\d\d s: (\d+) written, 0 unchanged, 0 removed, 1 other file copied; 1 held, the next at 18:00 \(Baku\)\n/
      )
        != nil, "\(first.output)")
    let later = try folder.run("build", "--now", "2024-10-09")
    #expect(
      later.output.hasSuffix("1 held, the next on 10 October 2024 at 18:00 (Baku)\n"),
      "\(later.output)")
    try folder.write(Self.story, to: "seeds/politics/talks.md")
    // A moment without an offset is one of the site's zone: 18:00 in Baku is 14:00 in Greenwich.
    let due = try folder.run("build", "--now", "2024-10-10 18:00", "--timings")
    #expect(due.output.hasPrefix("2 articles, "), "\(due.output)")
    #expect(due.output.contains("\n  compose "))
  }

  @Test("is quiet when told, but for errors, and ends with a code that scripts can read")
  func codes() throws {
    try makeSite()
    let quiet = try folder.run("build", "--quiet", "--now", "2024-10-10")
    #expect(quiet.code == 0 && quiet.output == "" && quiet.errors == "")
    try folder.write("---\ntitel: Talks\n---\n", to: "seeds/politics/talks.md")
    let wrong = try folder.run("build", "--quiet", "--now", "2024-10-10")
    #expect(wrong.code == 1 && wrong.output == "")
    #expect(wrong.errors.contains("seeds/politics/talks.md:2:1: error: there is no key 'titel'"))
    #expect(wrong.errors.hasSuffix("errors: nothing was published\n"))
    #expect(folder.text("public/politics/2024/10/talks.html").contains("Talks go on."))
    let date = try folder.run("build", "--now", "yesterday")
    #expect(date.code == 2)
    let missing = try folder.run("build", "--source", "nowhere", "--now", "2024-10-10")
    #expect(missing.code != 0 && missing.errors.contains("nowhere"))
    try folder.write(Self.story, to: "seeds/politics/talks.md")
    let machine = try folder.run(
      "build", "--now", "2024-10-10", "--output", "/proc/self/nowhere/public")
    #expect(machine.code == 3 && machine.errors.contains("[cannot-write]"), "\(machine.errors)")
  }

  @Test("prints messages and figures as JSON") func json() throws {
    try makeSite()
    try folder.write("Headline\nHeadline\nThe \"text\".\n", to: "seeds/politics/wire.txt")
    let result = try folder.run("build", "--json", "--now", "2024-10-10")
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    #expect(report["published"] as? Bool == true)
    #expect(report["articles"] as? Int == 2)
    #expect(report["written"] as? Int == report["pages"] as? Int)
    let messages = try #require(report["messages"] as? [[String: Any]])
    #expect(messages.map { $0["id"] as? String } == ["undated-wire"])
    #expect(messages[0]["file"] as? String == "seeds/politics/wire.txt")
    #expect(result.errors == "")
  }

  @Test("makes a small site that builds at once, and refuses a folder that is not empty")
  func initialize() throws {
    let made = try folder.run("init", "paper")
    #expect(made.code == 0 && made.output.contains("paper/seeds/site.yaml\n"))
    let built = try folder.run(
      "build", "--source", "paper/seeds", "--output", "paper/public")
    #expect(built.code == 0 && built.errors == "", "\(built.errors)")
    #expect(folder.text("paper/public/index.html").contains("The Morning Paper"))
    let again = try folder.run("init", "paper")
    #expect(again.code == 1)
    #expect(
      again.errors
        == "paper: error: this folder is not empty; name another, or empty it [folder-not-empty]\n")
  }

  @Test(
    "prints after it made a site a line that a shell takes as it is",
    arguments: [
      ("my paper", "cd 'my paper' && "), ("the editor's", "cd 'the editor'\\''s' && "),
      ("$HOME", "cd '$HOME' && "), ("papers/city_1.2", "cd papers/city_1.2 && "),
    ])
  func initializeQuoted(name: String, line: String) throws {
    let made = try folder.run("init", name)
    #expect(made.code == 0 && made.output.contains("\n  " + line), "\(made.output)")
  }

  @Test(
    "makes no article where a build would not look for one",
    arguments: ["media", "static", "pages", "templates", "reviews", "tags", "Archive"])
  func newElsewhere(section: String) throws {
    try folder.write("title: The Daily\n", to: "seeds/site.yaml")
    let made = try folder.run("new", "Talks", "--section", section)
    #expect(made.code == 1 && made.errors.hasSuffix("[reserved-section]\n"), "\(made.errors)")
    #expect(folder.text("seeds/\(section)/talks.md") == "")
  }

  @Test("makes an article of a headline with control characters in it, without them")
  func newControls() throws {
    try folder.write("title: The Daily\n", to: "seeds/site.yaml")
    let made = try folder.run("new", "Ring \u{7} the\tbell\u{FFFF}", "--section", "city")
    #expect(made.code == 0)
    #expect(
      folder.text("seeds/city/ring-the-bell.md").hasPrefix("---\ntitle: \"Ring the bell\"\n"))
    #expect(try folder.run("build").code == 0)
  }

  @Test("makes an article file, a draft, that builds") func new() throws {
    try makeSite()
    try folder.write(
      "title: The Daily\ntimezone: Asia/Baku\nsections: [politics, city]\n", to: "seeds/site.yaml")
    let made = try folder.run("new", "Şuşa says \"yes\" & more", "--section", "city")
    #expect(made.output == "seeds/city/susa-says-yes-and-more.md\n" && made.code == 0)
    #expect(
      folder.text("seeds/city/susa-says-yes-and-more.md").hasPrefix(
        "---\ntitle: \"Şuşa says \\\"yes\\\" & more\"\ndate: 20"))
    #expect(try folder.run("build").code == 0)
    #expect(folder.text("public/index.html").contains("Şuşa") == false)
    _ = try folder.run("new", "A back\\slash", "--section", "city")
    #expect(try folder.run("build").code == 0)
    let again = try folder.run("new", "Şuşa says \"yes\" & more", "--section", "city")
    #expect(again.code == 1 && again.errors.hasSuffix("[file-exists]\n"))
    let unknown = try folder.run("new", "Talks", "--section", "politic")
    #expect(
      unknown.errors
        == "error: there is no section 'politic'; did you mean 'politics'? [unknown-section]\n")
    let lines = try folder.run("new", "Line\nbreak \u{1B}[31m", "--section", "city")
    #expect(
      folder.text("seeds/city/line-break-31m.md").hasPrefix("---\ntitle: \"Line break [31m\"\n"))
    #expect(lines.code == 0)
    #expect(try folder.run("build").code == 0)
    let nothing = try folder.run("new", "🙂", "--section", "city")
    #expect(nothing.code == 1 && nothing.errors.hasSuffix("[empty-slug]\n"))
    // Without sections in site.yaml, any folder is one that could be.
    try folder.write("title: The Daily\n", to: "seeds/site.yaml")
    for (section, id) in [
      ("../../evil", "bad-section"), ("a/b", "bad-section"), (".git", "bad-section"),
      ("tags", "reserved-section"),
    ] {
      let refused = try folder.run("new", "Talks", "--section", section)
      #expect(refused.code == 1 && refused.errors.hasSuffix("[\(id)]\n"), "\(refused.errors)")
      #expect(refused.errors.contains("'\(section)'"))
    }
  }

  @Test("shows drafts and held stories, marked, in an output of their own") func drafts() throws {
    try makeSite()
    try folder.write(
      Self.story.replacingOccurrences(of: "---\nTalks", with: "status: draft\n---\nTalks"),
      to: "seeds/politics/draft.md")
    let plain = try folder.run("build", "--now", "2024-10-10")
    #expect(plain.output.hasPrefix("1 article, "))
    let shown = try folder.run("build", "--now", "2024-10-10", "--drafts", "--output", "preview")
    #expect(shown.output.hasPrefix("2 articles, "), "\(shown.errors)")
    #expect(folder.text("preview/politics/2024/10/draft.html").contains("Not published yet"))
    #expect(folder.text("preview/politics/2024/10/talks.html").contains("Not published") == false)
  }

  @Test("makes the same bytes in another zone and language of the machine") func locale() throws {
    try makeSite()
    _ = try folder.run("build", "--now", "2024-10-10T12:00:00Z")
    _ = try folder.run(
      "build", "--now", "2024-10-10T12:00:00Z", "--output", "other", "--jobs", "1",
      environment: ["TZ": "Pacific/Auckland", "LC_ALL": "tr_TR.UTF-8", "LANG": "az_AZ.UTF-8"])
    let files = FileManager.default.enumerator(atPath: folder.path + "/public")
    var count = 0
    while let path = files?.nextObject() as? String {
      #expect(folder.text("public/" + path) == folder.text("other/" + path), "\(path)")
      count += 1
    }
    #expect(count > 10)
  }

  @Test("tells messages with their places as JSON, and nothing else, when a build fails")
  func jsonOfFailure() throws {
    try makeSite()
    try folder.write("---\ntitle: A\ndate: 2024-10-32\n---\nText.\n", to: "seeds/city/\"a\".md")
    let result = try folder.run("build", "--json", "--timings", "--now", "2024-10-10")
    #expect(result.code == 1 && result.errors == "")
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    #expect(report["published"] as? Bool == false)
    let messages = try #require(report["messages"] as? [[String: Any]])
    #expect(messages.count == 1)
    #expect(messages[0]["severity"] as? String == "error")
    #expect(messages[0]["file"] as? String == "seeds/city/\"a\".md")
    #expect(messages[0]["line"] as? Int == 3 && messages[0]["column"] as? Int == 7)
    #expect(FileManager.default.fileExists(atPath: folder.path + "/public") == false)
  }

  @Test("counts warnings, and stories in the singular and the plural") func counting() throws {
    try makeSite()
    for number in 1...2 {
      try folder.write("Wire \(number)\nWire \(number)\nText.\n", to: "seeds/city/\(number).txt")
    }
    try folder.write("a", to: "seeds/static/a.txt")
    let result = try folder.run("build", "--now", "2024-10-10")
    #expect(result.errors.hasSuffix("[undated-wire]\n2 warnings\n"), "\(result.errors)")
    #expect(result.output.hasPrefix("3 articles, "))
    #expect(result.output.hasSuffix(" 0 unchanged, 0 removed, 2 other files copied\n"))
    try FileManager.default.removeItem(atPath: folder.path + "/seeds/city/2.txt")
    let fewer = try folder.run("build", "--now", "2024-10-10")
    #expect(fewer.errors.hasSuffix("\n1 warning\n"))
    #expect(fewer.output.hasSuffix(" unchanged, 1 removed\n"), "\(fewer.output)")
  }

  @Test("tells a moment that it cannot read, and publishes nothing") func moments() throws {
    try makeSite()
    let result = try folder.run("build", "--now", "3 October")
    #expect(
      result.errors == "broadsheet: --now: '3 October' is not a date; write it as 2024-10-03 or "
        + "2024-10-03T18:40:00+04:00\n")
    #expect(result.code == 2 && result.output == "")
    #expect(folder.text("public/index.html") == "")
  }

  @Test("waits for another build of the output, and says for whom") func waits() throws {
    try makeSite()
    try FileManager.default.createDirectory(
      atPath: folder.path + "/.broadsheet", withIntermediateDirectories: true)
    var lock: OutputLock? = try OutputLock(
      at: folder.path + "/.broadsheet/public.lock", whenWaiting: { _ in })
    var said = ""
    let result = try folder.run("build", "--now", "2024-10-10") {
      said = $0
      lock = nil
    }
    #expect(lock == nil)
    let process = ProcessInfo.processInfo.processIdentifier
    #expect(said == "waiting for another build of 'public' (process \(process)) to end\n")
    #expect(result.code == 0)
    #expect(folder.text("public/index.html").contains("Talks"))
  }

  @Test("takes several folders of templates, and names a missing one") func templates() throws {
    try makeSite()
    try folder.write(
      "\\(template tags(tags: [Tag]))\n<h1>Mine</h1>\n", to: "mine/tags.html")
    try folder.write(
      Self.story.replacingOccurrences(of: "---\nTalks", with: "tags: [Sea]\n---\nTalks"),
      to: "seeds/politics/talks.md")
    let mine = try folder.run("build", "--now", "2024-10-10", "--templates=mine")
    #expect(mine.code == 0, "\(mine.errors)")
    #expect(folder.text("public/tags.html") == "<h1>Mine</h1>\n")
    let missing = try folder.run("build", "--now", "2024-10-10", "--templates", "yours")
    #expect(missing.code == 1)
    #expect(missing.errors.contains("yours: error: there is no such folder of templates; name "))
  }
}
