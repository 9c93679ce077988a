import Synchronization

/// Answers what templates ask while a worker makes a page.
///
/// Objects are indexes into the publication: what the two numbers of an ``ObjectRef`` mean is said
/// beside each type's members. Lists that no pool holds are put together in `objects`, which is
/// emptied with each page.
struct PageModel: ~Copyable, TemplateModel {
  /// The lists that the model hands out.
  enum ListKind: UInt16 {
    /// Stories: a run of the publication's `members`, forwards from `owner.a`.
    case members
    /// Stories: a run of `members`, backwards from `owner.a`.
    case membersBackwards
    /// Terms: indexes in a row from `owner.a`.
    case indexes
    /// Tags or authors: a run of `filedUnder` from `owner.a`.
    case filedUnder
    /// Texts: a run of the archive's `texts` from `owner.a`.
    case texts
    /// Things put together for this page: a run of `objects` from `owner.a`.
    case objects
  }

  let renderer: Renderer
  /// Kept beside `renderer`, so that a page does not follow two references for each value.
  let publication: Publication
  /// The page that is being made.
  var page: Page
  /// Its file.
  var path: ByteSlice
  /// The folder of its file, which its links start from.
  private var folder = ByteSlice.empty
  /// The frame that it belongs to: all pages of one kind, edition, folder and section, whose links to
  /// the rest of the site are the same.
  private(set) var frame: UInt64?
  /// What the pages of its edition share.
  private(set) var shared: Renderer.EditionTexts
  /// The dates of its edition.
  private var dates: DateTexts
  /// The moment that was asked for last, and its time in the site's zone.
  private var timedMoment: Moment = 0
  private var time: CivilTime
  /// The interface words of its edition.
  private var words: WordTable
  /// Things put together for this page.
  var objects: [ObjectRef] = []
  /// Lists among them that took some work, and that a page asks for more than once.
  var keptLists: [(member: ArticleMember, story: Int32, value: Value)] = []
  /// Finds related stories.
  var related: RelatedStories
  /// Turns bodies into HTML.
  var bodies: BodyMaker
  /// Watches what the page asks for.
  var coverage: Coverage
  /// The whole text of a story for a feed, as it was made last.
  var feedContent = ByteBuffer(capacity: 1 << 14)
  /// The file of a page's text edition, while its link is made.
  var textPath = ByteBuffer(capacity: 256)
  /// Where structured data is put together.
  var json = ByteBuffer(capacity: 1 << 14)
  /// Has the model stay in its place, as all do that hold an atomic: of a struct that could lie in
  /// registers, the compiler makes a copy, a kilobyte, for each method that is called.
  private let anchor = Atomic<Bool>(false)

  init(_ renderer: Renderer, _ bodies: BodyTable, feedParts: FeedParts? = nil) {
    self.renderer = renderer
    publication = renderer.publication
    page = Page(kind: .front, edition: 0, path: .empty)
    path = .empty
    shared = renderer.texts[0]
    dates = renderer.calendar.dates[0]
    words = renderer.words[0]
    time = publication.zone.civilTime(at: timedMoment)
    related = RelatedStories(storyCount: publication.filings.count)
    self.bodies = BodyMaker(renderer, bodies, feedParts: feedParts)
    coverage = Coverage(renderer)
  }

  /// Turns to another page.
  mutating func begin(_ page: Page) {
    if page.edition != self.page.edition {
      let edition = Int(page.edition)
      shared = renderer.texts[edition]
      dates = renderer.calendar.dates[edition]
      words = renderer.words[edition]
    }
    self.page = page
    path = publication.bytes(page.path)
    folder = path.folder
    frame = makeFrame()
    objects.removeAll(keepingCapacity: true)
    keptLists.removeAll(keepingCapacity: true)
    bodies.beginPage()
    coverage.begin(page)
    fetchFaces(of: coverage.stories)
  }

