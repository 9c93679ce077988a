/// What templates ask of the same page in other languages.
///
/// A counterpart is a story, or -2 less the index of a section, or -1 for the page of its kind that an
/// edition has one of: the front page, the archive, the lists of tags and authors.
extension PageModel {
  /// The counterpart of this page in an edition, if there is one.
  func counterpart(in edition: Int) -> Int32? {
    switch page.kind {
    case .article, .standing, .retracted:
      // Of a page without counterparts nothing here is its own: see `frame`.
      guard let group = renderer.translations[page.index] else { return nil }
      if edition == Int(page.edition) { return page.index }
      return group.first { Int(story($0).language) == edition }
    case .listing, .undated:
      guard publication.terms[Int(page.index)].kind == .section else { return nil }
      if edition == Int(page.edition) { return -2 - page.index }
      let slug = publication.bytes(publication.terms[Int(page.index)].slug)
      return publication.editions[edition].sections.first { index in
        let term = publication.terms[index]
        return term.count > 0 && !term.path.isEmpty && publication.bytes(term.slug) == slug
      }.map { -2 - Int32($0) }
    case .archive, .tags, .authors: return pageOfItsKind(in: edition).isEmpty ? nil : -1
    case .front: return -1
    default: return nil
    }
  }

  private func pageOfItsKind(in edition: Int) -> Text {
    switch page.kind {
    case .archive: publication.editions[edition].archivePath
    case .tags: publication.editions[edition].tagsPath
    case .authors: publication.editions[edition].authorsPath
    default: publication.editions[edition].frontPath
    }
  }

  private func path(ofCounterpart other: Int32, in edition: Int) -> Text {
    if other >= 0 { return filing(other).path }
    if other <= -2 { return publication.terms[Int(-2 - other)].path }
    let path = pageOfItsKind(in: edition)
    return path.isEmpty ? publication.editions[edition].frontPath : path
  }

  /// A link to an edition is (the edition, the counterpart there; -1 where there is none).
  func editionLink(
    _ member: EditionLinkMember, _ object: ObjectRef, _ scratch: inout Scratch
  ) -> Value {
    let texts = renderer.texts[Int(object.a)]
    switch member {
    case .name: return text(texts.languageName)
    case .title: return object.b >= 0 ? text(story(object.b).title) : text(texts.languageName)
    case .language: return text(texts.code)
    case .direction: return text(texts.direction)
    case .link: return link(to: path(ofCounterpart: object.b, in: Int(object.a)), &scratch)
    case .isCurrent: return .bool(object.a == Int32(page.edition))
    }
  }

  /// The same page in all languages that have it, then once more for readers of any other language.
  ///
  /// An alternate is (the edition, or -1 less the edition for `x-default`; the counterpart).
  mutating func alternates() -> Value {
    guard !renderer.siteURL.isEmpty, publication.editions.count > 1, !page.isText else {
      return list([])
    }
    switch page.kind {
    case .listing:
      let term = publication.terms[Int(page.index)]
      guard Int(page.number) == pageCount(of: term) else { return list([]) }
    case .undated, .retracted: return list([])
    default: break
    }
    var found = publication.editions.indices.compactMap { edition in
      counterpart(in: edition).map { ObjectRef(Int32(edition), $0) }
    }
    guard found.count > 1, let first = found.first else { return list([]) }
    found.append(ObjectRef(-1 - first.a, first.b))
    return list(found)
  }

  func alternate(
    _ member: AlternateMember, _ object: ObjectRef, _ scratch: inout Scratch
  ) -> Value {
    let edition = Int(object.a >= 0 ? object.a : -1 - object.a)
    switch member {
    case .language:
      return object.a >= 0 ? text(renderer.texts[edition].code) : .text(ByteSlice("x-default"))
    case .url: return url(of: path(ofCounterpart: object.b, in: edition), &scratch)
    }
  }
}
