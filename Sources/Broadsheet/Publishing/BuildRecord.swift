import Glibc

/// What the last build made and knew, kept beside the output folder in one file.
///
/// The files that it lists are the only ones that a later build removes, but for what a killed build
/// had moved in and what `--adopt` removes. What it knows of the sources
/// saves a later build from reading them again, and its fingerprints from making pages again; that
/// part is memory as this program lays it out, and is of use to the same program alone.
///
/// The file is a line with the format's number; a table of sections, each with its place and the
/// hash of its bytes, and the table's own hash; then the sections. It is written aside and moved
/// into place, so it is only ever seen whole.
final class BuildRecord: Sendable {
  /// The line that a record begins with; a file that begins otherwise is none.
  static let format: StaticString = "broadsheet record 3\n"
  /// The most sections that a record has, so that the table has a place of its own.
  static let tableSize = 1 << 16

  /// What a section holds.
  enum Kind: UInt64 {
    /// The paths of all files of the output, a line each; the one section whose form stays the same
    /// from program to program.
    case paths = 1
    /// The program that wrote the record.
    case program
    case facts, outputs, warnings
    case files, media, statics, articles, notes, links, texts, corrections, fieldValues, pictures
    case reviews, extras
    case chunks
    /// The bytes of the chunks of the text store, one section each, in their order.
    case chunk
    /// The ids of the stories in feeds; like the paths, of the same form from program to program.
    case feedIDs = 1000
    /// Whether drafts and held stories were shown: 1 or 0; of the same form, too.
    case drafts
  }

  /// A section of the file.
  struct Section: BitwiseCopyable, Sendable {
    var kind: UInt64
    var offset: UInt64
    var count: UInt64
    var hash: UInt64
  }

  /// What is known of the build as a whole.
  struct Facts: BitwiseCopyable, Sendable {
    /// The hash of the settings that the sources were read with.
    var settings: UInt64 = 0
    /// The hash of the theme and of the options that pages depend on.
    var inputs: UInt64 = 0
    /// The hash of the paths and stamps of all source files.
    var tree: UInt64 = 0
    /// When the build began to look at the sources, by the clock that files are stamped with.
    var began: Int64 = 0
    /// The first moment at which the build is as good as at its own.
    var validFrom = Moment.never
    /// The first moment after it at which the clock decides otherwise what is shown.
    var validUntil = Moment.max
    /// How many stories are live.
    var articleCount = 0
    /// How many pages, feeds and sitemaps there are.
    var pageCount = 0
    /// How many stories are held.
    var heldCount = 0
    /// When the next of them is due.
    var nextDue = Moment.never
    /// How many bytes of texts there were when all sources were read last.
    var freshTextCount = 0
    /// Whether drafts and held stories are shown.
    var showsDrafts = false

    /// The hash of all that pages depend on beside the stories and the moment.
    var allInputs: UInt64 {
      var hash = Hash(seed: settings)
      hash.add(inputs)
      return hash.value
    }
  }

  private let file: MappedFile
  private let sections: [Section]
  /// The paths of the files that the build made, from the output folder.
  ///
  /// Pages come first, in their order, then other files. Valid as long as the record.
  let paths: [ByteSlice]
  /// What is known of the build; nil where another program wrote the record, or it is damaged.
  let facts: Facts?

  /// Opens a record.
  ///
  /// - Parameters:
  ///   - name: Its file's name in the folder.
  ///   - folder: The folder.
  ///   - program: What the running program is known by.
  /// - Returns: nil where there is none, or none that can be trusted.
  /// - Throws: The system's error, where there is one that cannot be read.
  static func open(
    _ name: String, in folder: borrowing Folder, program: UInt64
  ) throws(SystemError) -> BuildRecord? {
    do throws(SystemError) {
      return try name.withBytes { (name) throws(SystemError) in
        BuildRecord(try MappedFile(name, in: folder), program)
      }
    } catch {
      guard error.code == SystemError.notFound else { throw error }
      return nil
    }
  }

  private init?(_ file: MappedFile, _ program: UInt64) {
    self.file = file
    let start = Self.format.utf8CodeUnitCount
    guard let line = file.part(at: 0, count: start), line == Self.format,
      let head = file.part(at: Self.headOffset, count: 16)?.elements(of: UInt64.self),
      head[0] <= Self.tableSize,
      let table = file.part(
        at: Self.headOffset + 16, count: Int(head[0]) * MemoryLayout<Section>.stride),
      Hash.of(table, seed: 1) == head[1], let sections = table.elements(of: Section.self)
    else { return nil }
    self.sections = sections
    guard let listed = Self.bytes(.paths, file, sections) else { return nil }
    var paths: [ByteSlice] = []
    var rest = listed
    while let end = rest.firstIndex(of: 10) {
      paths.append(rest[0..<end])
      rest = rest[end + 1..<rest.count]
    }
    self.paths = paths
    let writer = Self.bytes(.program, file, sections)?.elements(of: UInt64.self)
    facts =
      writer == [program]
      ? Self.bytes(.facts, file, sections)?.elements(of: Facts.self)?.first : nil
  }

  /// Where the table begins: after the line, on an even address.
  static let headOffset = 32

