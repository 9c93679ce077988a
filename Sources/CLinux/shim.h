// What Linux has and the module of its C library in Swift does not show.

#include <linux/falloc.h>
#include <malloc.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

// Gives the room of a range of a file back; the range reads as zeros from then on (fallocate(2)).
static inline int punch_hole(int file, int64_t start, int64_t count) {
  return (int)syscall(SYS_fallocate, file, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, start, count);
}

// Moves the calling thread to another processor than the one that it runs on, where it may use others
// (sched_setaffinity(2)).
static inline void change_processor(void) {
  unsigned long all[128], others[128];  // 8,192 processors, the most that Linux has
  const unsigned width = 8 * sizeof all[0];
  unsigned processor = 0;
  const long size = syscall(SYS_sched_getaffinity, 0, sizeof all, all);
  if (size <= 0 || syscall(SYS_getcpu, &processor, 0, 0) != 0 || processor >= 8 * (unsigned)size) return;
  unsigned long any = 0;
  for (unsigned place = 0; place < (unsigned)size / sizeof all[0]; place++) {
    others[place] = all[place];
    if (place == processor / width) others[place] &= ~(1UL << processor % width);
    any |= others[place];
  }
  if (any != 0 && syscall(SYS_sched_setaffinity, 0, size, others) == 0)
    syscall(SYS_sched_setaffinity, 0, size, all);
}
