/// Walks through the parts of picture files.
extension ByteSlice {
  /// Hands the chunks of a PNG file to a closure until it returns false: the name, the content, and
  /// the whole chunk.
  func forEachPNGChunk(_ visit: (ByteSlice, ByteSlice, ByteSlice) -> Bool) {
    var offset = 8
    while let length = number(at: offset, byteCount: 4), length <= count - offset - 12 {
      let end = offset + 12 + length
      let name = self[offset + 4..<offset + 8]
      guard visit(name, self[offset + 8..<end - 4], self[offset..<end]) else { return }
      offset = end
    }
  }

  /// Hands the chunks of a WebP file to a closure: the name, the content.
  func forEachWebPChunk(_ visit: (ByteSlice, ByteSlice) -> Void) {
    var offset = 12
    while let length = reversedNumber(at: offset + 4, byteCount: 4), length <= count - offset - 8 {
      visit(self[offset..<offset + 4], self[offset + 8..<offset + 8 + length])
      offset += 8 + length + (length & 1)
    }
  }

  /// Hands the segments of a JPEG file to a closure, up to its end: the marker, the content, and the
  /// whole segment, with the coded picture after it where one follows.
  ///
  /// - Returns: Whether the file is whole: whether there is an end of image.
  @discardableResult func forEachJPEGSegment(
    _ visit: (_ marker: UInt8, _ content: ByteSlice, _ whole: ByteSlice) -> Void
  ) -> Bool {
    var offset = 2
    while offset + 2 <= count {
      guard self[offset] == 0xFF else { return false }
      let marker = self[offset + 1]
      switch marker {
      case 0xFF:
        offset += 1
        continue
      case 0xD9:
        visit(marker, .empty, self[offset..<offset + 2])
        return true
      case 0x01, 0xD0...0xD8:
        visit(marker, .empty, self[offset..<offset + 2])
        offset += 2
        continue
      default: break
      }
      guard let length = number(at: offset + 2, byteCount: 2), length >= 2,
        length <= count - offset - 2
      else { return false }
      var end = offset + 2 + length
      if marker == 0xDA { end = endOfScan(from: end) }
      visit(marker, self[offset + 4..<offset + 2 + length], self[offset..<end])
      offset = end
    }
    return false
  }

  /// Whether a JPEG file is one that decoders remark on though it is sound: of another JFIF version
  /// than 1, with a colour code of Adobe's that they do not know, or padded before its end.
  var isOddJPEG: Bool {
    var isOfOtherVersion = false
    var colourCode: UInt8 = 0
    var componentCount: UInt8 = 0
    var isPadded = false
    forEachJPEGSegment { marker, content, whole in
      switch marker {
      case 0xE0 where content.count > 5 && content.hasPrefix("JFIF\0"):
        isOfOtherVersion = content[5] != 1
      case 0xEE where content.count > 11 && content.hasPrefix("Adobe"): colourCode = content[11]
      case 0xC0...0xC2 where content.count > 5: componentCount = content[5]
      case 0xDA: isPadded = whole[whole.count - 2..<whole.count] == "\0\0"
      default: break
      }
    }
    let isOfKnownColours = colourCode == 0 || colourCode == (componentCount == 4 ? 2 : 1)
    return isOfOtherVersion || !isOfKnownColours || isPadded
  }

  /// Where the coded picture ends that begins at a place: at the next marker but restarts.
  private func endOfScan(from start: Int) -> Int {
    var place = start
    while place < count, let next = self[place..<count].firstIndex(of: 0xFF) {
      place += next
      guard place + 1 < count else { return count }
      switch self[place + 1] {
      case 0x00, 0xD0...0xD7: place += 2
      case 0xFF: place += 1
      default: return place
      }
    }
    return count
  }
}

extension ByteBuffer {
  /// Appends a picture's file without what is noted in it: place, camera, names, comments, and
  /// whatever stands behind its end.
  ///
  /// The picture itself, its colours and which way up it is stay as they are; of what is no JPEG,
  /// PNG or WebP file, all does.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - kind: What kind of file it is.
  mutating func append(withoutNotes file: ByteSlice, _ kind: PictureFacts.Kind) {
    switch kind {
    case .jpeg: append(jpegWithoutNotes: file)
    case .png: append(pngWithoutNotes: file)
    case .webP: append(webPWithoutNotes: file)
    case .avif, .gif, .svg, .other: append(file)
    }
  }

  private mutating func append(jpegWithoutNotes file: ByteSlice) {
    append(file[0..<2])
    let orientation = PictureSize.orientation(ofJPEG: file)
    var hasOrientation = orientation == 1
    file.forEachJPEGSegment { marker, content, whole in
      switch marker {
      case 0xE0 where content.hasPrefix("JFIF"), 0xE2 where content.hasPrefix("ICC_PROFILE"),
        0xEE where content.hasPrefix("Adobe"):
        append(whole)
      case 0xE0...0xEF, 0xFE: break
      default:
        // Which way up the picture is, and nothing else, before all that is not a header.
        if !hasOrientation {
          append(orientation: orientation)
          hasOrientation = true
        }
        append(whole)
      }
    }
  }

  /// Appends a segment of EXIF (CIPA DC-008) that says which way up a picture is.
  private mutating func append(orientation: Int) {
    let notes: [UInt8] = [
      0xFF, 0xE1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0, 0x4D, 0x4D, 0, 42, 0, 0, 0, 8, 0, 1, 0x01,
      0x12, 0, 3, 0, 0, 0, 1, 0, UInt8(orientation), 0, 0, 0, 0, 0, 0,
    ]
    append(notes)
  }

  private mutating func append(pngWithoutNotes file: ByteSlice) {
    append(file[0..<min(8, file.count)])
    file.forEachPNGChunk { name, _, whole in
      let isNote = ["eXIf", "tEXt", "zTXt", "iTXt", "tIME"].contains { name == $0 }
      if !isNote { append(whole) }
      return !(name == "IEND")
    }
  }

  private mutating func append(webPWithoutNotes file: ByteSlice) {
    let start = count
    append("RIFF0000WEBP")
    file.forEachWebPChunk { name, content in
      if name == "EXIF" || name == "XMP " { return }
      append(name)
      append(reversed: content.count)
      if name == "VP8X", content.count > 0 {
        // The flags no longer promise notes.
        append(content[0] & ~0x0C)
        append(content[1..<content.count])
      } else {
        append(content)
      }
      if content.count & 1 == 1 { append(UInt8(0)) }
    }
    let length = count - start - 8
    for place in 0..<4 { replace(UInt8(length >> (place * 8) & 0xFF), at: start + 4 + place) }
  }

  private mutating func append(reversed number: Int) {
    for place in 0..<4 { append(UInt8(number >> (place * 8) & 0xFF)) }
  }
}
