/// A file of the source folder that becomes a part of the site.
struct SourceEntry: BitwiseCopyable, Sendable {
  /// What a file is to a site.
  enum Role: UInt8, BitwiseCopyable, Sendable {
    /// A story or a standing page.
    case story
    /// A picture, or another file that stories show.
    case media
    /// A file that is copied as it is.
    case stat
    /// What a reader says of a story.
    case review
  }

  /// The file's path from the source folder.
  var path: Text
  /// What it is to the site.
  var role: Role
  /// What kind of story it holds.
  var kind = Article.Kind.markdown
  /// Its place among the files of its role.
  var place: Int32 = 0
  /// Its place among those that the last build knew; -1 where it is new.
  var known: Int32 = -1

  /// What the paths of files that are copied as they are begin with.
  static let staticPrefix: StaticString = "static/"
  /// What the paths of readers' reviews begin with.
  static let reviewPrefix: StaticString = "reviews/"
  /// What the paths of those begin with that wait for an editor: nothing reads them.
  static let pendingPrefix: StaticString = "reviews/pending/"

  /// What a file is by its path; nil where it is no part of the site.
  init?(_ path: Text, _ store: TextStore) {
    self.path = path
    let bytes = store[path]
    let ending = bytes.ending
    if bytes.hasPrefix(Self.staticPrefix) {
      role = .stat
    } else if bytes.hasPrefix("media/") {
      role = .media
    } else if bytes.hasPrefix(Self.reviewPrefix) {
      guard !bytes.hasPrefix(Self.pendingPrefix), ending == "md" else { return nil }
      role = .review
    } else if bytes.hasPrefix("templates/") || Self.isAboutSources(bytes) {
      return nil
    } else if ending == "md" || ending == "markdown" {
      role = .story
      kind = bytes.hasPrefix("pages/") ? .standing : .markdown
    } else if ending == "txt", !bytes.hasPrefix("pages/") {
      role = .story
      kind = .wire
    } else if mediaEndings.contains(ending) {
      role = .media
    } else {
      return nil
    }
  }

  /// Whether a file tells of the source folder itself, and is no part of the site.
  private static func isAboutSources(_ path: ByteSlice) -> Bool {
    path == "site.yaml" || path == "README.md" || path == "LICENSE" || path == "LICENSE.txt"
      || path == "LICENSE.md"
  }

  /// What to say of a file that is no part of the site; nil where there is nothing to say.
  static func complaint(about path: ByteSlice) -> String? {
    if isAboutSources(path) || path.hasPrefix("templates/") || path.hasSuffix("~") { return nil }
    if path.hasPrefix(pendingPrefix) { return nil }
    if path.hasPrefix(reviewPrefix) { return "nothing is made of this file; reviews end in .md" }
    if path.hasPrefix("pages/") {
      return "nothing is made of this file; standing pages end in .md"
    }
    if path == "site.yml" { return "the site's file is called site.yaml; rename it" }
    return
      "nothing is made of this file; stories end in .md or .txt, and what is to be copied as it "
      + "is belongs in static/ or media/"
  }
}

extension ByteSlice {
  /// What follows the last dot of a path's last part, in lower case.
  fileprivate var ending: String {
    var start = count
    while start > 0, self[start - 1] != UInt8(ascii: "."), self[start - 1] != UInt8(ascii: "/"),
      count - start < 12
    {
      start -= 1
    }
    guard start > 0, self[start - 1] == UInt8(ascii: ".") else { return "" }
    return self[start..<count].string.lowercased()
  }
}

/// The endings of files that stories show or link to.
private let mediaEndings: Set<String> = [
  "png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "pdf", "mp3", "m4a", "ogg", "oga", "opus",
  "wav",
  "mp4", "m4v", "mov", "webm", "ogv", "vtt", "srt", "csv", "json", "xlsx", "zip",
]
