/* The same work as the compiled loop of keymatch, by a C compiler: how near that loop is to it.
 *
 * Sixteen keys in a vector for SHA-256, four in one for AES, a gather for the first filter. Built
 * by the benchmark alone, with -O3 -march=native, where a compiler and AVX-512 with VAES are there.
 */
#include <immintrin.h>
#include <stdint.h>
#include <string.h>

#define INLINE static inline __attribute__((always_inline))
typedef __m512i v;

static const uint32_t added[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};
static const uint32_t start[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                  0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

INLINE v all(uint32_t x) { return _mm512_set1_epi32((int)x); }
INLINE v add(v x, v y) { return _mm512_add_epi32(x, y); }
#define ROR(x, n) _mm512_ror_epi32(x, n)
#define XOR3(x, y, z) _mm512_ternarylogic_epi32(x, y, z, 0x96)

INLINE void compress(v s[8], v w[16]) {
  v a = s[0], b = s[1], c = s[2], d = s[3], e = s[4], f = s[5], g = s[6], h = s[7];
#pragma GCC unroll 64
  for (int t = 0; t < 64; t++) {
    if (t >= 16) {
      v x = w[(t - 15) & 15], y = w[(t - 2) & 15];
      v s0 = XOR3(ROR(x, 7), ROR(x, 18), _mm512_srli_epi32(x, 3));
      v s1 = XOR3(ROR(y, 17), ROR(y, 19), _mm512_srli_epi32(y, 10));
      w[t & 15] = add(add(w[t & 15], w[(t - 7) & 15]), add(s0, s1));
    }
    v t1 = add(add(h, add(w[t & 15], all(added[t]))),
               add(XOR3(ROR(e, 6), ROR(e, 11), ROR(e, 25)),
                   _mm512_ternarylogic_epi32(e, f, g, 0xca)));
    v t2 = add(XOR3(ROR(a, 2), ROR(a, 13), ROR(a, 22)), _mm512_ternarylogic_epi32(a, b, c, 0xe8));
    h = g, g = f, f = e, e = add(d, t1), d = c, c = b, b = a, a = add(t1, t2);
  }
  s[0] = add(s[0], a), s[1] = add(s[1], b), s[2] = add(s[2], c), s[3] = add(s[3], d);
  s[4] = add(s[4], e), s[5] = add(s[5], f), s[6] = add(s[6], g), s[7] = add(s[7], h);
}

static __attribute__((noinline)) void block(v s[8], v w[16]) { compress(s, w); }

INLINE void from(v s[8], const uint32_t *words) {
  for (int i = 0; i < 8; i++) s[i] = all(words[i]);
}

INLINE void keyed(v s[8], const v prk[8], uint32_t pad) {
  v w[16];
  for (int i = 0; i < 8; i++) w[i] = _mm512_xor_si512(prk[i], all(pad)), w[8 + i] = all(pad);
  from(s, start);
  block(s, w);
}

INLINE void finish(v s[8], const v *message, int n) {
  v w[16];
  for (int i = 0; i < 16; i++) w[i] = i < n ? message[i] : _mm512_setzero_si512();
  w[n] = all(0x80000000u), w[15] = all(512 + 32 * (uint32_t)n);
  block(s, w);
}

static uint32_t inner_start[8], outer_start[8];

static void constant(uint32_t out[8], uint32_t pad) {
  v s[8], w[16];
  for (int i = 0; i < 16; i++) w[i] = all(pad);
  from(s, start);
  block(s, w);
  for (int i = 0; i < 8; i++) out[i] = (uint32_t)_mm512_cvtsi512_si32(s[i]);
}

/* The keys of identifiers of sixteen TEKs, 16 bytes each. */
INLINE void derive(const uint8_t *teks, uint8_t *out) {
  uint32_t words[16][4], turned[4][16] __attribute__((aligned(64)));
  memcpy(words, teks, 256);
  for (int k = 0; k < 16; k++)
    for (int j = 0; j < 4; j++) turned[j][k] = __builtin_bswap32(words[k][j]);
  v tek[4], inner[8], prk[8], s[8];
  for (int j = 0; j < 4; j++) tek[j] = _mm512_load_si512(turned[j]);
  from(inner, inner_start);
  finish(inner, tek, 4);
  from(prk, outer_start);
  finish(prk, inner, 8);
  const v label[2] = {all(0x454e2d52), all(0x50494b01)};
  keyed(s, prk, 0x36363636);
  finish(s, label, 2);
  memcpy(inner, s, sizeof s);
  keyed(s, prk, 0x5c5c5c5c);
  finish(s, inner, 8);
  for (int j = 0; j < 4; j++) _mm512_store_si512(turned[j], s[j]);
  for (int k = 0; k < 16; k++)
    for (int j = 0; j < 4; j++) words[k][j] = __builtin_bswap32(turned[j][k]);
  memcpy(out, words, 256);
}

INLINE v next_key(v key, uint32_t constant) {
  const v order = _mm512_broadcast_i32x4(_mm_set1_epi32(0x0c0f0e0d));
  v boxed = _mm512_aesenclast_epi128(_mm512_shuffle_epi8(key, order), all(constant));
  v sum = _mm512_xor_si512(key, _mm512_bslli_epi128(key, 4));
  sum = _mm512_xor_si512(sum, _mm512_bslli_epi128(sum, 8));
  return _mm512_xor_si512(sum, boxed);
}

#define AT_ONCE 8

/* Candidates of 24 bytes, as the loop of keymatch writes them; n is a multiple of sixteen. */
int64_t seek(const uint8_t *teks, const uint32_t *starts, int64_t n, const uint32_t *near,
             int32_t near_shift, const uint32_t *far, int32_t far_shift, uint64_t *out) {
  static const uint32_t constants[10] = {1, 2, 4, 8, 16, 32, 64, 128, 0x1b, 0x36};
  uint8_t rpik[256] __attribute__((aligned(64)));
  v ids[144], schedule[4][11];
  uint64_t masks[9];
  const __m128i shift = _mm_cvtsi32_si128(near_shift);
  int64_t found = 0;
  if (!inner_start[0]) constant(inner_start, 0x36363636), constant(outer_start, 0x5c5c5c5c);
  for (int64_t row = 0; row < n; row += 16) {
    derive(teks + 16 * row, rpik);
    for (int g = 0; g < 4; g++) schedule[g][0] = _mm512_load_si512(rpik + 64 * g);
    for (int r = 0; r < 10; r++)
      for (int g = 0; g < 4; g++) schedule[g][r + 1] = next_key(schedule[g][r], constants[r]);
    for (int g = 0; g < 4; g++) {
      const v *keys = schedule[g];
      const uint32_t *s = starts + row + 4 * g;
      v counter = _mm512_set_epi32((int)s[3], 0, 0x4950, 0x522d4e45, (int)s[2], 0, 0x4950, 0x522d4e45,
                                   (int)s[1], 0, 0x4950, 0x522d4e45, (int)s[0], 0, 0x4950, 0x522d4e45);
      for (int j = 0; j < 144; j += AT_ONCE) {
        v x[AT_ONCE];
#pragma GCC unroll 8
        for (int u = 0; u < AT_ONCE; u++) {
          v later = _mm512_set_epi32(u, 0, 0, 0, u, 0, 0, 0, u, 0, 0, 0, u, 0, 0, 0);
          x[u] = _mm512_xor_si512(add(counter, later), keys[0]);
        }
#pragma GCC unroll 9
        for (int r = 1; r < 10; r++)
#pragma GCC unroll 8
          for (int u = 0; u < AT_ONCE; u++) x[u] = _mm512_aesenc_epi128(x[u], keys[r]);
#pragma GCC unroll 8
        for (int u = 0; u < AT_ONCE; u++)
          x[u] = _mm512_aesenclast_epi128(x[u], keys[10]), ids[j + u] = x[u];
#pragma GCC unroll 2
        for (int u = 0; u < AT_ONCE; u += 4) {
          v h = _mm512_unpacklo_epi64(_mm512_unpacklo_epi32(x[u], x[u + 1]),
                                      _mm512_unpacklo_epi32(x[u + 2], x[u + 3]));
          v held = _mm512_i32gather_epi32(_mm512_srl_epi32(h, shift), near, 4);
          v both = _mm512_and_si512(_mm512_rolv_epi32(held, h),
                                    _mm512_rolv_epi32(held, _mm512_srli_epi32(h, 5)));
          ((uint16_t *)masks)[(j + u) / 4] = _mm512_movepi32_mask(both);
        }
        counter = add(counter, _mm512_set_epi32(AT_ONCE, 0, 0, 0, AT_ONCE, 0, 0, 0, AT_ONCE, 0, 0, 0,
                                                AT_ONCE, 0, 0, 0));
      }
      for (int w = 0; w < 9; w++)
        for (uint64_t m = masks[w]; m; m &= m - 1) {
          int at = 64 * w + __builtin_ctzll(m), interval = at / 16 * 4 + (at & 3), key = at / 4 & 3;
          const uint64_t *id = (const uint64_t *)&ids[interval] + 2 * key;
          uint32_t second = (uint32_t)(id[0] >> 32), held = far[second >> far_shift];
          uint64_t *to = out + 3 * found;
          to[0] = (uint64_t)(row + 4 * g + key) << 8 | (uint64_t)interval, to[1] = id[0], to[2] = id[1];
          found += held << (second & 31) >> 31;
        }
    }
  }
  return found;
}
