/// Hashes of what pages are made of, without asking what they print of it.
///
/// To take the fingerprint of a page is to run its templates; to take its input hash is to join a few
/// numbers. The input hash of an article covers all of the story, of the stories before and after
/// it in its section, of those that its section block and its related stories are chosen from, and
/// of what it is filed under; that of a listing covers its stories; each covers what all pages
/// share. It covers more than the page prints, so it may change where the page does not, and then
/// the fingerprint tells. A page that prints something which its input hash does not cover has none:
/// see ``Coverage``.
final class InputHashes: Sendable {
  /// How many stories before one its related stories are chosen from, a tag.
  private static let window = RelatedStories.window

  private let renderer: Renderer
  private let publication: Publication
  /// What templates ask of a story that leads to other stories.
  private let expansions: Expansions
  /// What all pages share.
  private let whole: UInt64
  /// What is printed of each section, tag and author, but for its numbers.
  private let terms: [UInt64]
  /// What is printed of each story, but for its text.
  private let faces: [UInt64]
  /// What each story's related stories are chosen from.
  private let relations: [UInt64]

  /// Takes the hashes of a publication's stories and terms.
  ///
  /// - Parameters:
  ///   - renderer: What all pages are made of.
  ///   - inputs: The hash of the theme, the settings and the options.
  ///   - jobs: How many threads work.
  init(_ renderer: Renderer, inputs: UInt64, jobs: Int) {
    self.renderer = renderer
    let publication = renderer.publication
    self.publication = publication
    let expansions = Expansions(renderer.program)
    self.expansions = expansions
    let terms = publication.terms.map { Self.hash(of: $0, publication) }
    self.terms = terms
    whole = Self.shared(renderer, terms, inputs)
    let count = publication.filings.count
    var faces = [UInt64](repeating: 0, count: count)
    faces.withSlots { faces in
      _ = inParallel(count, width: jobs, batch: 256) { _, batches in
        while let range = batches.take() {
          for index in range { faces[index] = Self.face(of: Int32(index), renderer, terms) }
        }
      }
    }
    self.faces = faces
    relations =
      expansions.contains(.related) ? Self.relations(publication, terms, faces, jobs: jobs) : []
  }

  /// The input hash of a page.
  ///
  /// - Parameters:
  ///   - page: The page.
  ///   - bodies: What is known of the stories' texts.
  /// - Returns: nil for pages of which there are few, and for those that print a text which has to be
  ///   converted.
  func hash(of page: Page, _ bodies: BodyTable) -> UInt64? {
    var hash = Hash(seed: whole)
    hash.add(UInt64(page.kind.rawValue) << 32 | UInt64(UInt32(bitPattern: page.number)))
    hash.add(page.isText ? 1 : 0)
    switch page.kind {
    case .article, .standing:
      guard let text = text(of: page.index, bodies) else { return nil }
      hash.add(text)
      addStory(page.index, to: &hash)
    case .retracted, .alias: addStory(page.index, to: &hash)
    case .listing, .undated: addListing(page, to: &hash)
    case .month:
      let month = publication.months[Int(page.index)]
      hash.add(UInt64(month.stories.count))
      addFaces(month.stories, to: &hash)
    case .feed:
      if page.index >= 0 { hash.add(terms[Int(page.index)]) }
      hash.add(UInt64(page.format))
      for place in publication.feedStories(of: page).indices {
        let story = publication.members[place]
        guard let text = text(of: story, bodies) else { return nil }
        hash.add(faces[Int(story)])
        hash.add(text)
      }
    case .archive, .tags, .authors, .search, .front, .notFound, .sitemap, .newsSitemap, .robots,
      .miningRights:
      return nil
    }
    return max(hash.value, OutputFile.firstInputs)
  }

  private func text(of story: Int32, _ bodies: BodyTable) -> UInt64? {
    let path = publication.filings[Int(story)].path
    return bodies.digest(of: story, on: publication.bytes(path), renderer)
  }

  private func addStory(_ story: Int32, to hash: inout Hash) {
    hash.add(faces[Int(story)])
    publication.forEachStory(near: story, expansions, renderer) { other in
      hash.add(other < 0 ? 0 : faces[Int(other)])
    }
    if !relations.isEmpty { hash.add(relations[Int(story)]) }
  }

