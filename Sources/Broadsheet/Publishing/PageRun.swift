/// Makes all pages of a publication, side by side, and puts each into a folder.
struct PageRun {
  /// What became of the pages.
  struct Made: Sendable {
    /// The pages that are new or differ from what the output holds, in their order.
    var changed: [Int32] = []
    /// How many are right already.
    var unchanged = 0
    /// How many were made to see it; of the others the fingerprint told.
    var madeCount = 0
    /// What is wrong with the stories' bodies.
    var diagnostics: [Diagnostic] = []
    /// What is known of the stories' bodies now.
    var bodies: BodyTable
    /// What the output holds of each page, in their order; those of changed pages, without a stamp
    /// where they are still to be moved in.
    var files: [OutputFile]
    /// What kept a page from being written, and its path.
    var failure: (error: SystemError, path: String)?
    /// What feeds carry of stories.
    fileprivate var feedParts: FeedParts?
  }

  /// What became of the pages of one worker.
  private struct Share: Sendable {
    var changed: [Int32] = []
    var unchanged = 0
    var madeCount = 0
    var diagnostics: [Diagnostic] = []
    var findings = BodyFindings()
    /// What was kept for feeds, by the indexes of their stories.
    var kept: [(number: Int32, piece: PieceStore.Piece)] = []
    var failure: (error: SystemError, path: String)?
  }

  /// Makes the pages.
  let renderer: Renderer
  /// How many threads work.
  let jobs: Int
  /// The hash of the theme, the settings and the options.
  let inputs: UInt64
  /// Stories that are not published yet, whose bodies are looked at all the same.
  let held: [Int32]
  /// Makes the search indexes; nil where the site is not searched.
  let search: SearchWorks?
  /// Told how many of the pages are done.
  let progress: @Sendable (_ done: Int, _ of: Int) -> Void
  /// Told how many of the pictures that have to be made are done.
  let pictureProgress: @Sendable (_ done: Int, _ of: Int) -> Void

  /// Makes all pages into a folder that holds none of them; their folders are there.
  func create(in folder: borrowing Folder) -> Made {
    let target = folder.descriptor
    let hashes = InputHashes(renderer, inputs: inputs, jobs: jobs)
    var made = run(in: target) { place, path, maker, _ throws(SystemError) in
      var file = maker.made(place.page)
      file.stamp = try Folder.create(path, holding: maker.bytes.slice, in: target)
      return Put(isChanged: true, file: file)
    }
    takeInputs(hashes, of: &made)
    return made
  }

  /// Makes the pages whose fingerprints or files are not as the last build left them, and puts those
  /// that differ from a site into a stage, each under its number.
  func update(_ site: borrowing Folder, stage: borrowing Folder, memory: OutputMemory?) -> Made {
    let target = site.descriptor
    let aside = stage.descriptor
    let hashes = InputHashes(renderer, inputs: inputs, jobs: jobs)
    let taken = memory?.takenStamps() ?? []
    var made = run(in: aside) { place, path, maker, room throws(SystemError) in
      let known = memory?.place(of: path, guess: place.index)
      let stamp =
        if let known, known < taken.count { taken[known] } else {
          Folder.stamp(of: path, in: target)
        }
      if let memory, let stamp, let known {
        let file = memory.files[known]
        if file.stamp == stamp, let same = maker.unchanged(place.page, file, hashes) {
          return Put(isChanged: false, file: same)
        }
      }
      var file = maker.made(place.page)
      let bytes = maker.bytes.slice
      if let stamp,
        try Folder.compare(path, with: bytes, using: &room, in: target) == .equal
      {
        file.stamp = stamp
        return Put(isChanged: false, file: file)
      }
      let name = Array(String(place.index).utf8)
      _ = try name.withBytes { (name) throws(SystemError) in
        try Folder.create(name, holding: bytes, in: aside)
      }
      return Put(isChanged: true, file: file)
    }
    takeInputs(hashes, of: &made)
    return made
  }

  /// Takes the input hashes that the next build wants, now that all is known of the bodies.
  private func takeInputs(_ hashes: InputHashes, of made: inout Made) {
    let pages = renderer.publication.pages
    let bodies = made.bodies
    made.files.withSlots { files in
      _ = inParallel(pages.count, width: jobs, batch: 256) { _, batches in
        while let range = batches.take() {
          for index in range where files[index].inputs == OutputFile.wanted {
            files[index].inputs = hashes.hash(of: pages[index], bodies) ?? OutputFile.unknown
          }
        }
      }
    }
  }

  /// Looks at all bodies without making pages: for a publication that has errors already.
  func check() -> [Diagnostic] {
    let pages = renderer.publication.pages
    let stories =
      pages.filter { ($0.kind == .article && !$0.isText) || $0.kind == .standing }.map(\.index)
      + held
    return inParallel(stories.count, width: jobs) { _, batches in
      var bodies = BodyMaker(renderer, renderer.publication.archive.bodies)
      while let range = batches.take() { for place in range { bodies.check(stories[place]) } }
      return bodies.diagnostics
    }.flatMap { $0 }
  }

  /// A page, and its place among all.
  private struct Place {
    var index: Int
    var page: Page
  }

  /// What was done with a page.
  private struct Put {
    var isChanged: Bool
    var file: OutputFile
  }

  /// Takes a page, its path, a maker of pages, and room for another file's bytes; puts the page to
  /// its place if that is needed.
  private typealias Handle =
    @Sendable (Place, ByteSlice, inout PageMaker, inout ByteBuffer) throws(SystemError) -> Put

