/// What is known of a file of `media` from its bytes, without decoding it.
struct PictureFacts: BitwiseCopyable, Sendable {
  /// What kind of file it is, by its content.
  enum Kind: UInt8, BitwiseCopyable, Sendable {
    /// No picture that is known here.
    case other
    case jpeg, png, webP, avif, gif, svg
  }

  /// What else is to be known of it.
  struct Traits: OptionSet, BitwiseCopyable, Sendable {
    let rawValue: UInt8
    /// It may be see-through.
    static let hasAlpha = Traits(rawValue: 1)
    /// It moves.
    static let isAnimated = Traits(rawValue: 2)
    /// Its few bytes a pixel tell of plain areas and sharp edges: a drawing, a chart, a screenshot.
    static let isDrawing = Traits(rawValue: 4)
    /// It is a drawing that would run a script.
    static let hasScript = Traits(rawValue: 8)
    /// It holds notes that cannot be taken out of it here.
    static let keepsNotes = Traits(rawValue: 16)
    /// It ends before its end: it was cut off.
    static let isCutOff = Traits(rawValue: 32)
    /// It is a drawing in another encoding than UTF-8, in which a script could hide.
    static let isNotUTF8 = Traits(rawValue: 64)
  }

  /// How wide and high it is, as a browser shows it.
  var size = PictureSize.unknown
  /// What kind of file it is.
  var kind = Kind.other
  /// What else is to be known of it.
  var traits: Traits = []
  /// The hash of its bytes; zero of what is no picture.
  var hash: UInt64 = 0
  /// What its own notes say that it shows; empty where they do not.
  var caption = Text.empty
  /// Whom its own notes name for it.
  var credit = Text.empty

  /// Nothing known.
  init() {}

  /// What the bytes of a file tell.
  ///
  /// - Parameters:
  ///   - file: The whole file.
  ///   - writer: Keeps what its notes say.
  init(_ file: ByteSlice, _ writer: inout TextStore.Writer) {
    size = PictureSize(header: file)
    kind = Self.kind(of: file)
    guard kind != .other else { return }
    hash = Hash.of(file, seed: 7)
    switch kind {
    case .png: readPNG(file)
    case .webP: readWebP(file)
    case .gif: traits.insert(.isAnimated)
    case .svg:
      if !file.isPlainUTF8 {
        traits.insert(.isNotUTF8)
      } else if file.holdsScript {
        traits.insert(.hasScript)
      }
    case .avif:
      if file[0..<min(file.count, 1 << 16)].holdsNotesOfAVIF { traits.insert(.keepsNotes) }
    case .jpeg: if !file.forEachJPEGSegment({ _, _, _ in }) { traits.insert(.isCutOff) }
    case .other: break
    }
    let notes = PictureNotes(file, kind)
    if !notes.caption.isEmpty { caption = notes.caption.withBytes { writer.add($0) } }
    if !notes.credit.isEmpty { credit = notes.credit.withBytes { writer.add($0) } }
  }

  private static func kind(of file: ByteSlice) -> Kind {
    if file.number(at: 0, byteCount: 4) == 0x8950_4E47 { return .png }
    if file.number(at: 0, byteCount: 2) == 0xFFD8 { return .jpeg }
    if file.hasPrefix("GIF8") { return .gif }
    if file.hasPrefix("RIFF"), file[8..<12] == "WEBP" { return .webP }
    if file.count > 12, file[4..<8] == "ftyp", file[8..<12] == "avif" || file[8..<12] == "avis" {
      return .avif
    }
    if file.isUTF16 { return file.holdsUTF16(of: "svg") ? .svg : .other }
    let isText = file.firstIndex(of: 0) == nil
    return isText && file.holdsElement("svg") ? .svg : .other
  }

  /// PNG (ISO/IEC 15948): the colour type, and the chunks before the picture.
  private mutating func readPNG(_ file: ByteSlice) {
    if file.count > 25, file[25] & 4 != 0 { traits.insert(.hasAlpha) }
    var isWhole = false
    file.forEachPNGChunk { name, _, _ in
      if name == "tRNS" { traits.insert(.hasAlpha) }
      if name == "acTL" { traits.insert(.isAnimated) }
      if name == "IEND" { isWhole = true }
      return !isWhole
    }
    if !isWhole { traits.insert(.isCutOff) }
    // A photograph takes over a byte and a half for each pixel; a drawing seldom a half.
    let pixels = Int(size.width) * Int(size.height)
    if file.count < pixels { traits.insert(.isDrawing) }
  }