  private func addListing(_ page: Page, to hash: inout Hash) {
    let term = publication.terms[Int(page.index)]
    hash.add(terms[Int(page.index)])
    hash.add(UInt64(term.stories.count) << 32 | UInt64(term.undated.count))
    hash.add(publication.bytes(term.undatedPath))
    addFaces(publication.stories(listedOn: page), to: &hash)
    addFaces(term.undated, to: &hash)
  }

  private func addFaces(_ stories: PoolRange, to hash: inout Hash) {
    for place in stories.indices { hash.add(faces[Int(publication.members[place])]) }
  }
}

// MARK: - What the hashes are made of

extension InputHashes {
  private static func hash(of term: Term, _ publication: Publication) -> UInt64 {
    var hash = Hash(seed: UInt64(term.kind.rawValue))
    for text in [term.slug, term.name, term.description, term.role, term.email, term.path] {
      hash.add(publication.bytes(text))
    }
    // A term with dated stories has a feed.
    hash.add(term.stories.isEmpty ? 0 : 1)
    return hash.value
  }

  /// What all pages may print: the site's texts and settings, the navigation, the sections.
  private static func shared(
    _ renderer: Renderer, _ terms: [UInt64], _ inputs: UInt64
  ) -> UInt64 {
    let publication = renderer.publication
    var hash = Hash(seed: inputs)
    hash.add(renderer.program.hash)
    for text in [renderer.stylesheet, renderer.icon, renderer.logo] {
      hash.add(publication.bytes(text))
    }
    for link in renderer.navigation {
      hash.add(UInt64(link.edition))
      hash.add(publication.bytes(link.title))
      let page = link.article < 0 ? link.address : publication.filings[Int(link.article)].path
      hash.add(publication.bytes(page))
    }
    for edition in publication.editions {
      for text in [
        edition.frontPath, edition.tagsPath, edition.authorsPath, edition.archivePath,
        edition.searchPath,
      ] {
        hash.add(publication.bytes(text))
      }
      hash.add(edition.stories.isEmpty ? 0 : 1)
      for section in edition.sections {
        hash.add(terms[section])
        hash.add(publication.terms[section].count == 0 ? 0 : 1)
      }
    }
    return hash.value
  }

  /// What may be printed of a story, but for its text: what its file holds, where it stands, and what
  /// it is filed under.
  private static func face(
    of story: Int32, _ renderer: Renderer, _ terms: [UInt64]
  ) -> UInt64 {
    let publication = renderer.publication
    let article = publication.archive.articles[Int(story)]
    let filing = publication.filings[Int(story)]
    var hash = Hash(seed: publication.archive.bodies.notes[Int(story)].source)
    hash.add(publication.bytes(publication.archive.files[Int(article.file)].path))
    hash.add(publication.bytes(filing.path))
    let isAhead = article.instant > publication.now
    hash.add(UInt64(filing.state.rawValue) << 1 | (isAhead ? 1 : 0))
    if filing.image >= 0 {
      hash.add(publication.bytes(publication.archive.media[Int(filing.image)].path))
      hash.add(renderer.pictures.shown[Int(filing.image)].hash)
    }
    if let reviews = publication.reviews[story] { hash.add(reviews.hash) }
    if !filing.card.isEmpty { hash.add(publication.bytes(filing.card)) }
    if filing.section >= 0 { hash.add(terms[Int(filing.section)]) }
    for place in filing.tags.indices { hash.add(terms[Int(publication.filedUnder[place])]) }
    hash.add(UInt64(filing.tags.count))
    for place in filing.authors.indices { hash.add(terms[Int(publication.filedUnder[place])]) }
    return hash.value
  }

