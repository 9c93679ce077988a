import CMicrohttpd
import Glibc
import Synchronization

/// The local web server: one thread of libmicrohttpd, which owns all pointers of it.
///
/// It knows nothing of sites: it refuses what is no request for one of its own pages, hands the rest
/// to a closure, and sends what that answers.
@safe final class HTTPServer: Sendable {
  /// Answers a request, on the server's own thread.
  typealias Handler = @Sendable (HTTPRequest) -> HTTPAnswer

  /// How many connections there may be at once.
  private static let connectionLimit: UInt32 = 256
  /// How long a connection may be silent, in seconds, before it is closed; pages that listen are not
  /// meant.
  private static let patience: UInt32 = 15

  /// The events that pages can listen to, as long as they leave room for requests.
  let events = EventStream(limit: Int(connectionLimit) / 2)
  private let handler: Handler
  private let hosts: HostNames
  /// What a page is told when it begins to listen, by the version that it was made from.
  private let greeting: @Sendable (String) -> [UInt8]
  private let daemon = Mutex<Daemon?>(nil)
  fileprivate let library: MicrohttpdLibrary

  /// libmicrohttpd's own; it may be used from any thread.
  @safe private struct Daemon: @unchecked Sendable { let pointer: OpaquePointer }

  /// Starts a server on a socket.
  ///
  /// - Parameters:
  ///   - socket: The socket, which is the server's from now on.
  ///   - hosts: The names that browsers may call it by.
  ///   - greeting: What a page is told when it begins to listen, by the version it was made from.
  ///   - handler: Answers requests.
  /// - Throws: That the server cannot start.
  init(
    on socket: consuming ListeningSocket, hosts: HostNames,
    greeting: @escaping @Sendable (String) -> [UInt8], handler: @escaping Handler
  ) throws(Diagnostic) {
    guard let library = MicrohttpdLibrary.loaded else {
      throw Diagnostic(
        "cannot-serve",
        "the server needs GNU libmicrohttpd, which is not here; on Debian or Ubuntu: "
          + "sudo apt-get install libmicrohttpd12",
        cause: .machine)
    }
    self.library = library
    self.hosts = hosts
    self.greeting = greeting
    self.handler = handler
    let flags = MHD_USE_EPOLL_INTERNAL_THREAD.rawValue | MHD_ALLOW_SUSPEND_RESUME.rawValue
    let own = unsafe Unmanaged.passUnretained(self).toOpaque()
    let started = unsafe broadsheet_start_daemon(
      library.startDaemon, flags, socket.descriptor, Self.connectionLimit, Self.patience,
      keepEscapes, answerRequest, own)
    guard let started = unsafe started else {
      throw Diagnostic("cannot-serve", "the server cannot be started", cause: .machine)
    }
    _ = socket.release()
    daemon.withLock { unsafe $0 = Daemon(pointer: started) }
  }

  /// Ends the server: pages that listen are let go, requests in flight are answered.
  func stop() {
    events.close()
    guard let daemon = daemon.withLock({ $0.take() }) else { return }
    unsafe library.stopDaemon(daemon.pointer)
  }

  deinit { stop() }

  /// Answers one request.
  fileprivate func answer(_ connection: HTTPConnection, _ url: String, _ method: String) -> Bool {
    guard method == "GET" || method == "HEAD" else {
      let words = "This server only shows pages; it takes GET and HEAD."
      return connection.send(.text(405, words), headers: [("Allow", "GET, HEAD")])
    }
    let named = connection.values(of: "Host")
    guard named.count == 1, hosts.accept(named[0]) else {
      let shown = named.first.map { "'\($0)'" } ?? "no name"
      return connection.send(
        .text(
          421,
          "This server was asked for by \(shown), which is none of its own. "
            + "It is open to pages of this machine only: use the address that it printed."))
    }
    let version = connection.argument("since")
    let answer = handler(HTTPRequest(path: Array(url.utf8), version: version))
    guard case .events(let since) = answer.body else { return connection.send(answer) }
    guard method == "GET" else { return connection.send(HTTPAnswer(type: answer.type, [])) }
    return connection.send(events.listener(on: connection, greeting: greeting(since)))
  }
}

/// One browser's connection.
@safe struct HTTPConnection: @unchecked Sendable {
  fileprivate let pointer: OpaquePointer
  fileprivate let library: MicrohttpdLibrary

  /// Lets the connection rest; only ``resume()`` wakes it.
  func suspend() { unsafe library.suspendConnection(pointer) }

  /// Wakes the connection.
  func resume() { unsafe library.resumeConnection(pointer) }

