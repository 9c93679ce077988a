import CMalloc

/// How memory goes back to the system.
enum Memory {
  /// Gives large blocks back as soon as they are free.
  ///
  /// Left to itself, the C library keeps blocks as large as any that was freed before, up to 32 MB: the
  /// tables that each stage outgrows would stay until the end.
  static func giveBackLargeBlocks() { mallopt(M_MMAP_THRESHOLD, 128 << 10) }
}
