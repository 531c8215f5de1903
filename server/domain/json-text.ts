const quote = 34;
const backslash = 92;
const isBlank = (code: number): boolean => code === 32 || code === 10 || code === 13 || code === 9;

function skipBlanks(json: string, from: number): number {
  let at = from;
  while (isBlank(json.charCodeAt(at))) at += 1;
  return at;
}

/** Position after the string that opens at `from`. */
function endOfString(json: string, from: number): number {
  let at = from + 1;
  while (json.charCodeAt(at) !== quote) at += json.charCodeAt(at) === backslash ? 2 : 1;
  return at + 1;
}

/** Position after the value that begins at `from`. Does not recurse: a body may nest as deep as it is long. */
function endOfValue(json: string, from: number): number {
  let depth = 0;
  let at = from;
  do {
    const letter = json[at];
    if (letter === '"') {
      at = endOfString(json, at);
      continue;
    }
    if (letter === '{' || letter === '[') depth += 1;
    if (letter === '}' || letter === ']') depth -= 1;
    at += 1;
  } while (depth > 0);
  const first = json[from];
  if (first === '{' || first === '[' || first === '"') return at;
  while (at < json.length && !/[\s,}\]]/.test(json[at] as string)) at += 1;
  return at;
}

/**
 * Text of one member of an object, letter for letter: 64-bit integers, `1e400`, member order and escapes stay as they
 * were written (mode-api 1.6). Of members with one name the last counts, as with JSON.parse. `json` must be valid JSON
 * text of an object; undefined: no such member.
 */
export function memberText(json: string, name: string): string | undefined {
  let found: string | undefined;
  let at = skipBlanks(json, skipBlanks(json, 0) + 1);
  while (at < json.length && json[at] !== '}') {
    const nameEnd = endOfString(json, at);
    const memberName: unknown = JSON.parse(json.slice(at, nameEnd));
    const start = skipBlanks(json, skipBlanks(json, nameEnd) + 1);
    const end = endOfValue(json, start);
    if (memberName === name) found = json.slice(start, end);
    at = skipBlanks(json, end);
    if (json[at] === ',') at = skipBlanks(json, at + 1);
  }
  return found;
}
