/// Reads readers' reviews: `reviews/ID OF THE STORY/NAME.md`.
///
/// What readers send is not trusted: it is short or an error, its text is plain, and characters that
/// steer what stands around them are taken out.
extension ArticleReader {
  private static let keys = ["name", "date", "stars", "status"]
  private static let synonyms = [
    "author": "name", "from": "name", "rating": "stars", "published": "date", "draft": "status",
  ]

  /// Reads a review into the share at hand, or takes what the last build knew of it.
  ///
  /// - Parameters:
  ///   - entry: The review's entry.
  ///   - path: Its path, from the folder.
  ///   - stamp: The stamp of its file, if it is known.
  ///   - folder: The source folder.
  mutating func readReview(
    _ entry: SourceEntry, _ path: ByteSlice, _ stamp: FileStamp?, in folder: borrowing Folder
  ) {
    if let stamp, keepKnownReview(entry, stamp) { return }
    filePath = memory == nil ? entry.path : writer.add(path)
    buffer.removeAll()
    problems.removeAll(keepingCapacity: true)
    let shown = context.prefix + path.string
    var review = Review(file: SourceFile(path: filePath, stamp: FileStamp()))
    do throws(SystemError) {
      review.file.stamp = try folder.status(of: path).stamp
      if review.file.stamp.byteCount > Review.fileLimit {
        problems.append(
          Problem(
            "long-review",
            "the file has \(review.file.stamp.byteCount) bytes; a review's text has "
              + "\(Review.textLimit) characters at most: shorten it or remove the file", at: 0))
      } else {
        review.file.stamp = try folder.read(path, into: &buffer).stamp
        batch.readCount += 1
      }
    } catch {
      batch.diagnostics.append(.unreadable(shown, error, isFolder: false))
      return
    }
    let file = buffer.slice
    review.source = Hash.of(file)
    if problems.isEmpty { read(file, path, into: &review) }
    // What is wrong with a review that waits is said when it is to be shown.
    if !review.isApproved { problems.removeAll(keepingCapacity: true) }
    review.isQuestionable = !problems.isEmpty
    batch.reviews.append(review)
    for problem in problems {
      batch.diagnostics.append(Diagnostic(problem, in: file, file: shown))
    }
  }

  private mutating func read(_ file: ByteSlice, _ path: ByteSlice, into review: inout Review) {
    if let offset = file.firstInvalidByte {
      problems.append(.invalidByte(in: file, at: offset))
      return
    }
    tree.removeAll()
    let body: Int
    do throws(Problem) {
      guard let frontMatter = try FrontMatter(startOf: file) else {
        throw Problem(
          "front-matter",
          "a review begins with its front matter: a line '---', then 'name: …' and "
            + "'date: 2024-10-03', then a line '---'", at: file.textStart)
      }
      try tree.fill(file[frontMatter.yaml], at: frontMatter.yaml.lowerBound)
      body = frontMatter.bodyStart
    } catch {
      problems.append(error)
      return
    }
    if let root = tree.nodes.first, !tree.isNull(0) {
      guard root.kind == .mapping else {
        problems.append(
          Problem(
            "front-matter", "front matter holds lines 'key: text', not \(tree.shown(0))",
            at: Int(root.offset)))
        return
      }
      var key = 1
      while key < tree.nodes.count {
        readReviewKey(key, into: &review)
        key = tree.next(after: key + 1)
      }
    }
    let isUnderstood = problems.isEmpty
    if review.name.isEmpty, isUnderstood {
      problems.append(
        Problem("missing-name", "no name; add 'name: …', who wrote it", at: file.textStart))
    }
    if review.date == .never, isUnderstood {
      problems.append(
        Problem("missing-date", "no date; add 'date: 2024-10-03'", at: file.textStart))
    }
    readParagraphs(file, from: body, into: &review)
    let start = SourceEntry.reviewPrefix.utf8CodeUnitCount
    var end = path.count
    while end > start, path[end - 1] != UInt8(ascii: "/") { end -= 1 }
    if end > start {
      review.story = writer.part(of: filePath, start..<end - 1)
    } else {
      problems.append(
        Problem(
          "misplaced-review",
          "this is no story's folder; a review lies in reviews/ID/, where ID is the story's 'id', "
            + "such as reviews/politics/talks/", at: file.textStart))
    }
  }

