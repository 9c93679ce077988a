/// What templates ask of stories; an article, a document and an image are the index of a story.
extension PageModel {
  /// How many words a reader reads in a minute.
  private static let wordsPerMinute = 230
  /// How many ledes stand in the section block.
  static let ledeCount = 4

  mutating func article(
    _ member: ArticleMember, _ index: Int32, _ scratch: inout Scratch
  ) -> Value {
    // Each member reads what it needs in its place: a copy of the story would be of all of it.
    let place = Int(index)
    var articles: [Article] { publication.archive.articles }
    var filings: [Filing] { publication.filings }
    switch member {
    case .title: return text(articles[place].title)
    case .pageTitle:
      return text(
        extras(index).pageTitle.isEmpty ? articles[place].title : extras(index).pageTitle)
    case .link: return link(to: filings[place].path, &scratch)
    case .textLink:
      guard articles[place].kind != .standing else { return .none }
      return textLink(
        to: filings[place].path, ofEdition: Int(articles[place].language), &scratch)
    case .url: return url(of: filings[place].path, &scratch)
    case .id: return text(articles[place].id)
    case .section: return .object(ObjectRef(filings[place].section))
    case .kicker: return optional(articles[place].kicker)
    case .dateline: return optional(extras(index).dateline)
    case .summary: return text(articles[place].summary)
    case .standfirst:
      return articles[place].traits.contains(.givenSummary)
        ? optional(articles[place].summary) : .none
    case .body: return .text(bodies.html(of: index, on: page, &scratch))
    case .authors: return filedUnder(filings[place].authors)
    case .tags: return filedUnder(filings[place].tags)
    case .date: return optional(articles[place].date == .never ? .never : articles[place].instant)
    case .hasTime:
      return .bool(
        articles[place].traits.contains(.dateHasTime)
          || articles[place].instant != articles[place].date)
    case .updated: return optional(articles[place].updated)
    case .updatedHasTime: return .bool(articles[place].traits.contains(.updatedHasTime))
    case .image: return filings[place].image >= 0 ? .object(ObjectRef(index)) : .none
    case .corrections: return corrections(extras(index).corrections) { _ in true }
    case .materialCorrections: return corrections(extras(index).corrections) { $0.isMaterial }
    case .otherCorrections: return corrections(extras(index).corrections) { !$0.isMaterial }
    case .sources: return texts(extras(index).sources)
    case .wordCount: return .int(Int(articles[place].wordCount))
    case .readingMinutes: return .int(max(1, Int(articles[place].wordCount) / Self.wordsPerMinute))
    case .priority:
      return articles[place].priority == 0 ? .none : .int(Int(articles[place].priority))
    case .previous: return neighbour(of: index, by: -1)
    case .next: return neighbour(of: index, by: 1)
    case .related:
      return kept(.related, of: index) { model in
        model.related.find(for: index, in: model.publication)
        model.coverage.add(related: model.related.found)
        model.fetchFaces(of: model.related.found)
        return model.list(model.related.found.lazy.map { ObjectRef($0) })
      }
    case .more: return kept(.more, of: index) { model in model.more(index) }
    case .reviewLink: return reviewLink(articles[place].title, &scratch)
    case .reviewForm: return reviewForm()
    case .reviews: return reviews(of: index)
    case .reviewCount: return .int(Int(publication.reviews[index]?.count ?? 0))
    case .averageStars: return averageStars(of: index, &scratch)
    case .reason: return optional(extras(index).reason)
    case .structuredData: return .text(structuredData(of: index, &scratch))
    case .language: return text(renderer.texts[Int(articles[place].language)].code)
    case .direction: return text(renderer.texts[Int(articles[place].language)].direction)
    case .translations:
      let others = renderer.translations[index] ?? []
      return list(
        others.lazy.filter { $0 != index }.map { [self_ = publication] in
          ObjectRef(Int32(self_.archive.articles[Int($0)].language), $0)
        })
    case .canonical: return optional(extras(index).canonical)
    case .fields: return .object(ObjectRef(index))
    case .isWire: return .bool(articles[place].kind == .wire)
    case .isDraft:
      return .bool(articles[place].status == .draft || articles[place].instant > publication.now)
    }
  }

  private func filedUnder(_ range: PoolRange) -> Value {
    .list(
      ListRef(
        kind: ListKind.filedUnder.rawValue, owner: ObjectRef(Int32(range.start)),
        count: Int(range.count)))
  }