  private mutating func readWebP(_ file: ByteSlice) {
    if let length = file.reversedNumber(at: 4, byteCount: 4), length > file.count - 8 {
      traits.insert(.isCutOff)
    }
    guard file.count > 24 else { return }
    if file[12..<16] == "VP8X" {
      if file[20] & 0x10 != 0 { traits.insert(.hasAlpha) }
      if file[20] & 0x02 != 0 { traits.insert(.isAnimated) }
    } else if file[12..<16] == "VP8L", file[24] & 0x10 != 0 {
      traits.insert(.hasAlpha)
    }
  }
}

extension PictureFacts {
  /// How much is read of a file that is no picture.
  private static let headerLimit = 1 << 12
  /// How much is read of a picture at the most.
  private static let largestFile = 1 << 28

  /// What is known of the files of `media`, in their order.
  ///
  /// A file that has not been changed since an earlier build is known from that.
  static func read(
    _ archive: Archive, in folder: borrowing Folder, jobs: Int, memory: SourceMemory?
  ) -> [PictureFacts] {
    guard !archive.media.isEmpty else { return [] }
    let descriptor = folder.descriptor
    let shares = inParallel(archive.media.count, width: jobs, batch: 4) { _, batches in
      var writer = TextStore.Writer(archive.store, isKept: true)
      var bytes = ByteBuffer(capacity: 1 << 16)
      var found: [(index: Int, facts: PictureFacts)] = []
      while let range = batches.take() {
        for index in range {
          let file = archive.media[index]
          if let facts = memory?.facts(of: file) {
            found.append((index, facts))
            continue
          }
          read(archive.store[file.path], in: descriptor, into: &bytes)
          found.append((index, PictureFacts(bytes.slice, &writer)))
        }
      }
      return found
    }
    var facts = Array(repeating: PictureFacts(), count: archive.media.count)
    for share in shares { for found in share { facts[found.index] = found.facts } }
    return facts
  }
}

extension PictureFacts {
  /// What is known of one file of `media`, which may be gone.
  init(of path: ByteSlice, in folder: borrowing Folder, _ writer: inout TextStore.Writer) {
    var bytes = ByteBuffer(capacity: 1 << 16)
    Self.read(path, in: folder.descriptor, into: &bytes)
    self.init(bytes.slice, &writer)
  }

  /// Reads a picture; of a file that is none, its start alone.
  private static func read(
    _ path: ByteSlice, in descriptor: Int32, into bytes: inout ByteBuffer
  ) {
    bytes.removeAll()
    Folder.readStart(of: path, limit: headerLimit, into: &bytes, in: descriptor)
    let isWanted = kind(of: bytes.slice) != .other || bytes.slice.isMarkup
    guard isWanted, bytes.count == headerLimit else { return }
    bytes.removeAll()
    Folder.readStart(of: path, limit: largestFile, into: &bytes, in: descriptor)
  }
}

extension SourceMemory {
  /// What is known of a picture that has not been changed since.
  fileprivate func facts(of file: SourceFile) -> PictureFacts? {
    let path = archive.store[file.path]
    var (low, high) = (0, archive.media.count)
    while low < high {
      let middle = (low + high) / 2
      if archive.store[archive.media[middle].path] < path {
        low = middle + 1
      } else {
        high = middle
      }
    }
    guard low < archive.media.count, archive.store[archive.media[low].path] == path,
      holds(file.stamp, as: archive.media[low].stamp)
    else { return nil }
    return pictures[low]
  }
}

extension ByteSlice {
  /// Where a run of bytes begins, from a place on; nil where it is not there.
  func firstPlace(of run: StaticString, from start: Int) -> Int? {
    let count = run.utf8CodeUnitCount
    guard count > 0 else { return nil }
    let first = unsafe run.utf8Start[0]
    var place = start
    while place + count <= self.count {
      guard let next = self[place..<self.count - count + 1].firstIndex(of: first) else {
        return nil
      }
      place += next
      if self[place..<place + count] == run { return place }
      place += 1
    }
    return nil
  }

  /// Whether the bytes begin as UTF-16 does: with its mark, or with a `<` of two bytes.
  fileprivate var isUTF16: Bool {
    switch number(at: 0, byteCount: 2) {
    case 0xFEFF, 0xFFFE, 0x3C00, 0x003C: true
    default: false
    }
  }

