/// A picture of a headline, 1200 by 630 pixels, which stands for a story without a picture where it
/// is shared: the paper's name above, the headline large, the section below.
struct ShareCard {
  /// How wide and high a card is.
  static let size = PictureSize(width: 1200, height: 630)
  private static let margin = 80

  /// The paper's name.
  var nameplate: String
  /// The headline.
  var headline: String
  /// The section's name; empty for none.
  var section: String

  /// Draws the card as a PNG file in black on white, which needs few bytes.
  ///
  /// - Parameter library: Draws it, in the serif face that the machine has.
  /// - Returns: The file.
  /// - Throws: What libvips says; it may lack Pango, which sets the text.
  func drawn(by library: VipsLibrary) throws(VipsLibrary.Failure) -> [UInt8] {
    let inner = Int(Self.size.width) - 2 * Self.margin
    var card = try area(Int(Self.size.width), Int(Self.size.height), library)
    card = try put(nameplate, "serif bold 34", top: 64, height: 60, inner, on: card, library)
    let rule = try library.image("invert", [("in", .image(try area(inner, 4, library)))])
    card = try insert(rule, at: (Self.margin, 140), on: card, library)
    card = try put(headline, "serif bold 68", top: 176, height: 320, inner, on: card, library)
    card = try put(section, "serif 30", top: 526, height: 50, inner, on: card, library)
    let ink = try library.image("invert", [("in", .image(card))])
    return try library.encoded(
      "pngsave_buffer", ink, [("compression", "9"), ("palette", "true"), ("bitdepth", "4")])
  }

  /// A black area, of one band.
  private func area(
    _ width: Int, _ height: Int, _ library: VipsLibrary
  ) throws(VipsLibrary.Failure) -> VipsImage {
    try library.image(
      "black", [("width", .text("\(width)")), ("height", .text("\(height)"))])
  }

  private func insert(
    _ image: VipsImage, at place: (x: Int, y: Int), on card: VipsImage, _ library: VipsLibrary
  ) throws(VipsLibrary.Failure) -> VipsImage {
    try library.image(
      "insert",
      [
        ("main", .image(card)), ("sub", .image(image)), ("x", .text("\(place.x)")),
        ("y", .text("\(place.y)")),
      ])
  }

  /// Puts a text into a box of the card: in its size where it fits, else as large as fits.
  private func put(
    _ text: String, _ font: String, top: Int, height: Int, _ width: Int, on card: VipsImage,
    _ library: VipsLibrary
  ) throws(VipsLibrary.Failure) -> VipsImage {
    // Pango reads markup: its signs are escaped, and a text of no letters is not set at all.
    let marked = Self.escaped(text)
    guard !marked.isEmpty else { return card }
    let set: [(String, VipsLibrary.Input)] = [
      ("text", .text(marked)), ("font", .text(font)), ("width", .text("\(width)")),
      ("wrap", .text("word-char")),
    ]
    var image = try library.image("text", set + [("dpi", .text("72"))])
    if image.size.height > height || image.size.width > width {
      image = try library.image("text", set + [("height", .text("\(height)"))])
    }
    let isRightToLeft =
      text.unicodeScalars.first(where: \.properties.isAlphabetic)
      .map { (0x590...0x8FF).contains($0.value) } ?? false
    let left = isRightToLeft ? Self.margin + width - Int(image.size.width) : Self.margin
    return try insert(image, at: (left, top), on: card, library)
  }

  /// The text as Pango's markup has it, cut at three hundred signs.
  private static func escaped(_ text: String) -> String {
    var marked = ""
    for scalar in text.prefix(300).unicodeScalars where scalar.value >= 32 {
      switch scalar {
      case "&": marked += "&amp;"
      case "<": marked += "&lt;"
      case ">": marked += "&gt;"
      default: marked.unicodeScalars.append(scalar)
      }
    }
    return marked.contains { !$0.isWhitespace } ? marked : ""
  }
}