  /// The values of a header, one for each time that it was sent.
  fileprivate func values(of name: String) -> [String] {
    var search = HeaderSearch(name: name.lowercased())
    _ = unsafe withUnsafeMutablePointer(to: &search) { search in
      unsafe library.getConnectionValues(
        pointer, .HEADER_KIND,
        { search, _, key, value in
          guard let search = unsafe search?.assumingMemoryBound(to: HeaderSearch.self),
            let key = unsafe key, unsafe String(cString: key).lowercased() == search.pointee.name
          else { return .YES }
          unsafe search.pointee.values.append(value.map { unsafe String(cString: $0) } ?? "")
          return .YES
        }, search)
    }
    return search.values
  }

  private struct HeaderSearch {
    var name: String
    var values: [String] = []
  }

  /// A value of what follows the question mark; empty where there is none.
  fileprivate func argument(_ name: String) -> String {
    guard let value = unsafe library.lookUpConnectionValue(pointer, .GET_ARGUMENT_KIND, name)
    else { return "" }
    return unsafe String(cString: value)
  }

  /// Sends an answer; false where that cannot be.
  fileprivate func send(_ answer: HTTPAnswer, headers: [(String, String)] = []) -> Bool {
    let response: OpaquePointer?
    switch answer.body {
    case .bytes(let bytes):
      // The bytes are copied: they are only read.
      unsafe response = bytes.withUnsafeBytes { bytes in
        unsafe library.createResponseFromBuffer(
          bytes.count, UnsafeMutableRawPointer(mutating: bytes.baseAddress), .RESPMEM_MUST_COPY)
      }
    case .file(let descriptor, let byteCount):
      unsafe response = library.createResponseFromFile(UInt64(byteCount), descriptor)
      if unsafe response == nil { close(descriptor) }
    case .events: return false
    }
    var headers = headers + [("Content-Type", answer.type)]
    if !answer.location.isEmpty { headers.append(("Location", answer.location)) }
    return unsafe queue(response, answer.status, headers)
  }

  /// Sends the events that a listener is told of, until one side goes away.
  fileprivate func send(_ listener: EventListener) -> Bool {
    let own = unsafe Unmanaged.passRetained(listener)
    let response = unsafe library.createResponseFromCallback(
      UInt64.max, 4096, readEvents, own.toOpaque(), releaseListener)
    if unsafe response == nil { unsafe own.release() }
    // With the last event the connection ends too, which another page may be waiting for.
    return unsafe queue(
      response, 200, [("Content-Type", "text/event-stream"), ("Connection", "close")])
  }

  @unsafe private func queue(
    _ response: OpaquePointer?, _ status: Int, _ headers: [(String, String)]
  ) -> Bool {
    guard let response = unsafe response else { return false }
    defer { unsafe library.destroyResponse(response) }
    for (name, value) in headers + commonHeaders {
      _ = unsafe library.addResponseHeader(response, name, value)
    }
    return unsafe library.queueResponse(pointer, UInt32(status), response) == .YES
  }
}

/// The headers of all answers: what is edited is never kept, and taken for what it says it is.
private let commonHeaders = [
  ("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff"),
  ("Cross-Origin-Resource-Policy", "same-origin"),
]

// MARK: - What libmicrohttpd calls

/// Leaves percent signs as they are: ``RequestPath`` decodes them.
private let keepEscapes: BroadsheetUnescape = {
  _, _, text in
  unsafe text.map { unsafe strlen($0) } ?? 0
}

/// Takes a request: first its header, then, once more, when it is to be answered.
private let answerRequest: MHD_AccessHandlerCallback = {
  own, connection, url, method, _, _, _, state in
  guard let own = unsafe own, let connection = unsafe connection, let state = unsafe state,
    let url = unsafe url, let method = unsafe method
  else { return .NO }
  let server = unsafe Unmanaged<HTTPServer>.fromOpaque(own).takeUnretainedValue()
  let word = unsafe String(cString: method)
  if unsafe state.pointee == nil, word == "GET" || word == "HEAD" {
    // An answer at once would close the connection after it.
    unsafe state.pointee = own
    return .YES
  }
  let isSent = unsafe server.answer(
    HTTPConnection(pointer: connection, library: server.library), String(cString: url), word)
  return isSent ? MHD_Result.YES : .NO
}

/// Writes events for libmicrohttpd to send.
private let readEvents: MHD_ContentReaderCallback = { own, _, room, count in
  guard let own = unsafe own, let room = unsafe room else { return -1 }
  let listener = unsafe Unmanaged<EventListener>.fromOpaque(own).takeUnretainedValue()
  return unsafe listener.read(into: UnsafeMutableRawBufferPointer(start: room, count: count)) ?? -1
}

/// Forgets a listener whose connection has ended.
private let releaseListener: MHD_ContentReaderFreeCallback = { own in
  guard let own = unsafe own else { return }
  let listener = unsafe Unmanaged<EventListener>.fromOpaque(own).takeRetainedValue()
  listener.stream.remove(listener)
}
