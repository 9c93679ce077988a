/// A feed in Atom (RFC 4287), with the whole text of each story.
///
/// Its bytes change only when a story in it does.
struct AtomFeed {
  private let feed: FeedSource
  private var publication: Publication { feed.publication }

  /// The feed that one of the publication's pages stands for.
  init(_ page: Page, _ renderer: Renderer) { feed = FeedSource(page, renderer) }

  /// Appends the feed.
  func write(into page: inout ByteBuffer, _ model: inout PageModel, _ scratch: inout Scratch) {
    page.append("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n")
    page.append("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"")
    page.append(escaping: publication.bytes(feed.edition.code))
    page.append("\">\n<title>")
    page.append(escaping: feed.title(&scratch))
    page.append("</title>\n<id>")
    feed.appendURL(of: feed.page.path, to: &page)
    page.append("</id>\n")
    link("self", "application/atom+xml", feed.page.path, &page)
    link("alternate", "text/html", feed.home, &page)
    if !feed.renderer.hub.isEmpty {
      page.append("<link rel=\"hub\" href=\"")
      page.append(escaping: publication.bytes(feed.renderer.hub))
      page.append("\"/>\n")
    }
    // Atom wants a date of every feed; one without stories has never changed.
    page.append("<updated>")
    moment(model.lastChange(in: feed.stories) ?? 0, &page, &scratch)
    page.append("</updated>\n")
    if !feed.renderer.logo.isEmpty {
      page.append("<logo>")
      feed.appendURL(of: feed.renderer.logo, to: &page)
      page.append("</logo>\n")
    }
    for place in feed.stories.indices.reversed() {
      entry(publication.members[place], into: &page, &model, &scratch)
    }
    page.append("</feed>\n")
  }

  private func link(
    _ relation: StaticString, _ type: StaticString, _ path: Text, _ page: inout ByteBuffer
  ) {
    page.append("<link rel=\"")
    page.append(relation)
    page.append("\" type=\"")
    page.append(type)
    page.append("\" href=\"")
    feed.appendURL(of: path, to: &page)
    page.append("\"/>\n")
  }

  private func moment(_ moment: Moment, _ page: inout ByteBuffer, _ scratch: inout Scratch) {
    scratch.begin()
    scratch.append(iso: publication.zone.civilTime(at: moment))
    page.append(scratch.end())
  }

  private func entry(
    _ index: Int32, into page: inout ByteBuffer, _ model: inout PageModel,
    _ scratch: inout Scratch
  ) {
    let article = model.story(index)
    let filing = model.filing(index)
    page.append("<entry>\n<title>")
    page.append(escaping: publication.bytes(article.title))
    page.append("</title>\n")
    link("alternate", "text/html", filing.path, &page)
    page.append("<id>")
    page.append(escaping: model.permanentID(of: article, &scratch))
    page.append("</id>\n<published>")
    moment(article.instant, &page, &scratch)
    page.append("</published>\n<updated>")
    moment(model.modified(article), &page, &scratch)
    page.append("</updated>\n")
    for place in filing.authors.indices {
      let author = publication.terms[Int(publication.filedUnder[place])]
      page.append("<author><name>")
      page.append(escaping: publication.bytes(author.name))
      page.append("</name><uri>")
      feed.appendURL(of: author.path, to: &page)
      page.append("</uri></author>\n")
    }
    if filing.authors.isEmpty {
      page.append("<author><name>")
      page.append(escaping: publication.bytes(feed.edition.title))
      page.append("</name></author>\n")
    }
    if filing.section >= 0 { category(publication.terms[Int(filing.section)], &page) }
    for place in filing.tags.indices {
      category(publication.terms[Int(publication.filedUnder[place])], &page)
    }
    page.append("<summary>")
    page.append(escaping: publication.bytes(article.summary))
    page.append("</summary>\n<content type=\"html\">")
    page.append(escaping: model.makeFeedContent(of: index, &scratch))
    page.append("</content>\n</entry>\n")
  }

  private func category(_ term: Term, _ page: inout ByteBuffer) {
    page.append("<category term=\"")
    page.append(escaping: publication.bytes(term.name))
    page.append("\"/>\n")
  }
}
