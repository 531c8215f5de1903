/** Where JSON text stops being JSON: line and column from 1, and what is the matter. */
export interface JsonProblem {
  line: number;
  column: number;
  kind: 'empty' | 'unexpected' | 'unfinished' | 'string' | 'extra';
}

const token =
  /[\s]+|[{}[\],:]|"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)/y;

function placeOf(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at);
  return { line: before.split('\n').length, column: at - before.lastIndexOf('\n') };
}

interface Tokens {
  tokens: { text: string; at: number }[];
  problem?: JsonProblem;
}

function tokensOf(text: string): Tokens {
  const tokens: Tokens['tokens'] = [];
  let at = 0;
  while (at < text.length) {
    token.lastIndex = at;
    const found = token.exec(text)?.[0];
    if (found === undefined) {
      const kind = text[at] === '"' ? 'string' : 'unexpected';
      return { tokens, problem: { ...placeOf(text, at), kind } };
    }
    if (found.trim() !== '') tokens.push({ text: found, at });
    at += found.length;
  }
  return { tokens };
}

/**
 * The first place where the text is no JSON; undefined: it is JSON. Does not recurse, and says the same in every
 * browser, whose own messages differ and often name no place.
 */
export function jsonProblem(text: string): JsonProblem | undefined {
  const { tokens, problem } = tokensOf(text);
  /** Open brackets, and what may come next inside of the innermost. */
  const open: ('{' | '[')[] = [];
  let expects: 'value' | 'value-or-end' | 'name' | 'name-or-end' | 'colon' | 'comma-or-end' | 'end' = 'value';
  for (const { text: next, at } of tokens) {
    const wrong = (kind: JsonProblem['kind'] = 'unexpected'): JsonProblem => ({ ...placeOf(text, at), kind });
    const afterValue = () => (open.length === 0 ? 'end' : 'comma-or-end') as typeof expects;
    if (expects === 'end') return wrong('extra');
    const closes = next === '}' ? '{' : next === ']' ? '[' : undefined;
    if (closes !== undefined) {
      const mayClose =
        expects === 'comma-or-end' ||
        (closes === '{' ? expects === 'name-or-end' : expects === 'value-or-end');
      if (open.at(-1) !== closes || !mayClose) return wrong();
      open.pop();
      expects = afterValue();
    } else if (expects === 'colon') {
      if (next !== ':') return wrong();
      expects = 'value';
    } else if (expects === 'comma-or-end') {
      if (next !== ',') return wrong();
      expects = open.at(-1) === '{' ? 'name' : 'value';
    } else if (expects === 'name' || expects === 'name-or-end') {
      if (!next.startsWith('"')) return wrong();
      expects = 'colon';
    } else if (next === '{' || next === '[') {
      open.push(next);
      expects = next === '{' ? 'name-or-end' : 'value-or-end';
    } else if (next === ',' || next === ':') {
      return wrong();
    } else {
      expects = afterValue();
    }
  }
  if (problem !== undefined) return problem;
  if (tokens.length === 0) return { line: 1, column: 1, kind: 'empty' };
  return expects === 'end' ? undefined : { ...placeOf(text, text.length), kind: 'unfinished' };
}

/** The same JSON with indentation; numbers and escapes stay letter for letter. `text` must be JSON. */
export function formatJson(text: string): string {
  const { tokens } = tokensOf(text);
  let shown = '';
  let depth = 0;
  const newLine = () => `\n${'  '.repeat(depth)}`;
  tokens.forEach(({ text: next }, index) => {
    const before = tokens[index - 1]?.text;
    if (next === '}' || next === ']') {
      depth -= 1;
      if (before !== '{' && before !== '[') shown += newLine();
    } else if (before === '{' || before === '[') shown += newLine();
    shown += next === ':' ? ': ' : next;
    if (next === ',') shown += newLine();
    if (next === '{' || next === '[') depth += 1;
  });
  return shown;
}

/** The same JSON in one line without blanks. `text` must be JSON. */
export const compactJson = (text: string): string =>
  tokensOf(text)
    .tokens.map(({ text: next }) => next)
    .join('');

export type JsonKind = 'string' | 'number' | 'boolean' | 'null' | 'object' | 'array';

/** What kind of value JSON text is. */
export function jsonKind(text: string): JsonKind {
  switch (text.trim()[0]) {
    case '{':
      return 'object';
    case '[':
      return 'array';
    case '"':
      return 'string';
    case 't':
    case 'f':
      return 'boolean';
    case 'n':
      return 'null';
    default:
      return 'number';
  }
}

/** Texts of the members of a JSON array or object, in order, letter for letter. `text` must be such JSON. */
export function partsOf(text: string): { name?: string; value: string }[] {
  const { tokens } = tokensOf(text);
  const isObject = tokens[0]?.text === '{';
  const parts: { name?: string; value: string }[] = [];
  let depth = 0;
  let start: number | undefined;
  let name: string | undefined;
  for (const { text: next, at } of tokens) {
    const isEnd = depth === 1 && (next === ',' || next === '}' || next === ']');
    if (isEnd && start !== undefined) {
      const value = text.slice(start, at).trim();
      parts.push(name === undefined ? { value } : { name, value });
      start = undefined;
      name = undefined;
    } else if (depth === 1 && !isEnd && start === undefined) {
      if (isObject && name === undefined) name = JSON.parse(next) as string;
      else if (next !== ':') start = at;
    }
    if (next === '{' || next === '[') depth += 1;
    if (next === '}' || next === ']') depth -= 1;
  }
  return parts;
}
