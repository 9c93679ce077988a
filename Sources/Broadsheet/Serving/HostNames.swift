import Glibc

/// The names that a browser may call this server by.
///
/// A page of another site that makes a browser ask this server, by a name of its own that leads to
/// this machine (DNS rebinding), is refused: it could read what is not published yet.
struct HostNames: Sendable {
  private let names: Set<String>
  private let port: UInt16
  /// Whether the server listens on all addresses of the machine.
  private let takesAddresses: Bool

  /// The names of a server.
  ///
  /// - Parameters:
  ///   - host: The address or name that it was told to listen on.
  ///   - port: Its port.
  init(host: String, port: UInt16) {
    let own = host.lowercased()
    names = ["127.0.0.1", "localhost", "[::1]", own.contains(":") ? "[\(own)]" : own]
    self.port = port
    takesAddresses = own == "0.0.0.0" || own == "::"
  }

  /// Whether a `Host` header names this server.
  ///
  /// A server that listens on all addresses is also known by any address in numbers: what other
  /// sites lead to this machine are names.
  func accept(_ header: String) -> Bool {
    var name = header.lowercased()
    var number: Substring?
    if let colon = name.lastIndex(of: ":"), !name.hasSuffix("]") {
      number = name[name.index(after: colon)...]
      name = String(name[..<colon])
    }
    guard number == nil ? port == 80 : number == "\(port)" else { return false }
    return names.contains(name) || takesAddresses && Self.isAddress(name)
  }

  private static func isAddress(_ name: String) -> Bool {
    var address = in6_addr()
    if name.hasPrefix("["), name.hasSuffix("]") {
      return unsafe inet_pton(AF_INET6, String(name.dropFirst().dropLast()), &address) == 1
    }
    return unsafe inet_pton(AF_INET, name, &address) == 1
  }
}
