import Broadsheet

/// `broadsheet init FOLDER`: makes a small site that builds at once.
enum InitCommand {
  static let description = CommandDescription(
    name: "init", argument: "FOLDER",
    summary: "Make a small site in a new folder, ready to build.", options: [])

  /// Runs the command.
  static func run(_ arguments: Arguments) throws(UsageError) -> Int32 {
    guard let folder = arguments.words.first, !folder.isEmpty else {
      throw UsageError(message: "say which folder to make: broadsheet init FOLDER")
    }
    do throws(Diagnostic) {
      let files = try StarterSite.make(at: folder, day: Today.date)
      for file in files { print(file) }
      let command = Terminal.environment("BROADSHEET_COMMAND") ?? "broadsheet"
      let plain = folder.hasPrefix("-") ? "./" + folder : folder
      print("\nNow build it:\n  cd \(Terminal.quoted(plain)) && \(command) build")
      return 0
    } catch {
      return Today.report(error)
    }
  }
}
