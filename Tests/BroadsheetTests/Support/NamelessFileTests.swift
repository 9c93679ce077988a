import Testing

@testable import Broadsheet

@Suite("A file without a name") struct NamelessFileTests {
  @Test("gives back what was written, and stands in no folder") func written() throws {
    let folder = try SampleFolder()
    let opened = try Folder(at: folder.path)
    let file = try #require(NamelessFile(in: opened.descriptor, limit: 100))
    let first = Array("Talks".utf8).withBytes { file.append($0) }
    #expect(file.hasRoom)
    let long = [UInt8](repeating: 7, count: 5_000)
    let second = long.withBytes { file.append($0) }
    #expect(!file.hasRoom)
    var buffer = ByteBuffer(capacity: 8)
    buffer.append("<")
    #expect(file.read(at: try #require(first), count: 5, into: &buffer))
    #expect(file.read(at: try #require(second), count: 5_000, into: &buffer))
    #expect(buffer.array == Array("<Talks".utf8) + long)
    #expect(!file.read(at: 5_000, count: 6, into: &buffer))
    #expect(buffer.count == 5_006)
    var names = 0
    try opened.forEachEntry { _, _ in names += 1 }
    #expect(names == 0)
  }

  @Test("is none where there can be none") func refused() {
    #expect(NamelessFile(in: -1, limit: 100) == nil)
    #expect(NamelessFile(in: -1, limit: 100, name: "kept") == nil)
  }
}
