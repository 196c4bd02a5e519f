import { describe, expect, it } from 'vitest';
import { memoryBundle } from '../../src/release/bundle-source.ts';
import { driftOf, type FieldShape, shapesOf, type TableShape, tableDriftOf } from '../../src/release/drift.ts';
import { readRelease } from '../../src/release/integrity.ts';
import { sampleBundle } from './sample.ts';

const shape = (name: string, type?: string, released = true): FieldShape => ({ name, released, type });
const messages = (before: FieldShape[], after: FieldShape[]) => driftOf(before, after).map(({ message }) => message);

describe('the fields of a release', () => {
  it('are those of its transforms, with the types of its columns', async () => {
    const release = await readRelease(memoryBundle(sampleBundle()));
    const [{ table, fields }] = shapesOf(release) as [TableShape];
    expect(table).toBeUndefined();
    expect(fields.map(({ name }) => name)).toEqual(release.statement.predicate.transforms!.map(({ field }) => field));
    expect(fields.some(({ type }) => type !== undefined)).toBe(true);
    const dropped = structuredClone(release.statement);
    dropped.predicate.transforms![0]!.technique = ['drop'];
    expect(shapesOf({ ...release, statement: dropped })[0]!.fields[0]).toMatchObject({
      released: false,
      type: undefined,
    });
    // A technique of another version is no reason to think that the field was left out.
    dropped.predicate.transforms![0]!.technique = ['of-another-version'];
    expect(shapesOf({ ...release, statement: dropped })[0]!.fields[0]!.released).toBe(true);
  });
});

describe('drift of tables', () => {
  const told = (before: (string | undefined)[], after: (string | undefined)[]) =>
    tableDriftOf(before, after).map(({ message, hint }) => `${message}${hint === undefined ? '' : ` (${hint})`}`);

  it('is none between the same names in another order', () => {
    expect(told(['a', 'b'], ['b', 'a'])).toEqual([]);
    expect(told([undefined], [undefined])).toEqual([]);
  });

  it('is told all at once', () => {
    expect(told(['patients', 'visits'], ['patient', 'visits', 'drugs'])).toEqual([
      'table `patients` of the earlier release is not there (is it `patient` now?)',
      'table `patient` is not in the earlier release',
      'table `drugs` is not in the earlier release',
    ]);
    expect(told([undefined], ['a', 'b'])).toEqual(['the earlier release is of one table and this one of several']);
    expect(told(['a'], [undefined])).toEqual(['the earlier release is of several tables and this one of one']);
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
