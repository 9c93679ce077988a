import Dispatch
import Synchronization

/// Writes messages on a thread of its own, so that a terminal that was paused, or a pipe that nobody
/// reads, stops nothing else.
final class MessageWriter: Sendable {
  private struct Waiting {
    /// How many messages are not written yet.
    var count = 0
    /// How many were dropped since the last one that was taken.
    var droppedCount = 0
  }

  /// How many messages wait at the most; those after them are dropped, and counted.
  static let limit = 200
  private let waiting = Mutex(Waiting())
  private let thread = DispatchQueue(label: "messages")

  /// Writes a message after those before it, as soon as there is room for it.
  func write(_ text: String, to file: Int32) {
    let dropped: Int? = waiting.withLock { waiting in
      guard waiting.count < Self.limit else {
        waiting.droppedCount += 1
        return nil
      }
      waiting.count += 1
      defer { waiting.droppedCount = 0 }
      return waiting.droppedCount
    }
    guard let dropped else { return }
    thread.async { [self] in
      if dropped > 0 { Terminal.write("(\(dropped) messages that nobody read)\n", to: file) }
      Terminal.write(text, to: file)
      waiting.withLock { $0.count -= 1 }
    }
  }

  /// Waits until all is written, but half a second at the most.
  func finish() {
    let end = DispatchSemaphore(value: 0)
    thread.async { end.signal() }
    _ = end.wait(timeout: .now() + .milliseconds(500))
  }
}
