/// The ids of a text's headings and tables, each of them once.
struct AnchorTable: ~Copyable {
  private struct Entry: BitwiseCopyable {
    var hash: UInt64
    var start: Int
    var count: Int
    /// The number to try after this id when another heading has the same text.
    var nextNumber = 2
  }

  private var bytes = ByteBuffer(capacity: 256)
  private var entries: [Entry] = []
  /// Indexes into `entries` by hash, with -1 for a free place; its count is a power of two.
  private var slots: [Int32] = Array(repeating: -1, count: 32)

  /// Takes all ids out.
  mutating func removeAll() {
    if entries.isEmpty { return }
    entries.removeAll(keepingCapacity: true)
    bytes.removeAll()
    if slots.count > 1024 { slots = Array(repeating: -1, count: 32) }
    for index in slots.indices { slots[index] = -1 }
  }

  /// Whether an id is in the table.
  func contains(_ id: ByteSlice) -> Bool { slots[slot(for: id, Hash.of(id))] >= 0 }

  /// Puts an id in, with a number after it when it is there already: `talks`, `talks-2`.
  ///
  /// - Returns: The id as it is in the table, valid until the next is put in.
  /// - Complexity: O(*n*) in the id's length, however many are equal.
  mutating func insert(_ id: ByteSlice) -> ByteSlice {
    let place = slot(for: id, Hash.of(id))
    guard slots[place] >= 0 else {
      let start = bytes.count
      bytes.append(id)
      return add(from: start)
    }
    let index = Int(slots[place])
    var number = entries[index].nextNumber
    while true {
      let start = bytes.count
      bytes.appendOwn(entries[index].start..<entries[index].start + entries[index].count)
      bytes.append(UInt8(ascii: "-"))
      bytes.append(number: number)
      number += 1
      if !contains(bytes.slice(start..<bytes.count)) {
        entries[index].nextNumber = number
        return add(from: start)
      }
      bytes.truncate(to: start)
    }
  }

  /// Adds the id that stands at the end of the bytes.
  private mutating func add(from start: Int) -> ByteSlice {
    if (entries.count + 1) * 2 > slots.count { grow() }
    let id = bytes.slice(start..<bytes.count)
    let hash = Hash.of(id)
    slots[slot(for: id, hash)] = Int32(entries.count)
    entries.append(Entry(hash: hash, start: start, count: id.count))
    return id
  }

  private func slot(for id: ByteSlice, _ hash: UInt64) -> Int {
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let entry = entries[Int(slots[slot])]
      if entry.hash == hash, bytes.slice(entry.start..<entry.start + entry.count) == id { break }
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 2)
    for index in entries.indices {
      var slot = Int(truncatingIfNeeded: entries[index].hash) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(index)
    }
  }
}

extension ByteBuffer {
  /// Appends a heading's text as an anchor: letters in lower case, digits and `_` stay, spaces and
  /// dashes become one `-`, all else goes.
  mutating func append(anchor heading: ByteSlice) {
    let start = count
    var isAfterGap = false
    var offset = 0
    while offset < heading.count {
      let byte = heading[offset]
      if byte < 0x80 {
        offset += 1
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
          UInt8(ascii: "_"):
          append(byte, afterGap: &isAfterGap, from: start)
        case UInt8(ascii: "A")...UInt8(ascii: "Z"):
          append(byte | 0x20, afterGap: &isAfterGap, from: start)
        case UInt8(ascii: "-"), 32, 9...13: isAfterGap = true
        default: break
        }
        continue
      }
      let first = offset
      repeat { offset += 1 } while offset < heading.count && heading[offset] & 0xC0 == 0x80
      for scalar in heading[first..<offset].string.unicodeScalars {
        append(scalar, afterGap: &isAfterGap, from: start)
      }
    }
  }

  /// Appends a letter beyond ASCII in lower case, or notes a gap.
  private mutating func append(
    _ scalar: Unicode.Scalar, afterGap isAfterGap: inout Bool, from start: Int
  ) {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .decimalNumber, .letterNumber, .otherNumber:
      for byte in scalar.properties.lowercaseMapping.utf8 {
        append(byte, afterGap: &isAfterGap, from: start)
      }
    case .spaceSeparator, .lineSeparator, .paragraphSeparator, .dashPunctuation: isAfterGap = true
    default: break
    }
  }

  private mutating func append(_ byte: UInt8, afterGap isAfterGap: inout Bool, from start: Int) {
    if isAfterGap, count > start { append(UInt8(ascii: "-")) }
    isAfterGap = false
    append(byte)
  }
}
