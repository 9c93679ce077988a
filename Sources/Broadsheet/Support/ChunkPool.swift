import Glibc
import Synchronization

/// Blocks of memory of one size, which are handed on from one use to the next.
///
/// The system clears memory before it hands it over, which takes as long as a copy. What one stage
/// has left is therefore kept for the stage that fills as much while the first one empties.
@safe final class ChunkPool: @unchecked Sendable {
  /// The size of a chunk, in bytes: that of a huge page.
  static let chunkSize = 2 << 20
  /// How many free chunks wait to be handed on at the most; others go back to the system.
  private static let waitingLimit = 2

  private struct State {
    /// How many chunks were taken from the system.
    var count = 0
    var free: [Int] = []
  }

  private let limit: Int
  private let isFilled: Bool
  private let state = Mutex(State())
  /// Where each chunk lies; nil for one that went back to the system.
  private let starts: UnsafeMutablePointer<UnsafeMutableRawPointer?>

  /// A pool that has taken no memory yet.
  ///
  /// - Parameters:
  ///   - limit: How many chunks it takes from the system at the most.
  ///   - isFilled: Whether a chunk is filled as soon as it is taken, nearly always.
  init(limit: Int, isFilled: Bool) {
    self.limit = limit
    self.isFilled = isFilled
    unsafe starts = .allocate(capacity: max(limit, 1))
    unsafe starts.initialize(repeating: nil, count: max(limit, 1))
  }

  deinit {
    for chunk in 0..<limit {
      if let start = unsafe starts[chunk] { unsafe munmap(start, Self.chunkSize) }
    }
    unsafe starts.deallocate()
  }

  /// A chunk from the system; nil where the limit is reached.
  func make() -> Int? {
    let chunk = state.withLock { state -> Int? in
      guard state.count < limit else { return nil }
      state.count += 1
      return state.count - 1
    }
    guard let chunk else { return nil }
    unsafe starts[chunk] = Memory.aligned(Self.chunkSize, isFilled: isFilled)
    return chunk
  }

  /// A chunk that somebody else has left; nil where there is none.
  func takeLeft() -> Int? { state.withLock { $0.free.popLast() } }

  /// Leaves a chunk for somebody else, or to the system.
  func leave(_ chunk: Int) {
    let isKept = state.withLock { state in
      guard state.free.count < Self.waitingLimit else { return false }
      state.free.append(chunk)
      return true
    }
    if !isKept { giveBack(chunk) }
  }

  /// Gives a chunk back to the system.
  func giveBack(_ chunk: Int) {
    unsafe munmap(starts[chunk], Self.chunkSize)
    unsafe starts[chunk] = nil
  }

  /// Where a chunk begins; it stays there until it is left.
  subscript(chunk: Int) -> UnsafeMutableRawPointer {
    precondition(chunk >= 0 && chunk < limit)
    guard let start = unsafe starts[chunk] else { fatalError("chunk \(chunk) is not there") }
    return unsafe start
  }
}
