/// A text with marks at the places that a test is about: `MarkedText("date: ①3 Octobr")`.
struct MarkedText {
  /// The text without its marks.
  let text: String
  private let offsets: [Character: Int]

  /// A text whose marks are circled digits.
  init(_ marked: String) {
    var text = ""
    var offsets: [Character: Int] = [:]
    for character in marked {
      if "①②③④⑤⑥⑦⑧⑨".contains(character) {
        offsets[character] = text.utf8.count
      } else {
        text.append(character)
      }
    }
    self.text = text
    self.offsets = offsets
  }

  /// The bytes without the marks.
  var bytes: [UInt8] { Array(text.utf8) }

  /// Where a mark stands, in bytes; nil where there is no such mark.
  subscript(mark: Character) -> Int? { offsets[mark] }
}
