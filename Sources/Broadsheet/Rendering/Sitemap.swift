/// The sitemap (sitemaps.org, protocol 0.9): every page that search engines may list, in parts of
/// up to 50,000, with an index of the parts where there are several.
struct Sitemap {
  private let renderer: Renderer
  private let publication: Publication
  /// How many addresses a part holds at the most.
  private let partSize: Int

  /// The sitemap of a publication.
  init(_ renderer: Renderer) {
    self.renderer = renderer
    publication = renderer.publication
    partSize = Page.sitemapPartSize(editionCount: publication.editions.count)
  }

  /// Appends a part of the sitemap: 0 for the index of the parts, else the part of that number.
  func write(
    part: Int, into page: inout ByteBuffer, _ model: borrowing PageModel,
    _ scratch: inout Scratch
  ) {
    page.append("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n")
    if part == 0 {
      let changes = lastChanges(model)
      page.append("<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n")
      for other in publication.pages where other.kind == .sitemap && other.number > 0 {
        page.append("<sitemap><loc>")
        page.append(url: publication.bytes(renderer.siteURL))
        page.append(url: publication.bytes(other.path))
        page.append("</loc>")
        if let latest = changes[Int(other.number) - 1] {
          page.append("<lastmod>")
          scratch.begin()
          scratch.append(iso: publication.zone.civilTime(at: latest))
          page.append(scratch.end())
          page.append("</lastmod>")
        }
        page.append("</sitemap>\n")
      }
      page.append("</sitemapindex>\n")
      return
    }
    page.append("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"")
    if publication.editions.count > 1 {
      page.append(" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\"")
    }
    page.append(">\n")
    let first = (part - 1) * partSize
    page.reserve(sizeOfPart(from: first))
    var place = 0
    for other in publication.pages where other.isListedInSitemap(publication.archive) {
      defer { place += 1 }
      guard place >= first, place < first + partSize else { continue }
      page.append("<url><loc>")
      page.append(url: publication.bytes(renderer.siteURL))
      page.append(url: publication.bytes(other.path).withoutIndex)
      page.append("</loc>")
      if other.kind == .article {
        let article = model.story(other.index)
        if article.date != .never {
          page.append("<lastmod>")
          scratch.begin()
          scratch.append(iso: publication.zone.civilTime(at: model.modified(article)))
          page.append(scratch.end())
          page.append("</lastmod>")
          scratch.reset()
        }
      }
      appendAlternates(of: other, to: &page)
      page.append("</url>\n")
    }
    page.append("</urlset>\n")
  }

  /// How many bytes a part has, in about: a buffer that grows as it is filled takes twice as many.
  private func sizeOfPart(from first: Int) -> Int {
    let other = 80 + publication.bytes(renderer.siteURL).count
    let listed = publication.pages.lazy.filter { [archive = publication.archive] in
      $0.isListedInSitemap(archive)
    }
    return listed.dropFirst(first).prefix(partSize).reduce(0) { $0 + Int($1.path.count) + other }
  }

  /// When a story of each part last changed.
  private func lastChanges(_ model: borrowing PageModel) -> [Moment?] {
    var changes: [Moment?] = []
    var place = 0
    for other in publication.pages where other.isListedInSitemap(publication.archive) {
      if place % partSize == 0 { changes.append(nil) }
      place += 1
      guard other.kind == .article else { continue }
      let article = publication.archive.articles[Int(other.index)]
      guard article.date != .never else { continue }
      let last = changes.count - 1
      changes[last] = max(changes[last] ?? .min, model.modified(article))
    }
    return changes
  }

  /// Appends a page's translations, itself among them, as the page has them.
  private func appendAlternates(of page: Page, to buffer: inout ByteBuffer) {
    for alternate in renderer.alternates(of: page) {
      buffer.append("<xhtml:link rel=\"alternate\" hreflang=\"")
      buffer.append(escaping: renderer.language(of: alternate))
      buffer.append("\" href=\"")
      buffer.append(url: publication.bytes(renderer.siteURL))
      buffer.append(url: publication.bytes(renderer.path(of: alternate, of: page)).withoutIndex)
      buffer.append("\"/>")
    }
  }
}
