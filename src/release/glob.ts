/**
 * Does the whole of `name` match? `*` stands for any characters but `/`, `?` for one of them; all others for themselves. Takes at most
 * the product of the two lengths in steps, whatever the pattern.
 */
export function matchesGlob(name: string, glob: string): boolean {
  let [at, from] = [0, 0];
  /** Behind the last star, and where what it stands for ended when tried last. */
  let star: { readonly behind: number; until: number } | undefined;
  while (at < name.length) {
    if (glob[from] === '*') star = { behind: ++from, until: at };
    else if (from < glob.length && matchesOne(name[at]!, glob[from]!)) {
      at++;
      from++;
    } else if (star !== undefined && name[star.until] !== '/') {
      at = ++star.until;
      from = star.behind;
    } else return false;
  }
  while (glob[from] === '*') from++;
  return from === glob.length;
}

function matchesOne(character: string, pattern: string): boolean {
  return pattern === '?' ? character !== '/' : character === pattern;
}
