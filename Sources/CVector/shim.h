// Looks at sixteen bytes of text at once. Swift's own vector types compare them one by one.
//
// All functions take any alignment and read none but the bytes they are told of. The first byte of a number is
// its lowest, as on all processors that Swift knows Linux on.
#pragma once

#include <stdint.h>

typedef uint8_t vector_bytes __attribute__((vector_size(16), aligned(1), may_alias));
typedef int8_t vector_marks __attribute__((vector_size(16)));

/// Bytes that HTML cannot hold as they are: markup, quotes, control characters.
static inline vector_marks vector_markup(vector_bytes v) {
  return (v < 32) | (v == 127) | (v == '"') | ((v & 0xFE) == '&') | ((v & 0xFD) == '<');
}

/// Bytes that a string of JSON in HTML cannot hold as they are, or may not: U+2028 begins with E2.
static inline vector_marks vector_json(vector_bytes v) {
  return vector_markup(v) | (v == '\\') | (v == 0xE2);
}

/// Bytes that a URL in an attribute cannot hold as they are.
static inline vector_marks vector_url(vector_bytes v) {
  return (v < 33) | (v > 'z') | (v == '"') | ((v & 0xFE) == '&') | ((v & 0xFD) == '<')
      | ((v & 0xFD) == '\\') | (v == '`');
}

/// Bytes that text in HTML cannot hold as they are, as CommonMark has it.
static inline vector_marks vector_html(vector_bytes v) {
  return (v == 0) | ((v & 0xFB) == '"') | ((v & 0xFD) == '<');
}

/// Ends of lines.
static inline vector_marks vector_line_ends(vector_bytes v) { return (v == 10) | (v == 13); }

/// What may end a plain scalar of YAML.
static inline vector_marks vector_plain_ends(vector_bytes v) {
  return vector_line_ends(v) | (v == ':') | (v == '#');
}

/// What may end a quoted scalar of YAML, or stand for something else in it.
static inline vector_marks vector_quote_ends(vector_bytes v) {
  return vector_line_ends(v) | (v == '"') | (v == '\'') | (v == '\\');
}

/// What YAML may not take for what it is: control characters but for line feeds, and the first bytes of
/// characters in UTF-8 of which some are Unicode's own line ends or a mark of byte order.
static inline vector_marks vector_odd_yaml(vector_bytes v) {
  return ((v < 32) & (v != 10)) | (v == 127) | (v == 0xC2) | (v == 0xE2) | (v == 0xEF);
}

/// Control characters but for line feeds.
static inline vector_marks vector_controls(vector_bytes v) {
  return ((v < 32) & (v != 10)) | (v == 127);
}

/// NUL, and bytes of characters outside ASCII.
static inline vector_marks vector_no_ascii(vector_bytes v) { return (v == 0) | (v > 127); }

typedef _Bool vector_flags __attribute__((ext_vector_type(16)));

/// A bit for each marked byte, the first lowest.
static inline uint64_t vector_bits(vector_marks marks) {
  vector_flags flags = __builtin_convertvector(marks, vector_flags);
  return __builtin_bit_cast(uint16_t, flags);
}

/// Fewer than sixteen bytes, zeros after them.
static inline vector_bytes vector_tail(const uint8_t *bytes, intptr_t count) {
  uint64_t words[2] = {0, 0};
  if (count >= 8) {
    __builtin_memcpy(&words[0], bytes, 8);
    __builtin_memcpy(&words[1], bytes + count - 8, 8);
    // What both hold is shifted out; a shift by all 64 bits has no meaning in C.
    words[1] = words[1] >> (15 - count) * 8 >> 8;
  } else if (count >= 4) {
    uint32_t first, last;
    __builtin_memcpy(&first, bytes, 4);
    __builtin_memcpy(&last, bytes + count - 4, 4);
    words[0] = first | (uint64_t)last << (count - 4) * 8;
  } else if (count > 0) {
    words[0] = bytes[0] | (uint64_t)bytes[count / 2] << count / 2 * 8
        | (uint64_t)bytes[count - 1] << (count - 1) * 8;
  }
  vector_bytes v;
  __builtin_memcpy(&v, words, 16);
  return v;
}

