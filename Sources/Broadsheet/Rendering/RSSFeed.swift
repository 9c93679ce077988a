/// A feed in RSS 2.0 (RSS Advisory Board, version 2.0.11), with the modules that readers use: Atom's
/// link to itself, Dublin Core's creators, whole text, and media.
///
/// Its bytes change only when a story in it does: its dates are those of its stories, never the
/// clock's.
struct RSSFeed {
  private let feed: FeedSource
  private let parts: FeedParts?
  private var publication: Publication { feed.publication }

  /// The feed that one of the publication's pages stands for.
  ///
  /// - Parameters:
  ///   - page: The page.
  ///   - renderer: What pages are made of.
  ///   - parts: Items that were kept of the stories.
  init(_ page: Page, _ renderer: Renderer, _ parts: FeedParts?) {
    feed = FeedSource(page, renderer)
    self.parts = renderer.keepsItems ? parts : nil
  }

  /// Appends the feed.
  ///
  /// - Parameters:
  ///   - page: Where it is appended.
  ///   - model: Gives the stories' texts.
  ///   - scratch: Where texts are made.
  func write(into page: inout ByteBuffer, _ model: inout PageModel, _ scratch: inout Scratch) {
    page.append("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\"")
    page.append(" xmlns:atom=\"http://www.w3.org/2005/Atom\"")
    page.append(" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"")
    page.append(" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"")
    page.append(" xmlns:media=\"http://search.yahoo.com/mrss/\">\n<channel>\n")
    let title = feed.title(&scratch)
    page.append(element: "title", title)
    page.append("<link>")
    feed.appendURL(of: feed.home, to: &page)
    page.append("</link>\n<atom:link href=\"")
    feed.appendURL(of: feed.page.path, to: &page)
    page.append("\" rel=\"self\" type=\"application/rss+xml\"/>\n")
    if !feed.renderer.hub.isEmpty {
      page.append("<atom:link href=\"")
      page.append(escaping: publication.bytes(feed.renderer.hub))
      page.append("\" rel=\"hub\"/>\n")
    }
    page.append("<description>")
    page.append(escapingTwice: feed.about.isEmpty ? title : publication.bytes(feed.about))
    page.append("</description>\n")
    page.append(element: "language", publication.bytes(feed.edition.code))
    if let built = model.lastChange(in: feed.stories) {
      page.append("<lastBuildDate>")
      page.append(rfc822: publication.zone.civilTime(at: built))
      page.append("</lastBuildDate>\n")
    }
    page.append("<ttl>60</ttl>\n")
    if !feed.renderer.logo.isEmpty {
      page.append("<image><url>")
      feed.appendURL(of: feed.renderer.logo, to: &page)
      page.append("</url><title>")
      page.append(escaping: title)
      page.append("</title><link>")
      feed.appendURL(of: feed.home, to: &page)
      page.append("</link></image>\n")
    }
    let item = RSSItem(feed.renderer)
    for place in feed.stories.indices.reversed() {
      let story = publication.members[place]
      if parts?.append(story, to: &page) != true {
        item.write(story, into: &page, &model, &scratch)
      }
    }
    page.append("</channel>\n</rss>\n")
  }
}

/// The item of a story in RSS, the same in all feeds that it stands in.
struct RSSItem {
  private let renderer: Renderer
  private let publication: Publication

  /// Items of the stories of a renderer's publication.
  init(_ renderer: Renderer) {
    self.renderer = renderer
    publication = renderer.publication
  }

  /// Appends the item of a story.
  func write(
    _ index: Int32, into page: inout ByteBuffer, _ model: inout PageModel,
    _ scratch: inout Scratch
  ) {
    let article = model.story(index)
    let filing = model.filing(index)
    page.append("<item>\n")
    page.append(element: "title", publication.bytes(article.title))
    page.append("<link>")
    renderer.appendURL(of: filing.path, to: &page)
    page.append("</link>\n<guid isPermaLink=\"false\">")
    page.append(escaping: model.permanentID(of: article, &scratch))
    page.append("</guid>\n<pubDate>")
    page.append(rfc822: publication.zone.civilTime(at: article.instant))
    page.append("</pubDate>\n")
    for place in filing.authors.indices {
      let author = publication.terms[Int(publication.filedUnder[place])]
      page.append(element: "dc:creator", publication.bytes(author.name))
    }
    if filing.section >= 0 {
      let section = publication.terms[Int(filing.section)]
      page.append(element: "category", publication.bytes(section.name))
    }
    for place in filing.tags.indices {
      let tag = publication.terms[Int(publication.filedUnder[place])]
      page.append(element: "category", publication.bytes(tag.name))
    }
    page.append("<description>")
    page.append(escapingTwice: publication.bytes(article.summary))
    page.append("</description>\n<content:encoded><![CDATA[")
    page.append(cdata: model.makeFeedContent(of: index, &scratch))
    page.append("]]></content:encoded>\n")
    if filing.image >= 0 { media(article, Int(filing.image), &page) }
    page.append("</item>\n")
  }

  private func media(_ article: Article, _ index: Int, _ page: inout ByteBuffer) {
    let shown = renderer.pictures.shown[index]
    let size = shown.size
    page.append("<media:content url=\"")
    renderer.appendURL(of: shown.path, to: &page)
    page.append("\" medium=\"image\"")
    if size.width > 0 {
      page.append(" width=\"")
      page.append(number: Int(size.width))
      page.append("\" height=\"")
      page.append(number: Int(size.height))
      page.append("\"")
    }
    page.append(">")
    let (caption, credit) = renderer.lines(under: index, of: article)
    if !caption.isEmpty {
      page.append("<media:description type=\"plain\">")
      page.append(escaping: publication.bytes(caption))
      page.append("</media:description>")
    }
    if !credit.isEmpty {
      page.append("<media:credit>")
      page.append(escaping: publication.bytes(credit))
      page.append("</media:credit>")
    }
    page.append("</media:content>\n")
  }
}

extension ByteBuffer {
  /// Appends an element that holds a text.
  fileprivate mutating func append(element name: StaticString, _ text: ByteSlice) {
    append("<")
    append(name)
    append(">")
    append(escaping: text)
    append("</")
    append(name)
    append(">\n")
  }

  /// Appends a moment as RFC 822 has it, with a four-digit year and a numeric zone (RFC 2822):
  /// `Thu, 03 Oct 2024 18:40:00 +0400`.
  mutating func append(rfc822 time: CivilTime) {
    let weekdays = ByteSlice("SunMonTueWedThuFriSat")
    let months = ByteSlice("JanFebMarAprMayJunJulAugSepOctNovDec")
    let weekday = time.date.weekday * 3
    let month = (time.date.month - 1) * 3
    append(weekdays[weekday..<weekday + 3])
    append(", ")
    append(number: time.date.day, width: 2)
    append(" ")
    append(months[month..<month + 3])
    append(" ")
    append(number: time.date.year, width: 4)
    append(" ")
    append(number: time.hour, width: 2)
    append(":")
    append(number: time.minute, width: 2)
    append(":")
    append(number: time.second % 60, width: 2)
    append(time.offset < 0 ? " -" : " +")
    append(number: abs(time.offset) / 3600, width: 2)
    append(number: abs(time.offset) / 60 % 60, width: 2)
  }

  /// Appends HTML inside a CDATA section: `]]>` is divided between two sections.
  mutating func append(cdata html: ByteSlice) {
    var start = 0
    var offset = 0
    while let next = html[offset..<html.count].firstIndex(of: UInt8(ascii: ">")) {
      let place = offset + next
      if place >= 2, html[place - 1] == UInt8(ascii: "]"), html[place - 2] == UInt8(ascii: "]") {
        append(html[start..<place])
        append("]]><![CDATA[")
        start = place
      }
      offset = place + 1
    }
    append(html[start..<html.count])
  }
}
