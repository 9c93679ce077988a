import Glibc

/// The program `broadsheet-corpus`: writes a news site to measure Broadsheet with.
enum CorpusCommand {
  private static let help = """
    Usage: broadsheet-corpus FOLDER --articles NUMBER [--seed NUMBER] [--words NUMBER]

    Write a news site of so many articles, for measuring. The same arguments give the same bytes, and
    a corpus of 1,000 is the first 1,000 articles of a corpus of 10,000.

    Options:
      --articles NUMBER  How many articles, 1 to 10,000,000.
      --seed NUMBER      Which corpus (default: 1).
      --words NUMBER     How long an article is on average, 50 to 10,000 (default: 600).

    A folder that this program did not make is left alone, unless it is empty.

    """

  /// Runs the program.
  ///
  /// - Returns: The exit code: 0 done; 1 the folder belongs to somebody else; 2 wrong usage; 3 the
  ///   machine.
  static func run(_ arguments: [String]) -> Int32 {
    if arguments.contains("--help") || arguments.contains("-h") {
      print(help, terminator: "")
      return 0
    }
    do throws(CorpusError) {
      let (path, plan) = try read(arguments)
      let byteCount = try CorpusFolder(at: path).write(plan)
      print("\(plan.articleCount) articles, \(byteCount) bytes, in \(path)")
      return 0
    } catch {
      Self.tell("broadsheet-corpus: \(error.message)\n")
      return error.exitCode
    }
  }

  /// The folder and the plan that the arguments name.
  private static func read(
    _ arguments: [String]
  ) throws(CorpusError) -> (path: String, plan: CorpusPlan) {
    var words: [String] = []
    var numbers = ["--articles": 0, "--seed": 1, "--words": 600]
    let ranges = [
      "--articles": 1...10_000_000, "--seed": 0...1_000_000_000, "--words": 50...10_000,
    ]
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      guard argument.hasPrefix("-") else {
        words.append(argument)
        continue
      }
      guard let range = ranges[argument] else {
        throw .usage("unknown option '\(argument)'; see 'broadsheet-corpus --help'")
      }
      let value = rest.popFirst() ?? ""
      guard let number = Int(value), range.contains(number) else {
        throw .usage(
          "\(argument) wants a number from \(range.lowerBound) to \(range.upperBound), not '\(value)'"
        )
      }
      numbers[argument] = number
    }
    guard words.count == 1, let path = words.first, !path.isEmpty else {
      throw .usage("name one folder; see 'broadsheet-corpus --help'")
    }
    guard let count = numbers["--articles"], count > 0 else {
      throw .usage("say how many: broadsheet-corpus \(path) --articles 1000")
    }
    let plan = CorpusPlan(
      articleCount: count, seed: numbers["--seed"] ?? 1, wordCount: numbers["--words"] ?? 600)
    return (path, plan)
  }

  /// Writes a message to standard error.
  private static func tell(_ message: String) {
    let bytes = Array(message.utf8)
    _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(2, $0.baseAddress, $0.count) }
  }
}

/// Which corpus is meant: everything that its bytes depend on.
struct CorpusPlan: Equatable {
  /// How many articles.
  var articleCount: Int
  /// Which of all corpora of this shape.
  var seed: Int
  /// How many words an article has on average.
  var wordCount: Int
}

/// Why a corpus is not written.
enum CorpusError: Error {
  /// The arguments are not understood.
  case usage(String)
  /// The folder has files of somebody else.
  case foreign(folder: String)
  /// The system refused something.
  case system(path: String, code: Int32)

  /// What to tell.
  var message: String {
    switch self {
    case .usage(let message): message
    case .foreign(let folder):
      "'\(folder)' is not a corpus that this program made, and it is not empty; name another folder"
    case .system(let path, let code): unsafe "'\(path)': \(String(cString: strerror(code)))"
    }
  }

  /// The exit code that says so.
  var exitCode: Int32 {
    switch self {
    case .foreign: 1
    case .usage: 2
    case .system: 3
    }
  }
}
