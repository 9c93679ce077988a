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

  /// A number that differs for most texts that lie in different places.
  var placeHash: Int { Int(truncatingIfNeeded: (bits &* 0x9E37_79B9_7F4A_7C15) >> 40) }

  fileprivate var chunk: Int { Int(bits >> 48) }
  fileprivate var offset: Int { Int(bits >> 24 & 0xFF_FFFF) }
}

/// The texts of a site's metadata: headlines, summaries, names, addresses.
///
/// Bytes are added and never removed or moved, so a slice of one stays valid as long as the store
/// lives. Several workers add at once, each through a ``Writer`` of its own, which takes memory by
/// the chunk. A store can begin with chunks of memory that someone else owns: those of an earlier
/// store that was written to a file.
@safe public final class TextStore: @unchecked Sendable {
  /// A chunk that is to be kept for a later run: what a writer has filled of it.
  struct Chunk: BitwiseCopyable, Sendable {
    /// Its number, by which texts know it.
    var number: UInt32
    /// How many of its bytes are used.
    var count: UInt32
  }

  /// A chunk of memory that someone else owns.
  struct BorrowedChunk {
    /// The chunk, with the number that texts know it by.
    var chunk: Chunk
    /// Its bytes.
    var bytes: ByteSlice
  }

  /// How many chunks there can be: of 256 KB each, 16 GB of metadata.
  static let chunkLimit = 1 << 16
  /// How many bytes a chunk has at the least.
  static let chunkSize = 1 << 18
  /// The longest text, in bytes.
  public static let longestText = 0xFF_FFFF

  private let chunks: UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>
  private let used = Atomic<Int>(0)
  /// How many of the chunks are somebody else's memory.
  private let borrowedCount: Int
  private let owner: (any AnyObject & Sendable)?
  private let keptChunks: Mutex<[Chunk]>

  /// An empty store.
  public convenience init() { self.init(borrowing: [], owner: nil) }

  /// A store that begins with chunks of memory that someone else owns.
  ///
  /// - Parameters:
  ///   - borrowed: The chunks.
  ///   - owner: What keeps the memory; it lives as long as the store.
  init(borrowing borrowed: [BorrowedChunk], owner: (any AnyObject & Sendable)?) {
    // Pages of this table are given by the system when they are first touched.
    guard
      let table = unsafe calloc(
        Self.chunkLimit, MemoryLayout<UnsafeMutablePointer<UInt8>?>.stride)
    else { fatalError("no memory is left for the text store") }
    let places = unsafe table.bindMemory(
      to: UnsafeMutablePointer<UInt8>?.self, capacity: Self.chunkLimit)
    var next = 0
    for part in borrowed {
      let number = Int(part.chunk.number)
      // Nothing is ever written into a chunk that is there already.
      unsafe places[number] = UnsafeMutablePointer(mutating: part.bytes.start)
      next = max(next, number + 1)
    }
    unsafe chunks = places
    self.owner = owner
    borrowedCount = next
    keptChunks = Mutex(borrowed.map(\.chunk))
    used.store(next, ordering: .relaxed)
  }

  deinit {
    for index in borrowedCount..<used.load(ordering: .relaxed) { unsafe free(chunks[index]) }
    unsafe free(chunks)
  }

  /// The chunks that are to be kept for a later run, in the order of their numbers, as far as the
  /// writers that filled them are done.
  var kept: [Chunk] { keptChunks.withLock { $0 }.sorted { $0.number < $1.number } }

  /// The bytes of a chunk that is to be kept.
  func bytes(of chunk: Chunk) -> ByteSlice {
    guard let start = unsafe chunks[Int(chunk.number)] else { return .empty }
    return unsafe ByteSlice(start: start, count: Int(chunk.count))
  }

  fileprivate func keep(_ number: Int, count: Int) {
    keptChunks.withLock { $0.append(Chunk(number: UInt32(number), count: UInt32(count))) }
  }

  /// The bytes of a text, valid as long as the store lives.
  @inline(__always) public subscript(text: Text) -> ByteSlice {
    guard !text.isEmpty, let chunk = unsafe chunks[text.chunk] else { return .empty }
    return unsafe ByteSlice(start: chunk + text.offset, count: text.count)
  }

  /// How many chunks of memory have been taken so far, of a quarter of a megabyte or more.
  var chunkCount: Int { used.load(ordering: .relaxed) }

  /// A text as a string, for messages and configuration.
  public func string(_ text: Text) -> String { self[text].string }

  fileprivate func newChunk(
    holding count: Int
  ) -> (index: Int, start: UnsafeMutablePointer<UInt8>) {
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
    private let isKept: Bool
    private var chunk = 0
    private var start: UnsafeMutablePointer<UInt8>?
    private var offset = 0
    private var capacity = 0

    /// A writer with no memory taken yet.
    ///
    /// - Parameters:
    ///   - store: The store that the texts go to.
    ///   - isKept: Whether its texts are to be kept for a later run; told to the store when the
    ///     writer goes away.
    public init(_ store: TextStore, isKept: Bool = false) {
      self.store = store
      self.isKept = isKept
    }

    deinit { if isKept, offset > 0 { store.keep(chunk, count: offset) } }

    /// Adds the bytes of a slice, cut at the longest text there can be.
    public mutating func add(_ bytes: ByteSlice) -> Text {
      let bytes = bytes[0..<min(bytes.count, TextStore.longestText)]
      guard !bytes.isEmpty else { return .empty }
      if offset + bytes.count > capacity {
        if isKept, offset > 0 { store.keep(chunk, count: offset) }
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

    /// A part of a text of the store, which takes no memory of its own.
    public func part(of text: Text, _ range: Range<Int>) -> Text {
      precondition(range.lowerBound >= 0 && range.upperBound <= text.count)
      guard !range.isEmpty else { return .empty }
      return Text(
        chunk: text.chunk, offset: text.offset + range.lowerBound, count: range.count)
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

/// Texts that come again and again, such as the names of tags: each is mostly stored once.
///
/// It remembers one text for each of a thousand hashes, the last that it was given, so that its cost
/// does not grow with how many there are.
struct RepeatedTexts {
  private var known = [Text](repeating: .empty, count: 1 << 10)

  /// The bytes as a text of a writer's store, in which it is added unless it is remembered.
  mutating func text(_ bytes: ByteSlice, _ writer: inout TextStore.Writer) -> Text {
    let place = Int(truncatingIfNeeded: Hash.of(bytes)) & (known.count - 1)
    let text = known[place]
    if writer.store[text] == bytes { return text }
    let added = writer.add(bytes)
    known[place] = added
    return added
  }
}
