/// Finds what the links and pictures in a body lead to.
struct SiteLinks: LinkResolver {
  let publication: Publication
  let renderer: Renderer
  /// The page that the body stands on.
  let page: Page
  /// The path of the body's file from the source folder.
  let file: ByteSlice
  /// Where the links so far lead.
  var links: [BodyLink]
  /// What those of this body resolve to.
  var targets = LinkTargets()

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
      let path = publication.archive.media[Int(media)].path
      links.append(BodyLink(path: path, isPicture: link.isPicture))
      let shown = renderer.pictures.shown[Int(media)]
      targets.add(
        mediaAt: publication.bytes(path), shown: link.isPicture ? shown.hash : nil)
      write(link.isPicture ? shown.path : path, into: &url)
      guard link.isPicture, shown.size.width > 0 else {
        return .target(Renderer.target(media: media))
      }
      return .picture(
        Renderer.target(media: media), width: shown.size.width, height: shown.size.height)
    }
    diagnostics.append(
      link.place.diagnostic(
        link.isPicture ? "missing-picture" : "dead-link", why(link, leadsNowhere: url.slice)))
    return .dead
  }

  /// Why a link leads to nothing that is published.
  private func why(_ link: MarkdownLink, leadsNowhere path: ByteSlice) -> String {
    let name = link.path.string
    if link.isPicture, publication.storiesByFile.value(of: path) != nil {
      return "'\(name)' is a story, no picture"
    }
    guard (try? renderer.sources.holds(path)) == true else {
      return "there is no \(link.isPicture ? "picture" : "file") '\(name)'" + near(link)
    }
    if path.hasPrefix("static/") {
      let address = (publication.site.url ?? "/") + path["static/".utf8.count..<path.count].string
      return "'\(name)' is copied as it is, to \(address); link to that"
    }
    if path.hasSuffix(".md") || path.hasSuffix(".txt") {
      return "'\(name)' is there, but cannot be read as a story; mend what is said of it first"
    }
    return "'\(name)' is there, but nothing is made of it; what is to be copied belongs in 'media/'"
  }

  func appendSources(ofPicture target: Int32, into buffer: inout ByteBuffer) {
    let media = renderer.media(ofTarget: target)
    guard renderer.pictures.isMade(media) else { return }
    for source in renderer.pictures.sources(of: media).dropLast() {
      buffer.append("<source type=\"")
      buffer.append(source.format.mediaType)
      buffer.append("\"")
      append(source.variants, into: &buffer)
      buffer.append(">")
    }
  }

  func appendAttributes(ofPicture target: Int32, into buffer: inout ByteBuffer) {
    let media = renderer.media(ofTarget: target)
    guard renderer.pictures.isMade(media),
      let last = renderer.pictures.sources(of: media).last, last.variants.count > 1
    else { return }
    append(last.variants, into: &buffer)
  }

  /// How wide a picture stands in the text: the column's width, or a phone's.
  private static let sizes: StaticString = "(min-width: 45em) 42em, 100vw"

  private func append(_ variants: PoolRange, into buffer: inout ByteBuffer) {
    var set = ByteBuffer(capacity: 512)
    renderer.append(sourceSet: variants, from: page, to: &set)
    buffer.append(" srcset=\"")
    buffer.append(escaping: set.slice)
    buffer.append("\" sizes=\"")
    buffer.append(Self.sizes)
    buffer.append("\"")
  }

  private mutating func resolve(
    _ story: Int32, _ link: MarkdownLink, into url: inout ByteBuffer,
    _ diagnostics: inout [Diagnostic]
  ) -> LinkResolution {
    let filing = publication.filings[Int(story)]
    let file = publication.archive.articles[Int(story)].file
    links.append(BodyLink(path: publication.archive.files[Int(file)].path, isPicture: false))
    targets.add(storyAt: publication.bytes(filing.path))
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
    if page.isText, publication.archive.articles[Int(story)].kind != .standing {
      var text = ByteBuffer(capacity: 256)
      let edition = Int(publication.archive.articles[Int(story)].language)
      text.append(
        textOf: publication.bytes(filing.path), prefix: publication.editions[edition].prefix)
      write(text.slice, into: &url)
    }
    return .target(story)
  }

  /// Writes the link from the page to a file of the site.
  private func write(_ target: Text, into url: inout ByteBuffer) {
    write(publication.bytes(target), into: &url)
  }

  private func write(_ target: ByteSlice, into url: inout ByteBuffer) {
    url.removeAll()
    url.append(
      linkTo: target, from: publication.bytes(page.path).folder,
      isFiles: publication.site.permalinks == .files)
  }

  /// The file that was probably meant, in words for the end of a message.
  private func near(_ link: MarkdownLink) -> String {
    let wanted = String(link.path.string.split(separator: "/").last ?? "")
    let archive = publication.archive
    guard
      let place = renderer.fileNames.nearest(to: wanted, isPicture: link.isPicture, in: archive)
    else { return "" }
    let file = link.isPicture ? archive.media[place] : archive.files[place]
    let meant = relative(archive.store[file.path])
    // The same text in other bytes: an é may be one character, or an e and an accent.
    if meant == link.path.string {
      return "; a file of this name has its accents in another form (Unicode's NFC and NFD): copy "
        + "its name from the folder"
    }
    return "; did you mean '\(meant)'?"
  }

  /// How the body's file would write a path.
  private func relative(_ path: ByteSlice) -> String {
    var link = ByteBuffer(capacity: 256)
    link.append(linkTo: path, from: file.folder, isFiles: true)
    return link.string
  }
}
