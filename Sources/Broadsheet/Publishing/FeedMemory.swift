/// The ids by which the feeds of the site and its sections name their stories, with what else a story
/// is known by, so that the next build sees where one has lost its id.
///
/// In the record it is texts ended by a NUL: the authority of the ids, then for each story its id and
/// two hashes in hexadecimal digits. Its form stays the same from program to program.
struct FeedMemory {
  /// A story of a feed.
  struct Item {
    /// Its id, without the authority.
    var id: ByteSlice
    /// The hash of its headline and its instant.
    var titleKey: UInt64
    /// The hash of its page's path.
    var pageKey: UInt64
    /// Its index in the archive; -1 for one of an earlier build.
    var story: Int32 = -1
  }

  /// What all ids begin with; empty where there are no feeds.
  private(set) var authority = ByteSlice.empty
  /// The stories.
  private(set) var items: [Item] = []

  /// The stories in the feeds of a publication.
  init(_ renderer: Renderer) {
    let publication = renderer.publication
    var seen: Set<Int32> = []
    for page in publication.pages where page.kind == .feed {
      guard page.index < 0 || publication.terms[Int(page.index)].kind == .section else { continue }
      authority = publication.bytes(renderer.tagAuthority)
      for place in publication.feedStories(of: page).indices {
        let story = publication.members[place]
        guard seen.insert(story).inserted else { continue }
        let article = publication.archive.articles[Int(story)]
        var title = Hash(seed: UInt64(bitPattern: article.instant))
        title.add(publication.bytes(article.title))
        items.append(
          Item(
            id: publication.bytes(article.id), titleKey: title.value,
            pageKey: Hash.of(publication.bytes(publication.filings[Int(story)].path)),
            story: story))
      }
    }
  }

  /// What a record holds; nil where it is damaged.
  ///
  /// The bytes must live as long as this value.
  init?(decoding bytes: ByteSlice) {
    var texts: [ByteSlice] = []
    var rest = bytes
    while let end = rest.firstIndex(of: 0) {
      texts.append(rest[0..<end])
      rest = rest[end + 1..<rest.count]
    }
    guard rest.isEmpty, texts.count % 2 == 1 else { return nil }
    authority = texts[0]
    for place in stride(from: 1, to: texts.count, by: 2) {
      let keys = texts[place + 1]
      guard keys.count == 32, let title = UInt64(keys[0..<16].string, radix: 16),
        let page = UInt64(keys[16..<32].string, radix: 16)
      else { return nil }
      items.append(Item(id: texts[place], titleKey: title, pageKey: page))
    }
  }

  /// The bytes for a record.
  var encoded: ByteBuffer {
    var bytes = ByteBuffer(capacity: 64 + items.count * 80)
    bytes.append(authority)
    bytes.append(UInt8(0))
    for item in items {
      bytes.append(item.id)
      bytes.append(UInt8(0))
      bytes.append(hexadecimal: item.titleKey, width: 16)
      bytes.append(hexadecimal: item.pageKey, width: 16)
      bytes.append(UInt8(0))
    }
    return bytes
  }
}

extension FeedMemory {
  /// Warns of stories that the last published feeds have under an id which no story has any more:
  /// feed readers take them for new.
  ///
  /// - Parameters:
  ///   - last: What those feeds hold.
  ///   - publication: What is published now.
  ///   - locator: Names files in messages.
  /// - Returns: A warning for each such story, or one for all where their authority has changed.
  func losses(
    since last: FeedMemory, _ publication: Publication, _ locator: SourceLocator
  ) -> [Diagnostic] {
    guard !authority.isEmpty, !last.authority.isEmpty else { return [] }
    guard authority == last.authority else {
      let key = publication.site.tagAuthority == nil ? "url" : "tag-authority"
      return [
        Diagnostic(
          "lost-id",
          "all ids in feeds began with 'tag:\(last.authority.string):' until now, and feed readers "
            + "take every story for a new one; write 'tag-authority: \(last.authority.string)'",
          severity: .warning, file: locator.shown("site.yaml"),
          at: locator.position(ofKey: key, in: "site.yaml"))
      ]
    }
    let kept = Set(last.items.map { Hash.of($0.id) })
    var lost: [UInt64: ByteSlice] = [:]
    for item in last.items where publication.storiesByID.value(of: item.id) == nil {
      lost[item.titleKey] = item.id
      lost[item.pageKey] = item.id
    }
    guard !lost.isEmpty else { return [] }
    return items.compactMap { item in
      guard !kept.contains(Hash.of(item.id)),
        let id = lost[item.titleKey] ?? lost[item.pageKey]
      else { return nil }
      let archive = publication.archive
      let article = archive.articles[Int(item.story)]
      let path = archive.store.string(archive.files[Int(article.file)].path)
      return Diagnostic(
        "lost-id",
        "the last published feeds have this story under the id '\(id.string)', and feed readers "
          + "take it for a new one now; write 'id: \(FrontMatterLine.scalar(id))'",
        severity: .warning, file: locator.shown(path), at: locator.position(ofKey: "id", in: path))
    }
  }
}
