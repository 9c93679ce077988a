/// Makes one page after another, for one worker: one model, one machine, one page buffer.
struct PageMaker: ~Copyable {
  private let renderer: Renderer
  /// What is known of the bodies.
  let bodies: BodyTable
  private var model: PageModel
  private var machine: Machine
  private var scratch = Scratch()
  /// The bytes of the page made last.
  private(set) var bytes = ByteBuffer(capacity: 1 << 17)
  /// The fingerprint of the page made last; nil for feeds, and where something had to be said of a
  /// body in it.
  private(set) var fingerprint: UInt64?
  /// Whether the page made or asked for last asked for nothing that its input hash does not cover,
  /// and nothing had to be said of a body in it.
  var isCovered: Bool { model.coverage.isWhole && !model.bodies.lacksDigest }
  /// How many pages were made.
  private(set) var madeCount = 0
  /// What is kept for feeds.
  private let feedParts: FeedParts?
  private var feedWriter: PieceStore.Writer

  /// A maker of a publication's pages.
  ///
  /// - Parameters:
  ///   - renderer: What all pages are made of.
  ///   - bodies: What is known of the bodies; that of the publication's archive where none is given.
  ///   - feedParts: What is kept for feeds; nil where nothing is.
  init(_ renderer: Renderer, bodies: BodyTable? = nil, feedParts: FeedParts? = nil) {
    self.renderer = renderer
    self.bodies = bodies ?? renderer.publication.archive.bodies
    self.feedParts = feedParts
    feedWriter = feedParts?.writer() ?? PieceStore.Writer(PieceStore(nil))
    model = PageModel(renderer, self.bodies, feedParts: feedParts)
    machine = Machine(renderer.program)
  }

  /// Makes a page, feed or sitemap; its bytes are in ``bytes``.
  mutating func make(_ page: Page) {
    madeCount += 1
    write(page)
    // The input hash tells of a feed what there is to tell: its stories and their texts. A fingerprint
    // would take a run of its own.
    fingerprint = page.kind == .feed || model.bodies.lacksDigest ? nil : written(page)
    if let story = model.bodies.wanted { keep(story) }
  }

  /// Keeps what feeds will want of the story whose page was made last.
  private mutating func keep(_ story: Int32) {
    if renderer.keepsItems {
      RSSItem(renderer).write(story, into: &feedWriter.block, &model, &scratch)
    } else {
      feedWriter.block.append(model.bodies.absoluteHTML(of: story, &scratch))
    }
    feedWriter.end(story)
  }

  /// What this maker has kept for feeds, all of it written; it makes no page after that.
  mutating func finishKeeping() -> [(number: Int32, piece: PieceStore.Piece)] {
    feedWriter.finish()
    return feedWriter.kept
  }

  /// The fingerprint of a page: a hash of its bytes with a digest in the place of each body, so that no
  /// file is read and nothing converted.
  ///
  /// A page whose fingerprint is the same as in an earlier build has the same bytes.
  ///
  /// - Returns: nil where a body has to be converted to know.
  mutating func fingerprint(of page: Page) -> UInt64? {
    model.bodies.isDigesting = true
    write(page)
    model.bodies.isDigesting = false
    return model.bodies.lacksDigest ? nil : written(page)
  }

  /// The fingerprint of what was written last.
  private func written(_ page: Page) -> UInt64 {
    var whole = Hash(seed: renderer.program.hash)
    whole.add(UInt64(page.kind.rawValue) << 1 | (page.isText ? 1 : 0))
    var start = 0
    for piece in machine.digested {
      whole.add(Hash.ofMany(bytes.slice(start..<piece.start)))
      whole.add(piece.digest)
      start = piece.end
    }
    whole.add(Hash.ofMany(bytes.slice(start..<bytes.count)))
    // Zero is what records hold of pages whose fingerprint is not known.
    return max(whole.value, 1)
  }

