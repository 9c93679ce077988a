/// What templates ask of pictures; an image is the index of a story, with ``PageModel/cardMark``
/// where it is the story's card.
extension PageModel {
  /// Marks the card that stands for a story where it is shared.
  static var cardMark: Int32 { 1 }

  mutating func image(
    _ member: ImageMember, _ object: ObjectRef, _ scratch: inout Scratch
  ) -> Value {
    let article = story(object.a)
    let filing = filing(object.a)
    if object.b == Self.cardMark { return card(member, article, filing, &scratch) }
    let media = Int(filing.image)
    let shown = renderer.pictures.shown[media]
    switch member {
    case .link: return link(to: shown.path, &scratch)
    case .url: return url(of: shown.path, &scratch)
    case .alt: return text(extras(object.a).imageAlt)
    case .caption: return optional(renderer.lines(under: media, of: article).caption)
    case .credit: return optional(renderer.lines(under: media, of: article).credit)
    case .width: return shown.size.width > 0 ? .int(Int(shown.size.width)) : .none
    case .height: return shown.size.height > 0 ? .int(Int(shown.size.height)) : .none
    case .sources:
      return list(
        renderer.pictures.sources(of: media).dropLast().map {
          ObjectRef(Int32($0.variants.start), Int32($0.variants.count))
        })
    case .srcset:
      guard let last = renderer.pictures.sources(of: media).last, last.variants.count > 1 else {
        return .none
      }
      return sourceSet(last.variants, &scratch)
    }
  }

  private func card(
    _ member: ImageMember, _ article: Article, _ filing: Filing, _ scratch: inout Scratch
  ) -> Value {
    switch member {
    case .link: return link(to: filing.card, &scratch)
    case .url: return url(of: filing.card, &scratch)
    case .alt: return text(article.title)
    case .width: return .int(Int(ShareCard.size.width))
    case .height: return .int(Int(ShareCard.size.height))
    case .sources: return .list(ListRef(kind: ListKind.objects.rawValue, count: 0))
    case .caption, .credit, .srcset: return .none
    }
  }

  /// The files of a picture in one format are a run of the picture set's `variants`.
  func imageSource(
    _ member: ImageSourceMember, _ object: ObjectRef, _ scratch: inout Scratch
  ) -> Value {
    let variants = PoolRange(start: UInt32(object.a), count: UInt32(object.b))
    switch member {
    case .type:
      let format = renderer.pictures.variants[Int(variants.start)].format
      return .text(ByteSlice(format.mediaType))
    case .srcset: return sourceSet(variants, &scratch)
    }
  }

  private func sourceSet(_ variants: PoolRange, _ scratch: inout Scratch) -> Value {
    var set = ByteBuffer(capacity: 512)
    renderer.append(sourceSet: variants, from: page, to: &set)
    return .text(scratch.copy(set.slice))
  }
}

extension Renderer {
  /// The lines under a story's lead picture: the front matter's, else those in the picture's notes.
  func lines(under media: Int, of article: Article) -> (caption: Text, credit: Text) {
    let facts = pictures.facts[media]
    let extras = publication.archive.extras(of: article)
    return (
      extras.imageCaption.isEmpty ? facts.caption : extras.imageCaption,
      extras.imageCredit.isEmpty ? facts.credit : extras.imageCredit
    )
  }

  /// Appends the value of a `srcset`: each file's link from a page, and its width.
  func append(sourceSet variants: PoolRange, from page: Page, to set: inout ByteBuffer) {
    var link = ByteBuffer(capacity: 256)
    for place in variants.indices {
      let variant = pictures.variants[place]
      if place > Int(variants.start) { set.append(", ") }
      link.removeAll()
      if page.kind == .notFound {
        link.append(publication.bytes(rootPath))
        link.append(publication.bytes(variant.path))
      } else {
        link.append(
          linkTo: publication.bytes(variant.path), from: publication.bytes(page.path),
          isFiles: publication.site.permalinks == .files)
      }
      // A comma in a name would end the candidate.
      var url = ByteBuffer(capacity: 256)
      url.append(plainURL: link.slice)
      for offset in 0..<url.count {
        let byte = url.slice[offset]
        if byte == UInt8(ascii: ",") { set.append("%2C") } else { set.append(byte) }
      }
      set.append(" ")
      set.append(number: Int(variant.size.width))
      set.append("w")
    }
  }
}
