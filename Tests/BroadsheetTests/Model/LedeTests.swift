import Testing

@testable import Broadsheet

@Suite("A lede") struct LedeTests {
  private static func hash(_ text: String) -> UInt64 { text.withBytes { Lede.hash(of: $0) } }

  @Test("is told by its letters and digits, plain or in Markdown, however long") func markup() {
    let words = "Ministers in Bakı meet on 3 October to agree on water — and on “grain” "
    for count in [1, 2, 9, 40, 300] {
      let plain = String(repeating: words, count: count)
      let marked = String(
        repeating: "**Ministers** in [Bakı](../world/baku.md) meet on *3 October* to agree on "
          + "water - and on \"grain\"\n", count: count)
      #expect(Self.hash(plain) != 0)
      #expect(Self.hash(plain) == Self.hash(marked))
      for other in [plain + "s", "A" + plain, plain.replacing("3", with: "4", maxReplacements: 1)] {
        #expect(Self.hash(other) != Self.hash(plain))
      }
    }
  }

  @Test("is not told where it is short") func short() {
    #expect(Self.hash("") == 0)
    #expect(Self.hash(String(repeating: "a. ", count: 39)) == 0)
    #expect(Self.hash(String(repeating: "a. ", count: 40)) != 0)
  }

  @Test("may end with a bracket, and hold one that leads nowhere") func brackets() {
    let words = String(repeating: "Ministers meet in Geneva ", count: 4)
    #expect(Self.hash(words + "]") == Self.hash(words))
    #expect(Self.hash(words + "](") == Self.hash(words))
    #expect(Self.hash("](" + words + "](" + words) == Self.hash(words + words))
  }
}
