/// What an earlier build knew of the sources: a file that has not been changed since is not read
/// again.
final class SourceMemory: Sendable {
  /// All that was read.
  let archive: Archive
  /// When that build began to look at the sources, by the clock that files are stamped with: the
  /// stamp of a file that was changed then or later proves nothing.
  let began: Int64

  /// What is known of the files of `media`, in their order.
  let pictures: [PictureFacts]

  /// The memory of an earlier build.
  init(_ archive: Archive, pictures: [PictureFacts], began: Int64) {
    self.archive = archive
    self.pictures = pictures
    self.began = began
  }

  /// Whether a file with a stamp is the one that was read.
  func holds(_ stamp: FileStamp, as known: FileStamp) -> Bool {
    stamp == known && stamp.changed < began && stamp.modified < began
  }
}

extension ArticleReader {
  /// Reads an entry into the share at hand, or takes what the last build knew of it.
  ///
  /// - Parameters:
  ///   - entry: The entry.
  ///   - path: Its path, from the folder.
  ///   - stamp: The stamp of its file, if it is known.
  ///   - folder: The source folder.
  mutating func read(
    _ entry: SourceEntry, _ path: ByteSlice, _ stamp: FileStamp?, in folder: borrowing Folder
  ) {
    if entry.role == .review { return readReview(entry, path, stamp, in: folder) }
    guard entry.role == .story else { return keepFile(entry, path, stamp, in: folder) }
    if let stamp, keepKnown(entry, stamp) { return }
    // Without a memory, the path lies with all that is kept.
    let path = memory == nil ? entry.path : writer.add(path)
    let count = batch.articles.count
    read(Entry(path: path, kind: entry.kind), in: folder)
    if batch.articles.count > count, entry.known >= 0 { keepLinks(of: Int(entry.known)) }
  }

  /// Takes a story as the last build knew it, if its file has not been changed since.
  private mutating func keepKnown(_ entry: SourceEntry, _ stamp: FileStamp) -> Bool {
    guard let memory, entry.known >= 0 else { return false }
    let known = Int(entry.known)
    let file = memory.archive.files[known]
    guard !memory.archive.bodies.notes[known].isQuestionable,
      memory.archive.articles[known].kind == entry.kind, memory.holds(stamp, as: file.stamp)
    else { return false }
    var article = memory.archive.articles[known]
    article.file = Int32(batch.files.count)
    article.tags = batch.texts.take(article.tags, from: memory.archive.texts)
    article.authors = batch.texts.take(article.authors, from: memory.archive.texts)
    if article.extras > 0 { article.extras = batch.takeExtras(of: article, from: memory.archive) }
    batch.files.append(file)
    batch.articles.append(article)
    batch.notes.append(BodyNotes(source: memory.archive.bodies.notes[known].source))
    keepLinks(of: known)
    return true
  }

  /// Takes a review as the last build knew it, if its file has not been changed since.
  mutating func keepKnownReview(_ entry: SourceEntry, _ stamp: FileStamp) -> Bool {
    guard let memory, entry.known >= 0 else { return false }
    var review = memory.archive.reviews[Int(entry.known)]
    guard !review.isQuestionable, memory.holds(stamp, as: review.file.stamp) else { return false }
    review.paragraphs = batch.texts.take(review.paragraphs, from: memory.archive.texts)
    batch.reviews.append(review)
    return true
  }

  /// Takes what is known of the links in the story read last, if its file holds what it held.
  private mutating func keepLinks(of known: Int) {
    guard let memory, var notes = batch.notes.last else { return }
    let old = memory.archive.bodies.notes[known]
    guard old.isKnown, old.source == notes.source else { return }
    notes.isKnown = true
    notes.links = batch.links.take(old.links, from: memory.archive.bodies.links)
    batch.notes[batch.notes.count - 1] = notes
  }

  /// Adds a file that is no story to the share at hand.
  private mutating func keepFile(
    _ entry: SourceEntry, _ path: ByteSlice, _ stamp: FileStamp?, in folder: borrowing Folder
  ) {
    do throws(SystemError) {
      let stamp = if let stamp { stamp } else { try folder.status(of: path).stamp }
      let isMedia = entry.role == .media
      let file: Text
      if let memory, entry.known >= 0 {
        let known = Int(entry.known)
        file = isMedia ? memory.archive.media[known].path : memory.archive.statics[known].path
      } else {
        let prefix = isMedia ? 0 : SourceEntry.staticPrefix.utf8CodeUnitCount
        file = writer.add(path[prefix..<path.count])
      }
      if isMedia {
        batch.media.append(SourceFile(path: file, stamp: stamp))
      } else {
        batch.statics.append(SourceFile(path: file, stamp: stamp))
      }
    } catch {
      batch.diagnostics.append(.unreadable(context.prefix + path.string, error, isFolder: false))
    }
  }
}

extension ReadBatch {
  /// Adds what few stories have, of one of another archive, and tells its place.
  fileprivate mutating func takeExtras(of article: Article, from archive: Archive) -> Int32 {
    var extra = archive.extras(of: article)
    extra.aliases = texts.take(extra.aliases, from: archive.texts)
    extra.sources = texts.take(extra.sources, from: archive.texts)
    extra.briefs = texts.take(extra.briefs, from: archive.texts)
    extra.corrections = corrections.take(extra.corrections, from: archive.corrections)
    extra.fields = fieldValues.take(extra.fields, from: archive.fieldValues)
    extras.append(extra)
    return Int32(extras.count)
  }
}

extension Array where Element: BitwiseCopyable {
  /// Appends a run of another pool, and tells where it has come to lie.
  fileprivate mutating func take(_ run: PoolRange, from pool: [Element]) -> PoolRange {
    guard !run.isEmpty else { return PoolRange() }
    let start = UInt32(count)
    append(contentsOf: pool[run.indices])
    return PoolRange(start: start, count: run.count)
  }
}
