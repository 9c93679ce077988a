import Glibc

/// The folder that a corpus is written to.
///
/// A hidden file in it says which corpus it holds, and so that this program made it. Only the files
/// of that corpus are ever overwritten or removed.
struct CorpusFolder {
  private let path: String
  private static let markerName = ".broadsheet-corpus"

  /// A folder, which may not be there yet.
  init(at path: String) { self.path = path }

  /// Writes a corpus, in place of the one that was there.
  ///
  /// - Returns: How many bytes its files have.
  /// - Throws: What is in the way. A folder of somebody else is left as it was.
  func write(_ plan: CorpusPlan) throws(CorpusError) -> Int {
    if let earlier = try claim() { try remove(earlier) }
    try write(Array(Self.marker(of: plan).utf8), to: Self.markerName)
    try write(Array(Self.siteFile.utf8), to: "site.yaml")
    let writer = ArticleWriter(plan)
    var folders: Set<String> = []
    var copy: [UInt8] = []
    var byteCount = Self.siteFile.utf8.count
    for number in 0..<plan.articleCount {
      let head = ArticleHead(number, seed: plan.seed)
      let folder = head.folder
      if folders.insert(folder).inserted {
        for part in [String(folder.prefix { $0 != "/" }), folder] { try makeFolder(part) }
      }
      copy.removeAll(keepingCapacity: true)
      writer.write(number, head, to: &copy)
      try write(copy, to: "\(folder)/\(head.slug).md")
      byteCount += copy.count
    }
    return byteCount
  }

  /// Makes the folder, or makes sure that it is this program's.
  ///
  /// - Returns: The corpus that it holds; nil for none.
  private func claim() throws(CorpusError) -> CorpusPlan? {
    if unsafe mkdir(path, 0o755) == 0 { return nil }
    guard errno == EEXIST else { throw .system(path: path, code: errno) }
    if let earlier = readMarker() { return earlier }
    guard try isEmpty() else { throw .foreign(folder: path) }
    return nil
  }

  private func isEmpty() throws(CorpusError) -> Bool {
    guard let folder = unsafe opendir(path) else { throw .system(path: path, code: errno) }
    defer { unsafe closedir(folder) }
    var count = 0
    while unsafe readdir(folder) != nil { count += 1 }
    return count == 2  // itself and the one above
  }

  /// Removes the files of an earlier corpus, and the folders that are empty then.
  private func remove(_ plan: CorpusPlan) throws(CorpusError) {
    var folders: Set<String> = []
    for number in 0..<plan.articleCount {
      let head = ArticleHead(number, seed: plan.seed)
      folders.insert(head.folder)
      let file = "\(path)/\(head.folder)/\(head.slug).md"
      guard unsafe unlink(file) == 0 || errno == ENOENT || errno == ENOTDIR else {
        throw .system(path: file, code: errno)
      }
    }
    for folder in folders {
      unsafe rmdir("\(path)/\(folder)")
      unsafe rmdir("\(path)/\(folder.prefix { $0 != "/" })")
    }
  }

  private func makeFolder(_ name: String) throws(CorpusError) {
    guard unsafe mkdir("\(path)/\(name)", 0o755) == 0 || errno == EEXIST else {
      throw .system(path: "\(path)/\(name)", code: errno)
    }
  }

  private func write(_ bytes: [UInt8], to name: String) throws(CorpusError) {
    let file = "\(path)/\(name)"
    let descriptor = unsafe open(file, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .system(path: file, code: errno) }
    defer { close(descriptor) }
    var done = 0
    while done < bytes.count {
      let count = unsafe bytes.withUnsafeBytes {
        unsafe Glibc.write(descriptor, $0.baseAddress?.advanced(by: done), $0.count - done)
      }
      if count < 0 {
        guard errno == EINTR else { throw .system(path: file, code: errno) }
        continue
      }
      done += count
    }
  }
}

// The files that are no articles.
extension CorpusFolder {
  /// What the hidden file says.
  private static func marker(of plan: CorpusPlan) -> String {
    "Made by broadsheet-corpus; it may be overwritten.\n"
      + "articles \(plan.articleCount)\nseed \(plan.seed)\nwords \(plan.wordCount)\n"
  }

  /// The corpus that the hidden file tells of; nil where there is no such file.
  private func readMarker() -> CorpusPlan? {
    let descriptor = unsafe open("\(path)/\(Self.markerName)", O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 500)
    let count = unsafe bytes.withUnsafeMutableBytes {
      unsafe read(descriptor, $0.baseAddress, $0.count)
    }
    guard count > 0 else { return nil }
    let text = String(decoding: bytes.prefix(count), as: UTF8.self)
    var numbers: [Substring: Int] = [:]
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.count == 2 { numbers[words[0]] = Int(words[1]) }
    }
    guard let articles = numbers["articles"], let seed = numbers["seed"],
      let words = numbers["words"]
    else { return nil }
    return CorpusPlan(articleCount: articles, seed: seed, wordCount: words)
  }

  /// The paper that the articles are of, with the feeds that most news sites have.
  private static let siteFile: String = {
    let sections = Vocabulary.sections.map { "  - { slug: \($0.slug), name: \($0.name) }\n" }
    return """
      title: The Harbour Herald
      description: News of the port and its hinterland.
      url: https://herald.example/
      language: en
      timezone: Asia/Baku
      more: latest
      feeds:
        formats: [rss]
        items: 20
        tags: 20
        authors: 0
      sections:

      """ + sections.joined()
  }()
}
