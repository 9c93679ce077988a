/// What templates ask of the site, of the page itself, and of what stories are filed under.
extension PageModel {
  mutating func site(_ member: SiteMember, _ scratch: inout Scratch) -> Value {
    let edition = Int(page.edition)
    switch member {
    case .title: return text(shared.title)
    case .description: return text(shared.description)
    case .language: return text(shared.code)
    case .home: return link(to: publication.editions[edition].frontPath, &scratch)
    case .url: return url(of: publication.editions[edition].frontPath, &scratch)
    case .sections:
      let sections = publication.editions[edition].sections
      return list(
        sections.lazy.filter { [publication] in publication.terms[$0].count > 0 }
          .map { ObjectRef(Int32($0)) })
    case .navigation:
      return list(shared.navigation.indices.lazy.map { ObjectRef(LinkKind.navigation, Int32($0)) })
    case .editions:
      guard publication.editions.count > 1 else { return list([]) }
      return list(
        publication.editions.indices.map { edition in
          ObjectRef(Int32(edition), renderer.counterpart(of: page, in: edition) ?? -1)
        })
    case .tagsLink: return optionalLink(to: publication.editions[edition].tagsPath, &scratch)
    case .authorsLink: return optionalLink(to: publication.editions[edition].authorsPath, &scratch)
    case .archiveLink: return optionalLink(to: publication.editions[edition].archivePath, &scratch)
    case .feeds: return feeds(renderer.feeds.of(edition: edition))
    case .copyright: return optional(shared.copyright)
    case .stylesheet: return link(to: renderer.stylesheet, &scratch)
    case .icon: return optionalLink(to: renderer.icon, &scratch)
    case .tdmReservation:
      return publication.site.aiRights.map { .int($0.reservesMining ? 1 : 0) } ?? .none
    case .textLink:
      return textLink(to: publication.editions[edition].frontPath, ofEdition: edition, &scratch)
    case .searchLink: return optionalLink(to: publication.editions[edition].searchPath, &scratch)
    case .searchFolder: return optionalLink(to: shared.searchFolder, &scratch)
    case .searchParts: return text(shared.searchParts)
    case .searchScript: return optionalLink(to: renderer.searchScript, &scratch)
    case .paperColor: return text(renderer.paperColor)
    case .darkPaperColor: return text(renderer.darkPaperColor)
    }
  }

  /// The term that the page is of, if it is one's.
  private var pageTerm: Term? {
    switch page.kind {
    case .listing, .undated: publication.terms[Int(page.index)]
    default: nil
    }
  }

  mutating func pageValue(_ member: PageMember, _ scratch: inout Scratch) -> Value {
    let edition = Int(page.edition)
    switch member {
    case .kind: return .text(ByteSlice(kindName))
    case .title: return .text(pageTitle(&scratch))
    case .headline: return .text(headline)
    case .description: return pageDescription
    case .url:
      switch page.kind {
      case .notFound: return .none
      case .alias: return url(of: filing(page.index).path, &scratch)
      case .article where !extras(page.index).canonical.isEmpty:
        return text(extras(page.index).canonical)
      case _ where page.isText: return canonicalOfText(&scratch)
      default: return url(of: page.path, &scratch)
      }
    case .language: return text(shared.code)
    case .direction: return text(shared.direction)
    case .isIndexed:
      return .bool(
        page.kind != .retracted && page.kind != .alias && page.kind != .notFound
          && page.kind != .search)
    case .feeds:
      let own = pageTerm == nil ? PoolRange() : renderer.feeds.of(term: Int(page.index))
      return feeds(own.isEmpty ? renderer.feeds.of(edition: edition) : own)
    case .alternates: return alternates()
    case .image:
      guard page.kind == .article else { return .none }
      if filing(page.index).image >= 0 { return .object(ObjectRef(page.index)) }
      return filing(page.index).card.isEmpty
        ? .none : .object(ObjectRef(page.index, Self.cardMark))
    case .openGraphType: return .text(ByteSlice(page.kind == .article ? "article" : "website"))
    case .trail: return trail()
    case .structuredData: return .text(pageStructuredData(&scratch))
    case .textLink: return textOfThisPage(&scratch)
    case .wholeLink: return wholeOfThisPage(&scratch)
    case .isText: return .bool(page.isText)
    case .section:
      if let term = pageTerm {
        return term.kind == .section ? .object(ObjectRef(page.index)) : .none
      }
      guard page.kind == .article || page.kind == .retracted else { return .none }
      let section = filing(page.index).section
      return section >= 0 ? .object(ObjectRef(section)) : .none
    }
  }

