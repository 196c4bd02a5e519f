import { registry } from '../../base/registry.ts';
import { beRrn } from './be-rrn.ts';
import { brCpf } from './br-cpf.ts';
import { caSin } from './ca-sin.ts';
import { chAhv } from './ch-ahv.ts';
import { cnResidentId } from './cn-resident-id.ts';
import { deSteuerId } from './de-steuer-id.ts';
import type { NationalId } from './definition.ts';
import { dkCpr } from './dk-cpr.ts';
import { esDni } from './es-dni.ts';
import { fiHetu } from './fi-hetu.ts';
import { frNir } from './fr-nir.ts';
import { gbNhs } from './gb-nhs.ts';
import { gbNino } from './gb-nino.ts';
import { iePps } from './ie-pps.ts';
import { inAadhaar } from './in-aadhaar.ts';
import { itCodiceFiscale } from './it-codice-fiscale.ts';
import { nlBsn } from './nl-bsn.ts';
import { noFodselsnummer } from './no-fodselsnummer.ts';
import { plPesel } from './pl-pesel.ts';
import { sePersonnummer } from './se-personnummer.ts';
import { usItin } from './us-itin.ts';
import { usSsn } from './us-ssn.ts';

/** The numbers that `national-id` finds. */
export const nationalIds = registry<NationalId>('national identifier', [
  beRrn,
  brCpf,
  caSin,
  chAhv,
  cnResidentId,
  deSteuerId,
  dkCpr,
  esDni,
  fiHetu,
  frNir,
  gbNhs,
  gbNino,
  iePps,
  inAadhaar,
  itCodiceFiscale,
  nlBsn,
  noFodselsnummer,
  plPesel,
  sePersonnummer,
  usItin,
  usSsn,
]);
