import Glibc
import Synchronization

/// A text in a ``TextStore``: where it starts and how long it is, in eight bytes.
public struct Text: BitwiseCopyable, Sendable, Hashable {
  fileprivate let bits: UInt64

  /// No text, or an empty one.
  public static let empty = Text(bits: 0)

  private init(bits: UInt64) { self.bits = bits }

  fileprivate init(chunk: Int, offset: Int, count: Int) {
    bits = UInt64(chunk) << 48 | UInt64(offset) << 24 | UInt64(count)
  }

  /// The number of bytes, at most 16,777,215.
  public var count: Int { Int(bits & 0xFF_FFFF) }

  /// Whether there are no bytes.
  public var isEmpty: Bool { count == 0 }

  fileprivate var chunk: Int { Int(bits >> 48) }
  fileprivate var offset: Int { Int(bits >> 24 & 0xFF_FFFF) }
}

/// The texts of a site's metadata: headlines, summaries, names, addresses.
///
/// Bytes are added and never removed or moved, so a slice of one stays valid as long as the store
/// lives. Several workers add at once, each through a ``Writer`` of its own, which takes memory by
/// the chunk.
@safe public final class TextStore: @unchecked Sendable {
  /// How many chunks there can be: of 256 KB each, 16 GB of metadata.
  private static let chunkLimit = 1 << 16
  private static let chunkSize = 1 << 18
  /// The longest text, in bytes.
  public static let longestText = 0xFF_FFFF

  private let chunks: UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>
  private let used = Atomic<Int>(0)

  /// An empty store.
  public init() {
    // Pages of this table are given by the system when they are first touched.
    guard
      let table = unsafe calloc(
        Self.chunkLimit, MemoryLayout<UnsafeMutablePointer<UInt8>?>.stride)
    else { fatalError("no memory is left for the text store") }
    unsafe chunks = table.bindMemory(
      to: UnsafeMutablePointer<UInt8>?.self, capacity: Self.chunkLimit)
  }

  deinit {
    for index in 0..<used.load(ordering: .relaxed) { unsafe free(chunks[index]) }
    unsafe free(chunks)
  }

  /// The bytes of a text, valid as long as the store lives.
  @inline(__always) public subscript(text: Text) -> ByteSlice {
    guard !text.isEmpty, let chunk = unsafe chunks[text.chunk] else { return .empty }
    return unsafe ByteSlice(start: chunk + text.offset, count: text.count)
  }

  /// A text as a string, for messages and configuration.
  public func string(_ text: Text) -> String { self[text].string }

  fileprivate func newChunk(holding count: Int) -> (index: Int, start: UnsafeMutablePointer<UInt8>)
  {
    let index = used.wrappingAdd(1, ordering: .relaxed).oldValue
    guard index < Self.chunkLimit, let memory = unsafe malloc(count) else {
      fatalError("no memory is left for the text store")
    }
    let start = unsafe memory.bindMemory(to: UInt8.self, capacity: count)
    unsafe chunks[index] = start
    return unsafe (index, start)
  }

  /// Adds texts to a store, for one worker.
  @safe public struct Writer: ~Copyable {
    /// The store that the texts go to.
    public let store: TextStore
    private var chunk = 0
    private var start: UnsafeMutablePointer<UInt8>?
    private var offset = 0
    private var capacity = 0

    /// A writer with no memory taken yet.
    public init(_ store: TextStore) { self.store = store }

    /// Adds the bytes of a slice, cut at the longest text there can be.
    public mutating func add(_ bytes: ByteSlice) -> Text {
      let bytes = bytes[0..<min(bytes.count, TextStore.longestText)]
      guard !bytes.isEmpty else { return .empty }
      if offset + bytes.count > capacity {
        capacity = max(TextStore.chunkSize, bytes.count)
        let taken = unsafe store.newChunk(holding: capacity)
        chunk = unsafe taken.index
        unsafe start = taken.start
        offset = 0
      }
      guard let start = unsafe start else { return .empty }
      unsafe memcpy(start + offset, bytes.start, bytes.count)
      defer { offset += bytes.count }
      return Text(chunk: chunk, offset: offset, count: bytes.count)
    }

    /// Adds the UTF-8 of a string.
    public mutating func add(_ string: String) -> Text {
      var string = string
      return string.withUTF8 { bytes in
        guard let base = bytes.baseAddress else { return .empty }
        return unsafe add(ByteSlice(start: base, count: bytes.count))
      }
    }
  }
}
