import Testing

@testable import Broadsheet

@Suite("Texts that come again") struct RepeatedTextsTests {
  @Test("are stored once, and are what was asked for however many others come")
  func repeated() {
    let store = TextStore()
    var writer = TextStore.Writer(store)
    var texts = RepeatedTexts()
    func bytes(_ number: Int) -> [UInt8] { Array((number == 0 ? "" : "tag \(number)").utf8) }
    for round in 0..<3 {
      for number in 0..<5_000 {
        let text = bytes(number).withBytes { texts.text($0, &writer) }
        #expect(store[text].array == bytes(number), "\(round)")
      }
    }
    let first = bytes(7).withBytes { texts.text($0, &writer) }
    let second = bytes(7).withBytes { texts.text($0, &writer) }
    #expect(store[first].isSame(as: store[second]))
  }
}
