import { type LicensedTable, tablesOf } from '../tables.ts';
import { classesOf, riskOf } from './classes.ts';
import { type Section, writePage } from './document.ts';
import { fieldsOf } from './fields.ts';
import { type BundleFigures, bundleFigures } from './figures.ts';
import { html, nameOf, type Part } from './html.ts';
import { licenseHead, licenseSections, type PageLicense } from './license.ts';
import { generalizationOf, modelsOf, summaryOf } from './models.ts';

/**
 * report.html of a bundle: what its license states and report.json measures, which is what the output alone yields. `report` is the
 * value of report.json. Equal arguments give equal text. Throws SCHEMA when there are no figures in it.
 */
export function bundlePage(license: PageLicense, report: unknown): string {
  const figures = bundleFigures(report);
  const tables = tablesOf(license);
  const of = (name: string | undefined) => figures.find((table) => table.name === name);
  const [only] = tables;
  const sections =
    only!.name === undefined
      ? tableSections('', only!, of(undefined))
      : tables.map((table, t): Section => {
          const [summary, ...parts] = tableSections(`table-${t + 1}-`, table, of(table.name));
          return {
            id: `table-${t + 1}`,
            title: html`Table ${nameOf(table.name!)}`,
            body: summary!.body,
            parts,
          };
        });
  return writePage({
    title: license.title,
    head: html`<p>What was done to the data of this release, how private it measurably is, and how it may be used.</p>
${licenseHead(license)}`,
    sections: [...sections, ...licenseSections(license)],
    foot: html`<p>All figures are those of the released data, and how many records were suppressed. ${joined(tables)}</p>`,
  });
}

function tableSections(id: string, stated: LicensedTable, figures: BundleFigures | undefined): Section[] {
  const fields = (shown: BundleFigures['fields']): Section => ({
    id: `${id}fields`,
    title: 'What was done to each field',
    body: fieldsOf(stated.transforms, stated.references, shown),
  });
  if (figures === undefined) {
    return [{ id: `${id}summary`, title: 'Summary', body: html`<p>report.json has no figures of it.</p>` }, fields([])];
  }
  const { records, models, generalization, classes, risk, leakCheck } = figures;
  const { unit } = stated.privacy;
  const summary = summaryOf({
    records,
    smallest: classes?.smallest,
    highest: risk?.prosecutor.highest,
    findings: leakCheck?.findings,
  });
  const individuals: Part =
    unit === null ? 'One record is one individual.' : html`Records of equal ${nameOf(unit)} are one individual.`;
  return [
    { id: `${id}summary`, title: 'Summary', body: summary },
    fields(figures.fields),
    {
      id: `${id}models`,
      title: 'Privacy models',
      body: html`<p>${individuals}</p>${modelsOf(models)}${generalizationOf(generalization)}`,
    },
    { id: `${id}classes`, title: 'Class sizes', body: classesOf(`${id}classes`, { after: classes }) },
    { id: `${id}risk`, title: 'Risk of re-identification', body: riskOf(`${id}risk`, { after: risk }) },
  ];
}

function joined(tables: readonly LicensedTable[]): string {
  if (tables.length < 2) return '';
  return 'Each table is measured by itself: joined, tables may tell more about a person than each of them does.';
}
