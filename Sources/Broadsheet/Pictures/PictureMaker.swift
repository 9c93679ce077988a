/// Makes a picture smaller and encodes it, through libvips.
struct PictureMaker {
  let library: VipsLibrary

  /// What this libvips can encode.
  func abilities() throws(VipsLibrary.Failure) -> PictureSet.Abilities {
    let sample = try library.image(
      "black", [("width", .text("16")), ("height", .text("16")), ("bands", .text("3"))])
    var abilities: PictureSet.Abilities = []
    func canEncode(_ format: PictureSet.Format) -> Bool {
      (try? encoded(sample, format, isExact: false))?.isEmpty == false
    }
    if canEncode(.avif) { abilities.insert(.avif) }
    if canEncode(.webP) { abilities.insert(.webP) }
    return abilities
  }

  /// Makes files of a picture.
  ///
  /// - Parameters:
  ///   - file: The picture's file, which lives through the call.
  ///   - facts: What is known of it.
  ///   - wanted: The files.
  ///   - take: Takes each file when it is made.
  /// - Throws: Why the picture cannot be read.
  func make(
    _ file: ByteSlice, _ facts: PictureFacts, _ wanted: [PictureSet.Variant],
    _ take: (PictureSet.Variant, [UInt8]) -> Void
  ) throws(VipsLibrary.Failure) {
    guard let widest = wanted.max(by: { $0.size.width < $1.size.width }) else { return }
    let largest = try decoded(file, facts, widest.size)
    var image: (width: Int32, image: VipsImage) = (widest.size.width, largest)
    for variant in wanted.sorted(by: { $0.size.width > $1.size.width }) {
      if variant.size.width != image.width {
        let smaller = try library.image(
          "thumbnail_image", [("in", .image(largest))] + Self.arguments(for: variant.size))
        image = (variant.size.width, try library.bare(smaller))
      }
      take(variant, try bare(image.image, variant.format, isExact: variant.isExact))
    }
  }

  /// The picture, the right way up, in sRGB, without notes.
  ///
  /// A JPEG file has no check sums: of one that was overwritten in its middle the decoder only remarks
  /// that something is odd, as it does of some sound files.
  private func decoded(
    _ file: ByteSlice, _ facts: PictureFacts, _ size: PictureSize
  ) throws(VipsLibrary.Failure) -> VipsImage {
    let level = facts.kind == .jpeg && !file.isOddJPEG ? "warning" : "error"
    // libvips 8.14 keeps `fail-on` to itself: the loader hears of it by its options alone.
    let options = "[fail-on=\(level)]"
    // Browsers turn only JPEG files as their notes say.
    let isTurned = facts.kind == .jpeg || facts.kind == .avif
    let small = try library.image(
      "thumbnail_buffer",
      [
        ("buffer", .file(file)), ("fail-on", .text(level)), ("option-string", .text(options)),
        ("no-rotate", .text(isTurned ? "false" : "true")), ("export-profile", .text("srgb")),
      ] + Self.arguments(for: size))
    let plain = try library.image(
      "colourspace", [("in", .image(small)), ("space", .text("srgb"))])
    return try library.bare(plain)
  }

  private static func arguments(for size: PictureSize) -> [(String, VipsLibrary.Input)] {
    [
      ("width", .text("\(size.width)")), ("height", .text("\(size.height)")),
      ("size", .text("force")),
    ]
  }

  /// An image as a file without notes: libvips writes some of its own into WebP files.
  private func bare(
    _ image: VipsImage, _ format: PictureSet.Format, isExact: Bool
  ) throws(VipsLibrary.Failure) -> [UInt8] {
    let file = try encoded(image, format, isExact: isExact)
    guard format == .webP else { return file }
    var bare = ByteBuffer(capacity: file.count + 1)
    file.withBytes { bare.append(withoutNotes: $0, .webP) }
    return bare.array
  }

  /// An image as a file.
  ///
  /// AVIF at a higher effort takes several times as long: at 4, thirty times as long as at 0.
  func encoded(
    _ image: VipsImage, _ format: PictureSet.Format, isExact: Bool
  ) throws(VipsLibrary.Failure) -> [UInt8] {
    switch format {
    case .avif:
      try library.encoded(
        "heifsave_buffer", image,
        [("compression", "av1"), ("Q", "52"), ("effort", "1"), ("strip", "true")])
    case .webP:
      try library.encoded(
        "webpsave_buffer", image,
        isExact
          ? [("lossless", "true"), ("effort", "4"), ("strip", "true")]
          : [("Q", "76"), ("effort", "3"), ("strip", "true")])
    case .jpeg:
      try library.encoded(
        "jpegsave_buffer", image,
        [("Q", "78"), ("optimize-coding", "true"), ("interlace", "true"), ("strip", "true")])
    case .png:
      try library.encoded(
        "pngsave_buffer", image, [("compression", "9"), ("filter", "all"), ("strip", "true")])
    }
  }
}
