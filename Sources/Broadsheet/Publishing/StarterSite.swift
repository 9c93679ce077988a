import Glibc

/// The small site that `broadsheet init` makes.
public enum StarterSite {
  /// Makes a folder with a site of three stories in two sections.
  ///
  /// - Parameters:
  ///   - path: The folder; it must be missing or empty.
  ///   - day: The day of the newest story.
  /// - Returns: The files made, as paths from the working folder.
  /// - Throws: What keeps the site from being made; then nothing was written.
  public static func make(at path: String, day: CivilDate) throws(Diagnostic) -> [String] {
    do throws(SystemError) {
      try Folder.make(at: path)
      let folder = try Folder(at: path)
      var isEmpty = true
      try folder.forEachEntry { _, _ in isEmpty = false }
      if isEmpty { return try fill(folder, at: path, day) }
    } catch {
      throw Diagnostic(
        "cannot-write", "the site cannot be made: \(error.reason)", file: path, cause: .machine)
    }
    throw Diagnostic(
      "folder-not-empty", "this folder is not empty; name another, or empty it", file: path)
  }

  private static func fill(
    _ folder: borrowing Folder, at path: String, _ day: CivilDate
  ) throws(SystemError) -> [String] {
    var made: [String] = []
    for (name, text) in files(day) {
      let whole = path + "/" + name
      if let slash = whole.lastIndex(of: "/") { try Folder.make(at: String(whole[..<slash])) }
      try NewFile.write(text, to: name, in: folder)
      made.append(whole)
    }
    return made
  }

  private static func files(_ day: CivilDate) -> [(String, String)] {
    let today = day.written
    let before = CivilDate(daysSince1970: day.daysSince1970 - 1).written
    return [
      (".gitignore", "# What builds keep beside the output.\n.broadsheet/\n"),
      (
        "seeds/site.yaml",
        """
        # What the paper is called, and where it will stand on the web.
        title: The Morning Paper
        description: News from our town
        url: https://paper.example/
        language: en
        timezone: UTC

        # Each story also as headings and paragraphs alone, below text/, for slow lines.
        text-edition: true

        # The sections, in the paper's order; each has a folder of stories.
        sections:
          - { slug: politics, name: Politics }
          - { slug: culture, name: Culture }

        navigation:
          - { title: About us, link: pages/about.md }

        """
      ),
      (
        "seeds/politics/bridge.md",
        """
        ---
        title: The council votes to mend the old bridge
        date: \(today)
        tags: [Council, Bridges]
        authors: [Your Name]
        priority: 1
        ---
        The town council voted on Monday evening to mend the old bridge, which has been closed to
        carts and cars since the spring flood.

        Work begins after the harvest. Those who want to see the plans find them in the town hall,
        and in [our story on the flood](flood.md).

        """
      ),
      (
        "seeds/politics/flood.md",
        """
        ---
        title: What the spring flood cost
        date: \(before)
        tags: [Council, River]
        authors: [Your Name]
        ---
        The flood of this spring cost the town more than any other in forty years, the treasurer
        told the council.

        ```table caption="What was paid, in thousands"
        What,Paid
        Bridges,120
        Roads,86
        Cellars pumped dry,14
        ```

        """
      ),
      (
        "seeds/culture/brass-band.md",
        """
        ---
        title: The brass band plays on Saturday
        date: \(before)
        tags: [Music]
        authors: [Your Name]
        ---
        The brass band plays in the market square on Saturday at six. Bring a chair.

        """
      ),
      (
        "seeds/pages/about.md",
        """
        ---
        title: About us
        ---
        This paper is made with Broadsheet. Change this page in `seeds/pages/about.md`.

        """
      ),
    ]
  }
}

