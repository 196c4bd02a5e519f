import { afterAll, describe, expect, test } from 'vitest';
import { countBy, daysBetween, eventsOf, foundIn, released, source, token } from './released.ts';

const input = 'clickstream/events.ndjson';
const licensee = 'urn:org:example-analytics';
const events = eventsOf(source(input));
const env = { SOURCE_DATE_EPOCH: '1800000000' };
const sessionToken = (id: string) => `s_${token('session', licensee, id, 12)}`;

describe('policies/clickstream.yaml', () => {
  const { text } = released('clickstream', input, env, afterAll);
  const after = eventsOf(text);
  const chosen = new Set(after.map(({ session }) => session.id));
  const before = events.filter(({ session }) => chosen.has(sessionToken(session.id)));

  test('keeps whole sessions, about half of them, in their order', () => {
    expect(before.map(({ session }) => sessionToken(session.id))).toEqual(after.map(({ session }) => session.id));
    const all = countBy(events, ({ session }) => session.id).size;
    // Each of 150 sessions with probability ½: a standard deviation of √150 / 2 = 6.1; five of them.
    expect(Math.abs(chosen.size - all / 2)).toBeLessThan(31);
  });

  test('moves a session by a number of days of its own, and no time of day', () => {
    const days = new Map<string, Set<number>>();
    for (const [i, { event, session }] of after.entries()) {
      expect(event.at.slice(10)).toBe(before[i].event.at.slice(10));
      const moved = days.get(session.id) ?? new Set();
      days.set(session.id, moved.add(daysBetween(before[i].event.at, event.at)));
    }
    for (const [by, ...others] of days.values()) {
      expect(others).toEqual([]);
      expect(Math.abs(by!)).toBeGreaterThanOrEqual(1);
      expect(Math.abs(by!)).toBeLessThanOrEqual(14);
    }
  });

  test('tells visitors and addresses apart only where they consented', () => {
    for (const [i, event] of after.entries()) {
      const { session, user, client } = before[i];
      expect(event.session.consent).toBe(session.consent);
      expect(event.client.ip).toBe(session.consent ? `ip_${token('address', licensee, client.ip, 12)}` : null);
      const id = user && session.consent ? `u_${token('visitor', licensee, user.id, 12)}` : null;
      expect(event.user).toEqual(user && { id });
      expect(event.client.user_agent).toBe(/iPhone|Android/.test(client.user_agent) ? 'mobile' : 'desktop');
    }
    expect(before.filter(({ session }) => !session.consent).length).toBeGreaterThan(30);
  });

  test('leaves no id, address, query string or name', () => {
    const identifiers = events.flatMap(({ event, session, user, client, items }) => [
      event.id,
      session.id,
      client.ip,
      ...(user === null ? [] : [user.id, user.email, encodeURIComponent(user.email)]),
      ...items.flatMap(({ gift_note }: { gift_note: string | null }) => gift_note ?? []),
    ]);
    expect(foundIn(text, identifiers)).toEqual([]);
    expect(text).not.toMatch(/[?@%]/);
    expect(before.some(({ page }) => page.url.includes('%40'))).toBe(true);
  });

  test('keeps pages without a query, words that were searched for, and whole prices', () => {
    for (const [i, { page, items }] of after.entries()) {
      const { page: from, items: sold } = before[i];
      expect(page.url).toBe(from.url.includes('?') ? '[with a query]' : from.url);
      expect(page.query).toBe(from.query?.includes('@') ? '[EMAIL]' : from.query);
      expect(items).toEqual(
        sold.map(({ sku, price }: { sku: string; price: number }) => ({ sku, price: Math.round(price) })),
      );
    }
    expect(before.some(({ page }) => page.query?.includes('@'))).toBe(true);
  });

  test('gives the same bytes again', () => {
    expect(released('clickstream', input, env).text).toBe(text);
  });
});
