/// What a site publishes of its pictures: which files, in which formats and sizes, under which names.
///
/// The names follow from the pictures' own bytes and from how they are made, never from what an
/// encoder has written: pages have the same bytes wherever there is a libvips.
final class PictureSet: Sendable {
  /// A format that pictures are made in.
  enum Format: UInt8, BitwiseCopyable, Sendable, CaseIterable {
    case avif, webP, jpeg, png

    /// The ending of its files.
    var ending: StaticString {
      switch self {
      case .avif: ".avif"
      case .webP: ".webp"
      case .jpeg: ".jpg"
      case .png: ".png"
      }
    }

    /// Its media type.
    var mediaType: StaticString {
      switch self {
      case .avif: "image/avif"
      case .webP: "image/webp"
      case .jpeg: "image/jpeg"
      case .png: "image/png"
      }
    }
  }

  /// What the libvips of this machine can encode beside JPEG and PNG.
  struct Abilities: OptionSet, Sendable {
    let rawValue: UInt8
    static let avif = Abilities(rawValue: 1)
    static let webP = Abilities(rawValue: 2)
  }

  /// One file that is made of a picture.
  struct Variant: BitwiseCopyable, Sendable {
    /// The picture, as an index into the archive's `media`.
    var media: Int32
    /// What it is made in.
    var format: Format
    /// Whether each pixel stays as it is: of drawings.
    var isExact: Bool
    /// How wide and high it is.
    var size: PictureSize
    /// Its path from the output folder.
    var path: Text
  }

  /// What pages show of a picture.
  struct Shown: BitwiseCopyable, Sendable {
    /// The file that an `img` element and a feed name.
    var path: Text
    /// How wide and high that is; unknown of what is no picture.
    var size: PictureSize
    /// The files made of it, by format and then from the narrowest to the widest, as a run of
    /// ``PictureSet/variants``; empty where it is copied.
    var variants = PoolRange()
    /// The hash of all that pages print of it.
    var hash: UInt64 = 0
  }

  /// A format of a picture, and its files.
  struct Source: BitwiseCopyable, Sendable {
    var format: Format
    /// A run of ``PictureSet/variants``.
    var variants: PoolRange
  }

  /// The largest picture that is decoded, in pixels.
  static let pixelLimit = 100_000_000
  /// The highest picture that all formats can hold.
  private static let heightLimit = 16_000
  /// Another number gives all files new names: it goes up when pictures are made otherwise.
  static let recipe: UInt64 = 1

  /// What is known of each file of `media`.
  let facts: [PictureFacts]
  /// What pages show of each, in the same order.
  let shown: [Shown]
  /// The files that can be made.
  let variants: [Variant]
  private let store: TextStore

  /// Decides what is published of the files of `media`.
  ///
  /// - Parameters:
  ///   - archive: The files.
  ///   - facts: What is known of each.
  ///   - site: The widths.
  ///   - abilities: What can be encoded; nil where pictures are copied.
  init(
    _ archive: Archive, _ facts: [PictureFacts], _ site: SiteConfiguration,
    abilities: Abilities?
  ) {
    self.facts = facts
    store = archive.store
    var writer = TextStore.Writer(archive.store)
    var variants: [Variant] = []
    var shown: [Shown] = []
    var path = ByteBuffer(capacity: 256)
    for (index, facts) in facts.enumerated() {
      let file = archive.media[index]
      var picture = Shown(path: file.path, size: facts.size)
      var hash = Hash(seed: facts.hash)
      for text in [facts.caption, facts.credit] { hash.add(archive.store[text]) }
      let formats = Self.formats(of: facts, abilities)
      let sizes = formats.isEmpty ? [] : Self.sizes(of: facts, site.pictures.widths)
      if !sizes.isEmpty {
        let name = Self.name(of: archive.store[file.path], facts)
        let start = variants.count
        for format in formats {
          for size in sizes {
            path.removeAll()
            path.append(archive.store[file.path].withoutEnding)
            path.append(".")
            path.append(hexadecimal: name >> 32, width: 8)
            path.append("-")
            path.append(number: Int(size.width))
            path.append(format.ending)
            variants.append(
              Variant(
                media: Int32(index), format: format,
                isExact: facts.traits.contains(.isDrawing) || format == .png, size: size,
                path: writer.add(path.slice)))
            hash.add(path.slice)
          }
        }
        picture.variants = PoolRange(start: UInt32(start), count: UInt32(variants.count - start))
        let largest = variants[variants.count - 1]
        picture.path = largest.path
        picture.size = largest.size
      }
      hash.add(UInt64(bitPattern: Int64(picture.size.width) << 32 | Int64(picture.size.height)))
      picture.hash = hash.value
      shown.append(picture)
    }
    self.shown = shown
    self.variants = variants
  }