  /// The bytes of a section; nil where it is not there or not as it was written.
  private static func bytes(
    _ kind: Kind, _ file: MappedFile, _ sections: [Section]
  ) -> ByteSlice? {
    guard let section = sections.first(where: { $0.kind == kind.rawValue }) else { return nil }
    return bytes(of: section, file)
  }

  private static func bytes(of section: Section, _ file: MappedFile) -> ByteSlice? {
    guard let offset = Int(exactly: section.offset), let count = Int(exactly: section.count),
      let bytes = file.part(at: offset, count: count), Hash.ofMany(bytes) == section.hash
    else { return nil }
    return bytes
  }

  private func elements<Element: BitwiseCopyable>(
    _ kind: Kind, of type: Element.Type
  ) -> [Element]? {
    Self.bytes(kind, file, sections)?.elements(of: type)
  }

  /// What the build left in the output; nil where it is not known.
  ///
  /// - Parameter output: The output folder, where the stamps of the files are wanted: they are taken
  ///   beside what the caller does next.
  /// - Returns: The files; their paths are valid as long as the record.
  func outputs(lookingAt output: (path: String, jobs: Int)? = nil) -> OutputMemory? {
    guard facts != nil, let files = elements(.outputs, of: OutputFile.self),
      files.count == paths.count
    else { return nil }
    let stamps = output.map { output in
      SharedWork<FileStamp?>(
        count: paths.count, none: nil, jobs: output.jobs, batch: 256
      ) { [self] range in
        guard let folder = try? Folder(at: output.path) else { return range.map { _ in nil } }
        // The record, whose memory the paths lie in, lives as long as this.
        return range.map { Folder.stamp(of: paths[$0], in: folder.descriptor) }
      }
    }
    return OutputMemory(paths: paths, files: files, stamps: stamps)
  }

  /// The ids of the stories in the feeds; nil where they are not known.
  ///
  /// They are valid as long as the record.
  func feeds() -> FeedMemory? {
    Self.bytes(.feedIDs, file, sections).flatMap { FeedMemory(decoding: $0) }
  }

  /// Whether the build showed drafts and held stories; nil where it is not known.
  var showsDrafts: Bool? {
    guard let number = elements(.drafts, of: UInt64.self)?.first else { return nil }
    return number != 0
  }

  /// The warnings of the build, as they were printed.
  func warnings() -> [Diagnostic]? {
    guard facts != nil, let bytes = Self.bytes(.warnings, file, sections) else { return nil }
    return WarningList.decoded(bytes)
  }

  /// What the build knew of the sources, if it read them with the same settings; nil, too, where so
  /// many of the texts are of no use any more that it is better to read all anew.
  func sources(settings: UInt64) -> SourceMemory? {
    guard let facts, facts.settings == settings,
      let files = elements(.files, of: SourceFile.self),
      let media = elements(.media, of: SourceFile.self),
      let statics = elements(.statics, of: SourceFile.self),
      let articles = elements(.articles, of: Article.self),
      let extras = elements(.extras, of: ArticleExtras.self), !extras.isEmpty,
      let notes = elements(.notes, of: BodyNotes.self),
      let links = elements(.links, of: BodyLink.self),
      let texts = elements(.texts, of: Text.self),
      let corrections = elements(.corrections, of: Correction.self),
      let fieldValues = elements(.fieldValues, of: FieldValue.self),
      let reviews = elements(.reviews, of: Review.self),
      let pictures = elements(.pictures, of: PictureFacts.self),
      let chunks = elements(.chunks, of: TextStore.Chunk.self)
    else { return nil }
    let textCount = chunks.reduce(0) { $0 + Int($1.count) }
    guard textCount <= facts.freshTextCount * 3 / 2 + (1 << 20), chunks.count < 1 << 14,
      files.count == articles.count, notes.count == articles.count, pictures.count == media.count,
      let store = store(chunks)
    else { return nil }
    var archive = Archive()
    archive.store = store
    archive.files = files
    archive.media = media
    archive.statics = statics
    archive.articles = articles
    archive.extras = extras
    archive.bodies = BodyTable(notes: notes, links: links)
    archive.reviews = reviews
    archive.texts = texts
    archive.corrections = corrections
    archive.fieldValues = fieldValues
    return SourceMemory(archive, pictures: pictures, began: facts.began)
  }

  /// The text store, whose chunks lie in the file.
  private func store(_ chunks: [TextStore.Chunk]) -> TextStore? {
    let parts = sections.filter { $0.kind == Kind.chunk.rawValue }
    guard parts.count == chunks.count else { return nil }
    let checked = inParallel(parts.count, width: 2, batch: 4) { _, batches in
      var isWhole = true
      while let range = batches.take() {
        for index in range where Self.bytes(of: parts[index], file) == nil { isWhole = false }
      }
      return isWhole
    }
    guard !checked.contains(false) else { return nil }
    var borrowed: [TextStore.BorrowedChunk] = []
    for (chunk, part) in zip(chunks, parts) {
      guard let bytes = file.part(at: Int(part.offset), count: Int(part.count)),
        bytes.count == Int(chunk.count), Int(chunk.number) < TextStore.chunkLimit
      else { return nil }
      borrowed.append(TextStore.BorrowedChunk(chunk: chunk, bytes: bytes))
    }
    return TextStore(borrowing: borrowed, owner: self)
  }
}
