// What one would write for each technique with node:crypto, faker and plain JavaScript: text in, text out. A maker makes the function for
// one example, given its options and a column of values like its input; `undefined` where there is no short form.

import { createHmac } from 'node:crypto';
import { faker } from '@faker-js/faker/locale/en';

export const byHand = {
  keep: () => (text) => text,
  redact:
    ({ with: text = null }) =>
    () =>
      text,
  replace({ map, others }) {
    const pairs = new Map(Object.entries(map ?? {}));
    return (text) => (pairs.has(text) ? pairs.get(text) : others === 'redact' ? null : text);
  },
  mask({ 'keep-first': first = 0, 'keep-last': last = 0, with: hidden = '*', skip }) {
    const pattern = skip === 'punctuation' ? /[\p{L}\p{N}]/gu : /./gsu;
    return (text) =>
      text.slice(0, first) +
      text.slice(first, text.length - last).replace(pattern, hidden) +
      text.slice(text.length - last);
  },
  scramble() {
    const from = (first, size) => String.fromCharCode(first + Math.floor(Math.random() * size));
    return (text) =>
      text
        .replace(/\d/g, () => from(48, 10))
        .replace(/[a-z]/g, () => from(97, 26))
        .replace(/[A-Z]/g, () => from(65, 26));
  },
  round:
    ({ to }) =>
    (text) =>
      String(Math.round(Number(text) / to) * to),
  'top-bottom-code'({ bottom = -Infinity, top = Infinity }) {
    if (typeof bottom === 'string') return (text) => [text, bottom].sort()[1];
    return (text) => String(Math.min(top, Math.max(bottom, Number(text))));
  },
  generalize(options) {
    const { intervals, prefix, date } = options;
    if (prefix !== undefined) return (text) => text.slice(0, prefix) + '*'.repeat(Math.max(0, text.length - prefix));
    if (date !== undefined) return (text) => String(new Date(text).getUTCFullYear());
    if (options.zip3 !== undefined) return (text) => text.slice(0, 3);
    if (!Array.isArray(intervals)) return undefined;
    return (text) => {
      const above = intervals.findIndex((bound) => Number(text) < bound);
      return `[${intervals[above - 1]},${intervals[above]})`;
    };
  },
  tokenize: () => (text) => createHmac('sha256', 'key').update(text).digest('hex').slice(0, 26),
  fake({ as }) {
    const [module, method] = as.split('.');
    return (text) => {
      faker.seed(createHmac('sha256', 'key').update(text).digest().readUInt32BE());
      return String(faker[module][method]());
    };
  },
  noise: ({ scale }) => {
    return (text) => {
      const unit = Math.random() - 0.5;
      return String(Math.round(Number(text) - scale * Math.sign(unit) * Math.log(1 - 2 * Math.abs(unit))));
    };
  },
  'date-shift'({ days }) {
    return (text) => {
      const iso = text.replace(/^(\d\d)\.(\d\d)\.(\d{4})/, '$3-$2-$1');
      const shift = createHmac('sha256', 'key').update('subject').digest().readUInt32BE() % days;
      const moved = new Date(Date.parse(iso.slice(0, 10)) + (shift + 1) * 86_400_000);
      return moved.toISOString().slice(0, 10) + iso.slice(10);
    };
  },
  'redact-text': () => (text) =>
    text
      .replace(/[\w.+-]+@[\w-]+\.[\w.]+/g, '[EMAIL]')
      .replace(/https?:\/\/\S+/g, '[URL]')
      .replace(/\b\d{4}-\d\d-\d\d\b/g, '[DATE]')
      .replace(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, '[IP]')
      .replace(/\+?\d[\d ()-]{7,}\d/g, '[PHONE]'),
  pram({ keep = 0.9, values, matrix }) {
    const all = values ?? Object.keys(matrix);
    return (text) => (Math.random() < keep ? text : all[Math.floor(Math.random() * all.length)]);
  },
};

/** For techniques that work on a whole field: an array of texts in, one out. */
export const tablesByHand = {
  microaggregate: ({ k }) => {
    return (texts) => {
      const order = texts.map((text, i) => [Number(text), i]).sort((a, b) => a[0] - b[0]);
      const results = new Array(texts.length);
      for (let from = 0; from < order.length; ) {
        const to = order.length - from < 2 * k ? order.length : from + k;
        const group = order.slice(from, to);
        const mean = String(Math.round(group.reduce((sum, [value]) => sum + value, 0) / group.length));
        for (const [, i] of group) results[i] = mean;
        from = to;
      }
      return results;
    };
  },
  shuffle: () => (texts) => {
    const dealt = [...texts];
    for (let last = dealt.length - 1; last > 0; last--) {
      const other = Math.floor(Math.random() * (last + 1));
      [dealt[last], dealt[other]] = [dealt[other], dealt[last]];
    }
    return dealt;
  },
};
