import CCmark
import Glibc
import Synchronization

/// The memory that cmark works in: given out by moving a pointer, taken back all at once.
///
/// cmark asks for memory through three C functions that are told nothing of who asks, so the arena
/// that serves a thread is kept in that thread's own storage while ``withMemory(_:)`` runs.
@safe struct MarkdownArena: ~Copyable {
  private let state: UnsafeMutablePointer<ArenaState>
  private let functions: UnsafeMutablePointer<cmark_mem>

  /// An arena that has taken no memory yet.
  init() {
    _ = makeArenaKey
    unsafe state = .allocate(capacity: 1)
    unsafe state.initialize(to: ArenaState())
    unsafe functions = .allocate(capacity: 1)
    unsafe functions.initialize(
      to: cmark_mem(
        calloc: { count, size in
          let (bytes, overflow) = count.multipliedReportingOverflow(by: size)
          guard !overflow else { return nil }
          let start = unsafe currentArena().pointee.take(bytes)
          unsafe memset(start, 0, bytes)
          return unsafe start
        },
        realloc: { memory, size in unsafe currentArena().pointee.resize(memory, to: size) },
        free: { _ in }))
  }

  deinit {
    unsafe state.pointee.freeAll()
    unsafe state.deallocate()
    unsafe functions.deallocate()
  }

  /// Lends the allocator to work on this thread; what it gives out lives until ``reset()``.
  mutating func withMemory<Made>(_ work: (UnsafeMutablePointer<cmark_mem>) -> Made) -> Made {
    let key = arenaKey.load(ordering: .relaxed)
    let outer = unsafe pthread_getspecific(key)
    unsafe pthread_setspecific(key, state)
    defer { unsafe pthread_setspecific(key, outer) }
    return unsafe work(functions)
  }

  /// Takes back all that was given out.
  ///
  /// Memory for a text of the usual length stays; what an enormous one took goes back to the system.
  mutating func reset() { unsafe state.pointee.reset() }
}

/// The key of the thread's own pointer to its arena, made before the first arena is.
///
/// It is an atomic so that reading it is one load: a plain variable would be guarded against
/// overlapping access, and a lazy constant against being made twice, at each of cmark's requests.
private let arenaKey = Atomic<pthread_key_t>(0)
private let makeArenaKey: Void = {
  var key = pthread_key_t()
  let failure = unsafe pthread_key_create(&key, nil)
  precondition(failure == 0, "no thread-local storage is left")
  arenaKey.store(key, ordering: .relaxed)
}()

@inline(__always) private func currentArena() -> UnsafeMutablePointer<ArenaState> {
  guard let state = unsafe pthread_getspecific(arenaKey.load(ordering: .relaxed)) else {
    fatalError("cmark asked for memory outside of its arena")
  }
  return unsafe state.assumingMemoryBound(to: ArenaState.self)
}

/// Before each piece its size is written, which `realloc` needs.
private let headerSize = 8
/// Pieces with their headers are whole multiples of this.
private let grain = 16

/// The bytes that a piece takes with its header.
@inline(__always) private func wholePiece(_ size: Int) -> Int {
  (size &+ headerSize &+ grain &- 1) & ~(grain &- 1)
}

/// Where an arena stands in its chunks.
@unsafe private struct ArenaState {
  static let smallestChunk = 1 << 18
  static let largestKeptChunk = 1 << 23

  var next: UnsafeMutableRawPointer?
  var end: UnsafeMutableRawPointer?
  var chunks: [UnsafeMutableRawBufferPointer] = unsafe []

  @inline(__always) mutating func take(_ size: Int) -> UnsafeMutableRawPointer {
    let whole = wholePiece(size)
    if let start = unsafe next, let end = unsafe end, unsafe end - start >= whole {
      return unsafe place(at: start, whole)
    }
    return unsafe takeFromNewChunk(whole)
  }

  @inline(__always) private mutating func place(
    at start: UnsafeMutableRawPointer, _ whole: Int
  ) -> UnsafeMutableRawPointer {
    unsafe start.storeBytes(of: whole &- headerSize, as: Int.self)
    unsafe next = start + whole
    return unsafe start + headerSize
  }

  @inline(never) private mutating func takeFromNewChunk(_ whole: Int) -> UnsafeMutableRawPointer {
    let last = unsafe chunks.last?.count ?? 0
    unsafe addChunk(max(last * 2, whole * 2, Self.smallestChunk))
    guard let start = unsafe next else { fatalError("a chunk has a start") }
    return unsafe place(at: start, whole)
  }

  private mutating func addChunk(_ size: Int) {
    let chunk = UnsafeMutableRawBufferPointer.allocate(
      byteCount: size, alignment: grain)
    unsafe chunks.append(chunk)
    unsafe next = chunk.baseAddress
    unsafe end = chunk.baseAddress.map { unsafe $0 + chunk.count }
  }

  @inline(__always) mutating func resize(
    _ memory: UnsafeMutableRawPointer?, to size: Int
  ) -> UnsafeMutableRawPointer? {
    guard let memory = unsafe memory else { return unsafe take(size) }
    let start = unsafe memory - headerSize
    let held = unsafe start.load(as: Int.self)
    if size <= held { return unsafe memory }
    let whole = wholePiece(size)
    if unsafe memory + held == next, let end = unsafe end, unsafe end - start >= whole {
      return unsafe place(at: start, whole)  // the last piece grows where it is
    }
    let larger = unsafe take(size)
    unsafe memcpy(larger, memory, held)
    return unsafe larger
  }

  mutating func reset() {
    if unsafe chunks.count > 1 {
      let total = unsafe chunks.reduce(0) { $0 + $1.count }
      unsafe freeAll()
      unsafe addChunk(min(total, Self.largestKeptChunk))
    } else if unsafe chunks.first?.count ?? 0 > Self.largestKeptChunk {
      unsafe freeAll()
      unsafe addChunk(Self.largestKeptChunk)
    } else {
      unsafe next = chunks.first?.baseAddress
    }
  }

  mutating func freeAll() {
    for index in unsafe chunks.indices { unsafe chunks[index].deallocate() }
    unsafe chunks.removeAll()
    unsafe next = nil
    unsafe end = nil
  }
}
