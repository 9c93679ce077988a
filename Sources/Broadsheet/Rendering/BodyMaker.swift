/// Turns the bodies of stories into HTML, for one worker.
///
/// A body is read from its file when it is wanted; one source buffer and one arena serve for all.
struct BodyMaker: ~Copyable {
  private let renderer: Renderer
  private let publication: Publication
  private var converter = MarkdownConverter()
  private var source = ByteBuffer(capacity: 1 << 16)
  private var converted = ByteBuffer(capacity: 1 << 16)
  private var absolute = ByteBuffer(capacity: 1 << 16)
  private var url = ByteBuffer(capacity: 1024)
  /// What is wrong with the bodies so far.
  var diagnostics: [Diagnostic] = []
  /// Which files of `media` the bodies so far show or link, by index.
  private(set) var usedMedia: [Bool]
  /// The bodies that feeds will want, kept by the worker that made them.
  private var kept: TextStore.Writer
  private(set) var keptBodies: [(story: Int32, html: Text)] = []
  private var keptByteCount = 0

  /// How many bytes of bodies one worker keeps for feeds; those beyond are converted again.
  private static let keptLimit = 24 << 20

  init(_ renderer: Renderer) {
    self.renderer = renderer
    publication = renderer.publication
    usedMedia = Array(repeating: false, count: publication.archive.media.count)
    kept = TextStore.Writer(renderer.feedBodies)
  }

  /// A story's body, with links as they must be on a page.
  ///
  /// - Returns: HTML in scratch memory; what is wrong with the body is added to `diagnostics`.
  mutating func html(of story: Int32, on page: Page, _ scratch: inout Scratch) -> ByteSlice {
    convert(story, on: page)
    let isOwnPage = page.index == story && (page.kind == .article || page.kind == .standing)
    if isOwnPage, renderer.isWantedByFeeds(story), keptByteCount < Self.keptLimit {
      makeAbsolute(publication.filings[Int(story)].path)
      let html = kept.add(absolute.slice)
      keptByteCount += html.count
      keptBodies.append((story, html))
    }
    return scratch.copy(converted.slice)
  }

  /// A story's body with whole addresses in its links, for feeds.
  mutating func absoluteHTML(of story: Int32, _ scratch: inout Scratch) -> ByteSlice {
    if let known = renderer.keptBody(of: story) { return known }
    let path = publication.filings[Int(story)].path
    let article = publication.archive.articles[Int(story)]
    convert(story, on: Page(kind: .article, edition: article.language, index: story, path: path))
    makeAbsolute(path)
    return scratch.copy(absolute.slice)
  }

  /// Looks for what is wrong with a body that is not published yet.
  mutating func check(_ story: Int32) {
    let article = publication.archive.articles[Int(story)]
    let used = usedMedia
    convert(story, on: Page(kind: .article, edition: article.language, path: .empty))
    // What no reader sees takes no file to the site.
    usedMedia = used
  }

  /// The live story that a text is the lede of.
  func storyOfLede(_ text: Text) -> Int32? {
    publication.storiesByLede[Lede.hash(of: publication.bytes(text))]
  }

  /// Converts a body into `converted`, anew.
  private mutating func convert(_ story: Int32, on page: Page) {
    converted.removeAll()
    let article = publication.archive.articles[Int(story)]
    let file = publication.archive.files[Int(article.file)]
    let path = publication.bytes(file.path)
    source.removeAll()
    do throws(SystemError) {
      let status = try renderer.sources.read(path, into: &source)
      guard status.byteCount == file.byteCount, status.modified == file.modified else {
        diagnostics.append(
          Diagnostic(
            "changed-meanwhile", "the file was changed while the site was being built; build again",
            file: renderer.locator.shown(path.string)))
        return
      }
    } catch {
      diagnostics.append(
        Diagnostic(
          "unreadable-file", "the file cannot be read: \(error.reason)",
          file: renderer.locator.shown(path.string), cause: .machine))
      return
    }
    source.removeControls(from: Int(article.bodyStart), to: Int(article.bodyEnd))
    let text = source.slice[0..<Int(article.bodyEnd)]
    guard article.kind != .wire else {
      converter.convert(wireCopy: text[Int(article.bodyStart)..<text.count], into: &converted)
      return
    }
    var resolver = SiteLinks(
      publication: publication, renderer: renderer, page: page, file: path, used: [])
    swap(&resolver.used, &usedMedia)
    converter.convert(
      text, bodyStart: Int(article.bodyStart), file: path, resolver: &resolver, into: &converted)
    swap(&resolver.used, &usedMedia)
    if !converter.diagnostics.isEmpty {
      for var diagnostic in converter.diagnostics {
        diagnostic.file = renderer.locator.shown(diagnostic.file)
        diagnostics.append(diagnostic)
      }
    }
  }

