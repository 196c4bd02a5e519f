import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AuditEvent, loggedText } from '../../../src/release/audit/event.ts';
import { decodeLine, encodeLine, leafOf } from '../../../src/release/audit/line.ts';
import { exported, license } from './logs.ts';

const content = (event: AuditEvent) => ({
  seq: 3,
  time: '2026-12-01T00:00:00Z',
  previous: 'a'.repeat(64),
  event,
});

describe('a line', () => {
  it('is JSON in plain ASCII with its own digest', () => {
    const line = encodeLine(content({ type: 'export-end', start: 2, license: 'é', outcome: 'aborted', bytes: 7 }));
    expect(line.toString()).toMatchInlineSnapshot(`
      "{"event":{"bytes":7,"license":"\\u00e9","outcome":"aborted","start":2,"type":"export-end"},"previous":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","seq":3,"sha256":"c10aa3ef7fcb54904401aae6e645fccdc1d16ad492d99283b303998e027fbd5c","time":"2026-12-01T00:00:00Z"}
      "
    `);
    const { sha256 } = JSON.parse(line.toString());
    const rest = line.toString().trimEnd().replace(`"sha256":"${sha256}",`, '');
    expect(sha256).toBe(createHash('sha256').update(rest).digest('hex'));
  });

  it('reads back as what was written, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        const event = exported(loggedText(text));
        const line = encodeLine(content(event));
        expect(decodeLine(line)).toEqual(content(event));
        expect(leafOf(line).toString('latin1')).toMatch(/^[\x20-\x7e]+$/);
      }),
    );
  });

  it('holds text from outside up to 200 characters, says so, and never half a character', () => {
    expect(loggedText('x'.repeat(200))).toBe('x'.repeat(200));
    expect(loggedText('x'.repeat(5000))).toBe(`${'x'.repeat(200)} [cut: 5000 characters]`);
    expect(loggedText(`${'x'.repeat(199)}😀😀`)).toBe(`${'x'.repeat(199)} [cut: 203 characters]`);
    expect(loggedText('\ud800!')).toBe('\ufffd!');
    expect(() => encodeLine(content(exported('x'.repeat(1000))))).toThrow();
  });

  it('is no longer one with any of its bytes flipped', () => {
    const line = encodeLine(content(exported('u1')));
    fc.assert(
      fc.property(fc.nat(line.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const flipped = Buffer.from(line);
        flipped[at]! ^= flip;
        expect(typeof decodeLine(flipped)).toBe('string');
      }),
      { numRuns: 1000 },
    );
  });

  it('that was cut off or zeroed is told from one that was changed', () => {
    const line = encodeLine(content(exported('u1')));
    for (const length of [0, 1, 100, line.length - 2, line.length - 1]) {
      expect(decodeLine(line.subarray(0, length))).toBe('torn');
      expect(decodeLine(Buffer.concat([line.subarray(0, length), Buffer.alloc(line.length - length)]))).toBe('torn');
    }
    const text = line.toString();
    const signed = (json: string) => {
      const sha256 = createHash('sha256').update(json).digest('hex');
      return Buffer.from(json.replace(/,"time":"[^"]*"\}$/, (end) => `,"sha256":"${sha256}"${end}\n`));
    };
    const body = text.trimEnd().replace(/"sha256":"[0-9a-f]{64}",/, '');
    expect(decodeLine(signed(body))).toEqual(content(exported('u1')));
    const sha256 = createHash('sha256').update(body).digest('hex');
    for (const changed of [
      text.replace('u1', 'u2'),
      text.replace('{"event"', '{ "event"'),
      text.replace('"u1"', '"\\u0075\\u0031"'),
      signed(body.replace('"seq":3', '"seq":3,"seq":3')).toString(),
      signed(body.replace('"seq":3', '"more":1,"seq":3')).toString(),
      signed(body.replace('export-start', 'export-stop')).toString(),
      signed(body.replace('"seq":3', '"seq":3.0')).toString(),
      signed(body.replace('"seq":3', '"__proto__":{},"seq":3')).toString(),
      // In another order of its members, but else sound.
      `${body.slice(0, -1)},"sha256":"${sha256}"}\n`,
      text.replace('u1', 'u\u00e9'),
      `${'['.repeat(100_000)}}\n`,
    ]) {
      expect(decodeLine(Buffer.from(changed))).toBe('changed');
    }
  });

  it('of a decision names its license only once one is vouched for', () => {
    const event: AuditEvent = {
      type: 'decision',
      command: 'verify',
      decision: 'deny',
      code: 'SIGNATURE',
      license: null,
      use: {},
      basis: 'asserted',
    };
    expect(decodeLine(encodeLine(content(event)))).toEqual(content(event));
    expect(decodeLine(encodeLine(content({ ...event, code: 'EXPIRED', license })))).toMatchObject({
      event: { license },
    });
  });
});
