import Foundation
import Testing

@testable import Broadsheet

@Suite("The notes in a picture") struct PictureNotesTests {
  @Test("say what it shows and whom to name, in IPTC and in XMP")
  func reading() {
    let photograph = SamplePicture.photograph.withBytes { PictureNotes($0, .jpeg) }
    #expect(String(decoding: photograph.caption, as: UTF8.self) == "The harbour at dusk")
    #expect(String(decoding: photograph.credit, as: UTF8.self) == "Xəzər Foto")
    let drawing = SamplePicture.seeThrough.withBytes { PictureNotes($0, .png) }
    #expect(String(decoding: drawing.caption, as: UTF8.self) == "A <b> wave")
    #expect(String(decoding: drawing.credit, as: UTF8.self) == "Secret &amp; Co")
  }

  @Test(
    "are gone from a copy, which shows the same",
    arguments: [
      (SamplePicture.photograph, PictureFacts.Kind.jpeg),
      (SamplePicture.seeThrough, PictureFacts.Kind.png),
    ])
  func removal(file: [UInt8], kind: PictureFacts.Kind) {
    var bare = ByteBuffer()
    file.withBytes { bare.append(withoutNotes: $0, kind) }
    let text = String(decoding: bare.array, as: Unicode.ASCII.self)
    for secret in ["Secret", "GPS", "12345", "harbour", "xmp", "iTXt", "8BIM"] {
      #expect(!text.contains(secret))
    }
    #expect(PictureSize(header: bare.slice) == file.withBytes { PictureSize(header: $0) })
    #expect(bare.count > 100)
    #expect(PictureNotes(bare.slice, kind).caption.isEmpty)
  }

  @Test("keep which way up it is, and nothing behind the picture's end")
  func orientation() {
    var bare = ByteBuffer()
    (SamplePicture.photograph + SamplePicture.photograph).withBytes {
      bare.append(withoutNotes: $0, .jpeg)
    }
    #expect(PictureSize.orientation(ofJPEG: bare.slice) == 6)
    #expect(bare.array.suffix(2) == [0xFF, 0xD9])
    #expect(bare.count < SamplePicture.photograph.count)
  }

  @Test("do no harm where they are cut off or wrong, at any byte")
  func hostile() {
    for (file, kind) in [
      (SamplePicture.photograph, PictureFacts.Kind.jpeg), (SamplePicture.seeThrough, .png),
    ] {
      for count in stride(from: 0, to: file.count, by: 7) {
        var bare = ByteBuffer()
        Array(file[..<count]).withBytes {
          _ = PictureNotes($0, kind)
          bare.append(withoutNotes: $0, kind)
        }
        var changed = file
        changed[count] ^= 0xFF
        var writer = TextStore.Writer(TextStore())
        changed.withBytes {
          _ = PictureFacts($0, &writer)
          bare.append(withoutNotes: $0, kind)
        }
        #expect(!String(decoding: bare.array, as: Unicode.ASCII.self).contains("Secret Person"))
      }
    }
  }

  @Test("of a WebP file are cut out, with the flags that promise them")
  func webP() {
    func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
      let count = content.count
      return Array(name.utf8) + [UInt8(count & 255), UInt8(count >> 8), 0, 0] + content
        + (count & 1 == 1 ? [0] : [])
    }
    let parts =
      chunk("VP8X", [0x1C, 0, 0, 0, 99, 0, 0, 49, 0, 0]) + chunk("VP8 ", [1, 2, 3])
      + chunk("EXIF", Array("GPS".utf8)) + chunk("XMP ", Array("place".utf8))
    let file = Array("RIFF".utf8) + [UInt8(parts.count + 4), 0, 0, 0] + Array("WEBP".utf8) + parts
    var bare = ByteBuffer()
    file.withBytes { bare.append(withoutNotes: $0, .webP) }
    let kept = chunk("VP8X", [0x10, 0, 0, 0, 99, 0, 0, 49, 0, 0]) + chunk("VP8 ", [1, 2, 3])
    #expect(
      bare.array == Array("RIFF".utf8) + [UInt8(kept.count + 4), 0, 0, 0] + Array("WEBP".utf8)
        + kept)
  }
}
