import { word } from './values.ts';

/**
 * Purposes by their local names in the W3C Data Privacy Vocabulary 2.0 (https://w3id.org/dpv/2.0, module `purposes`), each with
 * its broader purposes there (`skos:broader`). A selection; the root `Purpose` is left out on purpose, as it would allow everything.
 */
const broader = {
  ResearchAndDevelopment: [],
  AcademicResearch: ['ResearchAndDevelopment'],
  ScientificResearch: ['ResearchAndDevelopment'],
  CommercialResearch: ['ResearchAndDevelopment', 'CommercialPurpose'],
  NonCommercialResearch: ['ResearchAndDevelopment', 'NonCommercialPurpose'],

  CommercialPurpose: [],
  NonCommercialPurpose: [],

  PublicBenefit: [],
  CombatClimateChange: ['PublicBenefit'],
  DataAltruism: ['PublicBenefit'],
  ImproveHealthcare: ['PublicBenefit'],
  ImprovePublicServices: ['PublicBenefit'],
  ImproveTransportMobility: ['PublicBenefit'],
  ProtectionOfPublicSecurity: ['PublicBenefit'],
  ProvideOfficialStatistics: ['PublicBenefit'],
  PublicPolicyMaking: ['PublicBenefit'],

  ServiceProvision: [],
  RequestedServiceProvision: ['ServiceProvision'],
  ServiceUsageAnalytics: ['ServiceProvision'],
  TechnicalServiceProvision: ['ServiceProvision'],
  ServiceOptimisation: ['ServiceProvision'],
  OptimisationForConsumer: ['ServiceOptimisation'],
  OptimisationForController: ['ServiceOptimisation'],
  ImproveExistingProductsAndServices: ['OptimisationForController'],
  InternalResourceOptimisation: ['OptimisationForController'],
  SellProducts: ['ServiceProvision'],
  SellDataToThirdParties: ['SellProducts'],
  SellInsightsFromData: ['SellProducts'],

  Personalisation: [],
  ServicePersonalisation: ['ServiceProvision', 'Personalisation'],

  EnforceSecurity: [],
  MisusePreventionAndDetection: ['EnforceSecurity'],
  FraudPreventionAndDetection: ['MisusePreventionAndDetection'],
  CounterMoneyLaundering: ['FraudPreventionAndDetection'],

  FulfilmentOfObligation: [],
  LegalCompliance: ['FulfilmentOfObligation'],

  OrganisationGovernance: [],
  OrganisationRiskManagement: ['OrganisationGovernance'],

  Marketing: [],
  Advertising: ['Marketing'],
  PersonalisedAdvertising: ['Advertising', 'Personalisation'],
  DirectMarketing: ['Marketing'],
} as const;

type Purpose = keyof typeof broader;
export const purposes = Object.keys(broader) as Purpose[];
export const purpose = word('purpose', purposes);

/** Is `stated` the licensed purpose or a narrower one? Names that are not known are within nothing. */
export function purposeWithin(stated: string, licensed: string): boolean {
  const parents = parentsOf.get(stated);
  if (parents === undefined) return false;
  return stated === licensed || parents.some((parent) => purposeWithin(parent, licensed));
}

/** The broadest purposes that every one of the lists allows, in the order of the vocabulary; none when they share nothing. */
export function purposesWithin(lists: readonly (readonly Purpose[])[]): Purpose[] {
  const allowed = purposes.filter((stated) => lists.every((list) => list.some((name) => purposeWithin(stated, name))));
  return allowed.filter((name) => !allowed.some((other) => other !== name && purposeWithin(name, other)));
}

const parentsOf: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(broader));
