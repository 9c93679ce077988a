import Broadsheet

/// Why a command line is not understood: what to tell, with exit code 2.
struct UsageError: Error {
  let message: String
}

/// The arguments of a command, told apart by its table of options.
struct Arguments {
  /// The values of the options that were given; an option that stands alone has an empty one.
  private var values: [String: [String]] = [:]
  /// What is no option.
  private(set) var words: [String] = []

  /// Reads arguments.
  ///
  /// - Throws: What is not understood, with what was probably meant.
  init(_ arguments: [String], for command: CommandDescription) throws(UsageError) {
    var rest = arguments[...]
    var isOver = false
    while let argument = rest.popFirst() {
      if isOver || !argument.hasPrefix("-") || argument == "-" {
        words.append(argument)
        continue
      }
      if argument == "--" {
        isOver = true
        continue
      }
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts[0])
      guard let option = command.options.first(where: { $0.name == name }) else {
        throw UsageError(message: Self.unknown(name, command))
      }
      guard let value = option.value else {
        guard parts.count == 1 else {
          throw UsageError(message: "the option '\(name)' takes no value")
        }
        values[name, default: []].append("")
        continue
      }
      if parts.count == 2 {
        values[name, default: []].append(String(parts[1]))
      } else if let next = rest.popFirst() {
        values[name, default: []].append(next)
      } else {
        throw UsageError(message: "the option '\(name)' wants a value: \(name) \(value)")
      }
    }
    if let extra = words.dropFirst(command.argument == nil ? 0 : 1).first {
      throw UsageError(
        message: "'\(extra)' is not understood; see 'broadsheet \(command.name) --help'")
    }
  }

  private static func unknown(_ name: String, _ command: CommandDescription) -> String {
    let known = command.options.map(\.name) + ["--help", "--version"]
    if let meant = suggestion(for: name, among: known) {
      return "unknown option '\(name)'; did you mean '\(meant)'?"
    }
    return "unknown option '\(name)'; see 'broadsheet \(command.name) --help'"
  }

  /// Whether an option was given.
  func has(_ name: String) -> Bool { values[name] != nil }

  /// The value of an option, the last where it was given twice.
  func value(_ name: String) -> String? { values[name]?.last }

  /// All values of an option, in order.
  func all(_ name: String) -> [String] { values[name] ?? [] }
}