  /// Has the processor bring what lists print of stories before it is asked for.
  ///
  /// It lies all over the archive: asked for one by one, each would be waited for; of what is fetched
  /// together, the memory brings many at a time.
  func fetchFaces(of stories: [Int32]) {
    guard stories.count > 1 else { return }
    // First what says where the texts lie.
    publication.archive.articles.fetch(stories)
    publication.filings.fetch(stories)
    for story in stories where story >= 0 {
      let place = Int(story)
      publication.bytes(publication.archive.articles[place].title).fetch()
      publication.bytes(publication.archive.articles[place].summary).fetch()
      publication.bytes(publication.filings[place].path).fetch()
    }
  }

  /// The number of the page's frame; nil where something of what its frame shares is its own: a story
  /// that has translations, or that the navigation names, a section's list.
  private func makeFrame() -> UInt64? {
    var section: Int32 = -1
    switch page.kind {
    case .article:
      guard renderer.translations[page.index] == nil,
        !renderer.navigation.contains(where: { $0.article == page.index })
      else { return nil }
      section = filing(page.index).section
    case .listing:
      guard publication.terms[Int(page.index)].kind != .section else { return nil }
    case .month: break
    default: return nil
    }
    var hash = Hash(seed: UInt64(page.kind.rawValue) << 8 | UInt64(page.edition))
    hash.add(page.isText ? 1 : 0)
    hash.add(UInt64(UInt32(bitPattern: section)))
    hash.add(folder)
    return hash.value
  }

  // MARK: - What templates ask

  mutating func value(
    _ member: UInt16, of type: UInt16, _ object: ObjectRef, _ arguments: Arguments,
    _ scratch: inout Scratch
  ) -> Value {
    let type = NewsType(number: type)
    coverage.note(member, of: type, object)
    switch type {
    case .article:
      return article(ArticleMember(number: member), object.a, &scratch)
    case .words: return .text(words.text(Int(member), arguments, &scratch))
    case .site: return site(SiteMember(number: member), &scratch)
    case .page: return pageValue(PageMember(number: member), &scratch)
    case .section:
      return section(SectionMember(number: member), object.a, &scratch)
    case .tag: return tag(TagMember(number: member), object.a, &scratch)
    case .author:
      return author(AuthorMember(number: member), object.a, &scratch)
    case .brief: return brief(BriefMember(number: member), object, &scratch)
    case .image: return image(ImageMember(number: member), object, &scratch)
    case .imageSource:
      return imageSource(ImageSourceMember(number: member), object, &scratch)
    case .correction:
      return correction(CorrectionMember(number: member), object.a)
    case .link: return link(LinkMember(number: member), object, &scratch)
    case .feed: return feed(FeedMember(number: member), object.a, &scratch)
    case .editionLink:
      return editionLink(EditionLinkMember(number: member), object, &scratch)
    case .alternate:
      return alternate(AlternateMember(number: member), object, &scratch)
    case .document:
      return document(DocumentMember(number: member), object.a, &scratch)
    case .front: return front(FrontMember(number: member))
    case .strip: return strip(StripMember(number: member), object)
    case .pager: return pager(PagerMember(number: member), &scratch)
    case .pageLink:
      return pageLink(PageLinkMember(number: member), object, &scratch)
    case .month: return month(MonthMember(number: member), object.a, &scratch)
    case .year: return year(YearMember(number: member), object)
    case .day: return day(DayMember(number: member), object)
    case .fields: return field(Int(member), object.a)
    case .review: return review(ReviewMember(number: member), object.a)
    }
  }

  mutating func element(_ index: Int, of list: ListRef, _ scratch: inout Scratch) -> Value {
    guard let kind = ListKind(rawValue: list.kind) else { return .none }
    let place = Int(list.owner.a)
    switch kind {
    case .members: return .object(ObjectRef(publication.members[place + index]))
    case .membersBackwards: return .object(ObjectRef(publication.members[place - index]))
    case .indexes: return .object(ObjectRef(Int32(place + index)))
    case .filedUnder: return .object(ObjectRef(publication.filedUnder[place + index]))
    case .texts: return .text(publication.bytes(publication.archive.texts[place + index]))
    case .objects: return .object(objects[place + index])
    }
  }

