/// Pieces of pages that are the same on all pages of a frame, such as the navigation: written once
/// and copied from then on, by one machine.
///
/// It is emptied when it has grown too large, so that it stays in the processor's cache in any archive:
/// the pages of a frame are made one after the other.
struct SharedRuns: ~Copyable {
  private struct Slot: BitwiseCopyable {
    /// The number of a run; zero for a free place.
    var key: UInt64 = 0
    /// Where its bytes lie.
    var start = 0
    var count = 0
  }

  /// How many runs are kept at the most.
  private static let runLimit = 1 << 12
  /// How many bytes are kept at the most, in about.
  private static let byteLimit = 1 << 19

  /// A table twice as large as there are runs; empty as long as there are none.
  private var slots: [Slot] = []
  private var count = 0
  private var bytes = ByteBuffer(capacity: 1 << 12)

  /// The number that a run of a frame is known by.
  static func key(_ address: Int, _ frame: UInt64) -> UInt64 {
    var hash = Hash(seed: frame)
    hash.add(UInt64(address))
    return max(hash.value, 1)
  }

  /// What was written of a run, valid until another is kept; nil where nothing is known of it.
  func run(_ key: UInt64) -> ByteSlice? {
    if slots.isEmpty { return nil }
    let slot = slots[place(of: key)]
    return slot.key == key ? bytes.slice(slot.start..<slot.start + slot.count) : nil
  }

  /// Keeps what was written of a run.
  mutating func keep(_ key: UInt64, _ written: ByteSlice) {
    if slots.isEmpty { slots = Array(repeating: Slot(), count: Self.runLimit * 2) }
    if count >= Self.runLimit || bytes.count >= Self.byteLimit { removeAll() }
    let place = place(of: key)
    if slots[place].key == 0 { count += 1 }
    slots[place] = Slot(key: key, start: bytes.count, count: written.count)
    bytes.append(written)
  }

  private mutating func removeAll() {
    for index in slots.indices { slots[index].key = 0 }
    count = 0
    bytes.removeAll()
  }

  /// The place of a key, or the free one where it belongs.
  private func place(of key: UInt64) -> Int {
    let mask = slots.count - 1
    var place = Int(truncatingIfNeeded: key) & mask
    while slots[place].key != key, slots[place].key != 0 { place = (place + 1) & mask }
    return place
  }
}
