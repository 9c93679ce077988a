import Testing

@testable import Broadsheet

@Suite("Pieces in a file without a name") struct PieceStoreTests {
  @Test("gives back what was written, and stands in no folder") func written() throws {
    let folder = try SampleFolder()
    let opened = try Folder(at: folder.path)
    let file = try #require(NamelessFile(in: opened.descriptor, limit: 300_000))
    let store = PieceStore(file)
    let long = [UInt8](repeating: 7, count: 300_000)
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
    let beyond = PieceStore.Piece(bits: 900_000 << 24 | 6)
    #expect(!store.read(beyond, into: &buffer))
    #expect(buffer.count == 300_006)
    var names = 0
    try opened.forEachEntry { _, _ in names += 1 }
    #expect(names == 0)
  }

  @Test("gives back pieces of all lengths, of several writers") func lengths() throws {
    let folder = try SampleFolder()
    let opened = try Folder(at: folder.path)
    let store = PieceStore(NamelessFile(in: opened.descriptor, limit: 1 << 30))
    let lengths = [
      4_000, 1, 65_536, 61_535, 0, 70_000, 65_535, 262_144, 300_000, 3, 262_143, 131_073,
    ]
    let kept = (0..<2).map { worker in
      var writer = PieceStore.Writer(store)
      for number in 0..<25 {
        for place in 0..<lengths[number % lengths.count] {
          writer.block.append(UInt8(truncatingIfNeeded: place &* 31 ^ place >> 8 ^ number ^ worker))
        }
        writer.end(Int32(number))
        if number == 14 { writer.finish() }
      }
      writer.finish()
      return writer.kept
    }
    for (worker, pieces) in kept.enumerated() {
      #expect(pieces.map(\.number) == (0..<25).filter { $0 % 12 != 4 })
      for (number, piece) in pieces {
        var buffer = ByteBuffer(capacity: 8)
        #expect(store.read(piece, into: &buffer))
        let wanted = (0..<lengths[Int(number) % lengths.count]).map {
          UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8 ^ Int(number) ^ worker)
        }
        #expect(buffer.array == wanted, "piece \(number) of writer \(worker)")
      }
    }
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
