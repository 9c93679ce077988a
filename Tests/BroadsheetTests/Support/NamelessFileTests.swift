import Testing

@testable import Broadsheet

@Suite("A file without a name") struct NamelessFileTests {
  @Test("gives back what was written, and stands in no folder") func written() throws {
    let folder = try SampleFolder()
    let opened = try Folder(at: folder.path)
    let file = try #require(NamelessFile(in: opened.descriptor, limit: 100))
    let long = [UInt8](repeating: 7, count: 200_000)
    var writer = NamelessFile.Writer(file)
    writer.block.append("Talks")
    writer.end(4)
    #expect(file.hasRoom)
    long.withBytes { writer.block.append($0) }
    writer.end(9)
    writer.finish()
    #expect(!file.hasRoom)
    #expect(writer.kept.map(\.number) == [4, 9])
    var buffer = ByteBuffer(capacity: 8)
    buffer.append("<")
    for (_, piece) in writer.kept { #expect(file.read(piece, into: &buffer)) }
    #expect(buffer.array == Array("<Talks".utf8) + long)
    #expect(!file.read(.none, into: &buffer))
    let beyond = NamelessFile.Piece(bits: 200_000 << 24 | 6)
    #expect(!file.read(beyond, into: &buffer))
    #expect(buffer.count == 200_006)
    var names = 0
    try opened.forEachEntry { _, _ in names += 1 }
    #expect(names == 0)
  }

  @Test("keeps no piece that is too long to be found again") func tooLong() throws {
    let folder = try SampleFolder()
    let opened = try Folder(at: folder.path)
    let file = try #require(NamelessFile(in: opened.descriptor, limit: 100))
    var writer = NamelessFile.Writer(file)
    let long = [UInt8](repeating: 7, count: NamelessFile.Piece.longest + 1)
    long.withBytes { writer.block.append($0) }
    writer.end(1)
    writer.block.append("Talks")
    writer.end(2)
    writer.finish()
    var buffer = ByteBuffer(capacity: 8)
    #expect(writer.kept.map(\.number) == [2])
    for (_, piece) in writer.kept { #expect(file.read(piece, into: &buffer)) }
    #expect(buffer.string == "Talks")
  }

  @Test("is none where there can be none") func refused() {
    #expect(NamelessFile(in: -1, limit: 100) == nil)
    #expect(NamelessFile(in: -1, limit: 100, name: "kept") == nil)
  }
}
