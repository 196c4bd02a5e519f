import { diceOf } from './dice.mjs';
import { emailOf, nameOf } from './people.mjs';

const dice = diceOf('example-clickstream-2025');
const sessionCount = 150;

/** A week of a shop's web events, one JSON object a line: session by session, several of some visitors. */
export function clickstreamNdjson() {
  const events = Array.from({ length: sessionCount }, (_, i) => sessionOf(i)).flat();
  return events.map((event) => `${JSON.stringify(event)}\n`).join('');
}

function sessionOf(i) {
  const of = (field) => dice(`${i}/${field}`);
  const visitor = visitorOf(of('visitor').integer(0, 119));
  const session = `sess-${hex(of('session'), 4)}`;
  const ip = of('ip').chance(0.8) ? visitor.ip : `203.0.113.${of('elsewhere').integer(1, 254)}`;
  let seconds = of('start').integer(0, 7 * 86_400 - 4000);
  return Array.from({ length: of('length').integer(2, 7) }, (_, n) => {
    const at = (field) => of(`${n}/${field}`);
    seconds += at('pause').integer(2, 240);
    const type = n === 0 ? 'view' : at('type').one(['view', 'view', 'view', 'search', 'cart', 'checkout']);
    return {
      event: {
        id: `evt-${hex(at('id'), 4)}`,
        type,
        at: new Date(Date.UTC(2025, 5, 2) + seconds * 1000).toISOString().replace('.000', ''),
      },
      session: { id: session, consent: visitor.consent },
      user: visitor.known ? { id: visitor.id, email: visitor.email } : null,
      client: { ip, user_agent: visitor.agent, language: visitor.language },
      page: pageOf(at, type, visitor, session),
      items: type === 'cart' || type === 'checkout' ? itemsOf(at) : [],
    };
  });
}

/** The same visitor in every session. */
function visitorOf(n) {
  const of = (field) => dice(`visitor/${n}/${field}`);
  return {
    id: `u-${n * 13 + 40_000}`,
    email: emailOf(of('email'), nameOf(of('name'), of('sex').one(['F', 'M']))),
    known: of('known').chance(0.5),
    consent: of('consent').chance(0.7),
    ip: of('v6').chance(0.2)
      ? `2001:db8:${of('net').integer(1, 9999)}::${hex(of('host'), 1)}`
      : `198.51.100.${of('host').integer(1, 254)}`,
    agent: of('agent').one(agents),
    language: of('language').one(['de', 'en', 'fr', 'nl']),
  };
}

function pageOf(at, type, visitor, session) {
  const shop = 'https://shop.example';
  if (type === 'search') {
    const query = at('private').chance(0.1) ? visitor.email : at('words').one(searches);
    return { url: `${shop}/search?q=${encodeURIComponent(query)}`, referrer: `${shop}/`, query };
  }
  if (type === 'checkout') return { url: `${shop}/checkout?sid=${session}`, referrer: `${shop}/cart`, query: null };
  const url = type === 'cart' ? `${shop}/cart` : `${shop}/${at('shelf').one(shelves)}`;
  const mailing = type === 'view' && visitor.known && at('mailing').chance(0.15);
  const referrer = at('outside').chance(0.3) ? `https://find.example/?q=${at('outside').integer(1, 99)}` : null;
  return { url: mailing ? `${url}?utm_user=${encodeURIComponent(visitor.email)}` : url, referrer, query: null };
}

function itemsOf(at) {
  return Array.from({ length: at('items').integer(1, 3) }, (_, k) => ({
    sku: `LMP-${at(`sku-${k}`).integer(100, 140)}`,
    price: at(`price-${k}`).bell(490, 18_990) / 100,
    gift_note: at(`gift-${k}`).chance(0.15) ? `For ${nameOf(at(`note-${k}`), 'F')}` : null,
  }));
}

function hex(draw, bytes) {
  return Array.from({ length: bytes }, () => draw.integer(0, 255).toString(16).padStart(2, '0')).join('');
}

const shelves = ['', 'lamps', 'lamps/desk', 'lamps/floor', 'bulbs', 'bulbs/warm', 'sale', 'help/returns'];
const searches = ['desk lamp', 'warm white E27', 'dimmer', 'reading light', 'Lampe für Kinderzimmer', 'return a bulb'];

const agents = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:139.0) Gecko/20100101 Firefox/139.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148',
  'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 Mobile',
];
