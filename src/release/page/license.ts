import { renderTerms } from '../../license/render.ts';
import { envelopeName, licenseTextName } from '../layout.ts';
import type { LicensePredicate } from '../statement.ts';
import { type Column, lines, type Section, table } from './document.ts';
import { html, nameOf, type Part } from './html.ts';
import { count } from './numbers.ts';

/** What a page shows of a license: nothing that depends on the page itself, as its id and the digests of the bundle's files do. */
export type PageLicense = Omit<LicensePredicate, 'id' | 'renderer' | 'files' | 'crit'> & {
  readonly files: readonly Pick<LicensePredicate['files'][number], 'name' | 'bytes' | 'records'>[];
};

/** For whom, from whom, from when until when. */
export function licenseHead({ terms, issuer, issued, notBefore, notAfter, lineage, tool }: PageLicense): Part {
  return lines([
    ['Licensed to', `${terms.licensee.name ?? ''} (${terms.licensee.id})`.replace(/^ /, '')],
    ['Issued by', [issuer.name, ...(issuer.contact === undefined ? [] : [`, ${issuer.contact}`])]],
    ['Issued', issued],
    ['In force', `from ${notBefore} until, not including, ${notAfter}`],
    ['Policy', `${lineage.policy.name}, version ${lineage.policy.version}`],
    ['Made with', `${tool.name} ${tool.version}`],
  ]);
}

/** The license in plain words, and how to check who issued it. */
export function licenseSections(license: PageLicense): Section[] {
  const { terms, issuer, approvals, status, lineage, files } = license;
  const needed = [
    ...(approvals.threshold > 0
      ? [
          `${approvals.threshold} approvals are needed${approvals.distinctFromIssuer ? ', the issuer not counted' : ''}.`,
        ]
      : []),
    ...(status?.required === true
      ? [`A list of revocations (${status.from}) no older than ${status.maxAge} must be at hand.`]
      : []),
  ];
  return [
    {
      id: 'license',
      title: 'License',
      body: html`<p>The data may be used only as the signed statement says; what it does not permit is not permitted. In plain words:</p>
<ul>${[...renderTerms(terms), ...needed].map((term) => html`<li>${term}</li>`)}</ul>`,
    },
    {
      id: 'signature',
      title: 'Signature',
      body: html`<p>This page shows what the bundle states. That it is what the issuer signed is proved by the signature alone, which is in <code>${envelopeName}</code> and is made with the Ed25519 key of the id below. Get that key from the issuer, not from where this bundle came from; then run</p>
<pre tabindex="0"><code>anon verify BUNDLE --trust KEY.pem --organization ${terms.licensee.id}</code></pre>
<p>with the rest of your use. It also proves every file of the bundle, this page and <code>${licenseTextName}</code> among them.</p>
${lines([
  ['Key of the issuer', html`<code>${issuer.key}</code>`],
  ...(issuer.id === undefined ? [] : [['Id of the issuer', html`<code>${issuer.id}</code>`] as const]),
  ['Policy, SHA-256', html`<code>${lineage.policy.sha256}</code>`],
  ...lineage.parents.map(({ id }) => ['Parent license', html`<code>${id}</code>`] as const),
])}
${table(
  'Data files',
  fileColumns,
  files.map(({ name, records, bytes }) => [nameOf(name), count(records), count(bytes)]),
)}`,
    },
  ];
}

const fileColumns: readonly Column[] = [
  { title: 'File' },
  { title: 'Records', number: true },
  { title: 'Bytes', number: true },
];
