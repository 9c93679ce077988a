/// An option of a command: what it is called, what follows it, and what the help says of it.
struct Option {
  /// The option as it is typed, such as `--source`.
  let name: String
  /// What follows it, in capitals for the help; nil for an option that stands alone.
  let value: String?
  /// What it does, in a line.
  let help: String

  /// An option.
  init(_ name: String, _ value: String? = nil, _ help: String) {
    self.name = name
    self.value = value
    self.help = help
  }
}

/// A command of the program: the one table that parsing, help and messages are made of.
struct CommandDescription {
  /// The command's name.
  let name: String
  /// What stands after its name, in capitals for the help; nil for a command without arguments.
  let argument: String?
  /// What it does, in a line.
  let summary: String
  /// Its options.
  let options: [Option]

  /// The text of `broadsheet NAME --help`.
  var help: String {
    var text = "Usage: broadsheet \(name)"
    if let argument { text += " \(argument)" }
    text += options.isEmpty ? "\n" : " [options]\n"
    text += "\n\(summary)\n"
    if !options.isEmpty {
      text += "\nOptions:\n" + table(options.map { ($0.shown, $0.help) })
    }
    return text
  }
}

extension Option {
  /// The option with what follows it.
  var shown: String { value.map { "\(name) \($0)" } ?? name }
}

/// Two columns, the second of them in line.
func table(_ rows: [(String, String)]) -> String {
  let width = rows.map(\.0.count).max() ?? 0
  return rows.map { left, right in
    "  \(left)\(String(repeating: " ", count: width - left.count + 2))\(right)\n"
  }.joined()
}
