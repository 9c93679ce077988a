import Dispatch
import Glibc
import Synchronization

/// Wakes the thread that watches the folders, from any other.
final class Bell: Sendable {
  /// The system's number to wait on: there is something to read when the bell was rung.
  let descriptor: Int32
  private let cord: Int32
  private let isEnd = Atomic<Bool>(false)

  /// A bell that nobody has rung.
  init() throws(SystemError) {
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { throw SystemError(code: errno) }
    (descriptor, cord) = (ends[0], ends[1])
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
  }

  deinit {
    close(descriptor)
    close(cord)
  }

  /// Rings the bell.
  func ring() {
    var byte: UInt8 = 0
    // A pipe that is full has been rung often enough.
    _ = unsafe write(cord, &byte, 1)
  }

  /// Rings the bell for the end.
  func ringEnd() {
    isEnd.store(true, ordering: .releasing)
    ring()
  }

  /// Stills the bell.
  ///
  /// - Returns: Whether it was rung for the end.
  func still() -> Bool {
    var room = [UInt8](repeating: 0, count: 64)
    while unsafe read(descriptor, &room, room.count) > 0 {}
    return isEnd.load(ordering: .acquiring)
  }

  /// Rings the bell for the end when the user stops the program: Ctrl-C, or the system's SIGTERM.
  ///
  /// It is to be called before any other thread starts: those after it leave the signals alone, so
  /// that they wait for whoever asks for them.
  ///
  /// - Returns: What keeps listening; hold it as long as it shall.
  func ringOnSignals() -> [any DispatchSourceSignal] {
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    for number in [SIGINT, SIGTERM] { unsafe sigaddset(&signals, number) }
    unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
    return [SIGINT, SIGTERM].map { number in
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { [self] in ringEnd() }
      source.activate()
      return source
    }
  }
}
