import Foundation
import Testing

@testable import Broadsheet

@Suite("The pictures of a site") struct PictureBuildTests {
  private static let hasVips = VipsPlace.found() != nil
  private static let widths = "pictures: { widths: [24, 40, 300], share-cards: true }\n"

  private func site(_ more: [String: String] = [:]) throws -> TemporarySite {
    let files = [
      "politics/talks.md": story(
        "Talks", "2024-10-03", "image: { src: ../media/a.jpg, alt: Quay }",
        body: "![Wave](../media/b.png)\n\nSee ![chart](../media/c.png) or [all](../media/a.jpg)."),
      "politics/bare.md": story("A <bare> & long headline"),
    ]
    let site = try TemporarySite(
      files.merging(more) { $1 },
      configuration: TemporarySite.plainConfiguration + Self.widths)
    try site.write(SamplePicture.photograph, to: "media/a.jpg")
    try site.write(SamplePicture.seeThrough, to: "media/b.png")
    try site.write(SamplePicture.drawing, to: "media/c.png")
    return site
  }

  @Test(
    "are made in several widths and formats, never larger than they are",
    .enabled(if: hasVips, "libvips is not here"))
  func making() throws {
    let built = try site().build { $0.vips = .ofThisMachine }
    #expect(built.messages == [])
    let names = built.paths.filter { $0.hasPrefix("media/") }.map {
      $0.replacing(/\.[0-9a-f]{8}-/, with: "-")
    }
    #expect(
      names == [
        "media/a-24.avif", "media/a-24.jpg", "media/a-24.webp", "media/a-40.avif",
        "media/a-40.jpg", "media/a-40.webp", "media/a-60.avif", "media/a-60.jpg",
        "media/a-60.webp", "media/a.jpg", "media/b-24.avif", "media/b-24.png", "media/b-24.webp",
        "media/b-40.avif", "media/b-40.png", "media/b-40.webp", "media/b-80.avif",
        "media/b-80.png", "media/b-80.webp", "media/c-64.png", "media/c-64.webp",
      ])
    for path in built.paths where path.hasPrefix("media/") {
      let bytes = try #require(built.files[path])
      let text = String(decoding: bytes, as: Unicode.ASCII.self)
      for secret in ["Secret", "GPS", "12345", "harbour"] { #expect(!text.contains(secret)) }
      guard let width = path.firstMatch(of: /-(\d+)\./).flatMap({ Int32($0.1) }) else { continue }
      #expect(bytes.withBytes { PictureSize(header: $0) }.width == width)
    }
    let page = built["politics/2024/10/talks.html"]
    #expect(page.contains(#"<source type="image/avif" srcset="../../../media/a."#))
    #expect(page.contains("24w, "))
    #expect(page.contains(#"width="60" height="80" fetchpriority="high">"#))
    #expect(page.contains("The harbour at dusk"))
    #expect(page.contains("<small>Xəzər Foto</small>"))
    #expect(page.contains(#"<picture><source type="image/webp" srcset="../../../media/c."#))
    let feed = built["rss.xml"]
    #expect(!feed.contains("<picture") && !feed.contains("srcset") && !feed.contains("<source"))
    #expect(feed.contains("<img src=\"https://daily.example/media/b."))
  }

