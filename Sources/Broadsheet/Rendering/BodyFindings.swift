/// What one worker has found in the bodies that it converted: where their links lead.
struct BodyFindings: Sendable {
  /// A body that was converted.
  struct Body: BitwiseCopyable, Sendable {
    var story: Int32
    /// How many of the links, after those of the body before it, are its own.
    var linkCount: Int32
    /// Whether nothing was said of it.
    var isKnown: Bool
  }

  private(set) var bodies: [Body] = []
  /// The links of all bodies, one after the other.
  private(set) var links: [BodyLink] = []

  /// Adds a body whose links have been added.
  mutating func add(_ story: Int32, linkCount: Int, isKnown: Bool) {
    bodies.append(Body(story: story, linkCount: Int32(linkCount), isKnown: isKnown))
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
    for share in findings {
      var start = 0
      for body in share.bodies {
        let story = Int(body.story)
        let count = Int(body.linkCount)
        notes[story].isKnown = body.isKnown
        // A body that is converted again most often leads where it did.
        if notes[story].links.count != UInt32(count)
          || !zip(links[notes[story].links.indices], share.links[start..<start + count])
            .allSatisfy({ $0 == $1 })
        {
          notes[story].links = PoolRange(start: UInt32(links.count), count: UInt32(count))
          links += share.links[start..<start + count]
        }
        start += count
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
    guard notes[Int(story)].isKnown else { return nil }
    var digest = digestStart(of: story, on: path)
    for place in notes[Int(story)].links.indices {
      guard renderer.addTarget(of: links[place], to: &digest) else { return nil }
    }
    return digest.value
  }

  /// The start of a digest: the body's source and the page that its links start from.
  func digestStart(of story: Int32, on path: ByteSlice) -> Hash {
    var digest = Hash(seed: notes[Int(story)].source)
    digest.add(path)
    return digest
  }
}

extension Renderer {
  /// Takes what a link resolves to into a digest.
  ///
  /// - Returns: Whether it leads to something that is published.
  @discardableResult func addTarget(of link: BodyLink, to digest: inout Hash) -> Bool {
    let path = publication.bytes(link.path)
    if !link.isPicture, let story = publication.storiesByFile.value(of: path) {
      let target = publication.filings[Int(story)].path
      digest.add(publication.bytes(target))
      return !target.isEmpty
    }
    guard let media = publication.mediaByFile.value(of: path) else { return false }
    digest.add(path)
    if link.isPicture {
      digest.add(pictures.shown[Int(media)].hash)
    }
    return true
  }
}
