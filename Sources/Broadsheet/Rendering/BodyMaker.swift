/// Turns the bodies of stories into HTML, for one worker.
///
/// A body is read from its file when it is wanted; one source buffer and one arena serve for all.
struct BodyMaker: ~Copyable {
  private let renderer: Renderer
  private let publication: Publication
  private let sourceTexts: SourceTexts?
  private var converter = MarkdownConverter()
  private var source = ByteBuffer(capacity: 1 << 16)
  private var converted = ByteBuffer(capacity: 1 << 16)
  /// Holds the first body of this page while another is converted.
  private var first = ByteBuffer(capacity: 64)
  private var absolute = ByteBuffer(capacity: 1 << 16)
  private var url = ByteBuffer(capacity: 1024)
  /// What is wrong with the bodies so far.
  var diagnostics: [Diagnostic] = []
  /// What was known of the bodies before.
  private let bodies: BodyTable
  /// Where the links of the bodies so far lead.
  private(set) var findings = BodyFindings()
  /// Whether bodies are not made: their digests stand in their places.
  var isDigesting = false
  /// Whether a body of this page has been made.
  private var hasBody = false
  /// Whether a body of this page has no digest: something about it is not known, or was said.
  private(set) var lacksDigest = false
  /// The bodies of this page, by where they lie, and their digests.
  private var digests: [(body: ByteSlice, digest: UInt64)] = []
  /// What is kept for feeds.
  private let feedParts: FeedParts?
  /// The story of this page whose body feeds will want: it stands in `absolute`.
  private(set) var wanted: Int32?

  /// A maker of a publication's bodies, of which something may be known.
  ///
  /// - Parameters:
  ///   - renderer: What the pages are made of.
  ///   - bodies: What is known of the bodies.
  ///   - feedParts: What is kept for feeds; nil where nothing is.
  init(_ renderer: Renderer, _ bodies: BodyTable, feedParts: FeedParts? = nil) {
    self.renderer = renderer
    self.bodies = bodies
    self.feedParts = feedParts
    publication = renderer.publication
    sourceTexts = renderer.sourceTexts
  }

  /// Turns to another page.
  mutating func beginPage() {
    lacksDigest = false
    hasBody = false
    wanted = nil
    digests.removeAll(keepingCapacity: true)
  }

  /// The digest of a piece of HTML on this page; nil where it is no body.
  func digest(of html: ByteSlice) -> UInt64? {
    for known in digests where known.body.isSame(as: html) { return known.digest }
    return nil
  }

  /// A story's body, with links as they must be on a page.
  ///
  /// - Returns: HTML that stays where it is until the next page; what is wrong with the body is added to
  ///   `diagnostics`.
  mutating func html(of story: Int32, on page: Page, _ scratch: inout Scratch) -> ByteSlice {
    if isDigesting {
      return knownDigest(of: story, on: publication.bytes(page.path), &scratch)
    }
    // Most pages have one body, which stays where it was made; others are copied.
    let isFirst = !hasBody
    hasBody = true
    if !isFirst { swap(&converted, &first) }
    defer { if !isFirst { swap(&converted, &first) } }
    let digest = convert(story, on: page)
    let isOwnPage =
      page.index == story && !page.isText && (page.kind == .article || page.kind == .standing)
    if isOwnPage, let feedParts, feedParts.isFilling, feedParts.hasRoom,
      renderer.isWantedByFeeds(story)
    {
      makeAbsolute(publication.filings[Int(story)].path)
      wanted = story
    }
    // An empty body, too, is told from other empty texts by where it lies.
    let isCopied = !isFirst && converted.count > 0
    let html = isCopied ? scratch.copy(converted.slice) : converted.slice
    if let digest { digests.append((html, digest)) } else { lacksDigest = true }
    return html
  }

  private mutating func knownDigest(
    of story: Int32, on path: ByteSlice, _ scratch: inout Scratch
  ) -> ByteSlice {
    guard let digest = bodies.digest(of: story, on: path, renderer) else {
      lacksDigest = true
      return .empty
    }
    scratch.begin()
    scratch.append(number: Int(bitPattern: UInt(digest)))
    let html = scratch.end()
    digests.append((html, digest))
    return html
  }

  /// A story's body with whole addresses in its links, for feeds; it is valid until the next body is made.
  mutating func absoluteHTML(of story: Int32, _ scratch: inout Scratch) -> ByteSlice {
    let path = publication.filings[Int(story)].path
    if isDigesting { return knownDigest(of: story, on: publication.bytes(path), &scratch) }
    if story == wanted { return absolute.slice }
    if !renderer.keepsItems, let feedParts, !feedParts.isFilling {
      absolute.removeAll()
      if feedParts.append(story, to: &absolute) { return absolute.slice }
    }
    let article = publication.archive.articles[Int(story)]
    _ = convert(
      story, on: Page(kind: .article, edition: article.language, index: story, path: path))
    makeAbsolute(path)
    return absolute.slice
  }

  /// Looks for what is wrong with a body, unless it is known that nothing is.
  mutating func check(_ story: Int32) {
    guard bodies.digest(of: story, on: .empty, renderer) == nil else { return }
    let article = publication.archive.articles[Int(story)]
    _ = convert(story, on: Page(kind: .article, edition: article.language, path: .empty))
  }

  /// The live story that a text is the lede of.
  func storyOfLede(_ text: Text) -> Int32? {
    publication.storiesByLede[Lede.hash(of: publication.bytes(text))]
  }

