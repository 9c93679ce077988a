/// Watches that a page asks for nothing which its input hash does not cover.
///
/// All that templates ask comes by here. What is not known to be covered is not: a page that asks for
/// it has no input hash, and its fingerprint is taken each time.
struct Coverage {
  /// Whether all that was asked so far is covered.
  private(set) var isWhole = false
  private let publication: Publication
  private let renderer: Renderer
  private let expansions: Expansions
  /// The members of a story that only its own page may ask for, a bit for each.
  private let ownMembers: UInt64
  private var page: Page
  /// The stories whose faces the input hash covers.
  private(set) var stories: [Int32] = []
  /// The story that was asked for last; -1 where none was.
  private var lastStory: Int32 = -1
  /// Where it stands among those covered.
  private var cursor = 0
  /// The tag or author that was found covered last.
  private var covered: Int32 = -1

  /// A watch that knows of no page yet.
  init(_ renderer: Renderer) {
    self.renderer = renderer
    publication = renderer.publication
    expansions = Expansions(renderer.program)
    page = Page(kind: .front, edition: 0, path: .empty)
    let own = ArticleMember.allCases.filter { Expansions($0) != nil || $0 == .body }
    precondition(ArticleMember.allCases.count <= 64)
    ownMembers = own.reduce(0) { $0 | 1 << UInt64($1.rawValue) }
  }

  /// Turns to another page.
  mutating func begin(_ page: Page) {
    self.page = page
    lastStory = -1
    cursor = 0
    covered = -1
    stories.removeAll(keepingCapacity: true)
    isWhole = true
    switch page.kind {
    case .article, .standing, .retracted, .alias:
      stories.append(page.index)
      publication.forEachStory(near: page.index, expansions, renderer) { stories.append($0) }
    case .listing, .undated:
      let term = publication.terms[Int(page.index)]
      for place in publication.stories(listedOn: page).indices.reversed() {
        stories.append(publication.members[place])
      }
      for place in term.undated.indices { stories.append(publication.members[place]) }
    case .month:
      for place in publication.months[Int(page.index)].stories.indices.reversed() {
        stories.append(publication.members[place])
      }
    // Feeds do not ask by here: they print of a story what its face and its text cover.
    case .feed: break
    case .archive, .tags, .authors, .search, .front, .notFound, .sitemap, .newsSitemap, .robots,
      .miningRights:
      isWhole = false
    }
  }

  /// Adds stories that were found to be related to the page's own, which its input hash covers.
  mutating func add(related: [Int32]) { if isWhole { stories += related } }

  /// Notes that a member of an object was asked for.
  @inline(__always) mutating func note(_ member: UInt16, of type: NewsType, _ object: ObjectRef) {
    switch type {
    case .site, .page, .words: return
    case .article where object.a == lastStory && !isOwn(member): return
    default: if isWhole { isWhole = covers(member, of: type, object) }
    }
  }

  /// Whether only a story's own page may ask for a member of it.
  @inline(__always) private func isOwn(_ member: UInt16) -> Bool {
    ownMembers >> UInt64(member) & 1 == 1
  }

  private mutating func covers(
    _ member: UInt16, of type: NewsType, _ object: ObjectRef
  ) -> Bool {
    switch type {
    case .site, .page, .words, .link, .editionLink, .alternate, .pager, .pageLink, .day,
      .correction, .brief:
      return true
    case .article:
      return isOwn(member) ? object.a == page.index && isOwnPage : holds(object.a)
    case .image, .fields: return holds(object.a)
    case .review: return holds(object.b)
    // It is asked of an image, which is covered.
    case .imageSource: return true
    case .document: return object.a == page.index && isOwnPage
    case .section: return covers(SectionMember(number: member), object.a)
    case .tag:
      let member = TagMember(number: member)
      return covers(object.a, isCount: member == .count, isList: member == .stories)
    case .author:
      let member = AuthorMember(number: member)
      return covers(object.a, isCount: member == .count, isList: member == .stories)
    case .feed:
      let term = publication.pages[Int(object.a)].index
      return term < 0 || covers(term, isCount: false, isList: false)
    case .month: return page.kind == .month && object.a == page.index
    case .year, .front, .strip: return false
    }
  }

  private var isOwnPage: Bool { page.kind == .article || page.kind == .standing }

  /// Whether a story is one of those covered.
  private mutating func holds(_ story: Int32) -> Bool {
    guard let place = place(of: story) else { return false }
    cursor = place
    lastStory = story
    return true
  }

  /// Where a story stands among those covered; most often it is that asked for last, or the next.
  private func place(of story: Int32) -> Int? {
    if cursor < stories.count, stories[cursor] == story { return cursor }
    if cursor + 1 < stories.count, stories[cursor + 1] == story { return cursor + 1 }
    return stories.firstIndex(of: story)
  }

  private mutating func covers(_ member: SectionMember, _ term: Int32) -> Bool {
    covers(term, isCount: member == .count, isList: member == .stories)
  }

  /// Whether what is asked of a term is covered: sections by what all pages share, other terms by the
  /// stories filed under them.
  private mutating func covers(_ term: Int32, isCount: Bool, isList: Bool) -> Bool {
    if isList { return false }
    if term == covered, !isCount { return true }
    let isListed = page.kind == .listing || page.kind == .undated
    if isListed, term == page.index { return true }
    if isCount { return false }
    if publication.terms[Int(term)].kind == .section { return true }
    // A story's tags are asked for one after the other: it is most often that asked for last.
    if cursor < stories.count, isFiled(stories[cursor], under: term) {
      covered = term
      return true
    }
    guard stories.contains(where: { isFiled($0, under: term) }) else { return false }
    covered = term
    return true
  }

  private func isFiled(_ story: Int32, under term: Int32) -> Bool {
    guard story >= 0 else { return false }
    let place = Int(story)
    return publication.filings[place].tags.indices.contains { publication.filedUnder[$0] == term }
      || publication.filings[place].authors.indices.contains {
        publication.filedUnder[$0] == term
      }
  }
}
