import { parse as parseCsv } from 'csv-parse/sync';
import { openData } from '../../src/app/open-data.ts';
import { hierarchiesOf, prepareTransforms, resourcesOf, sampleKeyOf } from '../../src/app/policy-file.ts';
import { Failure } from '../../src/base/diagnostic.ts';
import { InputFiles } from '../../src/engine/input-files.ts';
import type { Observer } from '../../src/engine/observer.ts';
import { type RunResult, runPlan } from '../../src/engine/run.ts';
import type { InputSource } from '../../src/engine/source.ts';
import { formats } from '../../src/formats/index.ts';
import { parsePolicy } from '../../src/policy/parse.ts';
import { type Plan, planPolicy } from '../../src/policy/plan.ts';
import type { Policy } from '../../src/policy/policy.ts';

export interface Job {
  /** Sections of a policy; what every policy needs is added. */
  readonly policy: string;
  readonly input: string | Buffer;
  /** Further files of the table, `data-2.csv` and so on. */
  readonly more?: readonly string[];
  readonly format?: string;
  /** Seed of the sizes in which the input is read. */
  readonly pieces?: number;
  /** Root of all randomness. */
  readonly secret?: Buffer;
  readonly leakCheck?: boolean;
  /** Texts of the files that the policy names. */
  readonly files?: Readonly<Record<string, string>>;
  /** The file that the policy names as its population. */
  readonly population?: string;
  /** Replaces the source that reads `input`. */
  readonly source?: InputSource;
  /** Looks at the run. */
  readonly observer?: (policy: Policy, plan: Plan) => Observer;
}

export interface Done {
  readonly output: Buffer;
  readonly text: string;
  /** What was made of each file. */
  readonly texts: readonly string[];
  readonly result: RunResult;
}

/** The bytes of every key in the policy. */
export const keyBytes = Buffer.alloc(32, 7);

/** Run a policy over an input in memory. */
export async function run(job: Job): Promise<Done> {
  const policy = parsePolicy(Buffer.from(policyText(job.policy)), { file: 'policy.yaml', directory: '/policies' });
  await prepareTransforms([policy]);
  const source = job.source ?? sourceOf(job.input, job.pieces ?? 1, job.format ?? 'csv');
  const data = await openData(source, job.format ?? policy.input.format ?? 'csv', policy.input);
  const keys = new Map([...policy.keys.keys()].map((name) => [name, keyBytes]));
  const files = new Map(Object.entries(job.files ?? {}).map(([name, text]) => [name, Buffer.from(text)]));
  const others = (job.more ?? []).map((text, i) => ({
    ...sourceOf(text, (job.pieces ?? 1) + i, job.format ?? 'csv'),
    name: `data-${i + 2}.${job.format ?? 'csv'}`,
  }));
  const opened = await Promise.all(
    others.map(async (other) => ({
      source: other,
      opened: (await openData(other, job.format ?? policy.input.format ?? 'csv', policy.input)).opened,
    })),
  );
  const table = new InputFiles([{ source, opened: data.opened }, ...opened]);
  const plan = planPolicy(
    policy,
    data.opened.fields,
    resourcesOf(policy, keys, files, job.secret ?? Buffer.alloc(32, 3)),
  );
  const population = policy.privacy?.population;
  const people = population && sourceOf(job.population ?? '', 1, population.input.format ?? 'csv');
  const peopleTable = population && people && (await openData(people, population.input.format, population.input));
  const written: Buffer[][] = [];
  // The engine uses its buffers again.
  const put = (bytes: Buffer) => void written.at(-1)!.push(Buffer.from(bytes));
  const begin = (head: Buffer) => {
    written.push([]);
    put(head);
  };
  const result = await runPlan({
    policy,
    plan,
    ...data,
    files: table,
    sink: { begin, write: put },
    nullValues: policy.input.nullValues ?? data.format.nullValues,
    leakCheck: job.leakCheck ?? false,
    sampleKey: sampleKeyOf(job.secret ?? Buffer.alloc(32, 3)),
    target: formats.get(policy.output.format),
    hierarchy: hierarchiesOf(policy, files),
    observer: job.observer?.(policy, plan),
    ...(population && people && peopleTable
      ? {
          population: {
            ...peopleTable,
            source: people,
            nullValues: population.input.nullValues ?? peopleTable.format.nullValues,
          },
        }
      : {}),
  }).catch((error: unknown) => {
    throw error instanceof Failure ? table.placed(error) : error;
  });
  const texts = written.map((parts) => Buffer.concat(parts).toString('utf8'));
  const output = Buffer.concat(written.flat());
  return { output, text: output.toString('utf8'), texts, result };
}

interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly hint: string | undefined;
  /** Where the table has several. */
  readonly file?: string;
  readonly row?: number;
  readonly field?: string;
}

/** The first diagnostic of a run that fails. */
export async function failureOf(job: Job): Promise<Refusal> {
  try {
    await run(job);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { code, message, hint, place } = error.diagnostics[0]!;
    return {
      code,
      message,
      hint,
      ...(job.more === undefined ? {} : { file: place?.file ?? '' }),
      ...(place?.row === undefined ? {} : { row: place.row }),
      ...(place?.field === undefined ? {} : { field: place.field }),
    };
  }
  throw new Error('the run was expected to fail');
}

/** An input that is read in pieces of many sizes. */
export function sourceOf(input: string | Buffer, seed: number, extension: string): InputSource {
  const bytes = Buffer.from(input);
  return {
    name: `data.${extension}`,
    async open() {
      const next = random(seed);
      let position = 0;
      return {
        async read(target, at, size) {
          const piece = next() < 0.5 ? size : 1 + Math.floor(next() * Math.min(size, 5000));
          const read = bytes.copy(target, at, position, Math.min(bytes.length, position + Math.min(piece, size)));
          position += read;
          return read;
        },
        close: async () => {},
      };
    },
  };
}

/** Numbers in [0, 1) from a seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** The records of a CSV text, as csv-parse reads it. */
export function records(csv: string | Buffer): string[][] {
  return parseCsv(csv, { bom: true, relax_column_count: false }) as string[][];
}

/** A CSV text in which every field is quoted only where it must be. */
export function csvOf(rows: readonly (readonly string[])[], end = '\n'): string {
  return rows.map((row) => row.map(fieldOf).join(',') + end).join('');
}

export function fieldOf(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

function policyText(sections: string): string {
  const needed = { policy: 'anon/v1', name: 'x', version: '"1"' };
  const missing = Object.entries(needed).filter(([name]) => !new RegExp(`^${name}:`, 'm').test(sections));
  return `${missing.map(([name, value]) => `${name}: ${value}\n`).join('')}${sections}`;
}
