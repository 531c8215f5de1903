import { compactJson, jsonKind, jsonProblem, partsOf } from '../json/json-text';

/** A key-value pair; `value` is JSON text, so that no digit is lost. */
export interface Pair {
  key: string;
  value: string;
  modifiedAt: string;
}

/** Limits of the API (mode-api 1.6, 11 row 13). */
export const valueMostBytes = 64 * 1024;
export const pairsMost = 1_000;
const keyShape = /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,126}[A-Za-z0-9])?$/;

export type KeyProblem = 'key.empty' | 'key.shape';
export type ValueProblem = 'value.json' | 'value.null' | 'value.large';

/** What is wrong with a key; undefined: nothing. */
export function keyProblem(key: string): KeyProblem | undefined {
  if (key === '') return 'key.empty';
  return keyShape.test(key) ? undefined : 'key.shape';
}

/** What is wrong with a value, JSON text; undefined: nothing. */
export function valueProblem(value: string): ValueProblem | undefined {
  if (jsonProblem(value) !== undefined) return 'value.json';
  if (jsonKind(value) === 'null') return 'value.null';
  return new TextEncoder().encode(value.trim()).length > valueMostBytes ? 'value.large' : undefined;
}

/** The pairs in the API's list, each value letter for letter. */
export const readPairs = (list: string): Pair[] => partsOf(list).map(({ value }) => readPair(value));

/** One pair in the API's words. */
export function readPair(text: string): Pair {
  const parts = new Map(partsOf(text).map(({ name, value }) => [name, value]));
  return {
    key: JSON.parse(parts.get('key') ?? '""') as string,
    value: parts.get('value') ?? 'null',
    modifiedAt: JSON.parse(parts.get('modificationTime') ?? '""') as string,
  };
}

/** Whether two JSON texts say the same, layout aside; digits and order count. */
export const isSameValue = (one: string, other: string): boolean => compactJson(one) === compactJson(other);

/** The file of an export: an object of all values by key. */
export const exportText = (pairs: readonly Pair[]): string =>
  `{\n${pairs.map(({ key, value }) => `  ${JSON.stringify(key)}: ${value}`).join(',\n')}\n}\n`;

export interface ImportStep {
  key: string;
  value: string;
  kind: 'added' | 'changed' | 'same';
}
export interface ImportPlan {
  steps: ImportStep[];
  problems: { key: string; problem: KeyProblem | ValueProblem | 'key.twice' }[];
  /** Together there would be more pairs than there is room for. */
  isTooMany: boolean;
}

/**
 * What importing an object of values by key would do; all that is wrong is named by key. Undefined: the text is no JSON
 * object.
 */
export function planImport(text: string, pairs: readonly Pair[]): ImportPlan | undefined {
  if (jsonProblem(text) !== undefined || jsonKind(text) !== 'object') return undefined;
  const known = new Map(pairs.map(({ key, value }) => [key, value]));
  const seen = new Set<string>();
  const plan: ImportPlan = { steps: [], problems: [], isTooMany: false };
  for (const { name: key = '', value } of partsOf(text)) {
    const problem = seen.has(key) ? 'key.twice' : (keyProblem(key) ?? valueProblem(value));
    seen.add(key);
    if (problem !== undefined) {
      plan.problems.push({ key, problem });
      continue;
    }
    const before = known.get(key);
    const kind = before === undefined ? 'added' : isSameValue(before, value) ? 'same' : 'changed';
    plan.steps.push({ key, value, kind });
  }
  const added = plan.steps.filter(({ kind }) => kind === 'added').length;
  plan.isTooMany = pairs.length + added > pairsMost;
  return plan;
}
