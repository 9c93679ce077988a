import Glibc

/// By what a file is seen to be changed: one whose stamp is the same holds the same bytes, unless it
/// was changed in the very moment in which the stamp was taken.
struct FileStamp: BitwiseCopyable, Sendable, Hashable {
  /// Its size in bytes.
  var byteCount: Int64 = 0
  /// When its content last changed, in nanoseconds since 1970.
  var modified: Int64 = 0
  /// When its entry last changed, in nanoseconds since 1970.
  var changed: Int64 = 0
  /// Its number in the file system.
  var inode: UInt64 = 0

  /// The moment by the clock that files are stamped with, in nanoseconds since 1970: what is changed
  /// from now on has a stamp of this moment or a later one.
  static var now: Int64 { moment(of: CLOCK_REALTIME_COARSE) }

  /// Waits until what is changed from now on has a later stamp than what was changed before: a few
  /// milliseconds at the most.
  ///
  /// Some systems stamp with the fine clock what was looked at just before.
  static func waitForNextMoment() {
    let last = moment(of: CLOCK_REALTIME)
    var step = timespec()
    unsafe clock_getres(CLOCK_REALTIME_COARSE, &step)
    while now <= last {
      // The clock that stamps files moves in steps of a few milliseconds.
      let rest = now + Int64(step.tv_nsec) - last
      usleep(UInt32(truncatingIfNeeded: min(max(rest / 1000, 50), 1000)))
    }
  }

  private static func moment(of clock: clockid_t) -> Int64 {
    var time = timespec()
    unsafe clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
