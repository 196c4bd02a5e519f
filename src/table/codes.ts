import { longer } from '../base/longer.ts';

/** Codes that are appended one by one. Memory: 4 to 8 bytes each. */
export class Codes {
  #codes = new Int32Array(4096);
  #length = 0;

  push(code: number): void {
    if (this.#length === this.#codes.length) this.#codes = longer(this.#codes);
    this.#codes[this.#length++] = code;
  }

  values(): Int32Array {
    return this.#codes.subarray(0, this.#length);
  }
}
