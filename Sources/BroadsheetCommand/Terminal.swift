import Glibc
import Synchronization

/// What is written beside the program's results: messages, and a progress bar where somebody watches.
enum Terminal {
  /// Writes text to standard error.
  static func error(_ text: String) { write(text, to: STDERR_FILENO) }

  /// Writes text to an open file, as soon as whoever reads it has room for it.
  static func write(_ text: String, to file: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = unsafe bytes.withUnsafeBytes {
        unsafe Glibc.write(file, $0.baseAddress, $0.count)
      }
      guard count > 0 else {
        if errno == EINTR { continue }
        return
      }
      bytes = bytes.dropFirst(count)
    }
  }

  /// Whether standard output and standard error go to the same place.
  static var isOnePlace: Bool {
    var (output, errors) = (stat(), stat())
    return unsafe fstat(STDOUT_FILENO, &output) == 0 && fstat(STDERR_FILENO, &errors) == 0
      && output.st_dev == errors.st_dev && output.st_ino == errors.st_ino
  }

  /// Whether somebody reads standard error on a terminal.
  static let isWatched = isatty(2) == 1

  /// Whether messages are coloured: on a terminal, unless `NO_COLOR` is set (no-color.org).
  static let isColored = isWatched && !isSet("NO_COLOR")

  private static func isSet(_ name: String) -> Bool {
    guard let value = unsafe getenv(name) else { return false }
    return unsafe value.pointee != 0
  }

  /// A word of a command as a shell takes it: in quotes, where it holds more than plain letters.
  static func quoted(_ word: String) -> String {
    let isPlain = word.unicodeScalars.allSatisfy {
      $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil)
        || "-_./".unicodeScalars.contains($0)
    }
    return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
  }

  /// The value of an environment variable.
  static func environment(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }
}

/// A bar that shows how far a build is, on a terminal, for work of over half a second.
final class ProgressBar: Sendable {
  private let clock = ContinuousClock()
  private let began: ContinuousClock.Instant
  private let isShown: Bool
  private let last = Mutex<(shown: ContinuousClock.Instant?, done: Bool)>((nil, false))

  /// A bar that is never shown where nobody watches.
  init(isShown: Bool) {
    began = clock.now
    self.isShown = isShown && Terminal.isWatched
  }

  /// Shows how many of some pages or pictures are done, ten times a second at most.
  func show(_ done: Int, of total: Int, _ things: StaticString = "pages") {
    guard isShown, total > 0 else { return }
    let now = clock.now
    guard now - began > .milliseconds(500) else { return }
    last.withLock { last in
      if let shown = last.shown, now - shown < .milliseconds(100) { return }
      last.shown = now
      let width = 30
      let filled = min(width, done * width / total)
      let bar =
        String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
      Terminal.error("\r\(bar) \(done) of \(total) \(things)\u{1B}[K")
    }
  }

  /// Takes the bar away.
  func end() {
    last.withLock { last in
      if last.shown != nil { Terminal.error("\r\u{1B}[K") }
      last.shown = nil
    }
  }
}
