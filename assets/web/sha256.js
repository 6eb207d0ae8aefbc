// SHA-256 (FIPS 180-4) of a file. The browser's own exists under https only, and takes a file in one piece.

const primes = [];
for (let n = 2; primes.length < 64; n += 1) if (primes.every((p) => n % p)) primes.push(n);
const fraction = (x) => ((x - Math.floor(x)) * 2 ** 32) | 0;
const K = primes.map((p) => fraction(Math.cbrt(p)));
const START = primes.slice(0, 8).map((p) => fraction(Math.sqrt(p)));

const turn = (x, n) => (x >>> n) | (x << (32 - n));

/** Takes in blocks of 64 bytes. */
function take(state, bytes, words) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < bytes.length; at += 64) {
    for (let i = 0; i < 16; i += 1) words[i] = view.getInt32(at + i * 4);
    for (let i = 16; i < 64; i += 1) {
      const [x, y] = [words[i - 15], words[i - 2]];
      const s0 = turn(x, 7) ^ turn(x, 18) ^ (x >>> 3);
      const s1 = turn(y, 17) ^ turn(y, 19) ^ (y >>> 10);
      words[i] = words[i - 16] + s0 + words[i - 7] + s1;
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; i += 1) {
      const one = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + words[i];
      const two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
      h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
    }
    [a, b, c, d, e, f, g, h].forEach((x, i) => { state[i] += x; });
  }
}

/** The end of a message: a one, zeros, its length in bits. */
function ended(rest, size) {
  const bytes = new Uint8Array(rest.length + 9 <= 64 ? 64 : 128);
  bytes.set(rest);
  bytes[rest.length] = 0x80;
  new DataView(bytes.buffer).setBigUint64(bytes.length - 8, BigInt(size) * 8n);
  return bytes;
}

const STEP = 1 << 20;

/** The hash of a file, hexadecimal; read piece by piece, so that the page stays alive. */
export async function sha256(file) {
  const state = Int32Array.from(START);
  const words = new Int32Array(64);
  for (let at = 0; at < file.size || at === 0; at += STEP) {
    const bytes = new Uint8Array(await file.slice(at, at + STEP).arrayBuffer());
    const whole = bytes.length - (bytes.length % 64);
    take(state, bytes.subarray(0, whole), words);
    if (at + STEP >= file.size) take(state, ended(bytes.subarray(whole), file.size), words);
  }
  return [...state].map((x) => (x >>> 0).toString(16).padStart(8, "0")).join("");
}