/// Makes an article file with its front matter filled in.
public enum NewArticle {
  /// Makes the file of a story, named for its headline, in the folder of its section.
  ///
  /// - Parameters:
  ///   - headline: The headline.
  ///   - section: The section, by its slug.
  ///   - source: The source folder.
  ///   - clock: The moment that becomes the story's date, in seconds since 1970.
  /// - Returns: The path of the file, from the working folder.
  /// - Throws: What keeps the file from being made; a file that is there already is left alone.
  public static func make(
    _ headline: String, section: String, source: String, clock: Int64
  ) throws(Diagnostic) -> String {
    // A headline is one line, whatever it was copied from.
    let headline = headline.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      .withoutControls.filter { $0 != "\u{FFFE}" && $0 != "\u{FFFF}" }
      .split(separator: " ").joined(separator: " ")
    let reading = SourceReader(source: source, jobs: 1).readConfiguration()
    if let wrong = reading.diagnostics.first(where: \.isError) { throw wrong }
    let known = reading.site.sections.map(\.slug)
    guard known.isEmpty || known.contains(section) else {
      let meant = suggestion(for: section, among: known)
      throw Diagnostic(
        "unknown-section",
        "there is no section '\(section)'; "
          + (meant.map { "did you mean '\($0)'?" } ?? "there are " + known.joined(separator: ", ")))
    }
    let isName =
      !Slug.string(of: section, language: "en").isEmpty && !section.contains("/")
      && !section.hasPrefix(".") && !section.contains(where: \.isNewline)
      && section == section.withoutControls
    guard isName else {
      throw Diagnostic(
        "bad-section",
        "'\(section)' is no name of a section's folder, such as 'politics', a letter or a digit and "
          + "no slash in it")
    }
    let slug = Slug.string(of: headline, language: reading.site.languages[0])
    guard !slug.isEmpty else {
      throw Diagnostic(
        "empty-slug", "'\(headline)' leaves nothing for a file's name; it needs a letter or a digit"
      )
    }
    guard isOfStories("\(section)/\(slug).md", reading.site.languages) else {
      throw Diagnostic(
        "reserved-section",
        "'\(section)' is no folder of stories; name another section, such as 'news'")
    }
    let time = reading.zone.civilTime(at: clock)
    var date = Scratch()
    date.begin()
    date.append(time.date.written + " ")
    date.append(clock: time)
    let quoted = headline.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    let text = """
      ---
      title: "\(quoted)"
      date: \(date.end().string)
      tags: []
      authors: []
      status: draft
      ---
      The first paragraph says who did what, where and when.

      """
    let path = "\(source)/\(section)/\(slug).md"
    do throws(SystemError) {
      try Folder.make(at: "\(source)/\(section)")
      try NewFile.write(text, to: "\(section)/\(slug).md", in: try Folder(at: source))
      return path
    } catch {
      guard error.code != SystemError.exists else {
        throw Diagnostic(
          "file-exists", "this file is there already; give the story another headline", file: path)
      }
      throw Diagnostic(
        "cannot-write", "the file cannot be made: \(error.reason)", file: path, cause: .machine)
    }
  }
}

extension NewArticle {
  /// Whether a build takes the file of a path for a story.
  private static func isOfStories(_ path: String, _ languages: [String]) -> Bool {
    let store = TextStore()
    var writer = TextStore.Writer(store)
    guard let entry = SourceEntry(writer.add(path), store), entry.role == .story,
      path.utf8.first != UInt8(ascii: ".")
    else { return false }
    return !String(path.prefix { $0 != "/" }).withBytes {
      ReservedName.isReserved($0, languages: languages)
    }
  }
}

/// Writes single files of text.
enum NewFile {
  /// Writes a file that is not there yet, by its path from a folder.
  static func write(
    _ text: String, to path: String, in folder: borrowing Folder
  ) throws(SystemError) {
    let bytes = Array(text.utf8)
    let descriptor = folder.descriptor
    try path.withBytes { (path) throws(SystemError) in
      try bytes.withBytes { (bytes) throws(SystemError) in
        _ = try Folder.create(path, holding: bytes, in: descriptor)
      }
    }
  }
}

extension CivilDate {
  /// The day as ISO 8601 has it: `2024-10-03`.
  var written: String {
    func digits(_ number: Int, _ width: Int) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, width - text.count)) + text
    }
    return digits(year, 4) + "-" + digits(month, 2) + "-" + digits(day, 2)
  }
}