  private mutating func corrections(
    _ range: PoolRange, where isWanted: (Correction) -> Bool
  ) -> Value {
    let corrections = publication.archive.corrections
    return list(
      range.indices.filter { isWanted(corrections[$0]) }
        .sorted { corrections[$0].date < corrections[$1].date }.map { ObjectRef(Int32($0)) })
  }

  /// Gives a list of the page's own story, put together when the page first asks for it.
  private mutating func kept(
    _ list: ArticleMember, of index: Int32, _ make: (inout PageModel) -> Value
  ) -> Value {
    if let known = keptLists.first(where: { $0.member == list && $0.story == index }) {
      return known.value
    }
    let value = make(&self)
    keptLists.append((list, index, value))
    return value
  }

  private func neighbour(of index: Int32, by step: Int) -> Value {
    let rank = publication.filings[Int(index)].sectionRank
    guard rank >= 0 else { return .none }
    let stories = publication.terms[Int(publication.filings[Int(index)].section)].stories
    let place = Int(rank) + step
    guard place >= 0, place < Int(stories.count) else { return .none }
    return .object(ObjectRef(publication.members[Int(stories.start) + place]))
  }

  /// The section block: a wire file's own briefs, or ledes of the section's stories.
  ///
  /// A brief is (the index of its text, the story whose lede it is or -1), a lede (-1, its story).
  private mutating func more(_ index: Int32) -> Value {
    let briefs = extras(index).briefs
    if !briefs.isEmpty {
      return list(
        briefs.indices.map { place in
          ObjectRef(Int32(place), bodies.storyOfLede(publication.archive.texts[place]) ?? -1)
        })
    }
    let filing = filing(index)
    guard filing.section >= 0 else { return list([]) }
    let stories = publication.terms[Int(filing.section)].stories
    let count = Int(stories.count)
    // An undated story has no place among the others: it gets the newest.
    let isLatest = publication.site.more == .latest || filing.sectionRank < 0
    var found: [ObjectRef] = []
    var place = (isLatest ? count : Int(filing.sectionRank)) - 1
    while place >= 0, found.count < Self.ledeCount {
      let other = publication.members[Int(stories.start) + place]
      if other != index { found.append(ObjectRef(-1, other)) }
      place -= 1
    }
    return list(found)
  }

  mutating func brief(_ member: BriefMember, _ object: ObjectRef, _ scratch: inout Scratch) -> Value
  {
    switch member {
    case .text:
      return object.a >= 0
        ? text(publication.archive.texts[Int(object.a)]) : text(story(object.b).summary)
    case .title: return object.b >= 0 ? text(story(object.b).title) : .none
    case .link: return object.b >= 0 ? link(to: filing(object.b).path, &scratch) : .none
    }
  }

  private func reviewLink(_ title: Text, _ scratch: inout Scratch) -> Value {
    let address = publication.bytes(renderer.reviewAddress)
    guard !address.isEmpty else { return .none }
    guard !address.isWebAddress else { return .text(address) }
    scratch.begin()
    scratch.append("mailto:")
    scratch.append(address)
    scratch.append("?subject=")
    scratch.append(urlPart: publication.bytes(title))
    return .text(scratch.end())
  }

  /// A correction is an index into the archive's corrections.
  func correction(_ member: CorrectionMember, _ index: Int32) -> Value {
    let correction = publication.archive.corrections[Int(index)]
    switch member {
    case .date: return .date(correction.date)
    case .hasTime: return .bool(correction.dateHasTime)
    case .text: return text(correction.text)
    case .isMaterial: return .bool(correction.isMaterial)
    }
  }

  mutating func document(
    _ member: DocumentMember, _ index: Int32, _ scratch: inout Scratch
  ) -> Value {
    let article = story(index)
    switch member {
    case .title: return text(article.title)
    case .body: return .text(bodies.html(of: index, on: page, &scratch))
    case .summary:
      return article.traits.contains(.givenSummary) ? optional(article.summary) : .none
    case .updated: return optional(article.updated)
    }
  }

  func field(_ member: Int, _ index: Int32) -> Value {
    let values = extras(index).fields
    guard member < Int(values.count) else { return .none }
    switch publication.archive.fieldValues[Int(values.start) + member] {
    case .none: return .none
    case .text(let value): return text(value)
    case .int(let number): return .int(number)
    case .bool(let isTrue): return .bool(isTrue)
    case .date(let moment): return .date(moment)
    }
  }
}

extension Scratch {
  /// Appends text as a part of a URL, percent-encoded (RFC 3986, section 2.3).
  mutating func append(urlPart text: ByteSlice) {
    var part = ByteBuffer(capacity: text.count * 3)
    part.append(urlPart: text)
    append(part.slice)
  }
}