  @Test(
    "include a card for a story without one, which names its size",
    .enabled(if: hasVips, "libvips is not here"))
  func cards() throws {
    let site = try site()
    let built = try site.build { $0.vips = .ofThisMachine }
    let cards = built.paths.filter { $0.hasPrefix("assets/cards/") }
    #expect(cards.count == 1)
    let card = try #require(cards.first)
    #expect(
      built.files[card]?.withBytes { PictureSize(header: $0) }
        == PictureSize(width: 1200, height: 630))
    let page = built["politics/2024/10/bare.html"]
    #expect(page.contains(#"property="og:image" content="https://daily.example/\#(card)""#))
    #expect(page.contains(#"property="og:image:width" content="1200""#))
    #expect(page.contains(#"property="og:image:alt" content="A &lt;bare&gt; &amp; long headline""#))
    #expect(!page.contains("<img"))
    try site.write(story("Another headline"), to: "politics/bare.md")
    let again = try site.build { $0.vips = .ofThisMachine }
    #expect(again.files[card] == nil)
    #expect(again.report.madePictureCount == 1)
  }

  @Test(
    "are made once: the next build, and one after a wiped output, take them as they are",
    .enabled(if: hasVips, "libvips is not here"))
  func cache() throws {
    let site = try site()
    let first = try site.build { $0.vips = .ofThisMachine }
    #expect(first.report.madePictureCount == 21)
    try FileManager.default.removeItem(atPath: site.path + "/public")
    let second = try site.build { $0.vips = .ofThisMachine }
    #expect(second.report.madePictureCount == 0)
    #expect(second.differences(from: first) == [])
    try site.write(SamplePicture.drawing + [0], to: "media/c.png")
    let third = try site.build { $0.vips = .ofThisMachine }
    #expect(third.report.madePictureCount == 2)
    #expect(third.paths.filter { $0.hasPrefix("media/c") }.count == 2)
  }

  @Test("without libvips are copied, without the notes in them")
  func copying() throws {
    let built = try site().build()
    #expect(built.messages == [])
    #expect(built.report.lacksVips)
    #expect(
      built.paths.filter { $0.hasPrefix("media/") } == [
        "media/a.jpg", "media/b.png", "media/c.png",
      ])
    for path in built.paths {
      #expect(!String(decoding: built.files[path] ?? [], as: UTF8.self).contains("Secret Person"))
    }
    let page = built["politics/2024/10/talks.html"]
    #expect(page.contains(#"<img src="../../../media/a.jpg" alt="Quay" width="60" height="80""#))
    #expect(page.contains("The harbour at dusk"))
    #expect(!page.contains("<picture") && !page.contains("og:image\" content=\"\""))
  }

  @Test("change with libvips coming and going, and leave nothing behind")
  func comingAndGoing() throws {
    let site = try site()
    let copied = try site.build()
    guard Self.hasVips else { return }
    let made = try site.build { $0.vips = .ofThisMachine }
    #expect(made.paths.contains { $0.hasSuffix(".avif") })
    #expect(try site.build().differences(from: copied) == [])
  }

  @Test(
    "that are broken, cut off or far too large are errors, and nothing is published",
    .enabled(if: hasVips, "libvips is not here"))
  func broken() throws {
    let site = try site()
    let good = try site.build { $0.vips = .ofThisMachine }
    var huge = SamplePicture.drawing
    huge.replaceSubrange(16..<24, with: [0, 1, 0, 0, 0, 1, 0, 0])
    for (file, name, id) in [
      (Array(SamplePicture.photograph.dropLast(400)), "media/a.jpg", "bad-picture"),
      (Array(SamplePicture.seeThrough.dropLast(900)), "media/b.png", "bad-picture"),
      (huge, "media/c.png", "huge-picture"),
    ] {
      try site.write(file, to: name)
      let built = try site.build { $0.vips = .ofThisMachine }
      #expect(built.messages.count == 1)
      #expect(built.messages.first?.hasPrefix("seeds/\(name): error:") == true)
      #expect(built.messages.first?.contains("[\(id)]") == true)
      #expect(built.differences(from: good) == [])
      for (whole, name) in [
        (SamplePicture.photograph, "media/a.jpg"), (SamplePicture.seeThrough, "media/b.png"),
        (SamplePicture.drawing, "media/c.png"),
      ] { try site.write(whole, to: name) }
    }
  }

  /// The photograph of the sample site, which is coded in several rounds.
  private static func largePhotograph() throws -> [UInt8] {
    let root = (0..<4).reduce(URL(fileURLWithPath: #filePath)) { url, _ in
      url.deletingLastPathComponent()
    }
    return Array(try Data(contentsOf: root.appendingPathComponent("seeds/media/fig.jpg")))
  }

  /// A segment of a JPEG file.
  private static func segment(_ marker: UInt8, _ content: String) -> [UInt8] {
    [0xFF, marker, 0, UInt8(content.utf8.count + 2)] + Array(content.utf8)
  }

  @Test(
    "that were overwritten in the middle are errors",
    .enabled(if: hasVips, "libvips is not here"))
  func overwritten() throws {
    let large = try Self.largePhotograph()
    let small = SamplePicture.photograph
    let middle = large.count / 2
    var zeros = large
    zeros.replaceSubrange(middle..<middle + 200, with: [UInt8](repeating: 0, count: 200))
    var letters = large
    letters.replaceSubrange(middle..<middle + 200, with: [UInt8](repeating: 0x5A, count: 200))
    var half = large
    half.removeSubrange(middle..<large.count - 2)
    var hole = small
    hole.replaceSubrange(
      small.count - 240..<small.count - 140, with: [UInt8](repeating: 0, count: 100))
    let site = try site()
    for file in [zeros, letters, half, hole] {
      try site.write(file, to: "media/a.jpg")
      let built = try site.build { $0.vips = .ofThisMachine }
      #expect(built.messages.count == 1)
      #expect(built.messages.first?.hasPrefix("seeds/media/a.jpg: error: the picture ") == true)
      #expect(built.messages.first?.contains("[bad-picture]") == true)
      #expect(built.files.isEmpty)
    }
  }

  @Test(
    "that are odd but whole are made like others",
    .enabled(if: hasVips, "libvips is not here"))
  func odd() throws {
    let large = try Self.largePhotograph()
    let small = SamplePicture.photograph
    var padded = large
    padded.insert(contentsOf: [UInt8](repeating: 0, count: 12), at: large.count - 2)
    let followed: [UInt8] = large + [UInt8](repeating: 0, count: 5_000)
    var versioned = small
    versioned.insert(contentsOf: Self.segment(0xE0, "JFIF\0\u{9}\u{1}\0\0\u{1}\0\u{1}\0\0"), at: 2)
    var coloured = small
    coloured.insert(contentsOf: Self.segment(0xEE, "Adobe\0d\0\0\0\0\u{7}"), at: 2)
    let site = try site()
    for file in [large, padded, followed, versioned, coloured] {
      try site.write(file, to: "media/a.jpg")
      #expect(try site.build { $0.vips = .ofThisMachine }.messages == [])
    }
  }

  @Test(
    "that are no pictures, or cut off, are errors without libvips too, and where they are copied",
    arguments: [
      ("", "the file is empty"), ("RIFF", "this is no picture"), ("RIFF123", "this is no picture"),
      ("just words", "this is no picture"), ("RIFF\u{1}\u{1}\0\0WEBPVP8 ", "cut off"),
    ])
  func brokenCopies(content: String, reason: String) throws {
    let site = try site([
      "politics/more.md": story("More", body: "![Sea](../media/sea.webp)"),
      "media/sea.webp": content,
      // What no story shows stands in nobody's way.
      "media/unused.webp": content,
    ])
    for configuration in ["", "pictures: copy\n"] {
      try site.write(TemporarySite.plainConfiguration + configuration, to: "site.yaml")
      for file in [SamplePicture.photograph, SamplePicture.photograph.dropLast(400)] {
        try site.write(Array(file), to: "media/a.jpg")
        let built = try site.build()
        let isCut = file.count < SamplePicture.photograph.count
        #expect(built.messages.count == (isCut ? 2 : 1))
        #expect(built.messages.last?.hasPrefix("seeds/media/sea.webp: error: ") == true)
        #expect(built.messages.last?.contains(reason) == true)
        #expect(built.messages.allSatisfy { $0.hasSuffix("[bad-picture]") })
        #expect(built.report.exitCode == 1)
        #expect(built.paths == [])
      }
    }
    try site.write(SamplePicture.photograph, to: "media/a.jpg")
    try site.remove("politics/more.md")
    #expect(try site.build().messages == [])
  }

  @Test("of a kind that the program does not know are published as they are")
  func otherKinds() throws {
    let heic = "\0\0\0\u{18}ftypmif1\0\0\0\0mif1avif"
    let site = try site([
      "politics/more.md": story("More", body: "![Sea](../media/sea.avif) ![M](../media/map.bmp)"),
      "media/sea.avif": heic, "media/map.bmp": "BM map",
    ])
    let built = try site.build()
    #expect(built.messages == [])
    #expect(built["media/sea.avif"] == heic)
    #expect(built["media/map.bmp"] == "BM map")
  }

  @Test(
    "of a held story are looked at before its day, and published on it",
    .enabled(if: hasVips, "libvips is not here"))
  func held() throws {
    let site = try site([
      "politics/later.md": story(
        "Later", "2024-12-01", "image: { src: ../media/later.jpg, alt: Later }")
    ])
    try site.write(Array(SamplePicture.photograph.dropLast(400)), to: "media/later.jpg")
    let broken = try site.build { $0.vips = .ofThisMachine }
    #expect(broken.messages.count == 1)
    try site.write(SamplePicture.photograph + [1], to: "media/later.jpg")
    let before = try site.build { $0.vips = .ofThisMachine }
    #expect(!before.paths.contains { $0.contains("later") })
    let after = try site.build(now: "2024-12-02T00:00:00Z") { $0.vips = .ofThisMachine }
    #expect(after.paths.filter { $0.hasPrefix("media/later.") }.count == 9)
    #expect(after.report.madePictureCount == 0)
  }

  @Test("in SVG that would run something are errors")
  func scripts() throws {
    let site = try site([
      "politics/drawing.md": story("Drawing", body: "![A drawing](../media/d.svg)"),
      "media/d.svg":
        #"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><g onload ="x()"/></svg>"#,
    ])
    let built = try site.build()
    #expect(built.messages.count == 1)
    #expect(built.messages.first?.contains("seeds/media/d.svg: error:") == true)
    #expect(built.messages.first?.contains("[script-in-picture]") == true)
    try site.write(
      #"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>on = 3</text></svg>"#,
      to: "media/d.svg")
    #expect(try site.build().messages == [])
  }

  @Test(
    "in SVG are looked at as a browser reads them",
    arguments: [
      ("<script>x()</script>", true), ("<s:script>x()</s:script>", true),
      ("<a href=\"java&#115;cript:x()\"/>", true), ("<a href=\"java\tscript:x()\"/>", true),
      ("<a href=\"&#x6A;ava\nscript&colon;x()\"/>", true),
      ("<text>A description: on = 3, scripture</text>", false),
      ("<text>&#60;s&gt; &amp; subscript: x</text>", false),
      (String(repeating: " ", count: 5_000) + "<script>x()</script>", true),
    ])
  func hiddenScripts(content: String, isRefused: Bool) throws {
    let site = try site(["politics/drawing.md": story("D", body: "![A drawing](../media/d.svg)")])
    let start = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">"
    try site.write(start + content + "</svg>", to: "media/d.svg")
    let built = try site.build()
    #expect(built.messages.count == (isRefused ? 1 : 0))
    #expect(built.messages.first?.contains("[script-in-picture]") == (isRefused ? true : nil))
  }

  @Test("in SVG may have a prefix, entities for namespaces, and much before them")
  func oddScripts() throws {
    let site = try site(["politics/drawing.md": story("D", body: "![A drawing](../media/d.svg)")])
    let namespace = "http://www.w3.org/2000/svg"
    func messages(_ text: String) throws -> [String] {
      try site.write(text, to: "media/d.svg")
      return try site.build().messages.map { String($0.split(separator: " ").last ?? "") }
    }
    #expect(
      try messages("<s:svg xmlns:s=\"\(namespace)\"><s:script>x()</s:script></s:svg>")
        == ["[script-in-picture]"])
    let comment = "<!-- " + String(repeating: "much ", count: 1_000) + "-->"
    #expect(
      try messages(comment + "<svg xmlns=\"\(namespace)\"><script>x()</script></svg>")
        == ["[script-in-picture]"])
    #expect(
      try messages(
        "<!DOCTYPE svg [<!ENTITY n \"\(namespace)\">]><svg xmlns=\"&n;\" width=\"9\" height=\"9\"/>"
      )
        == [])
    #expect(
      try messages(
        "<!DOCTYPE svg [<!ENTITY n \"java\">]><svg xmlns=\"\(namespace)\" width=\"9\" height=\"9\">"
          + "<a href=\"&n;script:x()\"/></svg>") == ["[script-in-picture]"])
  }

  @Test("in SVG are refused in another encoding than UTF-8")
  func encodings() throws {
    let site = try site(["politics/drawing.md": story("D", body: "![A drawing](../media/d.svg)")])
    let text = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>x()</script></svg>"
    let wide = text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    let escaped = text.replacingOccurrences(of: "script", with: "scr\u{1B}(Bipt")
    let latin = Array("<svg xmlns=\"http://www.w3.org/2000/svg\"><desc>Caf".utf8) + [0xE9]
    for bytes in [[0xFF, 0xFE] + wide, wide, Array(escaped.utf8), latin + "</desc></svg>".utf8] {
      try site.write(bytes, to: "media/d.svg")
      let messages = try site.build().messages
      #expect(
        messages == [
          "seeds/media/d.svg: error: the drawing is not in UTF-8, so that it cannot be told whether "
            + "it holds a script; save it as UTF-8 [bad-picture]"
        ])
    }
  }

  @Test("that libvips cannot be loaded for are an error of the machine")
  func brokenLibrary() throws {
    let site = try site()
    let library = site.path + "/libvips.so.42"
    try Data("no library".utf8).write(to: URL(fileURLWithPath: library))
    let built = try site.build { options in
      options.vips = BuildOptions.Vips(place: VipsPlace.found(environment: library))
    }
    #expect(built.report.exitCode == 3)
    #expect(built.messages.first?.contains("[broken-libvips]") == true)
    #expect(VipsPlace.found(environment: "none") == nil)
    #expect(VipsPlace.found(environment: site.path + "/none.so") == nil)
  }

  @Test("are copied where site.yaml says so; other words are errors")
  func configuration() throws {
    let site = try site()
    try site.write(TemporarySite.plainConfiguration + "pictures: copy\n", to: "site.yaml")
    let built = try site.build { $0.vips = .ofThisMachine }
    #expect(!built.paths.contains { $0.hasSuffix(".avif") })
    #expect(!built.report.lacksVips)
    try site.write(
      TemporarySite.plainConfiguration + "pictures: { widths: [3, x], make: never, size: 1 }\n",
      to: "site.yaml")
    #expect(try site.build().messages.filter { $0.contains("error:") }.count == 4)
  }
}

