import { riskThresholds } from './attacker.ts';

/** What each name that a threshold may take means; a word in capitals stands for a field of the data, for several with ` + ` between them, for a threshold, and so on. */
export interface MeasureMeaning {
  readonly name: string;
  readonly summary: string;
  /** Where it is defined, where it is not a plain count. */
  readonly source?: string;
}

const attacker = 'El Emam, Guide to the De-Identification of Personal Health Information, 2013, ch. 16';
const diversity = 'Machanavajjhala, Gehrke, Kifer, Venkitasubramaniam, l-Diversity, ICDE 2006, §4';
const presence = 'Nergiz, Atzori, Clifton, Hiding the presence of individuals from shared databases, SIGMOD 2007';
const keys = 'Motwani, Xu, Efficient algorithms for masking and finding quasi-identifiers, 2007, §2';
const iyengar = 'Iyengar, Transforming data to satisfy privacy constraints, KDD 2002, §3';
const dankar = 'Dankar, El Emam, Neisa, Roffey, Estimating the re-identification risk of clinical data sets, 2012';

/** In the order in which `measuresOf` names them. */
export const measureMeanings: readonly MeasureMeaning[] = [
  { name: 'records', summary: 'Records of the file.' },
  { name: 'suppressed', summary: 'Records that are `*` in every quasi-identifier.' },
  { name: 'suppressed.share', summary: 'Share of the records that are `*` in every quasi-identifier, 0 to 1.' },
  { name: 'individuals', summary: 'Individuals: by `--unit`, or one for each record.' },
  { name: 'classes', summary: 'Groups of individuals that share all their quasi-identifiers.' },
  { name: 'classes.mean', summary: 'Individuals in a class, on average.' },
  { name: 'classes.largest', summary: 'Individuals in the largest class.' },
  { name: 'k', summary: 'Individuals in the smallest class: the k of k-anonymity.' },
  { name: 'uniques', summary: 'Individuals that are alone in their class.' },
  { name: 'uniques.share', summary: 'Share of the individuals that are alone in their class, 0 to 1.' },
  { name: 'classes.from(SIZE)', summary: 'Classes of SIZE, which is a power of 2, to 2 SIZE − 1 individuals.' },
  {
    name: 'individuals.from(SIZE)',
    summary: 'Individuals in classes of SIZE, which is a power of 2, to 2 SIZE − 1 individuals.',
  },
  {
    name: 'risk.highest',
    summary: 'Prosecutor risk, 1 / class size, of the individual most at risk.',
    source: attacker,
  },
  { name: 'risk.average', summary: 'Prosecutor risk on average: classes / individuals.', source: attacker },
  {
    name: 'journalist.highest',
    summary:
      'Journalist risk, 1 / class size in the population, of the individual most at risk; without a population that of the prosecutor.',
    source: attacker,
  },
  { name: 'journalist.average', summary: 'Journalist risk on average over all individuals.', source: attacker },
  {
    name: 'marketer',
    summary: 'Share of individuals recognized when all are matched with the population.',
    source: attacker,
  },
  {
    name: 'risk.above(THRESHOLD)',
    summary: `Share of individuals whose prosecutor risk is above ${riskThresholds.join(', ')}, strictly.`,
    source: attacker,
  },
  {
    name: 'journalist.above(THRESHOLD)',
    summary: `Share of individuals whose journalist risk is above ${riskThresholds.join(', ')}, strictly.`,
    source: attacker,
  },
  {
    name: 'l',
    summary: 'Distinct values of a sensitive field in the class that has fewest; the least of all fields.',
    source: diversity,
  },
  {
    name: 'l(FIELD)',
    summary: 'Distinct values of this sensitive field in the class that has fewest.',
    source: diversity,
  },
  {
    name: 'entropy-l',
    summary: 'As many as equally frequent values would have the entropy of the class that has least.',
    source: diversity,
  },
  {
    name: 'entropy-l(FIELD)',
    summary: 'As many as equally frequent values of this field would have the entropy of the class that has least.',
    source: diversity,
  },
  {
    name: 't',
    summary: 'Largest distance of the values of a sensitive field in a class from those in all records: ½ Σ |p − q|.',
    source: 'Li, Li, Venkatasubramanian, t-Closeness, ICDE 2007, §4',
  },
  {
    name: 't(FIELD)',
    summary: 'Largest distance of the values of this field in a class from those in all records: ½ Σ |p − q|.',
    source: 'Li, Li, Venkatasubramanian, t-Closeness, ICDE 2007, §4',
  },
  { name: 'violations', summary: 'Models of the policy that do not hold.' },
  { name: 'MODEL.FIGURE', summary: 'What a model of the policy measures, such as `k-anonymity.k`.' },
  {
    name: 'MODEL.FIGURE(FIELD)',
    summary: 'What a model of the policy measures of a sensitive field, such as `l-diversity.l(diagnosis)`.',
  },
  {
    name: 'k-map',
    summary: 'Individuals of the population in the smallest class that the data has a member of.',
    source: 'Sweeney, Computational disclosure control, PhD thesis, MIT, 2001',
  },
  {
    name: 'delta-presence.min',
    summary: 'The least share of a class of the population that is in the data.',
    source: presence,
  },
  {
    name: 'delta-presence.max',
    summary: 'The largest share of a class of the population that is in the data.',
    source: presence,
  },
  { name: 'population.individuals', summary: 'Individuals in the table of the population.' },
  {
    name: 'population.outside',
    summary: 'Individuals that are more in their class of the data than in that of the population, which lacks them.',
  },
  {
    name: 'population.uniques',
    summary: 'Estimate of the individuals of the population that are alone in their class there.',
    source: dankar,
  },
  {
    name: 'population.share',
    summary: 'Estimate of the share of the population that is alone in its class, 0 to 1.',
    source: dankar,
  },
  { name: 'population.zayatz', summary: 'The estimate of these individuals by Zayatz.', source: dankar },
  { name: 'population.pitman', summary: 'The estimate of these individuals by Pitman’s model.', source: dankar },
  {
    name: 'population.snb',
    summary: 'The estimate of these individuals by slide negative binomials.',
    source: dankar,
  },
  { name: 'sampling-fraction', summary: 'Share of the population that is in the data, 0 to 1.' },
  { name: 'distinction(FIELDS)', summary: 'Distinct values of these fields together / records.', source: keys },
  { name: 'separation(FIELDS)', summary: 'Share of the pairs of records that these fields tell apart.', source: keys },
  { name: 'uniques(FIELDS)', summary: 'Records that are alone with their values of these fields.' },
  {
    name: 'loss',
    summary: 'Information loss of the quasi-identifiers that the policy generalizes, 0 to 1: their geometric mean.',
    source: iyengar,
  },
  { name: 'loss.arithmetic', summary: 'The arithmetic mean of the same losses.', source: iyengar },
  {
    name: 'loss(FIELD)',
    summary: 'Information loss of this field: the share of the domain that a label stands for, on average.',
    source: iyengar,
  },
  {
    name: 'entropy-kept(FIELD)',
    summary: 'Entropy of the values / that of the source.',
    source: 'Shannon, A mathematical theory of communication, 1948',
  },
  {
    name: 'distance(FIELD)',
    summary: 'Total variation between the values and those of the source: ½ Σ |p − q|, 0 to 1.',
  },
  { name: 'earth-mover(FIELD)', summary: 'How far the numbers moved, on average, in their own unit (Wasserstein-1).' },
  { name: 'correlation-change', summary: 'Largest change of the correlation of two fields that hold numbers.' },
  { name: 'correlation.source(FIELDS)', summary: 'Correlation of two fields that hold numbers in the source.' },
  { name: 'correlation(FIELDS)', summary: 'Correlation of two fields that hold numbers.' },
  { name: 'correlation-change(FIELDS)', summary: 'Change of the correlation of two fields that hold numbers.' },
];
