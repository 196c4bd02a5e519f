/** Numbers whose room grows. */
type Numbers = Int32Array | Uint32Array | Uint16Array | Uint8Array;

/** A copy with room for `length` numbers; those behind the old ones are 0. Default: twice as many. */
export function longer<A extends Numbers>(numbers: A, length = 2 * numbers.length): A {
  const more = new (numbers.constructor as new (length: number) => A)(length);
  more.set(numbers);
  return more;
}
