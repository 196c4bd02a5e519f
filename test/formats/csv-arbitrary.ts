import fc from 'fast-check';

const letters = ['a', 'b', ' ', 'é', '美', '🙂', '\t', ';', "'"];

/** Text as it may stand in a quoted field. */
export const text = fc
  .array(fc.constantFrom(...letters, ',', '"', '\n', '\r\n', '\r'), { maxLength: 8 })
  .map((parts) => parts.join(''));

const bare = fc.array(fc.constantFrom(...letters), { maxLength: 8 }).map((parts) => parts.join(''));
const quoted = text.map((value) => `"${value.replaceAll('"', '""')}"`);
const lineEnd = fc.constantFrom('\n', '\n', '\r\n');

export const header = (columns: number): string => 'abcdefgh'.slice(0, columns).split('').join(',');

/** A field as it stands in a well-formed file. */
export const field = fc.oneof(bare, quoted);

/** Well-formed CSV; a last line without end is never blank. */
export const wellFormed = fc.integer({ min: 1, max: 5 }).chain((columns) =>
  fc
    .record({
      mark: fc.constantFrom('', '\ufeff'),
      headerEnd: lineEnd,
      rows: fc.array(fc.tuple(fc.array(field, { minLength: columns, maxLength: columns }), lineEnd), { maxLength: 12 }),
      ended: fc.boolean(),
    })
    .map(({ mark, headerEnd, rows, ended }) => {
      const lines = rows.map(([fields, end], r) => {
        const line = fields.join(',');
        return ended || r < rows.length - 1 || line === '' ? line + end : line;
      });
      return mark + header(columns) + headerEnd + lines.join('');
    }),
);

/** Well-formed CSV with something put in at one place. */
export const damaged = fc
  .tuple(wellFormed, fc.nat(), fc.constantFrom('"', '""', '"x', ',', '\n', '\r', '\r\n', 'x'))
  .map(([input, at, what]) => {
    const place = Math.min(input.length, input.indexOf('\n') + 1 + (at % (input.length + 1)));
    return input.slice(0, place) + what + input.slice(place);
  });

/** Anything that CSV is made of, behind a header. */
export const soup = fc
  .tuple(
    fc.integer({ min: 1, max: 3 }),
    fc.array(fc.constantFrom('a', 'é', ' ', '"', '"', '""', ',', ',', '\n', '\n', '\r\n', '\r'), { maxLength: 24 }),
  )
  .map(([columns, parts]) => `${header(columns)}\n${parts.join('')}`);

export const blocks = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 6 });
