/// Which pictures a site publishes, and which it only makes, so that they are right on the day on
/// which a held story is due.
struct PictureFiles {
  /// The files that are published, in the order of the archive's `media`, then the cards.
  var files: [FixedFile] = []
  /// The pictures that stories show which are live or held, as indexes into `media`.
  var shown: [Int] = []
  /// The files that only stories link to, or that are copied as they are, of the same stories.
  var copied: [Int] = []
  /// The files that are made, by their places in `files`: a variant, or the story of a card.
  var made: [(file: Int, what: Made)] = []
  /// The variants that only held stories show.
  var awaited: [Int] = []

  /// What a file is made of.
  enum Made: Sendable {
    /// A place in the picture set's variants.
    case variant(Int)
    /// The card of a story.
    case card(Int32)
  }

  /// What stories show or link of each file of `media`.
  fileprivate struct Use {
    var isShown = false
    var isLinked = false
    var isAwaited = false
  }

  /// The pictures of a publication.
  ///
  /// - Parameters:
  ///   - renderer: What is published.
  ///   - bodies: What is known of the stories' texts.
  init(_ renderer: Renderer, _ bodies: BodyTable) {
    let publication = renderer.publication
    if !publication.archive.media.isEmpty { findMedia(renderer, bodies) }
    guard let works = renderer.works else { return }
    for index in publication.filings.indices where !publication.filings[index].card.isEmpty {
      let name = works.cacheName(of: publication.card(of: Int32(index)))
      made.append((files.count, .card(Int32(index))))
      files.append(
        FixedFile(path: publication.filings[index].card, source: .made(name, hash: name.hash64)))
    }
  }

  private mutating func findMedia(_ renderer: Renderer, _ bodies: BodyTable) {
    let publication = renderer.publication
    var uses = Array(repeating: Use(), count: publication.archive.media.count)
    for index in publication.filings.indices {
      let filing = publication.filings[index]
      let isHeld = filing.state == .held
      guard isHeld || !filing.path.isEmpty else { continue }
      if filing.image >= 0, isHeld || filing.state == .live {
        uses[Int(filing.image)].note(isPicture: true, isHeld: isHeld)
      }
      for place in bodies.notes[index].links.indices {
        let link = bodies.links[place]
        if let media = publication.mediaByFile.value(of: publication.bytes(link.path)) {
          uses[Int(media)].note(isPicture: link.isPicture, isHeld: isHeld)
        }
      }
    }
    for (index, use) in uses.enumerated() { add(index, use, renderer) }
  }

  private mutating func add(_ index: Int, _ use: Use, _ renderer: Renderer) {
    let pictures = renderer.pictures
    let facts = pictures.facts[index]
    guard use.isShown || use.isLinked || use.isAwaited else { return }
    shown.append(index)
    if !pictures.isMade(index) || use.isLinked { copied.append(index) }
    if use.isLinked || use.isShown && !pictures.isMade(index) {
      let file = renderer.publication.archive.media[index]
      let stamp = renderer.trusted(file.stamp)
      let isPicture = facts.kind != .other
      files.append(
        FixedFile(
          path: file.path,
          source: isPicture
            ? .picture(file.path, stamp, facts.kind) : .file(file.path, stamp)))
    }
    guard let works = renderer.works else { return }
    for place in pictures.shown[index].variants.indices {
      guard use.isShown else {
        if use.isAwaited { awaited.append(place) }
        continue
      }
      let variant = pictures.variants[place]
      let name = works.cacheName(of: variant, facts)
      made.append((files.count, .variant(place)))
      files.append(FixedFile(path: variant.path, source: .made(name, hash: name.hash64)))
    }
  }
}

extension PictureFiles.Use {
  fileprivate mutating func note(isPicture: Bool, isHeld: Bool) {
    if isHeld {
      isAwaited = true
    } else if isPicture {
      isShown = true
    } else {
      isLinked = true
    }
  }
}

extension String {
  /// The hash of the text.
  fileprivate var hash64: UInt64 { withBytes { Hash.of($0, seed: 8) } }
}
