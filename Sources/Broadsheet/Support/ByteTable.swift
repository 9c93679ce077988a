/// A table from texts to numbers, for the many names and addresses of a site.
///
/// It keeps the texts themselves in a ``TextStore`` and only half a hash and two numbers for each, so
/// that a million addresses take 16 bytes each, and as much for where they are found.
struct ByteTable: Sendable {
  private struct Entry: BitwiseCopyable {
    var key: Text
    var value: Int32
    /// The lower half of the text's hash.
    var hash: UInt32
  }

  private let store: TextStore
  private var entries: [Entry] = []
  /// Indexes into `entries` by hash, with -1 for a free place; its count is a power of two.
  private var slots: [Int32]

  /// An empty table of texts in a store, with room for a number of them.
  init(_ store: TextStore, capacity: Int = 16) {
    self.store = store
    var size = 32
    while size < capacity * 2 { size *= 2 }
    slots = Array(repeating: -1, count: size)
    entries.reserveCapacity(capacity)
  }

  /// How many texts are in the table.
  var count: Int { entries.count }

  /// The number of a text, or nil when it is not in the table.
  ///
  /// - Complexity: O(*n*) in the length of the text.
  func value(of key: ByteSlice) -> Int32? {
    let hash = Self.hash(of: key)
    var slot = Int(hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let entry = entries[Int(slots[slot])]
      if entry.hash == hash, store[entry.key] == key { return entry.value }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Whether any text and its number satisfy a condition.
  func contains(where isWanted: (_ text: ByteSlice, _ value: Int32) -> Bool) -> Bool {
    entries.contains { isWanted(store[$0.key], $0.value) }
  }

  /// Puts a text into the table, unless it is there.
  ///
  /// - Returns: The number that the table had for the text, or nil when it was not in it.
  mutating func insert(_ key: Text, _ value: Int32) -> Int32? {
    if (entries.count + 1) * 2 > slots.count { grow() }
    let bytes = store[key]
    let hash = Self.hash(of: bytes)
    var slot = Int(hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let entry = entries[Int(slots[slot])]
      if entry.hash == hash, store[entry.key] == bytes { return entry.value }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = Int32(entries.count)
    entries.append(Entry(key: key, value: value, hash: hash))
    return nil
  }

  private static func hash(of bytes: ByteSlice) -> UInt32 {
    UInt32(truncatingIfNeeded: Hash.of(bytes))
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 2)
    for (index, entry) in entries.enumerated() {
      var slot = Int(entry.hash) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(index)
    }
  }
}