/// The bits of so many bytes.
static inline uint64_t vector_first(uint64_t bits, intptr_t count) {
  return bits & ((UINT64_C(1) << count) - 1);
}

/// How many bytes there are before the first sixteen among which one is marked; the last ones, fewer
/// than sixteen, are not looked at.
#define VECTOR_SKIP(NAME)                                                        \
  static inline intptr_t vector_skip_##NAME(const uint8_t *bytes, intptr_t count) { \
    intptr_t offset = 0;                                                         \
    for (; offset + 64 <= count; offset += 64) {                                 \
      const vector_bytes *parts = (const vector_bytes *)(bytes + offset);        \
      vector_marks marks = vector_##NAME(parts[0]) | vector_##NAME(parts[1])     \
          | vector_##NAME(parts[2]) | vector_##NAME(parts[3]);                   \
      if (__builtin_reduce_or(marks)) break;                                     \
    }                                                                            \
    for (; offset + 16 <= count; offset += 16) {                                 \
      vector_marks marks = vector_##NAME(*(const vector_bytes *)(bytes + offset)); \
      if (__builtin_reduce_or(marks)) break;                                     \
    }                                                                            \
    return offset;                                                               \
  }

VECTOR_SKIP(controls)
VECTOR_SKIP(no_ascii)

