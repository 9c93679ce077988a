/// What one worker has found in the bodies that it converted: where their links lead.
struct BodyFindings: Sendable {
  /// A body that was converted.
  struct Body: BitwiseCopyable, Sendable {
    var story: Int32
    /// How many of the links, after those of the body before it, are its own.
    var linkCount: Int32
    /// The hash of what they resolve to.
    var targets: UInt64
    /// Whether nothing was said of it.
    var isKnown: Bool
  }

  private(set) var bodies: [Body] = []
  /// The links of all bodies, one after the other.
  private(set) var links: [BodyLink] = []

  /// Adds a body whose links have been added.
  mutating func add(_ story: Int32, linkCount: Int, targets: UInt64, isKnown: Bool) {
    bodies.append(
      Body(story: story, linkCount: Int32(linkCount), targets: targets, isKnown: isKnown))
  }

  /// Lends the links to whoever adds to them.
  mutating func takeLinks() -> [BodyLink] {
    var taken: [BodyLink] = []
    swap(&taken, &links)
    return taken
  }

  /// Takes the links back.
  mutating func giveBack(_ lent: inout [BodyLink]) { swap(&lent, &links) }
}

extension BodyTable {
  /// Takes over what workers have found in bodies.
  mutating func note(_ findings: [BodyFindings]) {
    if targets.isEmpty, findings.contains(where: { !$0.bodies.isEmpty }) {
      targets = Array(repeating: 0, count: notes.count)
    }
    for share in findings {
      // The links that a body had before lie in the pool until the next build reads it: it takes over those
      // alone that a body has.
      var start = UInt32(links.count)
      links += share.links
      for body in share.bodies {
        let story = Int(body.story)
        notes[story].isKnown = body.isKnown
        notes[story].links = PoolRange(start: start, count: UInt32(body.linkCount))
        targets[story] = body.targets
        start += UInt32(body.linkCount)
      }
    }
  }
}

// MARK: - Digests

extension BodyTable {
  /// The digest of a story's body on a page: it changes whenever the HTML of the body may.
  ///
  /// - Returns: nil where it takes a conversion to know: the body is new or changed, leads to what
  ///   is not published, or something has to be said of it.
  func digest(of story: Int32, on path: ByteSlice, _ renderer: Renderer) -> UInt64? {
    guard notes[Int(story)].isKnown, let targets = targets(of: story, renderer) else { return nil }
    return digest(of: story, on: path, targets: targets)
  }

  /// The digest of a body whose links resolve to what has this hash.
  func digest(of story: Int32, on path: ByteSlice, targets: UInt64) -> UInt64 {
    var digest = Hash(seed: notes[Int(story)].source)
    digest.add(path)
    digest.add(targets)
    return digest.value
  }

  /// The hash of what the links of a body resolve to, looked up unless this build has converted it; nil
  /// where one leads to nothing that is published.
  private func targets(of story: Int32, _ renderer: Renderer) -> UInt64? {
    if Int(story) < targets.count, targets[Int(story)] != 0 { return targets[Int(story)] }
    var targets = LinkTargets()
    for place in notes[Int(story)].links.indices {
      guard renderer.add(targetOf: links[place], to: &targets) else { return nil }
    }
    return targets.hash
  }
}

/// What the links of a body resolve to, as a hash.
struct LinkTargets {
  private var digest = Hash(seed: 3)

  /// The hash, which is never 0.
  var hash: UInt64 { max(1, digest.value) }

  /// Adds a story, by the address that it has.
  mutating func add(storyAt address: ByteSlice) { digest.add(address) }

  /// Adds a file of `media`, by its path, and what is shown of it where it is a picture.
  mutating func add(mediaAt path: ByteSlice, shown: UInt64?) {
    digest.add(path)
    if let shown { digest.add(shown) }
  }
}

extension Renderer {
  /// Adds what a link resolves to.
  ///
  /// - Returns: Whether it leads to something that is published.
  fileprivate func add(targetOf link: BodyLink, to targets: inout LinkTargets) -> Bool {
    let path = publication.bytes(link.path)
    if !link.isPicture, let story = publication.storiesByFile.value(of: path) {
      let address = publication.filings[Int(story)].path
      targets.add(storyAt: publication.bytes(address))
      return !address.isEmpty
    }
    guard let media = publication.mediaByFile.value(of: path) else { return false }
    targets.add(mediaAt: path, shown: link.isPicture ? pictures.shown[Int(media)].hash : nil)
    return true
  }
}
