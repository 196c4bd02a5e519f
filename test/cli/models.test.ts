import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { workspace } from './session.ts';

const policy = (models: string) => `policy: anon/v1
name: salaries
version: "1"
hierarchies:
  disease: { file: ./disease.csv }
fields:
  zip: { role: quasi-identifier, transform: keep }
  age: { role: quasi-identifier, transform: keep }
  salary: { role: sensitive, type: integer, transform: keep }
  disease: { role: sensitive, transform: keep }
privacy:
  models:
${models}
  max-suppression: 0.4
`;

// Table 5 of Li, Li, Venkatasubramanian, t-Closeness, ICDE 2007.
const table5 = `zip,age,salary,disease
4767*,<=40,3,gastric ulcer
4767*,<=40,5,stomach cancer
4767*,<=40,9,pneumonia
4790*,>=40,6,gastritis
4790*,>=40,11,flu
4790*,>=40,8,bronchitis
4760*,<=40,4,gastritis
4760*,<=40,7,bronchitis
4760*,<=40,10,stomach cancer
`;
const disease = `gastric ulcer;stomach;*
gastritis;stomach;*
stomach cancer;stomach;*
pneumonia;lung;*
flu;lung;*
bronchitis;lung;*
`;

describe('privacy models', () => {
  it('hold for a table that is close in order, and are stated with what they reach', async () => {
    const space = workspace();
    space.write('table5.csv', table5);
    space.write('disease.csv', disease);
    space.write(
      'policy.yaml',
      policy(`    - t-closeness: { t: 0.167, variant: ordered, sensitive: salary }
    - t-closeness: { t: 0.5, variant: hierarchical, hierarchy: disease, sensitive: disease }
    - l-diversity: { l: 3, variant: entropy, sensitive: disease }
    - average-risk: { max: 0.34 }`),
    );
    const { status, stderr, stdout } = await space.call(['apply', 'policy.yaml', 'table5.csv', '--data-only', 'out']);
    expect({ status, stderr: stderr.replace(/^warning.*\n/gm, '') }).toMatchObject({ status: 0 });
    const said = stdout + stderr;
    expect(said).toContain(
      't-closeness: required t=0.167 variant=ordered sensitive=salary, measured t=0.166666666667\n',
    );
    expect(said).toContain('average-risk: required max=0.34, measured max=0.333333333333\n');
    expect(readFileSync(join(space.dir, 'out', 'table5.csv'), 'utf8')).toBe(table5);
  });

  it('are refused with all their problems, each at its line', async () => {
    const space = workspace();
    space.write('table5.csv', table5);
    space.write('disease.csv', disease);
    space.write(
      'policy.yaml',
      policy(`    - l-diversity: { l: 3, variant: recursive, sensitive: disease }
    - t-closeness: { t: 0.2, variant: hierarchical, hierarchy: diseases, sensitive: disease }`),
    );
    const { status, stderr } = await space.call(['apply', 'policy.yaml', 'table5.csv', '--data-only', 'out']);
    expect(status).toBe(2);
    expect(stderr).toMatch(/policy\.yaml:13:\d+/);
    expect(stderr).toContain('`variant: recursive` needs `c`');
    expect(stderr).toMatch(/policy\.yaml:14:\d+/);
    expect(stderr).toContain('there is no hierarchy `diseases`');
  });

  it('stop the run where a hierarchy lacks a value, and show no value', async () => {
    const space = workspace();
    space.write('table5.csv', table5);
    space.write('disease.csv', disease.replace(/^flu.*\n/m, ''));
    space.write(
      'policy.yaml',
      policy('    - t-closeness: { t: 0.5, variant: hierarchical, hierarchy: disease, sensitive: disease }'),
    );
    const { status, stderr } = await space.call(['apply', 'policy.yaml', 'table5.csv', '--data-only', 'out']);
    expect(status).toBe(2);
    expect(stderr).toContain('hierarchy `disease` does not know one value of the field');
    expect(space.run(['apply', 'policy.yaml', 'table5.csv', '--data-only', 'out'])).toMatchObject({ status, stderr });
    expect(stderr).not.toMatch(/\bflu\b/);
    expect(space.files()).not.toContain('out/table5.csv');
  });
});
