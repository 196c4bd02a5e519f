import { folded } from './dictionary.ts';

/** Is it a street with a number, as several countries write them? */
export function isStreet(text: string): boolean {
  const plain = folded(text).trim();
  if (plain.length > 100 || !/\d/.test(plain)) return false;
  return germanic.test(plain) || eastAsian.test(text) || ahead.test(plain) || (before.test(plain) && types.test(plain));
}

/** `Lindenallee 4a`, `Storgatan 12` */
const germanic =
  /(?:strasse|straße|str\.|weg|gasse|platz|allee|ufer|damm|ring|hof|straat|laan|plein|gracht|kade|gatan|vagen|gade|vej|veien|gata)\s*\d{1,4}\s*[a-z]?$/;

/** `西新宿2丁目8-1`, `中山路8号`, `테헤란로 152` */
const eastAsian =
  /[丁町]目|番地|[路街道巷弄]\s?\d+\s?[号號弄]|\p{scx=Han}{2}\d+\s?[号號](?:$|\d|[楼室])|[가-힣](?:대?로|길)\s?\d+/u;

/**
 * Sorts of streets in front of their names: Romance and Slavic languages, Turkish and Hungarian behind them. Each stands as a word, and some
 * word beside a number.
 */
const ahead =
  /^(?=.*\p{L}.*\d|.*\d.*\p{L})(?:.*[\s,])?(?:rua|avenida|av\.|avda\.|travessa|alameda|praca|rodovia|estrada|largo|r\.|via|viale|v\.le|piazza|p\.zza|piazzale|corso|vicolo|strada|calle|c\/|plaza|paseo|ronda|camino|carrer|rue|avenue|boulevard|bd|place|impasse|chemin|quai|allee|ul\.|ulica|al\.|aleja|os\.|pl\.|ulice|trida|tr\.|nam\.|namesti|nabrezi|ул\.|улица|пр\.|пр-т|проспект|пер\.|переулок|наб\.|набережная|бульвар|б-р|шоссе|ш\.|пл\.|площадь|вул\.|вулиця|cad\.|caddesi|cd\.|sok\.|sk\.|sokak|sokagi|mah\.|bulvari|blv\.|utca|ut|u\.|ter|krt\.|korut|setany|koz|sor|شارع|ش|طريق|ميدان)[\s,]+.*[\p{L}\d]/u;

const before =
  /^(?:\d{1,5}[a-z]?(?:[-/]\d{1,5})?,?\s+\p{L}.*|(?:rue|avenue|av\.|boulevard|bd|place|chemin|allee|impasse|quai|calle|c\/|avenida|avda\.?|plaza|paseo|carrer|via|viale|piazza|corso)\s.*\p{L}.*)$/u;
const types =
  /\b(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct|way|place|pl|square|sq|terrace|highway|hwy|parkway|circle|trail|rue|chemin|allee|impasse|quai|calle|avenida|plaza|paseo|via|viale|piazza|close|crescent|grove|row|hill|gardens|mews|walk|view|green|park|springs?|run|path|loop|ridge|mill|meadows?|crossing|shoals?|fields?|mountains?|station|brook|causeway|club|coves?|creek|estates?|falls|forges?|forks?|freeway|gateway|glens?|groves|harbors?|haven|heights|hollow|inlet|islands?|isle|junctions?|keys?|knolls?|lakes?|landing|lights?|locks?|lodge|manors?|motorway|neck|orchard|oval|overpass|pass|passage|pike|pines?|plains?|plaza|points?|ports?|prairie|radial|ramp|ranch|rapids?|rest|rivers?|roads|route|rue|shores?|skyway|spurs?|squares|stravenue|stream|streets|summit|throughway|trace|track|trafficway|tunnel|turnpike|underpass|unions?|valleys?|via|viaduct|villages?|ville|vista|walks|wall|ways|wells?)\b/;
