/// Pieces of pages that are the same on all pages of a frame, such as the navigation: written once
/// and copied from then on, by one machine.
///
/// It is emptied when it has grown too large, so that it stays small in any archive.
struct SharedRuns: ~Copyable {
  /// What was written of a run on the pages of a frame.
  struct Run: BitwiseCopyable {
    /// The hash of all that decided what was written.
    var digest: UInt64
    /// Where its bytes lie; -1 where only its digest was taken.
    fileprivate var start: Int
    fileprivate var count: Int

    /// Whether its bytes are kept.
    var isWritten: Bool { start >= 0 }
  }

  private struct Slot: BitwiseCopyable {
    var key: UInt64
    var run: Run
  }

  /// How many runs are kept at the most.
  private static let runLimit = 1 << 12
  /// How many bytes are kept at the most, in about.
  private static let byteLimit = 4 << 20

  /// A table twice as large as there are runs; a key of zero stands for a free place.
  private var slots = Array(
    repeating: Slot(key: 0, run: Run(digest: 0, start: -1, count: 0)), count: runLimit * 2)
  private var count = 0
  private var bytes = ByteBuffer(capacity: 1 << 12)

  /// The number that a run of a frame is known by.
  static func key(_ address: Int, _ frame: UInt64) -> UInt64 {
    var hash = Hash(seed: frame)
    hash.add(UInt64(address))
    return max(hash.value, 1)
  }

  /// What is known of a run.
  func run(_ key: UInt64) -> Run? {
    let slot = slots[place(of: key)]
    return slot.key == key ? slot.run : nil
  }

  /// The bytes of a run, until another is kept.
  func bytes(of run: Run) -> ByteSlice { bytes.slice(run.start..<run.start + run.count) }

  /// Keeps what was written of a run; nil for what was only hashed.
  mutating func keep(_ key: UInt64, digest: UInt64, _ written: ByteSlice?) {
    if count >= Self.runLimit || bytes.count >= Self.byteLimit { removeAll() }
    var run = Run(digest: digest, start: -1, count: 0)
    if let written {
      run.start = bytes.count
      run.count = written.count
      bytes.append(written)
    }
    let place = place(of: key)
    if slots[place].key == 0 { count += 1 }
    slots[place] = Slot(key: key, run: run)
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
