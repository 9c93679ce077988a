import Synchronization

/// Makes all pages of a publication, side by side, and puts each into a folder.
struct PageRun {
  /// What became of the pages.
  struct Made: Sendable {
    /// The pages that are new or differ from what the output holds, in their order.
    var changed: [Int32] = []
    /// How many are right already.
    var unchanged = 0
    /// What is wrong with the stories' bodies.
    var diagnostics: [Diagnostic] = []
    /// Which files of `media` are shown or linked, by index.
    var usedMedia: [Bool] = []
    /// Bodies kept for feeds.
    fileprivate var kept: [(story: Int32, html: Text)] = []
    /// What kept a page from being written, and its path.
    var failure: (error: SystemError, path: String)?
  }

  /// Makes the pages.
  let renderer: Renderer
  /// How many threads work.
  let jobs: Int
  /// Stories that are not published yet, whose bodies are looked at all the same.
  let held: [Int32]
  /// Told how many of the pages are done.
  let progress: @Sendable (_ done: Int, _ of: Int) -> Void

  /// Makes all pages into a folder that holds none of them; their folders are there.
  func create(in folder: borrowing Folder) -> Made {
    let target = folder.descriptor
    return run { page, path, bytes, _ throws(SystemError) in
      try Folder.create(path, holding: bytes, in: target)
      return true
    }
  }

  /// Makes all pages, and puts those that differ from a site into a stage, each under its number.
  func update(_ site: borrowing Folder, stage: borrowing Folder) -> Made {
    let target = site.descriptor
    let aside = stage.descriptor
    return run { page, path, bytes, room throws(SystemError) in
      if try Folder.compare(path, with: bytes, using: &room, in: target) == .equal { return false }
      let name = Array(String(page).utf8)
      try name.withBytes { (name) throws(SystemError) in
        try Folder.create(name, holding: bytes, in: aside)
      }
      return true
    }
  }

  /// Looks at all bodies without making pages: for a publication that has errors already.
  func check() -> [Diagnostic] {
    let pages = renderer.publication.pages
    let stories = pages.filter { $0.kind == .article || $0.kind == .standing }.map(\.index) + held
    return inParallel(stories.count, width: jobs) { _, batches in
      var bodies = BodyMaker(renderer)
      while let range = batches.take() { for place in range { bodies.check(stories[place]) } }
      return bodies.diagnostics
    }.flatMap { $0 }
  }

  /// Takes a page's number, path and bytes, and room for another file's bytes; tells whether the
  /// page was written.
  private typealias Put =
    @Sendable (Int, ByteSlice, ByteSlice, inout ByteBuffer) throws(SystemError) -> Bool

  /// Makes pages in two rounds: feeds come last, when the bodies that they carry have been made.
  private func run(_ put: @escaping Put) -> Made {
    let pages = renderer.publication.pages
    let feeds = pages.firstIndex { $0.kind == .feed } ?? pages.count
    var made = round(0..<feeds, put)
    guard made.failure == nil else { return made }
    renderer.keep(made.kept)
    let rest = round(feeds..<pages.count, put)
    made.changed += rest.changed
    made.unchanged += rest.unchanged
    made.diagnostics += rest.diagnostics
    made.failure = rest.failure
    for (index, isUsed) in rest.usedMedia.enumerated() where isUsed { made.usedMedia[index] = true }
    return made
  }

  private func round(_ range: Range<Int>, _ put: @escaping Put) -> Made {
    let publication = renderer.publication
    let isFirst = range.lowerBound == 0
    let done = Counter()
    // Held stories come after the pages: their bodies are only looked at.
    let count = range.count + (isFirst ? held.count : 0)
    let shares = inParallel(count, width: jobs) { _, batches in
      var maker = PageMaker(renderer)
      var made = Made()
      var room = ByteBuffer(capacity: 1 << 16)
      while made.failure == nil, let batch = batches.take() {
        for place in batch {
          guard place < range.count else {
            maker.check(held[place - range.count])
            continue
          }
          let index = range.lowerBound + place
          let path = publication.bytes(publication.pages[index].path)
          maker.make(publication.pages[index])
          do throws(SystemError) {
            if try put(index, path, maker.bytes.slice, &room) {
              made.changed.append(Int32(index))
            } else {
              made.unchanged += 1
            }
          } catch {
            made.failure = (error, path.string)
            break
          }
        }
        progress(range.lowerBound + done.add(batch.count), publication.pages.count)
      }
      made.diagnostics = maker.diagnostics
      made.usedMedia = maker.usedMedia
      made.kept = maker.keptBodies
      return made
    }
    var made = Made()
    made.usedMedia = Array(repeating: false, count: publication.archive.media.count)
    for share in shares {
      made.changed += share.changed
      made.unchanged += share.unchanged
      made.diagnostics += share.diagnostics
      made.kept += share.kept
      made.failure = made.failure ?? share.failure
      for (index, isUsed) in share.usedMedia.enumerated() where isUsed {
        made.usedMedia[index] = true
      }
    }
    made.changed.sort()
    return made
  }
}

/// A number that several threads add to.
private final class Counter: Sendable {
  private let value = Atomic<Int>(0)

  /// Adds to the number and tells what it is then.
  func add(_ count: Int) -> Int { value.wrappingAdd(count, ordering: .relaxed).newValue }
}