  mutating func formatted(
    _ date: Int64, _ style: DateStyle, _ scratch: inout Scratch
  ) -> ByteSlice {
    dates.text(civilTime(at: date), style, &scratch)
  }

  /// What clocks in the site's zone show at a moment; of the same moment a page mostly prints several
  /// texts, one after the other.
  mutating func civilTime(at moment: Moment) -> CivilTime {
    if moment != timedMoment {
      timedMoment = moment
      time = publication.zone.civilTime(at: moment)
    }
    return time
  }

  func digest(of html: ByteSlice) -> UInt64? { bodies.digest(of: html) }

  // MARK: - What several types share

  /// A text of the metadata, as a value.
  func text(_ text: Text) -> Value { .text(publication.bytes(text)) }

  /// A text of the metadata, or nothing where it is empty.
  func optional(_ text: Text) -> Value {
    text.isEmpty ? .none : .text(publication.bytes(text))
  }

  /// A moment, or nothing where there is none.
  func optional(_ moment: Moment) -> Value { moment == .never ? .none : .date(moment) }

  /// The link from this page to a file of the site.
  func link(to target: Text, _ scratch: inout Scratch) -> Value {
    scratch.begin()
    appendLink(to: publication.bytes(target), &scratch)
    return .text(scratch.end())
  }

  /// The same, or nothing where there is no file.
  func optionalLink(to target: Text, _ scratch: inout Scratch) -> Value {
    target.isEmpty ? .none : link(to: target, &scratch)
  }

  /// Appends the link from this page to a file of the site; `404.html`, which is served at any
  /// depth, links from the root.
  func appendLink(to target: ByteSlice, _ scratch: inout Scratch) {
    if page.kind == .notFound {
      scratch.append(publication.bytes(renderer.rootPath))
      scratch.append(target.withoutIndex)
    } else {
      scratch.append(
        linkTo: target, from: folder, isFiles: publication.site.permalinks == .files)
    }
  }

  /// The address of a file of the site, or nothing where the site has none.
  func url(of target: Text, _ scratch: inout Scratch) -> Value {
    guard !renderer.siteURL.isEmpty, !target.isEmpty else { return .none }
    scratch.begin()
    scratch.append(publication.bytes(renderer.siteURL))
    scratch.append(publication.bytes(target).withoutIndex)
    return .text(scratch.end())
  }

  /// A run of `members`, newest first.
  func backwards(_ range: PoolRange) -> Value {
    let last = Int32(range.start) + Int32(range.count) - 1
    return .list(
      ListRef(
        kind: ListKind.membersBackwards.rawValue, owner: ObjectRef(last), count: Int(range.count)))
  }

  /// Indexes in a row.
  func indexes(_ range: Range<Int>) -> Value {
    .list(
      ListRef(
        kind: ListKind.indexes.rawValue, owner: ObjectRef(Int32(range.lowerBound)),
        count: range.count))
  }

  /// A list put together for this page.
  mutating func list(_ things: some Sequence<ObjectRef>) -> Value {
    let start = objects.count
    objects.append(contentsOf: things)
    return .list(
      ListRef(
        kind: ListKind.objects.rawValue, owner: ObjectRef(Int32(start)),
        count: objects.count - start))
  }

  /// A list of texts of the archive.
  func texts(_ range: PoolRange) -> Value {
    .list(
      ListRef(
        kind: ListKind.texts.rawValue, owner: ObjectRef(Int32(range.start)),
        count: Int(range.count)))
  }

  /// The story at an index.
  @inline(__always) func story(_ index: Int32) -> Article {
    publication.archive.articles[Int(index)]
  }

  /// What few stories have, of the one at an index.
  @inline(__always) func extras(_ index: Int32) -> ArticleExtras {
    publication.archive.extras[Int(publication.archive.articles[Int(index)].extras)]
  }

  /// How the story at an index stands.
  @inline(__always) func filing(_ index: Int32) -> Filing { publication.filings[Int(index)] }
}
