import Testing

@testable import Broadsheet

@Suite("Pieces in a file without a name") struct PieceStoreTests {
  @Test("gives back what was written, and stands in no folder") func written() throws {
    let folder = try SampleFolder()
    let opened = try Folder(at: folder.path)
    let file = try #require(NamelessFile(in: opened.descriptor, limit: 100))
    let store = PieceStore(file)
    let long = [UInt8](repeating: 7, count: 200_000)
    var writer = PieceStore.Writer(store)
    writer.block.append("Talks")
    writer.end(4)
    #expect(store.hasRoom)
    long.withBytes { writer.block.append($0) }
    writer.end(9)
    writer.finish()
    #expect(!store.hasRoom)
    #expect(writer.kept.map(\.number) == [4, 9])
    var buffer = ByteBuffer(capacity: 8)
    buffer.append("<")
    for (_, piece) in writer.kept { #expect(store.read(piece, into: &buffer)) }
    #expect(buffer.array == Array("<Talks".utf8) + long)
    #expect(!store.read(.none, into: &buffer))
    let beyond = PieceStore.Piece(bits: 200_000 << 24 | 6)
    #expect(!store.read(beyond, into: &buffer))
    #expect(buffer.count == 200_006)
    var names = 0
    try opened.forEachEntry { _, _ in names += 1 }
    #expect(names == 0)
  }

  @Test("keeps no piece that is too long to be found again") func tooLong() throws {
    let folder = try SampleFolder()
    let opened = try Folder(at: folder.path)
    let file = try #require(NamelessFile(in: opened.descriptor, limit: 100))
    let store = PieceStore(file)
    var writer = PieceStore.Writer(store)
    let long = [UInt8](repeating: 7, count: PieceStore.Piece.longest + 1)
    long.withBytes { writer.block.append($0) }
    writer.end(1)
    writer.block.append("Talks")
    writer.end(2)
    writer.finish()
    var buffer = ByteBuffer(capacity: 8)
    #expect(writer.kept.map(\.number) == [2])
    for (_, piece) in writer.kept { #expect(store.read(piece, into: &buffer)) }
    #expect(buffer.string == "Talks")
  }

  @Test("is none where there can be none") func refused() {
    #expect(NamelessFile(in: -1, limit: 100) == nil)
    #expect(NamelessFile(in: -1, limit: 100, name: "kept") == nil)
  }
}
