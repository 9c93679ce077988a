import CLinux
import Glibc

/// How memory comes from the system, and goes back to it.
enum Memory {
  /// Has the C library give large blocks back as soon as they are free, and take small ones from large
  /// room.
  ///
  /// Left to itself, the C library keeps blocks as large as any that was freed before, up to 32 MB: the
  /// tables that each stage outgrows would stay until the end. Small blocks come from room that is asked
  /// for a megabyte at a time, on other threads at first; it takes no memory until it is touched.
  static func setUp() {
    mallopt(M_MMAP_THRESHOLD, 128 << 10)
    mallopt(M_TOP_PAD, 1 << 20)
  }

  /// Memory for many small things, on a border that suits huge pages.
  ///
  /// - Parameters:
  ///   - count: How many bytes: a multiple of 2 MB.
  ///   - isFilled: Whether all of it is about to be filled: then the system hands it over in one go, in
  ///     huge pages where it has them. It gives a page when it is first touched, otherwise.
  /// - Returns: The memory, on a border of 2 MB, for `munmap`.
  static func aligned(_ count: Int, isFilled: Bool) -> UnsafeMutableRawPointer {
    let huge = 2 << 20
    let flags = MAP_PRIVATE | MAP_ANONYMOUS
    let taken = unsafe mmap(nil, count + huge, PROT_READ | PROT_WRITE, flags, -1, 0)
    guard let taken = unsafe taken, unsafe taken != MAP_FAILED else {
      fatalError("no memory is left for texts")
    }
    let before = (huge - Int(bitPattern: taken) % huge) % huge
    let start = unsafe taken + before
    if before > 0 { unsafe munmap(taken, before) }
    if before < huge { unsafe munmap(start + count, huge - before) }
    if isFilled {
      unsafe madvise(start, count, MADV_HUGEPAGE)
      unsafe populate(start, count)
    }
    return unsafe start
  }

  /// Asks the system for pages that are about to be filled; older systems give them when they are
  /// touched.
  ///
  /// - Parameters:
  ///   - start: Memory of any alignment.
  ///   - count: Its length.
  private static func populate(_ start: UnsafeMutableRawPointer, _ count: Int) {
    let page = 4096
    let skipped = (page - Int(bitPattern: start) % page) % page
    guard count > skipped + page else { return }
    unsafe madvise(start + skipped, (count - skipped) / page * page, MADV_POPULATE_WRITE)
  }
}
