/// What the feeds in all formats share.
extension PageModel {
  /// The permanent id of a story, as a `tag:` URI (RFC 4151): it never changes when the slug, the
  /// section, the host or the scheme does.
  func permanentID(of article: Article, _ scratch: inout Scratch) -> ByteSlice {
    scratch.begin()
    scratch.append("tag:")
    scratch.append(publication.bytes(renderer.tagAuthority))
    scratch.append(":")
    scratch.append(urlPath: publication.bytes(article.id))
    return scratch.end()
  }

  /// When a story of a feed last changed; nil for a feed without stories.
  func lastChange(in stories: PoolRange) -> Moment? {
    var latest: Moment?
    for place in stories.indices {
      let modified = modified(story(publication.members[place]))
      latest = max(latest ?? modified, modified)
    }
    return latest
  }

  /// Makes the whole text of a story for a feed: corrections, the lead picture, the body; all addresses
  /// are whole.
  ///
  /// - Returns: The text, valid until the next is made.
  mutating func makeFeedContent(of index: Int32, _ scratch: inout Scratch) -> ByteSlice {
    let article = story(index)
    feedContent.removeAll()
    appendFeedCorrections(article, &scratch)
    let image = Int(filing(index).image)
    if image >= 0 { appendFeedPicture(article, image) }
    let body = bodies.absoluteHTML(of: index, &scratch)
    if feedContent.count == 0 { return body }
    feedContent.append(body)
    return feedContent.slice
  }

  private mutating func appendFeedPicture(_ article: Article, _ image: Int) {
    feedContent.append("<figure><img src=\"")
    feedContent.append(url: publication.bytes(renderer.siteURL))
    feedContent.append(url: publication.bytes(renderer.pictures.shown[image].path))
    feedContent.append("\" alt=\"")
    let extras = publication.archive.extras(of: article)
    feedContent.append(escaping: publication.bytes(extras.imageAlt))
    feedContent.append("\"")
    let size = renderer.pictures.shown[image].size
    if size.width > 0 {
      feedContent.append(" width=\"")
      feedContent.append(number: Int(size.width))
      feedContent.append("\" height=\"")
      feedContent.append(number: Int(size.height))
      feedContent.append("\"")
    }
    feedContent.append(">")
    let (caption, credit) = renderer.lines(under: image, of: article)
    if !caption.isEmpty || !credit.isEmpty {
      feedContent.append("<figcaption>")
      feedContent.append(escaping: publication.bytes(caption))
      if !caption.isEmpty, !credit.isEmpty { feedContent.append(" ") }
      feedContent.append(escaping: publication.bytes(credit))
      feedContent.append("</figcaption>")
    }
    feedContent.append("</figure>\n")
  }

  private mutating func appendFeedCorrections(_ article: Article, _ scratch: inout Scratch) {
    for place in publication.archive.extras(of: article).corrections.indices {
      let correction = publication.archive.corrections[place]
      feedContent.append("<p><em>")
      let time = civilTime(at: correction.date)
      let date = renderer.calendar.dates[Int(article.language)].text(time, .long, &scratch)
      feedContent.append(escaping: date)
      feedContent.append(": ")
      feedContent.append(escaping: publication.bytes(correction.text))
      feedContent.append("</em></p>\n")
    }
  }
}

extension Publication {
  /// The stories of a feed, oldest first: a run of `members`.
  func feedStories(of feed: Page) -> PoolRange {
    let all: PoolRange
    let limit: Int
    if feed.index >= 0 {
      let term = terms[Int(feed.index)]
      all = term.stories
      limit =
        switch term.kind {
        case .section: site.feeds.items
        case .tag: site.feeds.tags
        case .author: site.feeds.authors
        }
    } else {
      all = editions[Int(feed.edition)].stories
      limit = site.feeds.items
    }
    let count = min(Int(all.count), limit)
    return PoolRange(start: all.start + all.count - UInt32(count), count: UInt32(count))
  }
}

extension Scratch {
  /// Appends the name of a feed: the paper's, and that of the section, tag or author.
  mutating func append(feedTitleOf feed: Page, _ renderer: Renderer) {
    let publication = renderer.publication
    append(publication.bytes(renderer.texts[Int(feed.edition)].title))
    guard feed.index >= 0 else { return }
    append(": ")
    append(publication.bytes(publication.terms[Int(feed.index)].name))
  }

  /// Appends a path with what may not stand in a URI percent-encoded; slashes stay.
  mutating func append(urlPath path: ByteSlice) {
    var url = ByteBuffer(capacity: path.count * 3)
    url.append(plainURL: path)
    append(url.slice)
  }
}
