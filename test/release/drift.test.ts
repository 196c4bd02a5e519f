import { describe, expect, it } from 'vitest';
import { memoryBundle } from '../../src/release/bundle-source.ts';
import { driftOf, type FieldShape, shapesOf } from '../../src/release/drift.ts';
import { readRelease } from '../../src/release/integrity.ts';
import { sampleBundle } from './sample.ts';

const shape = (name: string, type?: string, released = true): FieldShape => ({ name, released, type });
const messages = (before: FieldShape[], after: FieldShape[]) => driftOf(before, after).map(({ message }) => message);

describe('the fields of a release', () => {
  it('are those of its transforms, with the types of its columns', async () => {
    const release = await readRelease(memoryBundle(sampleBundle()));
    const shapes = shapesOf(release);
    expect(shapes.map(({ name }) => name)).toEqual(release.statement.predicate.transforms.map(({ field }) => field));
    const dropped = structuredClone(release.statement);
    dropped.predicate.transforms[0]!.technique = ['drop'];
    expect(shapesOf({ ...release, statement: dropped })[0]).toMatchObject({ released: false, type: undefined });
    // A technique of another version is no reason to think that the field was left out.
    dropped.predicate.transforms[0]!.technique = ['of-another-version'];
    expect(shapesOf({ ...release, statement: dropped })[0]!.released).toBe(true);
  });
});

describe('drift', () => {
  it('is none between equal fields in another order, or where types are not stated', () => {
    expect(messages([shape('a', 'date'), shape('b')], [shape('b', 'integer'), shape('a', 'date')])).toEqual([]);
  });

  it('is told all at once', () => {
    const before = [
      shape('a', 'integer'),
      shape('b'),
      shape('c'),
      shape('surname', undefined, false),
      shape('d', undefined, false),
    ];
    const after = [shape('a', 'number'), shape('c', undefined, false), shape('d'), shape('sur_name'), shape('new')];
    expect(driftOf(before, after)).toEqual([
      { code: 'DRIFT', message: 'field `b` of the earlier release is not there' },
      {
        code: 'DRIFT',
        message: 'field `surname` of the earlier release is not there',
        hint: 'is it `sur_name` now?',
      },
      { code: 'DRIFT', message: 'field `a` would be of type number, and was of type integer in the earlier release' },
      { code: 'DRIFT', message: 'field `c` would be dropped, and was released in the earlier release' },
      { code: 'DRIFT', message: 'field `d` would be released, and was dropped in the earlier release' },
      { code: 'DRIFT', message: 'field `sur_name` is not in the earlier release' },
      { code: 'DRIFT', message: 'field `new` is not in the earlier release' },
    ]);
  });
});
