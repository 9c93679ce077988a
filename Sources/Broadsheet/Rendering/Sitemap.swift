/// The sitemap (sitemaps.org, protocol 0.9): every page that search engines may list, in parts of
/// 50,000, with an index of the parts where there are several.
struct Sitemap {
  private let renderer: Renderer
  private let publication: Publication

  /// The sitemap of a publication.
  init(_ renderer: Renderer) {
    self.renderer = renderer
    publication = renderer.publication
  }

  /// Appends a part of the sitemap: 0 for the index of the parts, else the part of that number.
  func write(
    part: Int, into page: inout ByteBuffer, _ model: borrowing PageModel,
    _ scratch: inout Scratch
  ) {
    page.append("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n")
    if part == 0 {
      page.append("<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n")
      for other in publication.pages where other.kind == .sitemap && other.number > 0 {
        page.append("<sitemap><loc>")
        page.append(url: publication.bytes(renderer.siteURL))
        page.append(url: publication.bytes(other.path))
        page.append("</loc></sitemap>\n")
      }
      page.append("</sitemapindex>\n")
      return
    }
    page.append("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n")
    var place = 0
    let first = (part - 1) * Page.sitemapPartSize
    for other in publication.pages where other.isListedInSitemap {
      defer { place += 1 }
      guard place >= first, place < first + Page.sitemapPartSize else { continue }
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
      page.append("</url>\n")
    }
    page.append("</urlset>\n")
  }

  /// Appends the rules for crawlers (RFC 9309), with the sitemap's address.
  func writeRobots(into page: inout ByteBuffer) {
    page.append("User-agent: *\nAllow: /\n\nSitemap: ")
    page.append(plainURL: publication.bytes(renderer.siteURL))
    page.append("sitemap.xml\n")
  }
}
