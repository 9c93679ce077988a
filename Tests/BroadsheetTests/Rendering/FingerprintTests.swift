import Testing

@testable import Broadsheet

@Suite("The fingerprint of a page") struct FingerprintTests {
  /// The renderer of a site, as a build prepares it.
  private func renderer(_ site: TemporarySite) throws -> Renderer {
    let publication = try site.publication()
    let source = site.path + "/seeds"
    let (theme, _) = Theme.read(
      folders: [TemporarySite.theme], languages: publication.site.languages)
    let schema = Schema.news(fields: publication.site.fields, words: theme.declarations)
    let program = try #require(Templates.compile(files: theme.templates, schema: schema).0)
    return Renderer(
      publication, theme: theme, program: program, sources: try Folder(at: source),
      locator: SourceLocator(source: source),
      pictures: PictureSet(
        publication.archive, [], publication.site, abilities: nil))
  }

  @Test("is the same whether the page is made or not")
  func same() throws {
    let site = try TemporarySite([
      "politics/one.md": "---\ntitle: One\ndate: 2024-10-01\ntags: [A]\n---\nSee [two](two.md).\n",
      "politics/two.md": "---\ntitle: Two\ndate: 2024-10-02\ntags: [A]\n---\nText.\n",
    ])
    let renderer = try renderer(site)
    var maker = PageMaker(renderer)
    var bodies = renderer.publication.archive.bodies
    for page in renderer.publication.pages where page.kind == .article { maker.make(page) }
    bodies.note([maker.findings])
    var knowing = PageMaker(renderer, bodies: bodies)
    // Of a feed its input hash tells all.
    for page in renderer.publication.pages where page.kind != .feed {
      knowing.make(page)
      let path = renderer.publication.bytes(page.path).string
      let made = knowing.fingerprint
      let known = knowing.fingerprint(of: page)
      #expect(made != nil, "\(path)")
      #expect(known == made, "\(path)")
    }
  }
}
