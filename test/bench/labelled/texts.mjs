import { heldOut, tuned } from './locales.mjs';
import { annotatedText } from './personal.mjs';
import { randomOf } from './random.mjs';

/** Times that each sentence is filled in. */
const times = 25;

/** Sentences of each locale with the places of personal data in them; one of them has numbers only that are none. */
export function labelledTexts() {
  return [tuned, heldOut].flatMap((locales, side) =>
    locales.flatMap((locale, i) => {
      const random = randomOf(1000 + side * 100 + i);
      return locale.texts.flatMap((template) =>
        Array.from({ length: /\{/.test(template) ? times : 1 }, () => ({
          side: side === 0 ? 'tuned' : 'held out',
          country: locale.country,
          ...annotatedText(template, locale, random),
        })),
      );
    }),
  );
}