  /// Makes pages in rounds: feeds come when the bodies that they carry have been made, sitemaps, which
  /// take one worker long, first of all.
  ///
  /// - Parameters:
  ///   - folder: Where a file may lie meanwhile, of which nothing is seen.
  ///   - handle: Puts a page to its place.
  /// - Returns: What became of the pages.
  private func run(in folder: Int32, _ handle: @escaping Handle) -> Made {
    let publication = renderer.publication
    let pages = publication.pages
    let feeds = pages.firstIndex { $0.kind == .feed } ?? pages.count
    var made = Made(bodies: publication.archive.bodies, files: [])
    made.feedParts = FeedParts(in: folder, pool: renderer.sourceTexts?.pool)
    // Other files are added to it, for which it need not be copied.
    made.files.reserveCapacity(pages.count + pages.count / 64 + 64)
    made.files += repeatElement(OutputFile(), count: pages.count)
    let others = pages[feeds...].firstIndex { $0.kind != .feed } ?? pages.count
    let done = Counter()
    let first = Array(Int32(others)..<Int32(pages.count)) + publication.makingOrder(upTo: feeds)
    round(first, held, done, handle, into: &made)
    made.feedParts?.isFilling = false
    round(Array(Int32(feeds)..<Int32(others)), [], done, handle, into: &made)
    made.feedParts = nil
    return made
  }

  /// Makes pages, given by their indexes, and then only looks at the bodies of held stories.
  private func round(
    _ order: [Int32], _ held: [Int32], _ done: Counter, _ handle: @escaping Handle,
    into made: inout Made
  ) {
    let pageCount = order.count
    let count = pageCount + held.count
    guard made.failure == nil, count > 0 else { return }
    let publication = renderer.publication
    let bodies = made.bodies
    let parts = made.feedParts
    let shares = made.files.withSlots { files in
      inParallel(count, width: jobs) { _, batches in
        var maker = PageMaker(renderer, bodies: bodies, feedParts: parts)
        var share = Share()
        var room = ByteBuffer(capacity: 1 << 16)
        while share.failure == nil, let batch = batches.take() {
          for place in batch {
            guard place < pageCount else {
              maker.check(held[place - pageCount])
              continue
            }
            let index = Int(order[place])
            let page = publication.pages[index]
            let path = publication.bytes(page.path)
            do throws(SystemError) {
              let put = try handle(Place(index: index, page: page), path, &maker, &room)
              files[index] = put.file
              if put.isChanged { share.changed.append(Int32(index)) } else { share.unchanged += 1 }
            } catch {
              share.failure = (error, path.string)
              break
            }
          }
          progress(min(done.add(batch.count), publication.pages.count), publication.pages.count)
        }
        share.diagnostics = maker.diagnostics
        share.findings = maker.findings
        share.kept = maker.finishKeeping()
        share.madeCount = maker.madeCount
        return share
      }
    }
    for share in shares {
      made.changed += share.changed
      made.unchanged += share.unchanged
      made.madeCount += share.madeCount
      made.diagnostics += share.diagnostics
      made.failure = made.failure ?? share.failure
      made.feedParts?.add(share.kept, storyCount: publication.filings.count)
    }
    made.bodies.note(shares.map(\.findings))
    made.changed.sort()
  }
}

extension Publication {
  /// The pages before an index in the order in which they are made.
  ///
  /// Stories come month by month, and in each month section by section, the oldest first: what one tells
  /// of the stories around it, in its section and among those related to it, still lies in the
  /// processor's caches from those before it. In a smaller site, all of it does in any order.
  fileprivate func makingOrder(upTo end: Int) -> [Int32] {
    guard filings.count > SourceTexts.memoryLimit else { return Array(0..<Int32(end)) }
    var pagesOfStories = [Int32](repeating: -1, count: filings.count)
    for index in 0..<end where pages[index].kind == .article && !pages[index].isText {
      pagesOfStories[Int(pages[index].index)] = Int32(index)
    }
    var order: [Int32] = []
    order.reserveCapacity(end)
    for month in months {
      var keys: [UInt64] = []
      for place in month.stories.indices {
        let section = filings[Int(members[place])].section
        keys.append(UInt64(UInt32(bitPattern: section)) << 32 | UInt64(place))
      }
      keys.sort()
      for key in keys {
        let story = Int(members[Int(key & 0xFFFF_FFFF)])
        guard pagesOfStories[story] >= 0 else { continue }
        order.append(pagesOfStories[story])
        pagesOfStories[story] = -1
      }
    }
    for index in 0..<end {
      let page = pages[index]
      let isStory = page.kind == .article && !page.isText
      if !isStory || pagesOfStories[Int(page.index)] >= 0 { order.append(Int32(index)) }
    }
    precondition(order.count == end)
    return order
  }
}

extension PageMaker {
  /// Makes a page; tells what the next build is to know of it.
  fileprivate mutating func made(_ page: Page) -> OutputFile {
    make(page)
    return OutputFile(
      fingerprint: fingerprint ?? 0,
      inputs: isCovered ? OutputFile.wanted : OutputFile.unknown)
  }

  /// What the next build is to know of a page that is what it was in the last; nil where it has to be
  /// made to see.
  fileprivate mutating func unchanged(
    _ page: Page, _ file: OutputFile, _ hashes: InputHashes
  ) -> OutputFile? {
    if file.inputs != OutputFile.unknown, hashes.hash(of: page, bodies) == file.inputs {
      return file
    }
    guard file.fingerprint != 0, fingerprint(of: page) == file.fingerprint else { return nil }
    var same = file
    same.inputs = isCovered ? OutputFile.wanted : OutputFile.unknown
    return same
  }
}
