import { fail } from '../../base/diagnostic.ts';
import { parseSize, sizeRule } from '../../base/size.ts';
import { stateOption } from '../audit-options.ts';
import { defineCommand, type Invocation, isSet, optionText } from '../definition.ts';
import { populationOption } from '../population-option.ts';

export const applyCommand = defineCommand({
  name: 'apply',
  summary: 'Anonymize files by a policy into a signed bundle.',
  arguments: [
    { name: 'policy', summary: 'the policy, a YAML file' },
    {
      name: 'input',
      summary:
        'the data, plain or gzip, in one file or several, or a quoted pattern; - or nothing for standard input; NAME=FILE for each of several tables',
      optional: true,
      repeatable: true,
    },
  ],
  options: [
    { flags: '--out <dir>', summary: 'write the bundle as a directory' },
    { flags: '--tar <file>', summary: 'write the bundle as one tar file; - for standard output', data: true },
    { flags: '--data-only <dir>', summary: 'write the data alone, without license or signature' },
    { flags: '--stdout', summary: 'write the data alone to standard output, after all checks', data: true },
    { flags: '--replace', summary: 'replace an output that exists' },
    { flags: '--key <file>', summary: 'sign with this private key (or output.sign, or ANON_SIGNING_KEY)' },
    { flags: '--passphrase-file <file>', summary: "read the key's passphrase from a file (or ANON_PASSPHRASE_FILE)" },
    { ...stateOption, summary: `${stateOption.summary}; its audit log is told of the license` },
    { flags: '--format <name>', summary: 'format of the input, when its name does not tell' },
    { flags: '--against <bundle>', summary: 'stop when the fields are not those of this earlier release' },
    { flags: '--html', summary: 'put report.html into the bundle: its figures and license for people' },
    {
      flags: '--report <file>',
      summary: 'write comparisons with the source, for the licensor alone: a page if FILE ends in .html, else JSON',
    },
    { flags: '--population-size <number>', summary: 'for the report: individuals that the source was taken from' },
    { flags: '--sampling-fraction <share>', summary: 'or the share of them that the source holds, such as 0.05' },
    {
      flags: '--split-bytes <size>',
      summary: 'write several files, none larger than this before compression, such as 100MB (or output.split)',
    },
    {
      flags: '--split-records <number>',
      summary: 'write several files, none of more records than this (or output.split)',
    },
    { flags: '--allow-unlisted', summary: 'let `unlisted: keep` release fields that the policy does not name' },
    { flags: '--allow-exec', summary: 'let the policy run programs to fetch keys' },
    {
      flags: '--dry-run',
      summary: 'do everything but write: show what would be done; needs no signing key and no place',
    },
    { flags: '--json', summary: 'print the outcome as JSON' },
    { flags: '-q, --quiet', summary: 'print nothing but problems' },
    { flags: '-v, --verbose', summary: 'print how long each phase took, and how much memory' },
  ],
  examples: [
    { command: 'anon apply policy.yaml patients.csv --out bundle --key issuer.key', does: 'makes a signed bundle' },
    {
      command: 'anon apply hospital.yaml patients=patients.csv visits=visits.csv --out bundle --key issuer.key',
      does: 'makes one bundle of two tables',
    },
    {
      command: "anon apply policy.yaml 'data/*.csv' --out bundle --key issuer.key",
      does: 'makes one table of several files, and a file of each',
    },
    {
      command: 'zcat data.csv.gz | anon apply policy.yaml --format csv --stdout > out.csv',
      does: 'writes the data alone',
    },
  ],
  async run(invocation, terminal) {
    const target = targetOf(invocation);
    const { apply } = await import('../../app/apply.ts');
    const outcome = await apply(
      {
        policy: invocation.arguments.policy!,
        input: invocation.repeated,
        format: optionText(invocation, 'format'),
        target,
        replace: isSet(invocation, 'replace'),
        key: optionText(invocation, 'key'),
        passphraseFile: optionText(invocation, 'passphraseFile'),
        against: optionText(invocation, 'against'),
        report: optionText(invocation, 'report'),
        html: wantsPage(invocation, target.kind),
        population: populationOf(invocation),
        split: splitOf(invocation),
        state: optionText(invocation, 'state'),
        allowExec: isSet(invocation, 'allowExec'),
        allowUnlisted: isSet(invocation, 'allowUnlisted'),
        dryRun: isSet(invocation, 'dryRun'),
        anywhere: target === placeless,
      },
      terminal,
    );
    const { outcomeJson, renderOutcome, renderPhases } = await import('../outcome.ts');
    const { renderDiagnostics } = await import('../diagnostics.ts');
    if (isSet(invocation, 'json')) await terminal.out(outcomeJson(outcome, target));
    else {
      if (outcome.warnings.length > 0) terminal.err(renderDiagnostics(outcome.warnings, { color: terminal.color }));
      if (!isSet(invocation, 'quiet')) terminal.err(renderOutcome(outcome, target));
    }
    if (isSet(invocation, 'verbose')) terminal.err(renderPhases(outcome, terminal.peakMemory?.()));
    return 0;
  },
});

