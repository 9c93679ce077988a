/// What has changed in the folders of a site.
struct SiteChanges {
  /// Files of the source folder, by their paths from there.
  var files: Set<String> = []
  /// Folders of the source folder that are gone.
  var goneFolders: Set<String> = []
  /// Files of the folders of templates, by their paths from there.
  var theme: Set<String> = []
  /// Whether all is to be read anew.
  var isEverything = false
  /// Whether the time has come for a story to be seen, or to be seen no more.
  var isDue = false

  /// With more files than this, the folder is read anew as a whole: each story that comes or goes
  /// moves those after it.
  static let limit = 200

  /// Nothing.
  init() {}

  /// What a watcher tells: of the source folder first, then of the folders of templates.
  init(_ changes: FolderWatcher.Changes) {
    isEverything = changes.isEverything
    for path in changes.files.first ?? [] { add(path) }
    for path in changes.goneFolders.first ?? [] {
      if path == "templates" || path.hasPrefix("templates/") {
        theme.insert("strings/")
      } else if Self.isShown(path) {
        goneFolders.insert(path)
      }
    }
    for paths in changes.files.dropFirst() { theme.formUnion(paths) }
    for paths in changes.goneFolders.dropFirst() { theme.formUnion(paths.map { $0 + "/" }) }
    theme = theme.filter { !$0.hasPrefix(".") && !$0.hasSuffix("~") }
  }

  /// Whether there is nothing to do.
  var isEmpty: Bool {
    files.isEmpty && goneFolders.isEmpty && theme.isEmpty && !isEverything && !isDue
  }

  /// Whether a reader's review has changed, or may have.
  var concernReviews: Bool {
    files.union(goneFolders).contains { $0 == "reviews" || $0.hasPrefix("reviews/") }
  }

  /// Adds a file of the source folder.
  mutating func add(_ path: String) {
    if path.hasPrefix("templates/") {
      theme.insert(String(path.dropFirst("templates/".count)))
    } else if Self.isShown(path) {
      files.insert(path)
    }
  }

  /// Whether a path of the source folder may be a part of the site: hidden ones are not, but below
  /// `static/`.
  static func isShown(_ path: String) -> Bool {
    let parts = path.split(separator: "/")
    if parts.first == ".broadsheet" { return false }
    return (parts.first == "static" ? parts.prefix(1) : parts[...]).allSatisfy {
      !$0.hasPrefix(".")
    }
  }

  /// Whether a folder in a folder of templates has a part in the theme.
  static func isOfTheme(_ path: String) -> Bool { path == "assets" || path == "strings" }

  /// What has changed, in a few words.
  var title: String {
    if isEverything { return "everything" }
    let names = (Array(files) + goneFolders + theme).sorted()
    guard let first = names.first else { return isDue ? "a story that is due" : "nothing" }
    switch names.count {
    case 1: return first
    case 2: return "\(first) and \(names[1])"
    default: return "\(first) and \(names.count - 1) others"
    }
  }
}
