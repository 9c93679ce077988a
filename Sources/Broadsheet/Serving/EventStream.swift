import Synchronization

/// The events that open pages are told of: server-sent events (the HTML standard, section 9.2).
///
/// A page holds one request open; while there is nothing to tell, its connection is suspended and
/// costs nothing.
final class EventStream: Sendable {
  private struct State {
    /// Those that listen, the oldest first.
    var listeners: [EventListener] = []
    var isClosed = false
  }

  private let state = Mutex(State())
  private let limit: Int

  /// A stream that nobody listens to.
  ///
  /// - Parameter limit: How many pages may listen at once; with another, the oldest is let go, whose
  ///   browser asks again if it is still there.
  init(limit: Int) { self.limit = limit }

  /// Lets a page listen.
  ///
  /// - Parameters:
  ///   - connection: The page's connection.
  ///   - greeting: What the page is told first.
  /// - Returns: The listener, to be handed back to ``remove(_:)``.
  func listener(on connection: HTTPConnection, greeting: [UInt8]) -> EventListener {
    let listener = EventListener(connection, stream: self, pending: greeting)
    let gone = state.withLock { state -> EventListener? in
      if state.isClosed { return listener }
      state.listeners.append(listener)
      return state.listeners.count > limit ? state.listeners.removeFirst() : nil
    }
    gone?.close()
    return listener
  }

  /// Forgets a page that has gone away.
  func remove(_ listener: EventListener) {
    state.withLock { $0.listeners.removeAll { $0 === listener } }
  }

  /// Tells all pages something.
  func send(_ text: [UInt8]) {
    for listener in state.withLock({ $0.listeners }) { listener.send(text) }
  }

  /// Lets all pages go, and those that come from now on.
  func close() {
    let listeners = state.withLock { state in
      state.isClosed = true
      return state.listeners
    }
    for listener in listeners { listener.close() }
  }

  /// The text of an event.
  ///
  /// - Parameters:
  ///   - name: What kind of event it is.
  ///   - data: What it says, in one line.
  ///   - id: The version of the site after it.
  /// - Returns: What is sent.
  static func event(_ name: String, data: String, id: String) -> [UInt8] {
    Array("id: \(id)\nevent: \(name)\ndata: \(data)\n\n".utf8)
  }

  /// What keeps a connection from looking dead, and finds out those that are.
  static let heartbeat = Array(": still here\n\n".utf8)
}

/// One page that listens, on its connection.
final class EventListener: Sendable {
  private struct State {
    var pending: [UInt8]
    var isSuspended = false
    var isClosed = false
  }

  /// The stream that it listens to.
  let stream: EventStream
  private let connection: HTTPConnection
  private let state: Mutex<State>

  fileprivate init(_ connection: HTTPConnection, stream: EventStream, pending: [UInt8]) {
    self.connection = connection
    self.stream = stream
    state = Mutex(State(pending: pending))
  }

  fileprivate func send(_ text: [UInt8]) {
    state.withLock { state in
      state.pending += text
      wake(&state)
    }
  }

  fileprivate func close() {
    state.withLock { state in
      state.isClosed = true
      wake(&state)
    }
  }

  private func wake(_ state: inout State) {
    guard state.isSuspended else { return }
    state.isSuspended = false
    connection.resume()
  }

  /// Hands over what is to be sent next; where there is nothing, the connection rests until there
  /// is.
  ///
  /// - Returns: How many bytes were written, or nil at the end.
  func read(into room: UnsafeMutableRawBufferPointer) -> Int? {
    state.withLock { state in
      if state.pending.isEmpty {
        if state.isClosed { return nil }
        state.isSuspended = true
        connection.suspend()
        return 0
      }
      let count = min(room.count, state.pending.count)
      unsafe state.pending.withUnsafeBytes { bytes in
        unsafe room.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[..<count]))
      }
      state.pending.removeFirst(count)
      return count
    }
  }
}
