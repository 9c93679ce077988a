import Broadsheet

/// The program `broadsheet`: arguments in, one call of the library, an exit code out.
enum Command {
  /// The version, as `--version` prints it.
  static let version = "0.1.0"

  /// The commands, in the order of the help.
  static let commands = [
    BuildCommand.description, ServeCommand.description, InitCommand.description,
    NewCommand.description, PinCommand.description,
  ]

  /// Runs the program.
  ///
  /// - Returns: The exit code: 0 done; 1 errors in content, templates or configuration; 2 wrong usage;
  ///   3 the machine.
  static func run(_ arguments: [String]) -> Int32 {
    guard let name = arguments.first else {
      Terminal.error(help)
      return 2
    }
    let rest = Array(arguments.dropFirst())
    switch name {
    case "--version", "version":
      print("broadsheet \(version)")
      return 0
    case "--help", "-h":
      print(help, terminator: "")
      return 0
    case "help":
      guard let topic = commands.first(where: { $0.name == rest.first }) else {
        print(help, terminator: "")
        return 0
      }
      print(topic.help, terminator: "")
      return 0
    default: break
    }
    guard let command = commands.first(where: { $0.name == name }) else {
      let known = commands.map(\.name) + ["--help", "--version"]
      let meant = suggestion(for: name, among: known).map { "did you mean '\($0)'?" }
      let kind = name.hasPrefix("-") ? "option" : "command"
      Terminal.error(
        "broadsheet: unknown \(kind) '\(name)'; \(meant ?? "see 'broadsheet --help'")\n")
      return 2
    }
    if rest.contains("--help") || rest.contains("-h") {
      print(command.help, terminator: "")
      return 0
    }
    do throws(UsageError) {
      let arguments = try Arguments(rest, for: command)
      switch command.name {
      case BuildCommand.description.name: return try BuildCommand.run(arguments)
      case ServeCommand.description.name: return try ServeCommand.run(arguments)
      case PinCommand.description.name: return try PinCommand.run(arguments)
      case InitCommand.description.name: return try InitCommand.run(arguments)
      default: return try NewCommand.run(arguments)
      }
    } catch {
      Terminal.error("broadsheet: \(error.message)\n")
      return 2
    }
  }

  private static var help: String {
    """
    Broadsheet turns a folder of article files into a news site.

    Usage: broadsheet COMMAND [options]

    Commands:
    \(table(commands.map { ($0.name, $0.summary) }))
    Options:
    \(table([("--version", "Print the version."), ("--help", "Print this, or a command's help.")]))
    """
  }
}