@Suite("The cache of pictures") struct FileCacheTests {
  @Test("keeps what is wanted, and of the rest the newest, up to a bound")
  func trimming() throws {
    let folder = try SampleFolder()
    let cache = try FileCache(at: folder.path + "/pictures")
    for name in ["a", "b", "c", "d"] {
      try cache.write(name, Array(repeating: 1, count: 100))
      usleep(15_000)
    }
    cache.trim(wanted: ["a"], limit: 250)
    #expect(["a", "b", "c", "d"].filter { cache.holds($0) } == ["a", "c", "d"])
  }

  @Test("takes an empty file, such as a crash leaves, for none")
  func empty() throws {
    let folder = try SampleFolder()
    let cache = try FileCache(at: folder.path + "/pictures")
    try cache.write("a", [])
    #expect(!cache.holds("a"))
    try cache.write("a", [1])
    #expect(cache.holds("a"))
  }

  @Test("takes a file that was damaged for none, and gives the bytes of others back")
  func damaged() throws {
    let folder = try SampleFolder()
    let cache = try FileCache(at: folder.path + "/pictures")
    try cache.write("a", [1, 2, 3, 4])
    var bytes = ByteBuffer()
    try cache.read("a", into: &bytes)
    #expect(bytes.array == [1, 2, 3, 4])
    let file = URL(fileURLWithPath: folder.path + "/pictures/a")
    let whole = try Data(contentsOf: file)
    for place in whole.indices {
      var turned = whole
      turned[place] ^= 0x55
      try turned.write(to: file)
      #expect(!cache.holds("a"), "byte \(place)")
    }
    try whole.dropLast().write(to: file)
    #expect(!cache.holds("a"))
  }
}