  /// Converts a body into `converted`, anew.
  ///
  /// - Returns: Its digest, unless something was said of it.
  private mutating func convert(_ story: Int32, on page: Page) -> UInt64? {
    converted.removeAll()
    let article = publication.archive.articles[Int(story)]
    let file = publication.archive.files[Int(article.file)]
    let path = publication.bytes(file.path)
    guard readSource(of: story, file) else { return nil }
    source.removeControls(from: Int(article.bodyStart), to: Int(article.bodyEnd))
    let text = source.slice[0..<Int(article.bodyEnd)]
    guard article.kind != .wire else {
      converter.convert(wireCopy: text[Int(article.bodyStart)..<text.count], into: &converted)
      let targets = LinkTargets().hash
      findings.add(story, linkCount: 0, targets: targets, isKnown: true)
      return bodies.digest(of: story, on: publication.bytes(page.path), targets: targets)
    }
    var resolver = SiteLinks(
      publication: publication, renderer: renderer, page: page, file: path,
      links: findings.takeLinks())
    let linkCount = resolver.links.count
    converter.isText = page.isText
    converter.convert(
      text, bodyStart: Int(article.bodyStart), file: path, resolver: &resolver, into: &converted)
    if text[Int(article.bodyStart)..<text.count].holdsNumberedReference {
      converted.replaceUnwritable()
    }
    let isClean = converter.diagnostics.isEmpty
    findings.giveBack(&resolver.links)
    let targets = resolver.targets.hash
    findings.add(
      story, linkCount: findings.links.count - linkCount, targets: targets, isKnown: isClean)
    if !isClean {
      for var diagnostic in converter.diagnostics {
        diagnostic.file = renderer.locator.shown(diagnostic.file)
        diagnostics.append(diagnostic)
      }
    }
    return isClean
      ? bodies.digest(of: story, on: publication.bytes(page.path), targets: targets) : nil
  }

  /// Fills `source` with a story's file, which is read unless its text was kept.
  ///
  /// - Returns: Whether it is as it was when the story was read.
  private mutating func readSource(of story: Int32, _ file: SourceFile) -> Bool {
    source.removeAll()
    if let sourceTexts, sourceTexts.take(story, into: &source) { return true }
    let path = publication.bytes(file.path)
    do throws(SystemError) {
      let status = try renderer.sources.read(path, into: &source)
      guard status.stamp.byteCount == file.stamp.byteCount,
        status.stamp.modified == file.stamp.modified
      else {
        diagnostics.append(
          Diagnostic(
            "changed-meanwhile", "the file was changed while the site was being built; build again",
            file: renderer.locator.shown(path.string)))
        return false
      }
    } catch {
      diagnostics.append(
        Diagnostic(
          "unreadable-file", "the file cannot be read: \(error.reason)",
          file: renderer.locator.shown(path.string), cause: .machine))
      return false
    }
    return true
  }

  /// Puts whole addresses in the place of the relative ones in what was converted last.
  ///
  /// - Parameter own: The story's own page, for links to its own headings.
  private mutating func makeAbsolute(_ own: Text) {
    absolute.removeAll()
    // Of a file that could not be read nothing was converted, and the marks are another's.
    guard converted.count > 0 else { return }
    var offset = 0
    for mark in converter.marks {
      let start = Int(mark.offset)
      absolute.append(converted.slice(offset..<start))
      guard mark.target != LinkMark.pageOnly else {
        offset = start + Int(mark.count)
        continue
      }
      let target =
        mark.target == LinkMark.ownPage
        ? own : renderer.path(ofTarget: mark.target, isPicture: mark.isPicture)
      absolute.append(url: publication.bytes(renderer.siteURL))
      absolute.append(url: publication.bytes(target).withoutIndex)
      offset = start + Int(mark.count)
      absolute.append(converted.slice(offset - Int(mark.suffixCount)..<offset))
    }
    absolute.append(converted.slice(offset..<converted.count))
  }
}

extension ByteSlice {
  /// Whether there is a numbered character reference, which may stand for any character.
  ///
  /// - Complexity: O(*n*), next to nothing where there is no `&`.
  fileprivate var holdsNumberedReference: Bool {
    var offset = 0
    while offset + 1 < count, let found = self[offset..<count - 1].firstIndex(of: UInt8(ascii: "&"))
    {
      offset += found + 1
      if self[offset] == UInt8(ascii: "#") { return true }
    }
    return false
  }
}

extension ByteBuffer {
  /// Puts spaces in the place of what numbered references stood for that no page and no feed can
  /// hold: control characters, and U+FFFE and U+FFFF, which cmark writes as single bytes.
  fileprivate mutating func replaceUnwritable() {
    removeControls(from: 0, to: count)
    for offset in 0..<count where slice[offset] >= 0xF8 { replace(32, at: offset) }
  }
}

extension Renderer {
  /// A target of links in bodies: a story, by its index, or a file of `media`.
  static func target(media index: Int32) -> Int32 { -2 - index }

  /// The file that a target of links in bodies stands for.
  func path(ofTarget target: Int32, isPicture: Bool) -> Text {
    if target >= 0 { return publication.filings[Int(target)].path }
    let media = media(ofTarget: target)
    return isPicture ? pictures.shown[media].path : publication.archive.media[media].path
  }

  /// The file of `media` that a target of links in bodies stands for.
  func media(ofTarget target: Int32) -> Int { Int(-2 - target) }
}

extension Diagnostic {
  /// Whether it says that a file is not any more as it was when it was read, or not there.
  var tellsOfMovedFile: Bool { id == "changed-meanwhile" || id == "unreadable-file" }
}