  /// The paths of all files that can be made.
  var paths: [String] { variants.map { store.string($0.path) } }

  /// Whether a picture is made smaller and encoded anew, not copied.
  func isMade(_ media: Int) -> Bool { !shown[media].variants.isEmpty }

  /// The formats of a picture that come before its `img` element, the smallest files first.
  func sources(of media: Int) -> [Source] {
    var sources: [Source] = []
    for place in shown[media].variants.indices {
      let format = variants[place].format
      if sources.last?.format == format {
        sources[sources.count - 1].variants.count += 1
      } else {
        sources.append(
          Source(format: format, variants: PoolRange(start: UInt32(place), count: 1)))
      }
    }
    return sources
  }

  /// The formats that a picture is made in, the one for all browsers last.
  ///
  /// A photograph is made in AVIF, WebP and JPEG. A drawing, whose edges and letters an encoder for
  /// photographs would smear, is made in lossless WebP, most often the smallest, and PNG; what is
  /// see-through is too, with AVIF where it is a photograph.
  private static func formats(of facts: PictureFacts, _ abilities: Abilities?) -> [Format] {
    guard let abilities, facts.size.width > 0, !facts.traits.contains(.isAnimated) else {
      return []
    }
    let hasAlpha = facts.traits.contains(.hasAlpha)
    let isDrawing = facts.traits.contains(.isDrawing)
    switch facts.kind {
    case .jpeg, .png, .webP: break
    case .avif: if !abilities.contains(.avif) { return [] }
    case .gif, .svg, .other: return []
    }
    var formats: [Format] = []
    if abilities.contains(.avif), !isDrawing { formats.append(.avif) }
    if abilities.contains(.webP) { formats.append(.webP) }
    return formats + [isDrawing || hasAlpha ? .png : .jpeg]
  }

  /// The sizes that a picture is made in: never larger than it is.
  ///
  /// A drawing has one: its edges are blurred by making it smaller, and the file grows by that.
  private static func sizes(of facts: PictureFacts, _ widths: [Int]) -> [PictureSize] {
    let (width, height) = (Int(facts.size.width), Int(facts.size.height))
    var chosen = widths.filter { $0 < width }
    if let widest = widths.last, width <= widest { chosen.append(width) }
    if facts.traits.contains(.isDrawing) { chosen.removeFirst(chosen.count - 1) }
    let sizes = chosen.map { wanted in
      PictureSize(
        width: Int32(wanted), height: Int32(max(1, (height * wanted + width / 2) / width)))
    }
    return sizes.allSatisfy { $0.height <= heightLimit } ? sizes : []
  }

  private static func name(of path: ByteSlice, _ facts: PictureFacts) -> UInt64 {
    var hash = Hash(seed: recipe)
    hash.add(facts.hash)
    hash.add(path)
    return hash.value
  }
}

extension ByteSlice {
  /// A path without the ending of its last part.
  fileprivate var withoutEnding: ByteSlice {
    var end = count
    while end > 0, self[end - 1] != UInt8(ascii: "/") {
      if self[end - 1] == UInt8(ascii: "."), end > 1, self[end - 2] != UInt8(ascii: "/") {
        return self[0..<end - 1]
      }
      end -= 1
    }
    return self
  }
}
