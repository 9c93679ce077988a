/// The codes of a JPEG picture that is coded in one round (ISO/IEC 10918-1, sequential Huffman), which
/// tell of damage that decoders pass over.
///
/// Such a file has no check sums. But each code says where the next one begins: behind damage, the
/// picture is full long before its codes end, or its codes end before it is full.
struct JPEGScan {
  /// Whether a JPEG file has as many codes as its picture has blocks; nil where it is coded otherwise.
  ///
  /// - Complexity: O(*n*) in the size of the file: some 100 MB a second.
  static func isWhole(_ file: ByteSlice) -> Bool? {
    var frame = Frame()
    var whole: Bool?
    var scanCount = 0
    file.forEachJPEGSegment { marker, content, all in
      switch marker {
      case 0xC0, 0xC1: frame.read(frameHeader: content)
      case 0xC4: frame.read(tables: content)
      case 0xDD: frame.restartInterval = content.number(at: 0, byteCount: 2) ?? 0
      case 0xDA:
        scanCount += 1
        let codes = all[content.count + 4..<all.count]
        whole = JPEGScan(frame, header: content, codes).map { $0.isWhole() }
      default: break
      }
    }
    return scanCount == 1 ? whole : nil
  }

  private let codes: ByteSlice
  /// The tables of each block of a unit, in their order: that of its mean value, that of the others.
  private let blocks: [(mean: CodeTable, others: CodeTable)]
  private let unitCount: Int
  private let restartInterval: Int

  /// How many bytes may be left over: some cameras write them.
  private static let padding = 4

  /// The scan of all components of a frame; nil where it is not coded in one round.
  private init?(_ frame: Frame, header: ByteSlice, _ codes: ByteSlice) {
    let count = header.count > 0 ? Int(header[0]) : 0
    guard count > 0, count == frame.components.count, header.count >= 4 + count * 2 else {
      return nil
    }
    var blocks: [(mean: CodeTable, others: CodeTable)] = []
    for place in 0..<count {
      let id = header[1 + place * 2]
      let tables = header[2 + place * 2]
      guard let component = frame.components.first(where: { $0.id == id }),
        let mean = frame.tables[tables >> 4], let others = frame.tables[0x10 | tables & 0x0F]
      else { return nil }
      let blockCount = count == 1 ? 1 : component.width * component.height
      blocks += Array(repeating: (mean, others), count: blockCount)
    }
    // The blocks of a picture of one component are in no larger units.
    let widest = count == 1 ? 1 : frame.components.map(\.width).max() ?? 1
    let highest = count == 1 ? 1 : frame.components.map(\.height).max() ?? 1
    let across = (frame.width + widest * 8 - 1) / (widest * 8)
    let down = (frame.height + highest * 8 - 1) / (highest * 8)
    guard across > 0, down > 0 else { return nil }
    self.codes = codes
    self.blocks = blocks
    unitCount = across * down
    restartInterval = frame.restartInterval
  }

  /// Whether the codes are those of all units, and no more.
  private func isWhole() -> Bool {
    var reader = CodeReader(codes)
    var done = 0
    while done < unitCount {
      let end = restartInterval > 0 ? min(unitCount, done + restartInterval) : unitCount
      while done < end {
        for block in blocks {
          guard reader.skipBlock(block.mean, block.others) else { return false }
        }
        done += 1
      }
      if done < unitCount, !reader.skipRestart() { return false }
    }
    return reader.isAtEnd(but: Self.padding)
  }
}

/// What the headers of a JPEG file say of its codes.
private struct Frame {
  struct Component {
    var id: UInt8
    /// How many blocks of it lie in a unit, beside and above each other.
    var width: Int
    var height: Int
  }

  /// The picture's size, in pixels.
  var width = 0
  var height = 0
  var components: [Component] = []
  /// By their class in the upper four bits, and their number.
  var tables: [UInt8: CodeTable] = [:]
  /// How many units lie between two restarts; 0 for no restarts.
  var restartInterval = 0

  mutating func read(frameHeader: ByteSlice) {
    let count = frameHeader.count > 5 ? Int(frameHeader[5]) : 0
    guard count > 0, frameHeader.count >= 6 + count * 3, frameHeader[0] == 8 else { return }
    height = frameHeader.number(at: 1, byteCount: 2) ?? 0
    width = frameHeader.number(at: 3, byteCount: 2) ?? 0
    components = (0..<count).map { place in
      let sampling = frameHeader[7 + place * 3]
      return Component(
        id: frameHeader[6 + place * 3], width: Int(sampling >> 4), height: Int(sampling & 0x0F))
    }
    if components.contains(where: { $0.width == 0 || $0.height == 0 }) { components = [] }
  }