/** Of a dry run that names no place: whatever stands there is no matter. */
const placeless = { kind: 'bundle', path: 'bundle' } as const;

function targetOf(invocation: Invocation) {
  const targets = [
    ...named('bundle', optionText(invocation, 'out')),
    ...named('tar', optionText(invocation, 'tar')),
    ...named('data', optionText(invocation, 'dataOnly')),
    ...(isSet(invocation, 'stdout') ? [{ kind: 'stdout' as const }] : []),
  ];
  const [target] = targets;
  if (isSet(invocation, 'json') && (isSet(invocation, 'stdout') || optionText(invocation, 'tar') === '-')) {
    throw fail('USAGE', 'the output and the outcome as JSON cannot both go to standard output', {
      hint: 'leave out --json, or write the output to a file',
    });
  }
  if (target === undefined && isSet(invocation, 'dryRun')) return placeless;
  if (target === undefined || targets.length > 1) {
    throw fail('USAGE', target === undefined ? 'say where the output goes' : 'say one place for the output', {
      hint: '--out DIR for a bundle, --tar FILE for a bundle in one file, --data-only DIR or --stdout for the data alone',
    });
  }
  return target;
}

function wantsPage(invocation: Invocation, kind: string): boolean {
  const wanted = isSet(invocation, 'html');
  if (!wanted || kind === 'bundle' || kind === 'tar') return wanted;
  throw fail('USAGE', '--html puts a page into a bundle, and the data alone is written', {
    hint: 'say --out DIR or --tar FILE; --report FILE.html writes the page for the licensor',
  });
}

function populationOf(invocation: Invocation): { readonly size?: number; readonly fraction?: number } {
  const population = populationOption(invocation);
  const given = Object.keys(population).length;
  if (given > 0 && optionText(invocation, 'report') === undefined) {
    throw fail('USAGE', 'a population is named, and no report asks for it', { hint: 'say --report FILE' });
  }
  return population;
}

function splitOf(invocation: Invocation): { readonly bytes?: number; readonly records?: number } | undefined {
  const size = optionText(invocation, 'splitBytes');
  const count = optionText(invocation, 'splitRecords');
  if (size === undefined && count === undefined) return undefined;
  const bytes = size === undefined ? undefined : parseSize(size);
  if (size !== undefined && bytes === undefined) {
    throw fail('USAGE', "option '--split-bytes <size>' is not a size", { hint: `a size is ${sizeRule}` });
  }
  if (count !== undefined && !/^[1-9]\d{0,14}$/.test(count)) {
    throw fail('USAGE', "option '--split-records <number>' is not a whole number above 0");
  }
  return { ...(bytes === undefined ? {} : { bytes }), ...(count === undefined ? {} : { records: Number(count) }) };
}

function named<K extends string>(kind: K, path: string | undefined): { readonly kind: K; readonly path: string }[] {
  return path === undefined ? [] : [{ kind, path }];
}
