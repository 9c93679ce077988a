import Testing

@testable import Broadsheet

@Suite("The codes of a JPEG file") struct JPEGScanTests {
  private static let hasVips = VipsPlace.found() != nil

  /// A picture of rings that grow ever finer.
  private static func picture(bands: Int, _ options: [(String, String)]) throws -> [UInt8] {
    let place = try #require(VipsPlace.found())
    let library = try VipsLibrary(path: place.path)
    var image = try library.image(
      "zone", [("width", .text("203")), ("height", .text("151")), ("uchar", .text("true"))])
    if bands > 1 {
      let space = bands == 3 ? "srgb" : "cmyk"
      image = try library.image(
        "copy", [("in", .image(image)), ("interpretation", .text("b-w"))])
      image = try library.image("colourspace", [("in", .image(image)), ("space", .text(space))])
    }
    return try library.encoded("jpegsave_buffer", image, [("strip", "true")] + options)
  }

  private static let plain: [(String, String)] = [("Q", "90")]

  @Test(
    "are as many as its picture has blocks",
    .enabled(if: hasVips, "libvips is not here"),
    arguments: [1, 3, 4], ["on", "off"])
  func whole(bands: Int, subsampling: String) throws {
    for optimized in ["true", "false"] {
      let file = try Self.picture(
        bands: bands,
        [("Q", "90"), ("subsample-mode", subsampling), ("optimize-coding", optimized)])
      #expect(file.withBytes { JPEGScan.isWhole($0) } == true)
      // What is damaged may have as many codes by chance.
      var (tryCount, passedCount) = (0, 0)
      for place in stride(from: file.count / 2, to: file.count - 1_000, by: 397) {
        var zeros = file
        zeros.replaceSubrange(place..<place + 200, with: [UInt8](repeating: 0, count: 200))
        var gap = file
        gap.removeSubrange(place..<place + 100)
        for damaged in [zeros, gap] {
          tryCount += 1
          if damaged.withBytes({ JPEGScan.isWhole($0) }) != false { passedCount += 1 }
        }
      }
      #expect(tryCount > 0 && passedCount * 5 <= tryCount)
    }
  }

  @Test(
    "may be followed by padding",
    .enabled(if: hasVips, "libvips is not here"))
  func padding() throws {
    for padding in [[1, 2, 3], [UInt8](repeating: 0, count: 3_000)] as [[UInt8]] {
      var file = try Self.picture(bands: 3, Self.plain)
      file.insert(contentsOf: padding, at: file.count - 2)
      #expect(file.withBytes { JPEGScan.isWhole($0) } == true)
    }
  }

  @Test(
    "tell nothing of a picture that is coded in several rounds",
    .enabled(if: hasVips, "libvips is not here"))
  func progressive() throws {
    let file = try Self.picture(bands: 3, Self.plain + [("interlace", "true")])
    #expect(file.withBytes { JPEGScan.isWhole($0) } == nil)
  }

  @Test("do no harm where the file is cut off or wrong, at any byte")
  func cut() {
    let whole = SamplePicture.photograph
    #expect(whole.withBytes { JPEGScan.isWhole($0) } == true)
    for place in 0..<whole.count {
      _ = Array(whole[..<place]).withBytes { JPEGScan.isWhole($0) }
      var wrong = whole
      wrong[place] ^= 0xFF
      _ = wrong.withBytes { JPEGScan.isWhole($0) }
    }
  }
}