  /// Whether the bytes hold letters of ASCII as UTF-16 has them.
  fileprivate func holdsUTF16(of letters: StaticString) -> Bool {
    var text = ByteBuffer(capacity: count + 1)
    for offset in 0..<count where self[offset] != 0 { text.append(self[offset]) }
    return text.slice.firstPlace(of: letters, from: 0) != nil
  }

  /// Whether the bytes are UTF-8 without control characters: no other encoding that a file declares
  /// for itself makes other letters of them than those that are looked for here.
  fileprivate var isPlainUTF8: Bool {
    if firstInvalidByte != nil { return false }
    for offset in 0..<count {
      let byte = self[offset]
      if byte < 32, byte != 9, byte != 10, byte != 13 { return false }
    }
    return true
  }

  /// Whether the bytes begin as HTML and XML do, so that a drawing may follow after much else.
  fileprivate var isMarkup: Bool {
    let start = hasPrefix("\u{FEFF}") ? 3 : 0
    return isUTF16 || self[start..<count].trimmed.hasPrefix("<")
  }

  /// Whether there is a start tag of an element: `<svg`, or `<s:svg` with any prefix.
  fileprivate func holdsElement(_ name: StaticString) -> Bool {
    var place = 0
    while let found = firstPlace(of: name, from: place) {
      place = found + 1
      guard found > 0 else { continue }
      var start = found
      if self[found - 1] == UInt8(ascii: ":") {
        start -= 1
        while start > 0, self[start - 1] > 32, !"<>/\"'=".utf8.contains(self[start - 1]) {
          start -= 1
        }
      }
      if start > 0, self[start - 1] == UInt8(ascii: "<") { return true }
    }
    return false
  }

  /// Whether there is a URL that runs a script, as a browser reads it: character references stand for
  /// their characters, spaces and line ends for nothing.
  private var holdsScriptURL: Bool {
    var url = ByteBuffer(capacity: count + 1)
    for byte in CharacterReferences.decoded(array) where byte > 32 { url.append(byte) }
    url.lowercaseASCII(from: 0)
    return url.slice.firstPlace(of: "javascript:", from: 0) != nil
  }

  /// Whether a drawing in SVG has something in it that a browser would run.
  fileprivate var holdsScript: Bool {
    var plain = ByteBuffer(capacity: count + 1)
    plain.append(self)
    plain.lowercaseASCII(from: 0)
    let text = plain.slice
    if text.holdsElement("script") || text.holdsElement("foreignobject")
      || text.holdsElement("handler") || text.declaresEntity || holdsScriptURL
    {
      return true
    }
    // An attribute that names an event: a space, `on`, letters, `=`.
    var place = 0
    while let found = text.firstPlace(of: "on", from: place) {
      place = found + 2
      guard found > 0, [9, 10, 13, 32, 34, 39, 47].contains(text[found - 1]) else { continue }
      var end = place
      while end < text.count, text[end] >= 97, text[end] <= 122 { end += 1 }
      let isNamed = end > place
      while end < text.count, [9, 10, 13, 32].contains(text[end]) { end += 1 }
      if isNamed, end < text.count, text[end] == UInt8(ascii: "=") { return true }
    }
    return false
  }

  /// Whether an entity is declared that could stand for a part of a script: any but those that stand
  /// for the address of a namespace, as drawing programs write them.
  private var declaresEntity: Bool {
    var place = 0
    while let found = firstPlace(of: "<!entity", from: place) {
      place = found + 8
      let rest = self[place..<count]
      guard let quote = (0..<rest.count).first(where: { "\"'>".utf8.contains(rest[$0]) }) else {
        return true
      }
      let value = rest[quote + 1..<rest.count]
      guard rest[0..<quote].wordCount == 1, value.hasPrefix("http"),
        let end = value.firstIndex(of: rest[quote]),
        value[0..<end].firstIndex(of: UInt8(ascii: "&")) == nil,
        value[0..<end].firstIndex(of: UInt8(ascii: "<")) == nil
      else { return true }
    }
    return false
  }

  /// Whether the head of an AVIF file names an item of notes.
  fileprivate var holdsNotesOfAVIF: Bool {
    firstPlace(of: "infe", from: 0) != nil
      && (firstPlace(of: "Exif", from: 0) != nil
        || firstPlace(of: "application/rdf+xml", from: 0) != nil)
  }
}