  private var kindName: StaticString {
    switch page.kind {
    case .article: "article"
    case .retracted: "retracted"
    case .standing: "page"
    case .alias: "alias"
    case .listing, .undated:
      switch publication.terms[Int(page.index)].kind {
      case .section: "section"
      case .tag: "tag"
      case .author: "author"
      }
    case .month: "month"
    case .archive: "archive"
    case .tags: "tags"
    case .authors: "authors"
    case .front: "front"
    case .search: "search"
    default: "notfound"
    }
  }

  /// The page's own name.
  var headline: ByteSlice {
    switch page.kind {
    case .article, .standing, .alias: publication.bytes(story(page.index).title)
    case .retracted: publication.bytes(shared.retracted)
    case .listing, .undated: publication.bytes(publication.terms[Int(page.index)].name)
    case .month:
      publication.bytes(renderer.calendar.name(of: publication.months[Int(page.index)]).full)
    case .archive: publication.bytes(shared.archive)
    case .tags: publication.bytes(shared.tags)
    case .authors: publication.bytes(shared.authors)
    case .search: publication.bytes(shared.search)
    case .notFound: publication.bytes(shared.notFound)
    default: publication.bytes(shared.title)
    }
  }

  private func pageTitle(_ scratch: inout Scratch) -> ByteSlice {
    guard page.kind != .front else { return publication.bytes(shared.title) }
    scratch.begin()
    if page.kind == .article, !extras(page.index).pageTitle.isEmpty {
      let title = publication.bytes(extras(page.index).pageTitle)
      // A page's title as it was copied mostly names the paper already.
      if title.string.contains(publication.bytes(shared.title).string) { return title }
      scratch.append(title)
    } else {
      scratch.append(headline)
    }
    if page.kind == .listing, let term = pageTerm, page.number != pageCount(of: term) {
      scratch.append(" – ")
      scratch.append(number: Int(page.number))
    } else if page.kind == .undated {
      scratch.append(" – ")
      scratch.append(publication.bytes(shared.undated))
    }
    scratch.append(" – ")
    scratch.append(publication.bytes(shared.title))
    return scratch.end()
  }

  private var pageDescription: Value {
    switch page.kind {
    case .article, .standing: optional(story(page.index).summary)
    case .listing, .undated: optional(publication.terms[Int(page.index)].description)
    case .front: optional(shared.description)
    default: .none
    }
  }

  /// How many numbered pages a term has.
  func pageCount(of term: Term) -> Int { Pagination(count: Int(term.stories.count)).pageCount }

  // MARK: - Sections, tags, authors

  /// A section is the index of its term.
  mutating func section(
    _ member: SectionMember, _ index: Int32, _ scratch: inout Scratch
  ) -> Value {
    let place = Int(index)
    var terms: [Term] { publication.terms }
    switch member {
    case .name: return text(terms[place].name)
    case .slug: return text(terms[place].slug)
    case .description: return optional(terms[place].description)
    case .link: return link(to: terms[place].path, &scratch)
    case .textLink:
      return textLink(
        to: terms[place].path, ofEdition: Int(terms[place].edition), &scratch)
    case .url: return url(of: terms[place].path, &scratch)
    case .count: return .int(terms[place].count)
    case .stories: return backwards(terms[place].stories)
    case .feeds: return feeds(renderer.feeds.of(term: place))
    case .isCurrent:
      switch page.kind {
      case .listing, .undated: return .bool(page.index == index)
      case .article, .retracted: return .bool(filing(page.index).section == index)
      default: return .bool(false)
      }
    }
  }

  /// A tag is the index of its term.
  mutating func tag(_ member: TagMember, _ index: Int32, _ scratch: inout Scratch) -> Value {
    let place = Int(index)
    var terms: [Term] { publication.terms }
    switch member {
    case .name: return text(terms[place].name)
    case .slug: return text(terms[place].slug)
    case .description: return optional(terms[place].description)
    case .link: return link(to: terms[place].path, &scratch)
    case .url: return url(of: terms[place].path, &scratch)
    case .count: return .int(terms[place].count)
    case .stories: return backwards(terms[place].stories)
    case .feeds: return feeds(renderer.feeds.of(term: place))
    }
  }

