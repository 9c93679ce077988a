/// What a browser asks for.
struct HTTPRequest: Sendable {
  /// The path as it was sent, with its percent signs, without what follows a question mark.
  var path: [UInt8]
  /// The version of the site that the asking page was made from; empty where the page does not say.
  var version = ""
}

/// What a browser is answered.
struct HTTPAnswer: Sendable {
  /// What the answer carries.
  enum Body: Sendable {
    /// These bytes.
    case bytes([UInt8])
    /// A file, open for reading; whoever sends it closes it.
    case file(descriptor: Int32, byteCount: Int)
    /// The events of the site, until the browser goes away.
    case events(since: String)
  }

  /// The number of the status, such as 200 (RFC 9110, section 15).
  var status = 200
  /// The media type of the body.
  var type: String
  /// Where the browser shall look instead; empty for nowhere.
  var location = ""
  /// What it carries.
  var body: Body

  /// An answer of bytes.
  init(_ status: Int = 200, type: String, _ bytes: [UInt8]) {
    self.status = status
    self.type = type
    body = .bytes(bytes)
  }

  /// An answer of a body of another kind.
  init(type: String, _ body: Body) {
    self.type = type
    self.body = body
  }

  /// An answer of plain words.
  static func text(_ status: Int, _ words: String) -> HTTPAnswer {
    HTTPAnswer(status, type: "text/plain; charset=utf-8", Array((words + "\n").utf8))
  }

  /// An answer that sends the browser to another path of this server.
  static func redirect(to path: [UInt8]) -> HTTPAnswer {
    var address = ByteBuffer(capacity: 256)
    address.append(UInt8(ascii: "/"))
    path.withBytes { address.append(plainURL: $0) }
    var answer = text(302, "The page is at \(address.string)")
    answer.location = address.string
    return answer
  }
}

/// The media types of files, by their endings.
enum MediaType {
  private static let types: [String: String] = [
    "html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8", "mjs": "text/javascript; charset=utf-8",
    "json": "application/json", "map": "application/json",
    "webmanifest": "application/manifest+json",
    "xml": "application/xml; charset=utf-8", "txt": "text/plain; charset=utf-8",
    "md": "text/plain; charset=utf-8", "csv": "text/csv; charset=utf-8",
    "vtt": "text/vtt; charset=utf-8", "srt": "text/plain; charset=utf-8",
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif",
    "webp": "image/webp", "avif": "image/avif", "svg": "image/svg+xml", "ico": "image/x-icon",
    "mp3": "audio/mpeg", "m4a": "audio/mp4", "ogg": "audio/ogg", "oga": "audio/ogg",
    "opus": "audio/ogg", "wav": "audio/wav",
    "mp4": "video/mp4", "m4v": "video/mp4", "mov": "video/quicktime", "webm": "video/webm",
    "ogv": "video/ogg",
    "woff": "font/woff", "woff2": "font/woff2", "ttf": "font/ttf", "otf": "font/otf",
    "pdf": "application/pdf", "zip": "application/zip", "wasm": "application/wasm",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  ]

  /// The media type of a file, which is bytes of any kind where the ending is not known.
  static func of(_ path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: ".") else { return "application/octet-stream" }
    return types[name[name.index(after: dot)...].lowercased()] ?? "application/octet-stream"
  }
}
