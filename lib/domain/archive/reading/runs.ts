/** Numbers as Parquet packs them: runs of the same number, and groups of eight with few bits each. */

/** Wider numbers are not read: they would need a dictionary of 16 million values. */
export const maxBits = 24;

/**
 * Reads numbers until there are enough.
 * @param bits of each number, 24 at most
 * @param begin where in the bytes they begin
 * @throws RangeError where the bytes end before
 */
export function readRuns(bytes: Uint8Array, begin: number, bits: number, into: Int32Array): void {
  const width = (bits + 7) >> 3;
  let offset = begin;
  let done = 0;
  while (done < into.length) {
    let header = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[offset];
      if (byte === undefined) throw new RangeError("a page ends in the middle of its values");
      offset += 1;
      header |= (byte & 127) << shift;
      if (byte < 128) break;
    }
    const count = header >>> 1;
    if ((header & 1) === 0) {
      let value = 0;
      for (let index = 0; index < width; index += 1) value |= (bytes[offset + index] ?? 0) << (8 * index);
      offset += width;
      const end = Math.min(into.length, done + count);
      into.fill(value, done, end);
      done = end;
    } else {
      done = unpack(bytes, offset, bits, into, done, count * 8);
      offset += count * bits;
    }
  }
}

function unpack(
  bytes: Uint8Array,
  begin: number,
  bits: number,
  into: Int32Array,
  done: number,
  count: number,
): number {
  const mask = (1 << bits) - 1;
  const end = Math.min(into.length, done + count);
  let offset = begin;
  let data = 0;
  let known = 0;
  for (let index = done; index < end; index += 1) {
    while (known < bits) {
      data |= (bytes[offset] ?? 0) << known;
      offset += 1;
      known += 8;
    }
    into[index] = data & mask;
    data >>>= bits;
    known -= bits;
  }
  return end;
}
