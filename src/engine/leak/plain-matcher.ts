import { firstPlace, hashEight, hashFour, highHalf, lowHalf, secondPlace } from './fingerprint.ts';
import {
  fourBits,
  type HeadFilter,
  longestElsewhere,
  type Matcher,
  printWidth,
  type Slices,
  shortestElsewhere,
  shortestInOwnRecord,
  type Texts,
  textStart,
  type WithoutEscapes,
} from './matcher.ts';
import { Words } from './words.ts';

/** A matcher without vectors and without limits. */
export function createPlainMatcher(): Matcher {
  return { begin() {}, read, fingerprints, occurrences, candidates };
}

function read({ bytes, start, end, count }: Slices, withoutEscapes?: WithoutEscapes): Texts {
  const words = new Words();
  const first = new Int32Array(count + 1);
  for (let t = 0; t < count; t++) {
    words.append(bytes, start[t]!, end[t]!, withoutEscapes);
    first[t + 1] = words.count;
  }
  return { count, bytes: words.bytes, start: words.start, first };
}

function fingerprints(texts: Texts): Int32Array {
  const { bytes, count } = texts;
  const prints = new Int32Array(count * printWidth);
  for (let t = 0, p = 0; t < count; t++, p += printWidth) {
    const from = textStart(texts, t);
    const to = textStart(texts, t + 1);
    if (to - from < shortestElsewhere || to - from > longestElsewhere) continue;
    prints[p] = lowHalf(bytes, from, to);
    prints[p + 1] = highHalf(bytes, from, to);
    prints[p + 2] = hashEight(bytes, from);
    prints[p + 3] = to - from;
    prints[p + 4] = hashFour(bytes, from);
  }
  return prints;
}

function occurrences(
  values: Texts,
  among: Int32Array,
  texts: Texts,
  visit: (v: number, text: number, at: number) => void,
): void {
  const bytes = bufferOf(values);
  const searched = bufferOf(texts);
  for (let v = 0; v < values.count; v++) {
    const text = among[v]!;
    const value = bytes.subarray(textStart(values, v), textStart(values, v + 1));
    if (text < 0 || value.length < shortestInOwnRecord) continue;
    const from = textStart(texts, text);
    const within = searched.subarray(from, textStart(texts, text + 1));
    for (let at = within.indexOf(value); at >= 0; at = within.indexOf(value, at + 1)) visit(v, text, from + at);
  }
}

function candidates(texts: Texts, filter: HeadFilter, visit: (text: number, w: number, next: number) => void): void {
  const { bytes, start, first } = texts;
  const { fours, hasLength, longest } = filter;
  for (let t = 0; t < texts.count; t++) {
    const last = first[t + 1]!;
    for (let w = first[t]!; w < last && start[w]! <= start[last]! - shortestElsewhere; w++) {
      const from = start[w]!;
      if (!isSet(fours, hashFour(bytes, from) >>> (32 - fourBits))) continue;
      const eight = hashEight(bytes, from);
      if (!mayHave(filter, eight, 0)) continue;
      for (let next = w + 1; next <= last && start[next]! - from <= longest; next++) {
        const length = start[next]! - from;
        if (hasLength[length] === 1 && mayHave(filter, eight, length)) visit(t, w, next);
      }
    }
  }
}

function mayHave({ heads, headShift }: HeadFilter, eight: number, length: number): boolean {
  return isSet(heads, firstPlace(eight, length, headShift)) && isSet(heads, secondPlace(eight, length, headShift));
}

function isSet(bits: Int32Array, bit: number): boolean {
  return (bits[bit >>> 5]! & (1 << (bit & 31))) !== 0;
}

function bufferOf({ bytes }: Texts): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