  /// An author is the index of its term.
  mutating func author(_ member: AuthorMember, _ index: Int32, _ scratch: inout Scratch) -> Value {
    let place = Int(index)
    var terms: [Term] { publication.terms }
    switch member {
    case .name: return text(terms[place].name)
    case .slug: return text(terms[place].slug)
    case .role: return optional(terms[place].role)
    case .bio: return optional(terms[place].description)
    case .email: return optional(terms[place].email)
    case .mail:
      guard !terms[place].email.isEmpty else { return .none }
      scratch.begin()
      scratch.append("mailto:")
      scratch.append(publication.bytes(terms[place].email))
      return .text(scratch.end())
    case .link: return link(to: terms[place].path, &scratch)
    case .url: return url(of: terms[place].path, &scratch)
    case .count: return .int(terms[place].count)
    case .stories: return backwards(terms[place].stories)
    case .feeds: return feeds(renderer.feeds.of(term: place))
    }
  }

  // MARK: - Links

  /// What the first number of a link says; the second is an index of that kind.
  enum LinkKind {
    /// A link of the navigation, by its index.
    static let navigation: Int32 = 0
    /// The front page of this edition.
    static let front: Int32 = 1
    /// A section, tag or author, by its term.
    static let term: Int32 = 2
    /// The list of tags.
    static let tags: Int32 = 3
    /// The list of authors.
    static let authors: Int32 = 4
    /// The archive by month.
    static let archive: Int32 = 5
  }

  func link(_ member: LinkMember, _ object: ObjectRef, _ scratch: inout Scratch) -> Value {
    let edition = Int(page.edition)
    let title: Text
    let target: Text
    switch object.a {
    case LinkKind.navigation:
      let entry = renderer.navigation[Int(object.b)]
      title = entry.title
      guard entry.article >= 0 else {
        switch member {
        case .title: return text(title)
        case .link: return text(entry.address)
        case .isCurrent: return .bool(false)
        }
      }
      target = filing(entry.article).path
    case LinkKind.term:
      title = publication.terms[Int(object.b)].name
      target = publication.terms[Int(object.b)].path
    case LinkKind.tags: (title, target) = (shared.tags, publication.editions[edition].tagsPath)
    case LinkKind.authors:
      (title, target) = (shared.authors, publication.editions[edition].authorsPath)
    case LinkKind.archive:
      (title, target) = (shared.archive, publication.editions[edition].archivePath)
    default: (title, target) = (shared.front, publication.editions[edition].frontPath)
    }
    switch member {
    case .title: return text(title)
    case .link: return link(to: target, &scratch)
    case .isCurrent: return .bool(target == page.path || publication.bytes(target) == path)
    }
  }

  /// The pages above this one, from the front page down.
  private mutating func trail() -> Value {
    guard page.kind != .front, page.kind != .notFound else { return list([]) }
    var links = [ObjectRef(LinkKind.front, 0)]
    switch page.kind {
    case .article, .retracted, .alias:
      let section = filing(page.index).section
      if section >= 0 { links.append(ObjectRef(LinkKind.term, section)) }
    case .listing, .undated:
      let term = publication.terms[Int(page.index)]
      if term.kind == .tag { links.append(ObjectRef(LinkKind.tags, 0)) }
      if term.kind == .author { links.append(ObjectRef(LinkKind.authors, 0)) }
      let isNewest = page.kind == .listing && Int(page.number) == pageCount(of: term)
      if !isNewest { links.append(ObjectRef(LinkKind.term, page.index)) }
    case .month: links.append(ObjectRef(LinkKind.archive, 0))
    default: break
    }
    return list(links)
  }

  /// A feed is the index of its page.
  func feed(_ member: FeedMember, _ index: Int32, _ scratch: inout Scratch) -> Value {
    let feed = publication.pages[Int(index)]
    switch member {
    case .title:
      scratch.begin()
      scratch.append(feedTitleOf: feed, renderer)
      return .text(scratch.end())
    case .link: return link(to: feed.path, &scratch)
    case .url: return url(of: feed.path, &scratch)
    case .type:
      return .text(ByteSlice(SiteConfiguration.FeedFormat.allCases[Int(feed.format)].mediaType))
    }
  }

  private mutating func feeds(_ range: PoolRange) -> Value {
    list(range.indices.lazy.map { [renderer] in ObjectRef(renderer.feeds[$0]) })
  }
}
