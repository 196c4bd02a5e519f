import { countries } from '../../base/countries.ts';
import { folded } from '../dictionary.ts';
import { namesIn } from '../words/index.ts';
import type { FieldKind } from './definition.ts';

export const placeKinds: readonly FieldKind[] = [
  {
    name: 'street',
    group: 'direct',
    names: [
      ...namesIn('street'),
      'street',
      'street address',
      'address',
      'address line',
      'address line 1',
      'address 1',
      'addr',
      'strasse',
      'adresse',
      'anschrift',
      'wohnort',
      'rue',
      'calle',
      'direccion',
      'domicilio',
      'hausnummer',
      'strasse hausnummer',
    ],
    // Under its name a number and words are enough: there are more ways of writing an address than anybody can list.
    matches: (text) => /\p{L}{2}/u.test(text) && /\d|\s/.test(text.trim()),
    named: 0.5,
    fake: 'location.streetAddress',
  },
  {
    name: 'street',
    group: 'direct',
    names: [],
    matches: isStreet,
    alone: 0.6,
    fake: 'location.streetAddress',
  },
  {
    name: 'zip',
    group: 'zip',
    // Five digits are a postal code in many countries: these words say that it is one of the United States.
    names: ['zip', 'zipcode', 'zip code', 'zip 5'],
    matches: (text) => /^\d{5}(?:-?\d{4})?$/.test(text),
    named: 0.98,
    fake: 'location.zipCode',
  },
  {
    name: 'postal code',
    group: 'postal-code',
    names: [
      ...namesIn('postal code'),
      'zip',
      'zipcode',
      'zip code',
      'postal code',
      'postalcode',
      'postcode',
      'post code',
      'plz',
      'postleitzahl',
      'code postal',
      'cp',
      'codigo postal',
      'cap',
    ],
    matches: (text) => /^(?=.*\d)[\dA-Z][\dA-Z -]{2,9}$/i.test(text),
    named: 0.8,
    fake: 'location.zipCode',
  },
  {
    name: 'city',
    group: 'place',
    names: [
      ...namesIn('city'),
      'city',
      'town',
      'village',
      'municipality',
      'county',
      'stadt',
      'ort',
      'wohnort',
      'gemeinde',
      'geburtsort',
      'birthplace',
      'birth place',
      'place of birth',
      'ville',
      'commune',
      'lieu de naissance',
      'ciudad',
      'municipio',
      'poblacion',
      'localidad',
      'suburb',
      'district',
      'neighborhood',
    ],
    fits: ({ form }) => form === 'string',
    matches: (text, { cities }) => cities.has(folded(text.trim())),
    alone: 0.7,
    named: 0,
    fake: 'location.city',
  },
  {
    name: 'coordinates',
    group: 'direct',
    names: [
      'lat',
      'latitude',
      'lon',
      'lng',
      'long',
      'longitude',
      'breitengrad',
      'langengrad',
      'latitud',
      'longitud',
      'coordinates',
      'koordinaten',
      'geo',
      'gps',
      'location',
      'latlng',
      'geolocation',
    ],
    matches: (text) => /^[+-]?\d{1,3}\.\d{2,}(?:\s*[,; ]\s*[+-]?\d{1,3}\.\d{2,})?$/.test(text),
    named: 0.6,
  },
  {
    // A pair tells itself; one number of a pair does not.
    name: 'coordinates',
    group: 'direct',
    names: [],
    matches: (text) => /^[+-]?(?:[0-8]?\d|90)\.\d{3,}\s*[,;]\s*[+-]?(?:1[0-7]\d|\d?\d|180)\.\d{3,}$/.test(text),
    alone: 0.9,
  },
  {
    name: 'region',
    group: 'trait',
    names: [
      ...namesIn('region'),
      'state',
      'region',
      'province',
      'bundesland',
      'kanton',
      'canton',
      'departement',
      'provincia',
      'comunidad',
      'state code',
      'estado',
    ],
    fits: ({ distinct, form }) => form === 'string' && distinct.count <= 110,
    matches: (text) => /^\p{L}[\p{L} .'-]{1,40}$/u.test(text),
    named: 0.9,
    fake: 'location.state',
  },
  {
    name: 'country',
    group: 'trait',
    names: [
      ...namesIn('country'),
      'country',
      'country code',
      'land',
      'pays',
      'pais',
      'country of residence',
      'staat',
      'nation',
    ],
    fits: ({ distinct, form }) => form === 'string' && distinct.count <= 260,
    matches: (text) => /^\p{L}[\p{L} .,'()-]{1,60}$/u.test(text),
    named: 0.9,
    fake: 'location.countryCode',
  },
  {
    name: 'country',
    group: 'trait',
    names: [],
    fits: ({ distinct }) => distinct.count >= 5,
    matches: (text) => Object.hasOwn(countries, text),
    alone: 0.97,
    fake: 'location.countryCode',
  },
];

const before =
  /^(?:\d{1,5}[a-z]?(?:[-/]\d{1,5})?,?\s+\p{L}.*|(?:rue|avenue|av\.|boulevard|bd|place|chemin|allee|impasse|quai|calle|c\/|avenida|avda\.?|plaza|paseo|carrer|via|viale|piazza|corso)\s.*\p{L}.*)$/u;
const types =
  /\b(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct|way|place|pl|square|sq|terrace|highway|hwy|parkway|circle|trail|rue|chemin|allee|impasse|quai|calle|avenida|plaza|paseo|via|viale|piazza|close|crescent|grove|row|hill|gardens|mews|walk|view|green|park|springs?|run|path|loop|ridge|mill|meadows?|crossing|shoals?|fields?|mountains?|station|brook|causeway|club|coves?|creek|estates?|falls|forges?|forks?|freeway|gateway|glens?|groves|harbors?|haven|heights|hollow|inlet|islands?|isle|junctions?|keys?|knolls?|lakes?|landing|lights?|locks?|lodge|manors?|motorway|neck|orchard|oval|overpass|pass|passage|pike|pines?|plains?|plaza|points?|ports?|prairie|radial|ramp|ranch|rapids?|rest|rivers?|roads|route|rue|shores?|skyway|spurs?|squares|stravenue|stream|streets|summit|throughway|trace|track|trafficway|tunnel|turnpike|underpass|unions?|valleys?|via|viaduct|villages?|ville|vista|walks|wall|ways|wells?)\b/;

function isStreet(text: string): boolean {
  const plain = folded(text).trim();
  if (plain.length > 100 || !/\d/.test(plain)) return false;
  if (
    /(?:strasse|straße|str\.|weg|gasse|platz|allee|ufer|damm|ring|hof|straat|laan|gatan|vagen|gade|vej)\s*\d{1,4}\s*[a-z]?$/.test(
      plain,
    )
  )
    return true;
  return before.test(plain) && types.test(plain);
}
