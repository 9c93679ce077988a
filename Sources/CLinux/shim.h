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
