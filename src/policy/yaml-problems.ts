import { type Document, type ErrorCode, isAlias, isMap, isNode, isScalar, visit } from 'yaml';

const mostAliases = 100;

/** What is wrong and what to do next, in the words of somebody who writes a policy. Never echoes the source. */
export interface YamlProblem {
  /** Offset in UTF-16 units. */
  readonly at: number;
  readonly message: string;
  readonly hint?: string;
}

const quote = 'put the text in double quotes';

const starHint = `text that begins with * needs quotes: ${quote}`;

const problems: Partial<Record<ErrorCode, Omit<YamlProblem, 'at'>>> = {
  BAD_ALIAS: { message: 'an alias is malformed', hint: starHint },
  BAD_DIRECTIVE: { message: 'a YAML directive is not understood', hint: 'leave the line that begins with % out' },
  BAD_DQ_ESCAPE: {
    message: 'this escape is not known in double quotes',
    hint: 'write \\\\ for a backslash, or use single quotes',
  },
  BAD_INDENT: {
    message: 'this line is indented too little, or a bracket is not closed before it',
    hint: 'indent what belongs together by the same number of spaces, and close every { and [',
  },
  BAD_SCALAR_START: { message: 'text cannot begin with this character', hint: quote },
  BLOCK_AS_IMPLICIT_KEY: {
    message: 'a second `key: value` on one line',
    hint: 'put nested keys on lines of their own or in { }; text that holds `: ` needs quotes',
  },
  BLOCK_IN_FLOW: { message: 'an indented block inside { } or [ ]', hint: 'use { } and [ ] inside { } and [ ]' },
  MISSING_CHAR: {
    message: 'a character is missing here',
    hint: 'close every quote and bracket; write `: ` after a key',
  },
  MULTILINE_IMPLICIT_KEY: { message: 'a key runs over several lines', hint: 'is a `:` or a closing quote missing?' },
  MULTIPLE_DOCS: { message: 'a second document begins here', hint: 'a policy is one document: leave `---` out' },
  NON_STRING_KEY: { message: 'a key is not text', hint: 'put the key in double quotes' },
  RESOURCE_EXHAUSTION: { message: 'the policy is nested too deeply' },
  TAB_AS_INDENT: { message: 'a tab is used for indentation', hint: 'YAML is indented with spaces only' },
  TAG_RESOLVE_FAILED: {
    message: 'tags are not part of the policy language',
    hint: 'leave the word that begins with ! out',
  },
  UNEXPECTED_TOKEN: {
    message: 'this does not belong here',
    hint: 'look for a missing `: `, quote or bracket, here or on the line before',
  },
};

/** Mistakes behind which the parser takes the rest of the text for something else than it is meant to be. */
const misleading: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'BAD_INDENT',
  'BLOCK_AS_IMPLICIT_KEY',
  'BLOCK_IN_FLOW',
  'MISSING_CHAR',
  'MULTILINE_IMPLICIT_KEY',
  'TAB_AS_INDENT',
  'UNEXPECTED_TOKEN',
]);

/**
 * What the parser says, once for each mistake: of what misleads it the first, and nothing behind an open quote or an alias that
 * was not meant, where no more of the text makes sense.
 */
export function yamlProblems(document: Document.Parsed, text: string): YamlProblem[] {
  let found = duplicateKeys(document);
  let misled = false;
  for (const { code, pos, message } of [...document.errors, ...document.warnings]) {
    const at = pos[0];
    const opened = code === 'MISSING_CHAR' && message.includes('quote') ? openQuote(document, at) : undefined;
    if (opened !== undefined) {
      found.push({ at: opened, message: 'this quote is never closed', hint: 'close it with the same kind of quote' });
      break;
    } else if (text[at] === '*' && (code === 'NON_STRING_KEY' || code === 'BAD_ALIAS')) {
      found.push({ at, message: 'text that begins with `*` needs quotes', hint: quote });
      // To the parser it is an alias that nothing stands for.
      break;
    } else if (!misled) {
      misled = misleading.has(code);
      // Behind it keys seem to stand in maps that they are not in.
      if (misled) found = found.filter((duplicate) => duplicate.at < at);
      found.push({ at, ...(problems[code] ?? { message: 'this is not well-formed YAML', hint: quote }) });
    }
  }
  const { yaml } = document.directives;
  if (yaml.explicit && yaml.version !== '1.2') {
    found.push({ at: 0, message: 'a policy is YAML 1.2', hint: 'leave the line that begins with % out' });
  }
  return found.length > 0 ? found : aliasProblems(document);
}

function duplicateKeys(document: Document.Parsed): YamlProblem[] {
  const found: YamlProblem[] = [];
  visit(document, {
    Map(_, map) {
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value)) {
          const message = 'this key stands twice in the same map';
          found.push({ at: key.range?.[0] ?? 0, message, hint: 'keep one of the two' });
        }
        seen.add(key.value);
      }
    },
  });
  return found;
}

/** Where the quoted text that runs up to `end` begins. */
function openQuote(document: Document.Parsed, end: number): number | undefined {
  let begin: number | undefined;
  visit(document, {
    Scalar(_, { type, range }) {
      if (type?.startsWith('QUOTE') && range && range[0] < end && range[1] >= end) begin = range[0];
    },
  });
  return begin;
}

function aliasProblems(document: Document.Parsed): YamlProblem[] {
  const found = aliasesOfKeys(document);
  let aliases = 0;
  visit(document, {
    Alias(_, alias, ancestors) {
      const at = alias.range?.[0] ?? 0;
      if (++aliases > mostAliases) {
        found.push({ at, message: `more than ${mostAliases} aliases` });
        return visit.BREAK;
      }
      const target = alias.resolve(document);
      if (!target) found.push({ at, message: 'no anchor of this name stands before the alias', hint: starHint });
      else if (ancestors.includes(target)) found.push({ at, message: 'an alias inside its own anchor' });
      return undefined;
    },
  });
  if (found.length > 0 || aliases === 0) return found;
  try {
    // Counts what the aliases expand to, each anchor as one too, so that aliases of aliases cannot exhaust the memory.
    document.toJS({ maxAliasCount: mostAliases + 1 });
  } catch {
    found.push({ at: 0, message: 'aliases expand to too much', hint: 'write the repeated parts out' });
  }
  return found;
}

/** A key must not come to stand, by another name, where a message may show it. */
function aliasesOfKeys(document: Document.Parsed): YamlProblem[] {
  const found: YamlProblem[] = [];
  for (const section of ['keys', 'output']) {
    const node = isMap(document.contents) ? document.contents.get(section, true) : undefined;
    if (!isNode(node)) continue;
    visit(node, (_, inner) => {
      if (!isAlias(inner) && !(isNode(inner) && 'anchor' in inner && inner.anchor)) return;
      const message = `anchors and aliases have no place under \`${section}\``;
      found.push({ at: inner.range?.[0] ?? 0, message, hint: 'write the value out' });
    });
  }
  return found;
}
