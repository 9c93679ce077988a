/// What pages have in other languages: templates link to it, and sitemaps name it.
///
/// A counterpart is a story, or -2 less the index of a section, or -1 for the page of its kind that an
/// edition has one of: the front page, the archive, the lists of tags and authors, the search.
extension Renderer {
  /// The counterpart of a page in an edition, if there is one.
  func counterpart(of page: Page, in edition: Int) -> Int32? {
    switch page.kind {
    case .article, .standing, .retracted:
      // Of a page without counterparts nothing here is its own: see `PageModel.frame`.
      guard let group = translations[page.index] else { return nil }
      if edition == Int(page.edition) { return page.index }
      return group.first { Int(publication.archive.articles[Int($0)].language) == edition }
    case .listing, .undated:
      guard publication.terms[Int(page.index)].kind == .section else { return nil }
      if edition == Int(page.edition) { return -2 - page.index }
      let slug = publication.bytes(publication.terms[Int(page.index)].slug)
      return publication.editions[edition].sections.first { index in
        let term = publication.terms[index]
        return term.count > 0 && !term.path.isEmpty && publication.bytes(term.slug) == slug
      }.map { -2 - Int32($0) }
    case .archive, .tags, .authors, .search: return onlyPage(like: page, in: edition).isEmpty ? nil : -1
    case .front: return -1
    default: return nil
    }
  }

  /// The file of a page's counterpart in an edition.
  func path(ofCounterpart other: Int32, of page: Page, in edition: Int) -> Text {
    if other >= 0 { return publication.filings[Int(other)].path }
    if other <= -2 { return publication.terms[Int(-2 - other)].path }
    let path = onlyPage(like: page, in: edition)
    return path.isEmpty ? publication.editions[edition].frontPath : path
  }

  private func onlyPage(like page: Page, in edition: Int) -> Text {
    switch page.kind {
    case .archive: publication.editions[edition].archivePath
    case .tags: publication.editions[edition].tagsPath
    case .authors: publication.editions[edition].authorsPath
    case .search: publication.editions[edition].searchPath
    default: publication.editions[edition].frontPath
    }
  }

  /// The page in all languages that have it, then once more for readers of any other language; none
  /// where it has one language only.
  ///
  /// An alternate is (the edition, or -1 less the edition for `x-default`; the counterpart).
  func alternates(of page: Page) -> [ObjectRef] {
    guard publication.editions.count > 1, !page.isText else { return [] }
    switch page.kind {
    case .listing:
      let term = publication.terms[Int(page.index)]
      let last = Pagination(count: Int(term.stories.count)).pageCount
      guard Int(page.number) == last else { return [] }
    case .undated, .retracted: return []
    default: break
    }
    var found = publication.editions.indices.compactMap { edition in
      counterpart(of: page, in: edition).map { ObjectRef(Int32(edition), $0) }
    }
    guard found.count > 1, let first = found.first else { return [] }
    found.append(ObjectRef(-1 - first.a, first.b))
    return found
  }

  /// The language of an alternate: a code, or `x-default`.
  func language(of alternate: ObjectRef) -> ByteSlice {
    alternate.a >= 0
      ? publication.bytes(texts[Int(alternate.a)].code) : ByteSlice("x-default")
  }

  /// The file of a page's alternate.
  func path(of alternate: ObjectRef, of page: Page) -> Text {
    let edition = Int(alternate.a >= 0 ? alternate.a : -1 - alternate.a)
    return path(ofCounterpart: alternate.b, of: page, in: edition)
  }
}
