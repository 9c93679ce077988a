import Glibc

/// The folders of a build, and whether they are in each other's way.
struct BuildPaths {
  /// The folders of templates, the default theme first.
  let templateFolders: [String]
  /// Paths in the source folder that are no part of the site.
  let ignoredInSource: Set<String>
  /// What is wrong with where the folders lie; nil where nothing is.
  let overlap: Diagnostic?

  /// The folders that some options name.
  init(_ options: BuildOptions) {
    let own = options.source + "/templates"
    var folders = [options.theme]
    if Self.isFolder(own), Self.real(own) != Self.real(options.theme) { folders.append(own) }
    folders += options.templates
    templateFolders = folders
    ignoredInSource = ["templates", ".broadsheet"]
    if let wrong = Self.fault(ofOutput: options.output) {
      overlap = Diagnostic("output-overlap", wrong, file: options.output)
      return
    }
    let source = Self.real(options.source)
    let output = Self.real(options.output)
    if let wrong = Self.overlap(source, output, options.source) {
      overlap = Diagnostic("output-overlap", wrong, file: options.output)
      return
    }
    overlap =
      folders.contains { Self.lies(Self.real($0), in: output) }
      ? Diagnostic(
        "output-overlap",
        "the output folder is, or holds, a folder of templates; name another --output",
        file: options.output) : nil
  }

  /// Why a folder cannot be the output by its name alone; nil where it can.
  private static func fault(ofOutput path: String) -> String? {
    if path.split(separator: "/").contains(".broadsheet") {
      return "'.broadsheet' is where builds keep what they know; name another --output"
    }
    // What is kept beside the output would lie in it.
    if Publisher(output: path, adopts: false).name == ".." {
      return "'..' names no folder of its own; write the --output by its name"
    }
    return nil
  }

  private static func overlap(_ source: String, _ output: String, _ name: String) -> String? {
    if source == output { return "the output is the source folder itself; name another --output" }
    if lies(output, in: source) {
      return "the output lies inside the source folder '\(name)'; name an --output outside it"
    }
    if lies(source, in: output) {
      return "the source folder '\(name)' lies inside the output, where files that are no part of "
        + "the site are removed; name another --output"
    }
    return nil
  }

  private static func lies(_ path: String, in folder: String) -> Bool {
    path == folder || path.hasPrefix(folder == "/" ? "/" : folder + "/")
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// A path without links and dots, as far as it exists.
  private static func real(_ path: String) -> String {
    var known = path
    var rest: [Substring] = []
    while true {
      if let whole = unsafe realpath(known.isEmpty ? "." : known, nil) {
        defer { unsafe free(whole) }
        var parts = unsafe String(cString: whole).split(separator: "/")
        // What does not exist yet holds no links: two dots take back the part before them.
        for part in rest.reversed() where part != "." && !part.isEmpty {
          if part != ".." { parts.append(part) } else { _ = parts.popLast() }
        }
        return "/" + parts.joined(separator: "/")
      }
      while known.hasSuffix("/"), known.count > 1 { known.removeLast() }
      guard known != "/", !known.isEmpty else { return path }
      let cut = known.lastIndex(of: "/")
      rest.append(known[(cut.map { known.index(after: $0) } ?? known.startIndex)...])
      known = cut.map { $0 == known.startIndex ? "/" : String(known[..<$0]) } ?? ""
    }
  }
}
