/** What counts as an occurrence of an identifier's value in its own record: for the leak check, and for what goes before it. */

/** Shortest value that is searched for in its own record, in bytes of letters and digits. */
export const shortestInOwnRecord = 4;
/** From this length on a value that is no number is found inside longer words too. */
export const shortestInsideWords = 8;

/** Texts are compared by the letters, digits and marks of their words, after NFC and in lower case. */
export const words = /[\p{L}\p{N}\p{M}]+/gu;
