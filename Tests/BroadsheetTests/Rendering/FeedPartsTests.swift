import Testing

@testable import Broadsheet

@Suite("What is kept for feeds") struct FeedPartsTests {
  private static func bytes(of story: Int32) -> [UInt8] {
    Array(repeating: UInt8(truncatingIfNeeded: story), count: Int(story) * 937 % 9_000 + 1)
  }

  @Test("is what was written, whoever wrote it, and leaves no file") func written() throws {
    let folder = try SampleFolder()
    let opened = try Folder(at: folder.path)
    var parts = FeedParts(in: opened.descriptor)
    #expect(parts.hasRoom)
    for worker in 0..<2 {
      var writer = parts.writer()
      for story in Int32(0)..<400 where Int(story) % 3 == worker {
        Self.bytes(of: story).withBytes { writer.block.append($0) }
        writer.end(story)
      }
      writer.finish()
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
