/// What crawlers are told: the rules of `robots.txt` (RFC 9309), and the reservation of text and data
/// mining (TDMRep, W3C Community Group, 2024).
struct Robots {
  private let renderer: Renderer
  private let publication: Publication

  /// What a publication tells crawlers.
  init(_ renderer: Renderer) {
    self.renderer = renderer
    publication = renderer.publication
  }

  /// Appends the rules for crawlers, with the sitemaps' addresses.
  func write(into page: inout ByteBuffer) {
    let excluded = self.excluded
    if !excluded.isEmpty {
      page.append("# Crawlers for AI, as known on ")
      page.append(renderer.crawlers.date)
      page.append("\n")
      for name in excluded {
        page.append("User-agent: ")
        page.append(name)
        page.append("\n")
      }
      page.append("Disallow: /\n\n")
    }
    page.append("User-agent: *\nAllow: /\n\n")
    for other in publication.pages {
      guard other.kind == .newsSitemap || other.kind == .sitemap && other.isWholeSitemap else {
        continue
      }
      page.append("Sitemap: ")
      page.append(plainURL: publication.bytes(renderer.siteURL))
      page.append(plainURL: publication.bytes(other.path))
      page.append("\n")
    }
  }

  /// The crawlers that the paper turns away.
  private var excluded: [String] {
    let purposes: [CrawlerList.Purpose] =
      switch publication.site.aiRights {
      case nil, .allow: []
      case .searchOnly: [.training]
      case .deny: CrawlerList.Purpose.allCases
      }
    return purposes.flatMap { renderer.crawlers.names[$0] ?? [] }
  }

  /// Appends the reservation of text and data mining for all pages of the site.
  func writeMiningRights(into page: inout ByteBuffer) {
    page.append("[{\"location\":\"")
    page.append(json: publication.bytes(renderer.rootPath))
    page.append("\",\"tdm-reservation\":")
    page.append(publication.site.aiRights?.reservesMining == true ? "1" : "0")
    page.append("}]\n")
  }
}

extension Page {
  /// Whether it is the sitemap that leads to all others: its file is `sitemap.xml`.
  fileprivate var isWholeSitemap: Bool { format == 1 }
}
