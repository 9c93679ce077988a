/// A feed in JSON Feed 1.1 (jsonfeed.org), with the whole text of each story.
///
/// Its bytes change only when a story in it does.
struct JSONFeed {
  private let feed: FeedSource
  private var publication: Publication { feed.publication }

  /// The feed that one of the publication's pages stands for.
  init(_ page: Page, _ renderer: Renderer) { feed = FeedSource(page, renderer) }

  /// Appends the feed.
  func write(into page: inout ByteBuffer, _ model: inout PageModel, _ scratch: inout Scratch) {
    page.append("{\"version\":\"https://jsonfeed.org/version/1.1\"")
    string("title", feed.title(&scratch), &page)
    url("home_page_url", feed.home, &page)
    url("feed_url", feed.page.path, &page)
    if !feed.about.isEmpty { string("description", publication.bytes(feed.about), &page) }
    if !feed.renderer.logo.isEmpty { url("icon", feed.renderer.logo, &page) }
    string("language", publication.bytes(feed.edition.code), &page)
    if !feed.renderer.hub.isEmpty {
      page.append(",\"hubs\":[{\"type\":\"WebSub\"")
      string("url", publication.bytes(feed.renderer.hub), &page)
      page.append("}]")
    }
    page.append(",\"items\":[")
    for place in feed.stories.indices.reversed() {
      page.append(place == feed.stories.indices.upperBound - 1 ? "\n" : ",\n")
      item(publication.members[place], into: &page, &model, &scratch)
    }
    page.append("\n]}\n")
  }

  private func string(_ name: StaticString, _ text: ByteSlice, _ page: inout ByteBuffer) {
    page.append(",\"")
    page.append(name)
    page.append("\":\"")
    page.append(json: text)
    page.append("\"")
  }

  private func url(_ name: StaticString, _ path: Text, _ page: inout ByteBuffer) {
    page.append(",\"")
    page.append(name)
    page.append("\":\"")
    page.append(plainURL: publication.bytes(feed.renderer.siteURL))
    page.append(plainURL: publication.bytes(path).withoutIndex)
    page.append("\"")
  }

  private func date(
    _ name: StaticString, _ moment: Moment, _ page: inout ByteBuffer, _ scratch: inout Scratch
  ) {
    scratch.begin()
    scratch.append(iso: publication.zone.civilTime(at: moment))
    string(name, scratch.end(), &page)
  }

  private func item(
    _ index: Int32, into page: inout ByteBuffer, _ model: inout PageModel,
    _ scratch: inout Scratch
  ) {
    let article = model.story(index)
    let filing = model.filing(index)
    page.append("{\"id\":\"")
    page.append(json: model.permanentID(of: article, &scratch))
    page.append("\"")
    url("url", filing.path, &page)
    string("title", publication.bytes(article.title), &page)
    string("summary", publication.bytes(article.summary), &page)
    string("content_html", model.makeFeedContent(of: index, &scratch), &page)
    date("date_published", article.instant, &page, &scratch)
    date("date_modified", model.modified(article), &page, &scratch)
    if filing.image >= 0 {
      url("image", feed.renderer.pictures.shown[Int(filing.image)].path, &page)
    }
    if !filing.authors.isEmpty {
      page.append(",\"authors\":[")
      for place in filing.authors.indices {
        let author = publication.terms[Int(publication.filedUnder[place])]
        page.append(place == Int(filing.authors.start) ? "{\"name\":\"" : ",{\"name\":\"")
        page.append(json: publication.bytes(author.name))
        page.append("\"")
        url("url", author.path, &page)
        page.append("}")
      }
      page.append("]")
    }
    if !filing.tags.isEmpty {
      page.append(",\"tags\":[")
      for place in filing.tags.indices {
        page.append(place == Int(filing.tags.start) ? "\"" : ",\"")
        page.append(
          json: publication.bytes(publication.terms[Int(publication.filedUnder[place])].name))
        page.append("\"")
      }
      page.append("]")
    }
    string("language", publication.bytes(feed.edition.code), &page)
    page.append("}")
  }
}
