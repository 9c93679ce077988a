import Broadsheet
import Glibc

/// `broadsheet new "Headline" --section politics`: makes an article file with its front matter filled
/// in.
enum NewCommand {
  static let description = CommandDescription(
    name: "new", argument: "HEADLINE", summary: "Make an article file, its front matter filled in.",
    options: [
      Option("--section", "SECTION", "The section, by its folder's name; it is required."),
      Option("--source", "FOLDER", "The folder with the stories (default: seeds)."),
    ])

  /// Runs the command.
  static func run(_ arguments: Arguments) throws(UsageError) -> Int32 {
    guard let headline = arguments.words.first, !headline.isEmpty else {
      throw UsageError(
        message: "say what the story is called: broadsheet new \"Headline\" --section politics")
    }
    guard let section = arguments.value("--section"), !section.isEmpty else {
      throw UsageError(
        message: "say where the story belongs: broadsheet new \"\(headline)\" --section politics")
    }
    do throws(Diagnostic) {
      let file = try NewArticle.make(
        headline, section: section, source: arguments.value("--source") ?? "seeds",
        clock: Int64(time(nil)))
      print(file)
      return 0
    } catch {
      return Today.report(error)
    }
  }
}

/// What commands that make files share.
enum Today {
  /// The day, by UTC.
  static var date: CivilDate { CivilDate(daysSince1970: time(nil) / 86_400) }

  /// Prints what is wrong, and tells the exit code.
  static func report(_ diagnostic: Diagnostic) -> Int32 {
    Terminal.error(DiagnosticPrinter(isColored: Terminal.isColored).text(of: diagnostic))
    return diagnostic.cause == .machine ? 3 : 1
  }
}