  private mutating func readReviewKey(_ key: Int, into review: inout Review) {
    let name = tree.nodes[key].text
    if name == "name" {
      guard let text = tree.text(key + 1, "name", &problems) else { return }
      scrap.removeAll()
      scrap.append(readersText: text)
      let cleaned = scrap.slice.trimmed
      let count = cleaned.scalarCount
      guard count <= Review.nameLimit else {
        problems.append(
          Problem(
            "bad-name",
            "this name has \(count) characters; it may have \(Review.nameLimit) at most",
            at: Int(tree.nodes[key + 1].offset)))
        return
      }
      review.name = writer.add(cleaned)
    } else if name == "date" {
      if let date = moment(key + 1, "date") { review.date = date.instant }
    } else if name == "stars" {
      if let stars = tree.wholeNumber(key + 1, "stars", in: 1...5, &problems) {
        review.stars = UInt8(stars)
      }
    } else if name == "status" {
      guard let text = tree.text(key + 1, "status", &problems) else { return }
      review.isApproved = text == "approved"
      if !review.isApproved, !(text == "pending") {
        review.isApproved = true
        problems.append(
          Problem(
            "wrong-type", "'status' is pending or approved, not '\(text.quotable())'",
            at: Int(tree.nodes[key + 1].offset)))
      }
    } else {
      problems.append(tree.unknownKey(key, knownAs: Self.keys, synonyms: Self.synonyms))
    }
  }

  /// Fills the paragraphs: what stands between empty lines.
  private mutating func readParagraphs(
    _ file: ByteSlice, from start: Int, into review: inout Review
  ) {
    let first = batch.texts.count
    var count = 0
    var line = start
    scrap.removeAll()
    while line < file.count || !scrap.slice.isEmpty {
      let here = Line(at: line, in: file)
      let text = file[here.text].trimmed
      if text.isEmpty {
        let paragraph = scrap.slice.trimmed
        if !paragraph.isEmpty { batch.texts.append(writer.add(paragraph)) }
        scrap.removeAll()
      } else {
        count += text.scalarCount
        guard count <= Review.textLimit else {
          problems.append(
            Problem(
              "long-review",
              "the text is longer than \(Review.textLimit) characters from here on; shorten it",
              at: here.text.lowerBound))
          return
        }
        if !scrap.slice.isEmpty { scrap.append(" ") }
        scrap.append(readersText: text)
      }
      line = here.next
    }
    review.paragraphs = PoolRange(
      start: UInt32(first), count: UInt32(batch.texts.count - first))
    if review.paragraphs.isEmpty, review.stars == 0 {
      problems.append(
        Problem(
          "empty-review", "the review says nothing; write its text under the front matter",
          at: file.textStart))
    }
  }
}

extension ByteBuffer {
  /// Appends what a reader wrote, in valid UTF-8, without control characters and without characters
  /// that turn the direction of what follows; tabs and line ends become spaces.
  ///
  /// Letters of any script, the marks that join them, and the plain marks of direction stay.
  fileprivate mutating func append(readersText text: ByteSlice) {
    var offset = 0
    while offset < text.count {
      let byte = text[offset]
      let length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
      if byte < 32 {
        if (9...13).contains(byte) { append(UInt8(ascii: " ")) }
      } else if !Self.steers(text, at: offset) {
        append(text[offset..<offset + length])
      }
      offset += length
    }
  }

  /// Whether the character at an offset is DEL, a control of U+0080 to U+009F, U+2028 to U+202E,
  /// U+2066 to U+2069, or U+FEFF.
  private static func steers(_ text: ByteSlice, at offset: Int) -> Bool {
    switch text[offset] {
    case 0x7F: return true
    case 0xC2: return text[offset + 1] < 0xA0
    case 0xE2:
      let (second, third) = (text[offset + 1], text[offset + 2])
      return second == 0x80 && (0xA8...0xAE).contains(third)
        || second == 0x81 && (0xA6...0xA9).contains(third)
    case 0xEF: return text[offset + 1] == 0xBB && text[offset + 2] == 0xBF
    default: return false
    }
  }
}