  /// Puts whole addresses in the place of the relative ones in what was converted last.
  ///
  /// - Parameter own: The story's own page, for links to its own headings.
  private mutating func makeAbsolute(_ own: Text) {
    absolute.removeAll()
    var offset = 0
    for mark in converter.marks {
      let start = Int(mark.offset)
      absolute.append(converted.slice(offset..<start))
      let target = mark.target == LinkMark.ownPage ? own : renderer.path(ofTarget: mark.target)
      absolute.append(url: publication.bytes(renderer.siteURL))
      absolute.append(url: publication.bytes(target).withoutIndex)
      offset = start + Int(mark.count)
      absolute.append(converted.slice(offset - Int(mark.suffixCount)..<offset))
    }
    absolute.append(converted.slice(offset..<converted.count))
  }
}

extension Renderer {
  /// A target of links in bodies: a story, by its index, or a file of `media`.
  static func target(media index: Int32) -> Int32 { -2 - index }

  /// The file that a target of links in bodies stands for.
  func path(ofTarget target: Int32) -> Text {
    target >= 0
      ? publication.filings[Int(target)].path
      : publication.archive.media[Int(-2 - target)].path
  }
}

/// Finds what the links and pictures in a body lead to.
struct SiteLinks: LinkResolver {
  let publication: Publication
  let renderer: Renderer
  /// The page that the body stands on.
  let page: Page
  /// The path of the body's file from the source folder.
  let file: ByteSlice
  /// Which files of `media` are shown or linked.
  var used: [Bool]

  mutating func resolve(
    _ link: MarkdownLink, into url: inout ByteBuffer, diagnostics: inout [Diagnostic]
  ) -> LinkResolution {
    // A name may be written as a URL has it: `port%20at%20dusk.jpg`.
    var name = ByteBuffer(capacity: 256)
    name.append(percentDecoding: link.path)
    guard url.append(resolving: name.slice, from: file) else {
      diagnostics.append(
        link.place.diagnostic(
          "dead-link", "'\(link.path.string)' leads out of the source folder"))
      return .dead
    }
    let publication = publication
    if !link.isPicture, let story = publication.storiesByFile.value(of: url.slice) {
      return resolve(story, link, into: &url, &diagnostics)
    }
    if let media = publication.mediaByFile.value(of: url.slice) {
      used[Int(media)] = true
      write(publication.archive.media[Int(media)].path, into: &url)
      let size = renderer.pictureSizes[Int(media)]
      guard link.isPicture, size.width > 0 else { return .target(Renderer.target(media: media)) }
      return .picture(Renderer.target(media: media), width: size.width, height: size.height)
    }
    let what = link.isPicture ? "picture" : "file"
    diagnostics.append(
      link.place.diagnostic(
        link.isPicture ? "missing-picture" : "dead-link",
        "there is no \(what) '\(link.path.string)'" + near(link)))
    return .dead
  }

  private func resolve(
    _ story: Int32, _ link: MarkdownLink, into url: inout ByteBuffer,
    _ diagnostics: inout [Diagnostic]
  ) -> LinkResolution {
    let filing = publication.filings[Int(story)]
    guard !filing.path.isEmpty else {
      let why =
        switch filing.state {
        case .draft: "is a draft"
        case .expired: "has expired"
        default: "is not published yet"
        }
      diagnostics.append(
        link.place.diagnostic(
          "link-to-unpublished", "'\(link.path.string)' \(why); the link is printed as its text",
          severity: .warning))
      return .text
    }
    write(filing.path, into: &url)
    return .target(story)
  }

  /// Writes the link from the page to a file of the site.
  private func write(_ target: Text, into url: inout ByteBuffer) {
    url.removeAll()
    url.append(
      linkTo: publication.bytes(target), from: publication.bytes(page.path),
      isFiles: publication.site.permalinks == .files)
  }

  /// The file that was probably meant, in words for the end of a message.
  private func near(_ link: MarkdownLink) -> String {
    let store = publication.archive.store
    func name(_ path: Text) -> String {
      String(store.string(path).split(separator: "/").last ?? "")
    }
    let wanted = String(link.path.string.split(separator: "/").last ?? "")
    let files = link.isPicture ? publication.archive.media : publication.archive.files
    if let same = files.first(where: { name($0.path) == wanted }) {
      return "; did you mean '\(relative(store[same.path]))'?"
    }
    guard let meant = suggestion(for: wanted, among: files.map { name($0.path) }),
      let found = files.first(where: { name($0.path) == meant })
    else { return "" }
    return "; did you mean '\(relative(store[found.path]))'?"
  }

  /// How the body's file would write a path.
  private func relative(_ path: ByteSlice) -> String {
    var link = ByteBuffer(capacity: 256)
    link.append(linkTo: path, from: file, isFiles: true)
    return link.string
  }
}
