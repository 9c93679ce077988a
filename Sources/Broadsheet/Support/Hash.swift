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
    var tail: (UInt64, UInt64) = (0, 0)
    unsafe withUnsafeMutableBytes(of: &tail) {
      unsafe $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[offset...]))
    }
    state = Self.fold(
      tail.0.littleEndian ^ state ^ Self.second, tail.1.littleEndian ^ Self.first)
    length &+= UInt64(bytes.count)
    state ^= length &* Self.second
  }

  /// The hash of all that was taken in.
  public var value: UInt64 { Self.fold(state ^ Self.second, length ^ Self.first) }

  /// The hash of the bytes of a slice.
  public static func of(_ bytes: ByteSlice, seed: UInt64 = 0) -> UInt64 {
    var hash = Hash(seed: seed)
    hash.add(bytes)
    return hash.value
  }
}
