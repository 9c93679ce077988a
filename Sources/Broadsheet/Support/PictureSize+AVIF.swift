/// AVIF, which is a HEIF file (ISO/IEC 23008-12): boxes in boxes, where the main picture names the
/// properties it has, its size and its turns among them.
extension PictureSize {
  static func avif(_ file: ByteSlice) -> (width: Int, height: Int)? {
    guard let meta = file.box("meta"), meta.count > 4 else { return nil }
    let content = meta[4..<meta.count]  // after its version and flags
    guard let list = content.box("iprp"), let properties = list.box("ipco") else { return nil }
    var wanted: [Int]?
    if let primary = content.box("pitm"), let associations = list.box("ipma") {
      let isWide = primary.number(at: 0, byteCount: 1) != 0
      if let item = primary.number(at: 4, byteCount: isWide ? 4 : 2) {
        wanted = Self.properties(of: item, in: associations)
      }
    }
    var size: (width: Int, height: Int)?
    var isTurned = false
    var index = 0
    properties.forEachBox { kind, property in
      index += 1
      if let wanted, !wanted.contains(index) { return }
      if kind == "ispe", size == nil, let width = property.number(at: 4, byteCount: 4),
        let height = property.number(at: 8, byteCount: 4)
      {
        size = (width, height)
      } else if kind == "irot", let turn = property.number(at: 0, byteCount: 1) {
        isTurned = turn & 1 == 1
      }
    }
    guard let size else { return nil }
    return isTurned ? (size.height, size.width) : size
  }

  /// The properties of an item, counted from 1, or nil where it has none.
  private static func properties(of item: Int, in associations: ByteSlice) -> [Int]? {
    guard let version = associations.number(at: 0, byteCount: 1),
      let flags = associations.number(at: 1, byteCount: 3),
      let entries = associations.number(at: 4, byteCount: 4)
    else { return nil }
    let itemWidth = version < 1 ? 2 : 4
    let propertyWidth = flags & 1 == 1 ? 2 : 1
    var offset = 8
    var entry = 0
    while entry < entries {
      guard let number = associations.number(at: offset, byteCount: itemWidth),
        let count = associations.number(at: offset + itemWidth, byteCount: 1)
      else { return nil }
      offset += itemWidth + 1
      if number == item {
        // The highest bit says that a reader has to know the property.
        let mask = propertyWidth == 2 ? 0x7FFF : 0x7F
        return (0..<count).compactMap { place in
          associations.number(at: offset + place * propertyWidth, byteCount: propertyWidth)
            .map { $0 & mask }
        }
      }
      offset += count * propertyWidth
      entry += 1
    }
    return nil
  }
}

extension ByteSlice {
  /// The content of the first box of a kind, or nil.
  fileprivate func box(_ kind: StaticString) -> ByteSlice? {
    var found: ByteSlice?
    forEachBox { name, content in
      if found == nil, name == kind { found = content }
    }
    return found
  }

  /// Hands each whole box to a closure, with its kind of four letters.
  fileprivate func forEachBox(_ visit: (_ kind: ByteSlice, _ content: ByteSlice) -> Void) {
    var offset = 0
    while let short = number(at: offset, byteCount: 4), offset + 8 <= count {
      var start = offset + 8
      var length = short
      if short == 1 {
        guard let long = number(at: start, byteCount: 8) else { return }
        length = long
        start += 8
      } else if short == 0 {
        length = count - offset
      }
      guard length >= start - offset, length <= count - offset else { return }
      let end = offset + length
      visit(self[offset + 4..<offset + 8], self[start..<end])
      offset = end
    }
  }
}
