/// The path of a request, decoded: the address of a file of the site, without the first slash.
///
/// What could be meant to lead out of the site is refused, whatever would be found there: parts of
/// one or two dots, encoded slashes, backslashes, NUL and other control characters.
struct RequestPath: Equatable {
  /// Why a path is refused.
  enum Refusal: String, Error {
    /// It does not start with a slash: the address of another server, or none at all.
    case foreign = "This server answers for its own pages only: a path starts with a slash."
    /// It holds what no address of a site has.
    case malformed = "This is no address that a site could have."
    /// It has a part of dots.
    case leaving = "This address leads out of the site."
  }

  /// The decoded bytes, valid UTF-8.
  let bytes: [UInt8]

  /// Decodes a path as it was sent.
  init(_ sent: [UInt8]) throws(Refusal) {
    guard sent.first == UInt8(ascii: "/") else { throw .foreign }
    var decoded: [UInt8] = []
    decoded.reserveCapacity(sent.count)
    var index = 1
    while index < sent.count {
      var byte = sent[index]
      index += 1
      if byte == UInt8(ascii: "%") {
        guard index + 1 < sent.count, let high = Self.digit(sent[index]),
          let low = Self.digit(sent[index + 1])
        else { throw .malformed }
        byte = high << 4 | low
        index += 2
        guard byte != UInt8(ascii: "/") else { throw .malformed }
      }
      guard byte >= 32, byte != 127, byte != UInt8(ascii: "\\") else { throw .malformed }
      decoded.append(byte)
    }
    for part in decoded.split(separator: UInt8(ascii: "/")) {
      guard part.contains(where: { $0 != UInt8(ascii: ".") }) || part.count > 2 else {
        throw .leaving
      }
    }
    guard decoded.withBytes({ $0.firstInvalidByte }) == nil else { throw .malformed }
    bytes = decoded
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
