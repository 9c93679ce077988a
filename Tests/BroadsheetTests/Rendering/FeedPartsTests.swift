import Testing

@testable import Broadsheet

@Suite("What is kept for feeds") struct FeedPartsTests {
  private static func bytes(of story: Int32) -> [UInt8] {
    Array(repeating: UInt8(truncatingIfNeeded: story), count: Int(story) * 937 % 9_000 + 1)
  }

  /// Has a worker write the parts of some stories, and returns the worker.
  private static func writer(
    of stories: some Sequence<Int32>, in parts: FeedParts
  ) -> PieceStore.Writer {
    var writer = parts.writer()
    for story in stories {
      bytes(of: story).withBytes { writer.block.append($0) }
      writer.end(story)
    }
    writer.finish()
    return writer
  }

  @Test("is what was written, whoever wrote it, and leaves no file") func written() throws {
    let folder = try SampleFolder()
    let opened = try Folder(at: folder.path)
    var parts = FeedParts(in: opened.descriptor)
    #expect(parts.hasRoom)
    for worker in 0..<2 {
      let writer = Self.writer(of: stride(from: Int32(worker), to: 400, by: 3), in: parts)
      parts.add(writer.kept, storyCount: 400)
    }
    var buffer = ByteBuffer(capacity: 64)
    for story in Int32(0)..<400 {
      buffer.removeAll()
      buffer.append("before ")
      let isKept = parts.append(story, to: &buffer)
      #expect(isKept == (story % 3 != 2))
      #expect(buffer.array == Array("before ".utf8) + (isKept ? Self.bytes(of: story) : []))
    }
    var names = 0
    try opened.forEachEntry { _, _ in names += 1 }
    #expect(names == 0)
  }

  @Test("lies where texts were, and what is too much for that in a file")
  func left() throws {
    // So many texts of 1 MB, of which two share a chunk of memory.
    for (textCount, leavesRoom) in [(0, false), (2, false), (8, true)] {
      let folder = try SampleFolder()
      let opened = try Folder(at: folder.path)
      let texts = SourceTexts(storyCount: 10)
      do {
        var keeper = SourceTexts.Writer(texts)
        for text in 0..<Int32(textCount) {
          Array(repeating: UInt8(7), count: 1 << 20).withBytes { keeper.keep($0, of: text) }
        }
        keeper.finish()
      }
      var taken = ByteBuffer(capacity: 64)
      for text in 0..<Int32(textCount) { #expect(texts.take(text, into: &taken)) }

      var parts = FeedParts(in: opened.descriptor, pool: texts.pool)
      let long = Array(repeating: UInt8(9), count: 3 << 20)
      for worker in 0..<2 {
        var writer = Self.writer(of: stride(from: Int32(worker), to: 700, by: 2), in: parts)
        if worker == 1 {
          let before = roomOfNamelessFiles(in: folder.path)
          #expect((before == 0) == leavesRoom)
          // No chunk is as long.
          long.withBytes { writer.block.append($0) }
          writer.end(1_000)
          writer.finish()
          #expect(roomOfNamelessFiles(in: folder.path) >= before + long.count)
        }
        parts.add(writer.kept, storyCount: 1_001)
      }
      var buffer = ByteBuffer(capacity: 64)
      for story in Int32(0)..<700 {
        buffer.removeAll()
        #expect(parts.append(story, to: &buffer))
        #expect(buffer.array == Self.bytes(of: story))
      }
      buffer.removeAll()
      #expect(parts.append(1_000, to: &buffer))
      #expect(buffer.array == long)
    }
  }

  @Test("is nothing where no file can be") func refused() {
    var parts = FeedParts(in: -1)
    #expect(!parts.hasRoom)
    var writer = parts.writer()
    writer.block.append("kept")
    writer.end(0)
    writer.finish()
    parts.add(writer.kept, storyCount: 1)
    var buffer = ByteBuffer(capacity: 64)
    #expect(!parts.append(0, to: &buffer))
    #expect(buffer.count == 0)
  }
}
