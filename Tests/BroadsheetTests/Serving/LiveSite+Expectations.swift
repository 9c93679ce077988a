import Testing

@testable import Broadsheet

extension LiveSite {
  /// A site that is served from a temporary folder, at a moment after all of its stories but one.
  convenience init(serving files: TemporarySite, showsDrafts: Bool = false) {
    var options = ServeOptions(theme: TemporarySite.theme, clock: { 0 })
    options.source = files.path + "/seeds"
    options.now = "2024-10-10T12:00:00Z"
    options.showsDrafts = showsDrafts
    self.init(options)
  }

  /// All pages of the site, by their addresses; none where an error page stands for all.
  var pages: [String: String] {
    guard let renderer, !diagnostics.contains(where: \.isError) else { return [:] }
    var maker = PageMaker(renderer)
    var pages: [String: String] = [:]
    for page in renderer.publication.pages {
      maker.make(page)
      pages[renderer.publication.archive.store.string(page.path)] = maker.bytes.string
    }
    pages["diagnostics"] = maker.diagnostics.map(\.description).joined(separator: "\n")
    return pages
  }

  /// Expects the site to be what a new reading makes of the folder.
  func expectFresh(_ hint: String, _ place: SourceLocation = #_sourceLocation) {
    let fresh = LiveSite(options)
    fresh.readAll()
    let (known, wanted) = (pages, fresh.pages)
    let differing = Set(known.keys).union(wanted.keys).filter { known[$0] != wanted[$0] }.sorted()
    #expect(differing == [], "\(hint)", sourceLocation: place)
    #expect(diagnostics == fresh.diagnostics, "\(hint)", sourceLocation: place)
    #expect(articleCount == fresh.articleCount, "\(hint)", sourceLocation: place)
    #expect(
      pictureFacts.map(\.hash) == fresh.pictureFacts.map(\.hash), "\(hint)", sourceLocation: place)
    let moved = wanted.keys.filter { path in
      let bytes = Array(path.utf8)
      return composition?.addresses.target(of: bytes)
        != fresh.composition?.addresses.target(of: bytes)
    }
    #expect(moved == [], "\(hint)", sourceLocation: place)
  }
}
