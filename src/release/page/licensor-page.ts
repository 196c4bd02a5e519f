import type { FieldDistribution } from '../../risk/distributions.ts';
import type { Utility } from '../../risk/utility.ts';
import { classesOf, riskOf } from './classes.ts';
import { lines, type Section, writePage } from './document.ts';
import { countedFieldsOf } from './fields.ts';
import { type LicensorFigures, licensorFigures } from './figures.ts';
import { html, nameOf } from './html.ts';
import { leaksOf } from './leaks.ts';
import { licenseHead, licenseSections, type PageLicense } from './license.ts';
import { generalizationOf, modelsOf, summaryOf } from './models.ts';
import { distributionsOf, keptOf } from './utility.ts';

/** What a release keeps of the values of its source, for the licensor alone. */
export interface TableComparison {
  readonly utility: Utility;
  readonly distributions: readonly FieldDistribution[];
}

/**
 * The licensor's report as a page: comparisons with the source, of each table of `report`, which is the value of the report as JSON.
 * `license` is that of the bundle, if one was made. Throws SCHEMA.
 */
export function licensorPage(
  report: unknown,
  comparisons: readonly TableComparison[],
  license: (PageLicense & { readonly id: string }) | undefined,
): string {
  const { policy, tables } = licensorFigures(report);
  const [only] = tables;
  const sections =
    only!.name === undefined
      ? tableSections('', only!, comparisons[0]!)
      : tables.map((table, t): Section => {
          const [summary, ...parts] = tableSections(`table-${t + 1}-`, table, comparisons[t]!);
          return { id: `table-${t + 1}`, title: html`Table ${nameOf(table.name!)}`, body: summary!.body, parts };
        });
  return writePage({
    title: `${license?.title ?? policy.name}: report for the licensor`,
    head: html`<p class="notice">For the licensor alone: this page compares the release with its source, and is not for recipients. It is no part of the bundle.</p>
${
  license === undefined
    ? lines([['Policy', `${policy.name}, version ${policy.version}`]])
    : html`${licenseHead(license)}${lines([['License', html`<code>${license.id}</code>`]])}`
}`,
    sections: [...sections, ...(license === undefined ? [] : licenseSections(license))],
    foot: html`<p>Policy ${policy.name}, version ${policy.version}, SHA-256 <code>${policy.sha256}</code>.</p>`,
  });
}

function tableSections(id: string, figures: LicensorFigures, { utility, distributions }: TableComparison): Section[] {
  const { records, fields, models, generalization, classes, risk, leakCheck } = figures;
  const summary = summaryOf({
    records,
    smallest: classes.written?.smallest,
    highest: risk.written?.prosecutor.highest,
    findings: leakCheck?.findings.length,
  });
  return [
    { id: `${id}summary`, title: 'Summary', body: summary },
    { id: `${id}fields`, title: 'What was done to each field', body: countedFieldsOf(fields) },
    {
      id: `${id}models`,
      title: 'Privacy models',
      body: html`${modelsOf(models)}${generalizationOf(generalization)}`,
    },
    ...(leakCheck === null || leakCheck.findings.length === 0
      ? []
      : [{ id: `${id}leaks`, title: 'Findings of the leak check', body: leaksOf(leakCheck.findings) }]),
    {
      id: `${id}classes`,
      title: 'Class sizes',
      body: classesOf(`${id}classes`, { before: classes.beforeSuppression, after: classes.written }),
    },
    {
      id: `${id}risk`,
      title: 'Risk of re-identification',
      body: riskOf(`${id}risk`, { before: risk.beforeSuppression, after: risk.written }),
    },
    { id: `${id}kept`, title: 'What is kept of the source', body: keptOf(utility) },
    {
      id: `${id}distributions`,
      title: 'Distributions before and after',
      body: distributionsOf(`${id}distributions`, distributions),
    },
  ];
}
