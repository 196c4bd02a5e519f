import { describe, expect, it } from 'vitest';
import { createClassNumbers } from '../../src/engine/class-numbers.ts';

describe('the classes of the first records', () => {
  it('are remembered up to the limit, over any number of batches', () => {
    const numbers = createClassNumbers(10_000);
    const classes = Int32Array.from({ length: 3000 }, (_, i) => i * 7);
    for (let batch = 0; batch < 4; batch++) numbers.add(classes, 2999);
    expect(numbers.count).toBe(10_000);
    for (const record of [0, 2998, 2999, 8996, 8997, 9999]) expect(numbers.of(record)).toBe((record % 2999) * 7);
  });
});
