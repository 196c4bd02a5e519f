import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectRefused } from './refused.ts';
import { type Workspace, workspace } from './session.ts';

/** A payroll as German software writes it: semicolons, Windows-1252, decimal commas, points between thousands, `-` for nothing. */
function payroll(records: number): Buffer {
  const names = ['Jürgen Müller', 'Anna Groß', 'Käthe Köhler', 'Björn Weiß', 'Ute Schäfer', 'Max Böhm'];
  const german = new Intl.NumberFormat('de-DE', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const rows = Array.from({ length: records }, (_, i) => [
    `${70_001 + i * 17}`,
    names[i % names.length]!,
    `${String(1 + (i % 28)).padStart(2, '0')}.0${1 + (i % 9)}.${1961 + ((i * 7) % 40)}`,
    ['Lager', 'Büro'][i % 2],
    german.format(1900 + ((i * 7919) % 640_000) / 100),
    i % 5 === 0 ? '-' : i % 7 === 0 ? '' : german.format(((i * 104_729) % 190_000) / 100),
  ]);
  const lines = [['Personalnummer', 'Name', 'Geburtsdatum', 'Abteilung', 'Bruttogehalt', 'Bonus'], ...rows];
  return Buffer.from(lines.map((line) => `${line.join(';')}\r\n`).join(''), 'latin1');
}

/** Fill in the license of a draft. */
function filled(space: Workspace, file: string): string {
  return readFileSync(join(space.dir, file), 'utf8')
    .replace(/(name|contact): # FILL.*/g, '$1: Example')
    .replace(/id: # FILL.*/, 'id: "urn:org:example"')
    .replace(/purposes: # FILL.*/, 'purposes: [AcademicResearch]')
    .replace(/from: # FILL.*/, 'from: 2020-01-01')
    .replace(/until: # FILL.*/, 'until: 2099-12-31');
}

it('a payroll is drafted, released and exported as its software writes it', async () => {
  const space = workspace();
  space.write('gehalt.csv', payroll(60));
  expect(space.run(['init', 'gehalt.csv', '--out', 'draft.yaml']).stderr).toContain('of which 0 are left to decide');
  const draft = filled(space, 'draft.yaml');
  expect(draft).toContain(
    'input:\n  format: csv\n  encoding: windows-1252\n  delimiter: ";"\n  null-values: ["", "-"]\n  decimal: ","\n  thousands: "."\n  date-format: "DD.MM.YYYY"\n',
  );
  expect(draft).toContain('Bruttogehalt: { role: sensitive, type: number, transform: { round: { to: 10 } } }');
  const policy = draft.replace('{ round: { to: 10 } }', '{ round: { to: 0.5 } }');
  space.write('policy.yaml', policy.replace('max-suppression: 0.05', 'max-suppression: 0.2'));

  expect((await space.call(['check', 'policy.yaml', 'gehalt.csv'])).stdout).toContain('0 errors, 0 warnings');
  const preview = await space.call(['preview', 'policy.yaml', 'gehalt.csv', '--records', '1']);
  expect(preview.stdout).toMatch(/ ~1\d{3},[05] /);
  const apply = ['apply', 'policy.yaml', 'gehalt.csv', '--out', 'out', '--key', 'issuer.key', '--report', 'r.html'];
  expect(space.run(apply)).toMatchObject({ status: 0, stderr: expect.stringContaining('leak check: nothing found') });
  const use = ['--trust', 'issuer.pub', '--organization', 'urn:org:example', '--purpose', 'AcademicResearch'];
  expect(space.run(['export', 'out', ...use, '--to', 'received']).status).toBe(0);

  const received = readFileSync(join(space.dir, 'received/data/gehalt.csv'), 'latin1');
  expect(received.split('\r\n')[0]).toBe('Personalnummer;Geburtsdatum;Abteilung;Bruttogehalt;Bonus');
  for (const line of received.trimEnd().split('\r\n').slice(1)) {
    expect(line).toMatch(/^p_\w+;[^;]+;(Lager|Büro);\d+,[05];(\d+|-|)$/);
  }
  const { resources } = JSON.parse(readFileSync(join(space.dir, 'out/datapackage.json'), 'utf8'));
  expect(resources[0].schema).toMatchObject({
    fields: [
      {},
      {},
      {},
      { name: 'Bruttogehalt', type: 'number', decimalChar: ',' },
      { name: 'Bonus', type: 'integer' },
    ],
    missingValues: ['', '-'],
  });
  const compared = ['measure', 'out', '--policy', 'policy.yaml', '--source', 'gehalt.csv', '--json'];
  const { utility } = JSON.parse((await space.call(compared)).stdout);
  expect(JSON.stringify(utility)).toContain('Bruttogehalt');
});

describe('a payroll', () => {
  it.each(['ci-fixture', 'gdpr', 'hipaa-safe-harbor'])('drafted for %s is checked without errors', async (standard) => {
    const space = workspace();
    space.write('gehalt.csv', payroll(60));
    await space.call(['init', 'gehalt.csv', '--out', 'draft.yaml', '--standard', standard]);
    const draft = filled(space, 'draft.yaml').replaceAll('transform: reject', 'transform: drop');
    space.write('policy.yaml', draft);
    const { stdout, stderr } = await space.call(['check', 'policy.yaml', 'gehalt.csv']);
    expect(stdout + stderr).toMatch(/\b0 errors/);
  });

  it('in which a number is written otherwise is refused at its place', async () => {
    const space = workspace();
    space.write('gehalt.csv', payroll(60));
    await space.call(['init', 'gehalt.csv', '--out', 'draft.yaml']);
    space.write('policy.yaml', filled(space, 'draft.yaml'));
    const odd = payroll(60).toString('latin1').split('\r\n');
    odd[7] = odd[7]!.replace(/[\d.]+,\d\d/, '4711.25');
    space.write('odd.csv', Buffer.from(odd.join('\r\n'), 'latin1'));
    const before = space.files();
    const run = await space.call(['apply', 'policy.yaml', 'odd.csv', '--out', 'out', '--key', 'issuer.key']);
    const says = /hint: numbers are written 1234,5 or 1\.234,5 here/;
    expectRefused(space, before, run, { code: 'DATA-VALUE', at: 'odd.csv: row 7, field Bruttogehalt', says });
    expect(run.stderr).not.toContain('4711');
  });

  it('is measured, and hierarchies are drafted from it, as flags say that it is written', async () => {
    const space = workspace();
    space.write('gehalt.csv', payroll(60));
    const form = (prefix: string) =>
      ['delimiter', ';', 'encoding', 'latin1', 'decimal', ',', 'thousands', '.'].map((word, i) =>
        i % 2 === 0 ? `--${prefix}${word}` : word,
      );
    const draft = ['hierarchy', 'draft', 'gehalt.csv', '--out', '-'];
    const salaries = await space.call([...draft, '--field', 'Bruttogehalt', ...form('data-')]);
    expect(salaries.stdout.split('\n')[0]).toMatch(/^\d{4}\.\d\d;\[\d+,\d+\);/);
    const days = [...form('data-'), '--data-date-format', 'DD.MM.YYYY'];
    const births = await space.call([...draft, '--field', 'Geburtsdatum', ...days]);
    expect(births.stdout.split('\n')[0]).toMatch(/^(\d{4})-\d\d-\d\d;\1;/);

    const measure = ['measure', 'gehalt.csv', '--quasi', 'Abteilung', '--sensitive', 'Bruttogehalt', '--json'];
    const source = ['--source', 'gehalt.csv', ...form('')];
    const { utility } = JSON.parse((await space.call([...measure, ...source])).stdout);
    expect(utility.fields.find(({ field }: { field: string }) => field === 'Bruttogehalt')).toMatchObject({
      earthMover: 0,
    });
    for (const wrong of [
      ['--decimal', ';'],
      ['--thousands', '.'],
      ['--date-format', 'D.M.Y'],
    ]) {
      const { status, stdout } = await space.call([...measure, ...wrong]);
      expect([status, stdout]).toEqual([2, expect.stringContaining('numbers or dates are not written so')]);
    }
  });
});
