import { describe, expect, it } from 'vitest';
import {
  exportText,
  isSameValue,
  keyProblem,
  planImport,
  readPairs,
  valueMostBytes,
  valueProblem,
} from './pairs';

const at = '2026-01-01T00:00:00.000Z';
const list = `[{"key":"big","value":9007199254740993,"modificationTime":"${at}"},{"key":"lamp","value":{"on":true},"modificationTime":"${at}"}]`;

describe('key-value pairs', () => {
  it('keep 64-bit integers from the list to the export and back', () => {
    const pairs = readPairs(list);
    expect(pairs[0]).toEqual({ key: 'big', value: '9007199254740993', modifiedAt: at });
    const file = exportText(pairs);
    expect(file).toContain('"big": 9007199254740993');
    const plan = planImport(file, pairs);
    expect(plan?.steps.map(({ kind }) => kind)).toEqual(['same', 'same']);
    expect(planImport(exportText([]), [])).toEqual({ steps: [], problems: [], isTooMany: false });
  });

  it('say what an import adds, changes and leaves, and name all that is wrong by key', () => {
    const plan = planImport(
      '{"new":1,"lamp":{"on":false},"big":9007199254740993,"-x":1,"gone":null,"new":2}',
      readPairs(list),
    );
    expect(plan?.steps.map(({ key, kind }) => `${key} ${kind}`)).toEqual([
      'new added',
      'lamp changed',
      'big same',
    ]);
    expect(plan?.problems).toEqual([
      { key: '-x', problem: 'key.shape' },
      { key: 'gone', problem: 'value.null' },
      { key: 'new', problem: 'key.twice' },
    ]);
    expect(planImport('[1]', [])).toBeUndefined();
    expect(planImport('{', [])).toBeUndefined();
  });

  it('are checked by the limits of the API', () => {
    expect(keyProblem('a_b-1')).toBeUndefined();
    expect(keyProblem('')).toBe('key.empty');
    expect(keyProblem('a'.repeat(129))).toBe('key.shape');
    expect(valueProblem('null')).toBe('value.null');
    expect(valueProblem('{')).toBe('value.json');
    expect(valueProblem(`"${'é'.repeat(valueMostBytes / 2)}"`)).toBe('value.large');
    expect(valueProblem('[null]')).toBeUndefined();
    expect(isSameValue('{ "a": 1 }', '{"a":1}')).toBe(true);
    expect(isSameValue('9007199254740993', '9007199254740992')).toBe(false);
  });
});
