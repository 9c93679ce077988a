import Glibc

/// A socket that waits for browsers.
struct ListeningSocket: ~Copyable {
  /// The system's number for it.
  let descriptor: Int32
  /// The port, which the system has chosen where none was asked for.
  let port: UInt16
  private var isOwned = true

  /// Listens on a port of an address.
  ///
  /// - Parameters:
  ///   - host: An address in numbers, or the name of one of this machine's.
  ///   - port: The port; 0 for any that is free.
  /// - Throws: Why nobody can listen there, with what would help.
  init(host: String, port: UInt16) throws(Diagnostic) {
    var hints = unsafe addrinfo()
    unsafe hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
    unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var found: UnsafeMutablePointer<addrinfo>?
    guard unsafe getaddrinfo(host, String(port), &hints, &found) == 0, let first = unsafe found
    else { throw Self.noSuchHost(host) }
    defer { unsafe freeaddrinfo(found) }
    let entry = unsafe first.pointee
    let descriptor = unsafe socket(
      entry.ai_family, entry.ai_socktype | Int32(SOCK_CLOEXEC.rawValue), entry.ai_protocol)
    guard descriptor >= 0 else { throw Self.refused(host, port, errno) }
    var yes: Int32 = 1
    let size = socklen_t(MemoryLayout<Int32>.size)
    unsafe setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, size)
    // Whoever comes while all connections are taken waits for one: a short queue would have the system
    // drop the call, and a browser try again seconds later.
    guard unsafe bind(descriptor, entry.ai_addr, entry.ai_addrlen) == 0,
      listen(descriptor, SOMAXCONN) == 0
    else {
      let code = errno
      close(descriptor)
      throw Self.refused(host, port, code)
    }
    self.descriptor = descriptor
    self.port = Self.port(of: descriptor) ?? port
  }

  deinit { if isOwned { close(descriptor) } }

  /// Hands the socket to somebody who closes it.
  mutating func release() -> Int32 {
    isOwned = false
    return descriptor
  }

  private static func port(of descriptor: Int32) -> UInt16? {
    // The port stands at the same place in addresses of both kinds.
    var address = sockaddr_in6()
    var size = socklen_t(MemoryLayout<sockaddr_in6>.size)
    let answer = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe getsockname(descriptor, $0, &size)
      }
    }
    return answer == 0 ? UInt16(bigEndian: address.sin6_port) : nil
  }

  private static func noSuchHost(_ host: String) -> Diagnostic {
    Diagnostic(
      "no-such-host", "this machine has no address '\(host)'; leave --host out for 127.0.0.1",
      cause: .machine)
  }

  private static func refused(_ host: String, _ port: UInt16, _ code: Int32) -> Diagnostic {
    switch code {
    case EADDRINUSE:
      Diagnostic(
        "port-taken",
        "another program listens on port \(port); stop it, or name another port with --port, "
          + "0 for any that is free", cause: .machine)
    case EACCES:
      Diagnostic(
        "port-refused",
        "port \(port) is for the administrator only; name one of 1024 or more with --port",
        cause: .machine)
    case EADDRNOTAVAIL: noSuchHost(host)
    default:
      Diagnostic(
        "cannot-listen",
        "nobody can listen on \(host), port \(port): \(SystemError(code: code).reason)",
        cause: .machine)
    }
  }
}