  private mutating func write(_ page: Page) {
    bytes.removeAll()
    scratch.reset()
    machine.forgetDigested()
    model.begin(page)
    switch page.kind {
    case .feed: makeFeed(page)
    case .sitemap:
      Sitemap(renderer).write(part: Int(page.number), into: &bytes, model, &scratch)
    case .newsSitemap: NewsSitemap(renderer).write(into: &bytes, &scratch)
    case .robots: Robots(renderer).write(into: &bytes)
    case .miningRights: Robots(renderer).writeMiningRights(into: &bytes)
    case .article where page.isText, .retracted where page.isText:
      run(.text, [.object(ObjectRef(page.index))])
    case .article: run(.article, [.object(ObjectRef(page.index))])
    case .retracted: run(.retracted, [.object(ObjectRef(page.index))])
    case .standing: run(.page, [.object(ObjectRef(page.index))])
    case .alias:
      let story = renderer.publication.archive.articles[Int(page.index)]
      let target = renderer.publication.filings[Int(page.index)].path
      run(.alias, [model.link(to: target, &scratch), model.text(story.title)])
    case .listing, .undated: makeListing(page)
    case .month: run(.month, [.object(ObjectRef(page.index)), model.days()])
    case .archive: run(.archive, [model.years()])
    case .tags:
      run(.tags, [model.indexes(renderer.publication.editions[Int(page.edition)].tags)])
    case .authors:
      run(.authors, [model.indexes(renderer.publication.editions[Int(page.edition)].authors)])
    case .search: run(.search, [])
    case .front: run(page.isText ? .textfront : .front, [.object(ObjectRef(Int32(page.edition)))])
    case .notFound: run(.notfound, [])
    }
  }

  /// Makes what is put into the search index of a story; it is in ``bytes``.
  mutating func makeSearchText(of story: Int32) {
    bytes.removeAll()
    scratch.reset()
    SearchText(of: story, renderer).write(into: &bytes, &model, &scratch)
  }

  /// A hash of that; nothing is read or converted for it, unless something was said of the story's
  /// body.
  mutating func searchDigest(of story: Int32) -> UInt64 {
    model.bodies.isDigesting = true
    makeSearchText(of: story)
    model.bodies.isDigesting = false
    if model.bodies.lacksDigest { makeSearchText(of: story) }
    return Hash.of(bytes.slice)
  }

  /// What was found wrong while pages were made.
  var diagnostics: [Diagnostic] { model.bodies.diagnostics }

  /// Where the links of the bodies in the pages lead.
  var findings: BodyFindings { model.bodies.findings }

  /// Looks for what is wrong with the body of a story that is not published yet.
  mutating func check(_ story: Int32) { model.bodies.check(story) }

  private mutating func makeListing(_ page: Page) {
    let stories = page.kind == .undated ? model.list([]) : model.listedStories()
    let term = Value.object(ObjectRef(page.index))
    let pager = Value.object(ObjectRef(page.index))
    switch renderer.publication.terms[Int(page.index)].kind {
    case .section:
      run(page.isText ? .textsection : .section, [term, stories, model.listedUndated(), pager])
    case .tag: run(.tag, [term, stories, pager])
    case .author: run(.author, [term, stories, pager])
    }
  }

  private mutating func makeFeed(_ page: Page) {
    switch SiteConfiguration.FeedFormat.allCases[Int(page.format)] {
    case .rss: RSSFeed(page, renderer, feedParts).write(into: &bytes, &model, &scratch)
    case .atom: AtomFeed(page, renderer).write(into: &bytes, &model, &scratch)
    case .json: JSONFeed(page, renderer).write(into: &bytes, &model, &scratch)
    }
  }

  private mutating func run(_ root: NewsRoot, _ arguments: [Value]) {
    let whole = Value.object(ObjectRef(0))
    machine.run(
      root.id, arguments: arguments, globals: [whole, whole, whole], model: &model,
      scratch: &scratch, into: &bytes)
  }
}