  /// What the related stories of each story are chosen from: for each tag, how many stories it had
  /// before, and the last of them.
  ///
  /// The stories of a window are joined as the digits of a number are, so that a window is had from
  /// the one before it by one step.
  private static func relations(
    _ publication: Publication, _ terms: [UInt64], _ faces: [UInt64], jobs: Int
  ) -> [UInt64] {
    let base: UInt64 = 0x9E37_79B9_7F4A_7C15
    let top = (0..<window).reduce(UInt64(1)) { power, _ in power &* base }
    let tags = publication.terms.indices.filter { publication.terms[$0].kind == .tag }
    // What tags add to a story is summed up in any order. Each worker has a sum of its own for all stories,
    // so that there are to be few of them.
    let shares = inParallel(tags.count, width: min(jobs, 4), batch: 8) { _, batches in
      var relations = [UInt64](repeating: 0, count: faces.count)
      while let range = batches.take() {
        for index in tags[range] {
          let stories = publication.terms[index].stories
          let start = Int(stories.start)
          var digits: UInt64 = 0
          for place in 0..<Int(stories.count) {
            let story = Int(publication.members[start + place])
            var hash = Hash(seed: terms[index])
            hash.add(UInt64(place))
            hash.add(digits)
            relations[story] &+= hash.value
            digits = digits &* base &+ faces[story]
            if place >= window {
              digits &-= top &* faces[Int(publication.members[start + place - window])]
            }
          }
        }
      }
      return relations
    }
    return shares.dropFirst().reduce(into: shares[0]) { sum, share in
      for story in sum.indices { sum[story] &+= share[story] }
    }
  }
}

/// What templates ask of a story that leads to other stories.
struct Expansions: OptionSet {
  let rawValue: Int
  static let previous = Expansions(rawValue: 1)
  static let next = Expansions(rawValue: 2)
  static let related = Expansions(rawValue: 4)
  static let more = Expansions(rawValue: 8)
  static let translations = Expansions(rawValue: 16)

  /// No member by its number.
  init(rawValue: Int) { self.rawValue = rawValue }

  /// What a program's templates ask, wherever they do.
  init(_ program: Program) {
    self = []
    for operation in program.listing {
      switch operation {
      case .printMember(_, _, NewsType.article.rawValue, let member),
        .member(_, _, NewsType.article.rawValue, let member),
        .memberWith(_, _, NewsType.article.rawValue, let member, _, _):
        if let member = ArticleMember(rawValue: Int(member)), let expansion = Expansions(member) {
          insert(expansion)
        }
      default: break
      }
    }
  }

  /// What a member leads to; nil for one that leads to no story.
  init?(_ member: ArticleMember) {
    switch member {
    case .previous: self = .previous
    case .next: self = .next
    case .related: self = .related
    case .more: self = .more
    case .translations: self = .translations
    default: return nil
    }
  }
}

extension Publication {
  /// The stories of a listing page, oldest first: a run of `members`.
  func stories(listedOn page: Page) -> PoolRange {
    guard page.kind == .listing else { return PoolRange() }
    let stories = terms[Int(page.index)].stories
    let places = Pagination(count: Int(stories.count)).places(ofPage: Int(page.number))
    return PoolRange(
      start: stories.start + UInt32(places.lowerBound), count: UInt32(places.count))
  }

  /// Hands the stories that a story's page may name, but for related ones, to a closure: those before
  /// and after it, those of its section block, its translations; -1 where one is missing.
  func forEachStory(
    near story: Int32, _ expansions: Expansions, _ renderer: Renderer, _ visit: (Int32) -> Void
  ) {
    let filing = filings[Int(story)]
    if filing.section >= 0 {
      let stories = terms[Int(filing.section)].stories
      let count = Int(stories.count)
      func visitPlace(_ place: Int) {
        visit(place >= 0 && place < count ? members[Int(stories.start) + place] : -1)
      }
      let rank = Int(filing.sectionRank)
      if rank >= 0, expansions.contains(.previous) { visitPlace(rank - 1) }
      if rank >= 0, expansions.contains(.next) { visitPlace(rank + 1) }
      if expansions.contains(.more) {
        // One more than there are ledes: the story itself is none of its own.
        let end = site.more == .latest || rank < 0 ? count : rank
        for place in end - PageModel.ledeCount - 1..<end { visitPlace(place) }
      }
    }
    if expansions.contains(.more) {
      for place in archive.extras(of: archive.articles[Int(story)]).briefs.indices {
        visit(storiesByLede[Lede.hash(of: bytes(archive.texts[place]))] ?? -1)
      }
    }
    for other in renderer.translations[story] ?? [] { visit(other) }
  }
}
