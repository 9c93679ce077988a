/// A hash of bytes in 64 bits, the same on every machine and in every run.
///
/// It multiplies and folds as wyhash does (final version 4): 8 bytes a step, no tables. It is for
/// finding and comparing what this program itself made, not for defence against an attacker: two
/// files are taken for equal only where a chance of 2⁻⁶⁴ a pair is small enough.
public struct Hash: Sendable {
  private var state: UInt64
  private var length: UInt64 = 0

  private static let first: UInt64 = 0xA076_1D64_78BD_642F
  private static let second: UInt64 = 0xE703_7ED1_A0B4_28DB

  /// A hash of nothing yet; hashes with different seeds have nothing to do with each other.
  public init(seed: UInt64 = 0) { state = seed ^ Self.first }

  @inline(__always) private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }

  /// Takes in a number.
  @inline(__always) public mutating func add(_ number: UInt64) {
    state = Self.fold(state ^ number, Self.second)
    length &+= 8
  }

  /// Takes in the bytes of a slice, and their count, so that two slices are not one longer one.
  public mutating func add(_ bytes: ByteSlice) {
    unsafe add(UnsafeRawBufferPointer(bytes.buffer))
  }

  /// Takes in bytes of memory, and their count.
  public mutating func add(_ bytes: UnsafeRawBufferPointer) {
    var offset = 0
    while offset + 16 <= bytes.count {
      let low = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      let high = unsafe bytes.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self)
      state = Self.fold(low.littleEndian ^ state, high.littleEndian ^ Self.second)
      offset += 16
    }
    let tail = unsafe Self.tail(of: bytes, from: offset)
    state = Self.fold(tail.low ^ state ^ Self.second, tail.high ^ Self.first)
    length &+= UInt64(bytes.count)
    state ^= length &* Self.second
  }

  /// The last bytes, fewer than 16, as two numbers filled with zeros.
  ///
  /// Loads overlap, so that no byte is taken by itself.
  @inline(__always) private static func tail(
    of bytes: UnsafeRawBufferPointer, from offset: Int
  ) -> (low: UInt64, high: UInt64) {
    let count = bytes.count - offset
    func load<Number: FixedWidthInteger & BitwiseCopyable>(_ place: Int, _: Number.Type) -> UInt64 {
      unsafe UInt64(
        truncatingIfNeeded: bytes.loadUnaligned(fromByteOffset: place, as: Number.self)
          .littleEndian)
    }
    if count >= 8 {
      let low = load(offset, UInt64.self)
      // A shift by all 64 bits leaves nothing, as it should.
      return (low, load(bytes.count - 8, UInt64.self) >> UInt64((16 - count) * 8))
    }
    if count >= 4 {
      let last = load(bytes.count - 4, UInt32.self)
      return (load(offset, UInt32.self) | last << UInt64((count - 4) * 8), 0)
    }
    guard count > 0 else { return (0, 0) }
    let middle = load(offset + count / 2, UInt8.self) << UInt64(count / 2 * 8)
    let last = load(bytes.count - 1, UInt8.self) << UInt64((count - 1) * 8)
    return (load(offset, UInt8.self) | middle | last, 0)
  }

  /// The hash of all that was taken in.
  public var value: UInt64 { Self.fold(state ^ Self.second, length ^ Self.first) }

  /// The hash of many bytes, such as those of a page: another than that of a slice, and several times
  /// as fast, since no step of a lane waits for one of the others.
  static func ofMany(_ bytes: ByteSlice) -> UInt64 {
    var lanes = (first, second, first ^ second, first &+ second)
    let memory = unsafe UnsafeRawBufferPointer(bytes.buffer)
    @inline(__always) func folded(_ lane: UInt64, _ offset: Int) -> UInt64 {
      let low = unsafe memory.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      let high = unsafe memory.loadUnaligned(fromByteOffset: offset &+ 8, as: UInt64.self)
      return fold(low.littleEndian ^ lane, high.littleEndian ^ second)
    }
    var offset = 0
    while offset &+ 64 <= bytes.count {
      lanes.0 = folded(lanes.0, offset)
      lanes.1 = folded(lanes.1, offset &+ 16)
      lanes.2 = folded(lanes.2, offset &+ 32)
      lanes.3 = folded(lanes.3, offset &+ 48)
      offset &+= 64
    }
    var whole = Hash(seed: UInt64(bytes.count))
    whole.add(lanes.0)
    whole.add(lanes.1)
    whole.add(lanes.2)
    whole.add(lanes.3)
    whole.add(bytes[offset..<bytes.count])
    return whole.value
  }

  /// The hash of the bytes of a slice.
  public static func of(_ bytes: ByteSlice, seed: UInt64 = 0) -> UInt64 {
    var hash = Hash(seed: seed)
    hash.add(bytes)
    return hash.value
  }
}