/// How many bytes there are before the first that is marked; all if none is.
#define VECTOR_FIND(NAME)                                                        \
  static inline intptr_t vector_find_##NAME(const uint8_t *bytes, intptr_t count) { \
    intptr_t offset = 0;                                                         \
    uint64_t bits;                                                               \
    for (; offset + 16 <= count; offset += 16) {                                 \
      bits = vector_bits(vector_##NAME(*(const vector_bytes *)(bytes + offset))); \
      if (bits) return offset + __builtin_ctzll(bits);                           \
    }                                                                            \
    intptr_t rest = count - offset;                                              \
    bits = vector_bits(vector_##NAME(vector_tail(bytes + offset, rest)));        \
    bits = vector_first(bits, rest);                                             \
    return bits ? offset + __builtin_ctzll(bits) : count;                        \
  }

VECTOR_FIND(line_ends)
VECTOR_FIND(plain_ends)
VECTOR_FIND(quote_ends)
VECTOR_FIND(odd_yaml)

/// How many slashes there are.
static inline intptr_t vector_slashes(const uint8_t *bytes, intptr_t count) {
  intptr_t slashes = 0, offset = 0;
  for (; offset + 16 <= count; offset += 16)
    slashes += __builtin_popcountll(vector_bits(*(const vector_bytes *)(bytes + offset) == '/'));
  vector_bytes rest = vector_tail(bytes + offset, count - offset);
  return slashes + __builtin_popcountll(vector_bits(rest == '/'));
}

/// Copies bytes up to the first that is marked, and returns how many these are; what of `to` lies after
/// them, up to `count`, may be overwritten. The two must not overlap.
#define VECTOR_COPY(NAME)                                                        \
  static inline intptr_t vector_copy_##NAME(                                     \
      uint8_t *to, const uint8_t *from, intptr_t count) {                        \
    intptr_t offset = 0;                                                         \
    uint64_t bits;                                                               \
    for (; offset + 16 <= count; offset += 16) {                                 \
      vector_bytes v = *(const vector_bytes *)(from + offset);                   \
      *(vector_bytes *)(to + offset) = v;                                        \
      bits = vector_bits(vector_##NAME(v));                                      \
      if (bits) return offset + __builtin_ctzll(bits);                           \
    }                                                                            \
    if (offset == count) return count;                                           \
    if (offset > 0) {                                                            \
      /* The last sixteen, of which some have been seen already. */              \
      vector_bytes v = *(const vector_bytes *)(from + count - 16);               \
      *(vector_bytes *)(to + count - 16) = v;                                    \
      bits = vector_bits(vector_##NAME(v));                                      \
      return bits ? count - 16 + __builtin_ctzll(bits) : count;                  \
    }                                                                            \
    /* Fewer than sixteen in all: the first and the last 8, 4 or 1 of them, which may overlap. */ \
    if (count >= 8) {                                                            \
      __builtin_memcpy(to, from, 8);                                             \
      __builtin_memcpy(to + count - 8, from + count - 8, 8);                     \
    } else if (count >= 4) {                                                     \
      __builtin_memcpy(to, from, 4);                                             \
      __builtin_memcpy(to + count - 4, from + count - 4, 4);                     \
    } else {                                                                     \
      to[0] = from[0];                                                           \
      to[count / 2] = from[count / 2];                                           \
      to[count - 1] = from[count - 1];                                           \
    }                                                                            \
    bits = vector_first(vector_bits(vector_##NAME(vector_tail(from, count))), count); \
    return bits ? __builtin_ctzll(bits) : count;                                 \
  }

VECTOR_COPY(markup)
VECTOR_COPY(json)
VECTOR_COPY(url)
VECTOR_COPY(html)

/// How many bytes there are of whole characters in UTF-8 that are valid beyond doubt: before the first
/// sixty-four among which is one that is not, or NUL, or a byte that begins characters of which some
/// are not; the last ones, fewer than sixty-four, are not looked at.
static inline intptr_t vector_skip_utf8(const uint8_t *bytes, intptr_t count) {
  intptr_t offset = 0;
  while (offset + 64 <= count) {
    const vector_bytes *parts = (const vector_bytes *)(bytes + offset);
    // ASCII without NUL, as most of most text is.
    vector_bytes least = __builtin_elementwise_min(
        __builtin_elementwise_min(parts[0], parts[1]), __builtin_elementwise_min(parts[2], parts[3]));
    vector_bytes all = parts[0] | parts[1] | parts[2] | parts[3];
    if (!vector_bits((vector_marks)all < 0 | (least == 0))) {
      offset += 64;
      continue;
    }
    uint64_t high = 0, lead = 0, three = 0;
    vector_marks odd = {0};
    for (int part = 0; part < 4; part++) {
      vector_bytes v = parts[part];
      high |= vector_bits(v >= 0x80) << part * 16;
      lead |= vector_bits(v >= 0xC0) << part * 16;
      three |= vector_bits(v >= 0xE0) << part * 16;
      odd |= (v == 0) | ((v & 0xFE) == 0xC0) | (v == 0xE0) | (v == 0xED) | (v >= 0xEF);
    }
    if (__builtin_reduce_or(odd)) break;
    // A character that the end cuts in two belongs to the next sixty-four.
    int whole = three >> 62 & 1 ? 62 : lead >> 63 ? 63 : 64;
    uint64_t mask = UINT64_MAX >> (64 - whole);
    uint64_t follow = (lead & mask) << 1 | (three & mask) << 2;
    if (follow != (high & ~lead & mask)) break;
    offset += whole;
  }
  return offset;
}

/// How many bytes above 32 follow one that is not, among those from the second on; the last ones, up
/// to fifteen, are not looked at, and `*looked` says how many were.
static inline intptr_t vector_word_starts(
    const uint8_t *bytes, intptr_t count, intptr_t *looked) {
  intptr_t starts = 0;
  intptr_t offset = 1;
  while (offset + 16 <= count) {
    // A byte of the sum holds up to 255.
    intptr_t end = count - offset > 255 * 16 ? offset + 255 * 16 : count;
    vector_bytes sum = {0};
    for (; offset + 16 <= end; offset += 16) {
      vector_bytes here = *(const vector_bytes *)(bytes + offset);
      vector_bytes before = *(const vector_bytes *)(bytes + offset - 1);
      sum -= (vector_bytes)((here > 32) & (before <= 32));
    }
    for (int index = 0; index < 16; index++) starts += sum[index];
  }
  *looked = offset;
  return starts;
}

/// Has the processor bring text from memory, without waiting for it.
static inline void vector_fetch(const uint8_t *bytes, intptr_t count) {
  for (intptr_t offset = 0; offset < count; offset += 64) __builtin_prefetch(bytes + offset);
}
