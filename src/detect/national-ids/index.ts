import { registry } from '../../base/registry.ts';
import { beRrn } from './be-rrn.ts';
import { brCpf } from './br-cpf.ts';
import { caSin } from './ca-sin.ts';
import { chAhv } from './ch-ahv.ts';
import { cnResidentId } from './cn-resident-id.ts';
import { czRodneCislo } from './cz-rodne-cislo.ts';
import { deSteuerId } from './de-steuer-id.ts';
import type { NationalId } from './definition.ts';
import { dkCpr } from './dk-cpr.ts';
import { egNationalId } from './eg-national-id.ts';
import { esDni } from './es-dni.ts';
import { fiHetu } from './fi-hetu.ts';
import { frNir } from './fr-nir.ts';
import { gbNhs } from './gb-nhs.ts';
import { gbNino } from './gb-nino.ts';
import { huTaj } from './hu-taj.ts';
import { iePps } from './ie-pps.ts';
import { inAadhaar } from './in-aadhaar.ts';
import { inPan } from './in-pan.ts';
import { itCodiceFiscale } from './it-codice-fiscale.ts';
import { jpMyNumber } from './jp-my-number.ts';
import { krRrn } from './kr-rrn.ts';
import { mxCurp } from './mx-curp.ts';
import { nlBsn } from './nl-bsn.ts';
import { noFodselsnummer } from './no-fodselsnummer.ts';
import { plPesel } from './pl-pesel.ts';
import { roCnp } from './ro-cnp.ts';
import { ruSnils } from './ru-snils.ts';
import { sePersonnummer } from './se-personnummer.ts';
import { sgNric } from './sg-nric.ts';
import { trTckn } from './tr-tckn.ts';
import { usItin } from './us-itin.ts';
import { usSsn } from './us-ssn.ts';
import { zaId } from './za-id.ts';

/** The numbers that `national-id` finds. */
export const nationalIds = registry<NationalId>('national identifier', [
  beRrn,
  brCpf,
  caSin,
  chAhv,
  cnResidentId,
  czRodneCislo,
  deSteuerId,
  dkCpr,
  egNationalId,
  esDni,
  fiHetu,
  frNir,
  gbNhs,
  gbNino,
  huTaj,
  iePps,
  inAadhaar,
  inPan,
  itCodiceFiscale,
  jpMyNumber,
  krRrn,
  mxCurp,
  nlBsn,
  noFodselsnummer,
  plPesel,
  roCnp,
  ruSnils,
  sePersonnummer,
  sgNric,
  trTckn,
  usItin,
  usSsn,
  zaId,
]);