  mutating func read(tables content: ByteSlice) {
    var offset = 0
    while offset + 17 <= content.count {
      let counts = (1...16).map { Int(content[offset + $0]) }
      let end = offset + 17 + counts.reduce(0, +)
      guard end <= content.count else { return }
      tables[content[offset]] = CodeTable(counts, content[offset + 17..<end])
      offset = end
    }
  }
}

/// The codes of a Huffman table.
private struct CodeTable {
  /// Of a code of up to eight bits, by the eight bits that begin with it: its length and what it
  /// stands for; 0 for none.
  private(set) var short = [UInt16](repeating: 0, count: 256)
  /// By the length of codes: what the first bits are below, as a number of 16 bits.
  private var limits = [Int](repeating: 0, count: 17)
  /// By the length of codes: what is added to a code to have its place.
  private var starts = [Int](repeating: 0, count: 17)
  private let symbols: [UInt8]

  /// The table with so many codes of each length from 1 to 16.
  init(_ counts: [Int], _ symbols: ByteSlice) {
    self.symbols = symbols.array
    var code = 0
    var place = 0
    for length in 1...16 {
      starts[length] = place - code
      for _ in 0..<counts[length - 1] {
        if length <= 8, code < 1 << length {
          let first = code << (8 - length)
          for bits in first..<first + (1 << (8 - length)) {
            short[bits] = UInt16(length) << 8 | UInt16(self.symbols[place])
          }
        }
        code += 1
        place += 1
      }
      limits[length] = code << (16 - length)
      code <<= 1
    }
  }

  /// The length of the code that 16 bits begin with and what it stands for; nil for none.
  func code(in bits: Int) -> (length: Int, symbol: UInt8)? {
    let known = short[bits >> 8]
    if known != 0 { return (Int(known >> 8), UInt8(known & 0xFF)) }
    for length in 9...16 where bits < limits[length] {
      let place = starts[length] + (bits >> (16 - length))
      return symbols.indices.contains(place) ? (length, symbols[place]) : nil
    }
    return nil
  }
}

/// Reads the bits of codes.
private struct CodeReader {
  private let bytes: ByteSlice
  private var offset = 0
  /// The next bits, the first one highest among ``bitCount``.
  private var bits: UInt64 = 0
  private var bitCount = 0
  /// How many of them stand behind the last one that there is.
  private var missingCount = 0

  init(_ bytes: ByteSlice) { self.bytes = bytes }

  /// Goes past the codes of a block.
  ///
  /// - Returns: Whether there were such codes.
  mutating func skipBlock(_ mean: CodeTable, _ others: CodeTable) -> Bool {
    guard let size = next(mean), size < 16 else { return false }
    skip(Int(size))
    var place = 1
    while place < 64 {
      guard let code = next(others) else { return false }
      let (zeros, size) = (Int(code >> 4), Int(code & 0x0F))
      if size == 0 {
        guard zeros == 15 else { break }
        place += 16
        continue
      }
      place += zeros + 1
      guard place <= 64 else { return false }
      skip(size)
    }
    return bitCount >= missingCount
  }

  /// Goes past the mark of a restart, which must be next.
  mutating func skipRestart() -> Bool {
    while offset + 1 < bytes.count, bytes[offset] == 0xFF, bytes[offset + 1] == 0xFF { offset += 1 }
    guard bitCount - missingCount < 8, offset + 1 < bytes.count, bytes[offset] == 0xFF,
      (0xD0...0xD7).contains(bytes[offset + 1])
    else { return false }
    offset += 2
    (bits, bitCount, missingCount) = (0, 0, 0)
    return true
  }

  /// Whether no more bytes are left than a number, or only such as are all alike.
  func isAtEnd(but count: Int) -> Bool {
    let rest = bytes.count - offset + (bitCount - missingCount) / 8
    return rest <= count || bytes[offset..<bytes.count].array.allSatisfy { $0 == bytes[offset] }
  }

  private mutating func next(_ table: CodeTable) -> UInt8? {
    if bitCount < 16 { fill() }
    let first = Int(truncatingIfNeeded: bits >> UInt64(bitCount - 16)) & 0xFFFF
    guard let code = table.code(in: first) else { return nil }
    bitCount -= code.length
    return code.symbol
  }

  private mutating func skip(_ count: Int) {
    if bitCount < count { fill() }
    bitCount -= count
  }

  /// Takes bytes until there are 48 bits at least; behind the last one, zeros.
  private mutating func fill() {
    while bitCount <= 48 {
      var byte: UInt8 = 0
      if offset < bytes.count, bytes[offset] != 0xFF {
        byte = bytes[offset]
        offset += 1
      } else if offset + 1 < bytes.count, bytes[offset + 1] == 0 {
        byte = 0xFF
        offset += 2
      } else {
        missingCount += 8
      }
      bits = bits << 8 | UInt64(byte)
      bitCount += 8
    }
  }
}
