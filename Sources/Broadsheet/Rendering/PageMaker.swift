/// Makes one page after another, for one worker: one model, one machine, one page buffer.
struct PageMaker: ~Copyable {
  private let renderer: Renderer
  private var model: PageModel
  private var machine: Machine
  private var scratch = Scratch()
  /// The bytes of the page made last.
  private(set) var bytes = ByteBuffer(capacity: 1 << 17)

  /// A maker of a publication's pages.
  init(_ renderer: Renderer) {
    self.renderer = renderer
    model = PageModel(renderer)
    machine = Machine(renderer.program)
  }

  /// Makes a page, feed or sitemap; its bytes are in ``bytes``.
  mutating func make(_ page: Page) {
    bytes.removeAll()
    scratch.reset()
    model.begin(page)
    switch page.kind {
    case .feed: makeFeed(page)
    case .sitemap:
      Sitemap(renderer).write(part: Int(page.number), into: &bytes, model, &scratch)
    case .newsSitemap: break
    case .robots: Sitemap(renderer).writeRobots(into: &bytes)
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
    case .front: run(.front, [.object(ObjectRef(Int32(page.edition)))])
    case .notFound: run(.notfound, [])
    }
  }

  /// What was found wrong while pages were made.
  var diagnostics: [Diagnostic] { model.bodies.diagnostics }

  /// Which files of `media` the pages show or link, by index.
  var usedMedia: [Bool] { model.bodies.usedMedia }

  /// The bodies kept for feeds.
  var keptBodies: [(story: Int32, html: Text)] { model.bodies.keptBodies }

  /// Looks for what is wrong with the body of a story that is not published yet.
  mutating func check(_ story: Int32) { model.bodies.check(story) }

  private mutating func makeListing(_ page: Page) {
    let stories = page.kind == .undated ? model.list([]) : model.listedStories()
    let term = Value.object(ObjectRef(page.index))
    let pager = Value.object(ObjectRef(page.index))
    switch renderer.publication.terms[Int(page.index)].kind {
    case .section: run(.section, [term, stories, model.listedUndated(), pager])
    case .tag: run(.tag, [term, stories, pager])
    case .author: run(.author, [term, stories, pager])
    }
  }

  private mutating func makeFeed(_ page: Page) {
    switch SiteConfiguration.FeedFormat.allCases[Int(page.format)] {
    case .rss: RSSFeed(page, renderer).write(into: &bytes, &model, &scratch)
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
