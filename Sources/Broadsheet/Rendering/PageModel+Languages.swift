/// What templates ask of the same page in other languages.
extension PageModel {
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
    case .link:
      let path = renderer.path(ofCounterpart: object.b, of: page, in: Int(object.a))
      return link(to: path, &scratch)
    case .isCurrent: return .bool(object.a == Int32(page.edition))
    }
  }

  /// The same page in other languages: see ``Renderer/alternates(of:)``.
  mutating func alternates() -> Value {
    renderer.siteURL.isEmpty ? list([]) : list(renderer.alternates(of: page))
  }

  func alternate(
    _ member: AlternateMember, _ object: ObjectRef, _ scratch: inout Scratch
  ) -> Value {
    switch member {
    case .language: return .text(renderer.language(of: object))
    case .url: return url(of: renderer.path(of: object, of: page), &scratch)
    }
  }
}
