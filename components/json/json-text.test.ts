import { describe, expect, it } from 'vitest';
import { compactJson, formatJson, jsonKind, jsonProblem, partsOf } from './json-text';

const good = [
  '{}',
  '[]',
  '0',
  '-1.5e+9',
  '"a\\u00e9\\n"',
  'true',
  ' {"a":[1,{"b":null}],"c":"{,}"} ',
  '[[[]]]',
];
const bad = [
  '',
  '  ',
  '{',
  '[1,]',
  '{"a":1,}',
  '{a:1}',
  "'a'",
  '01',
  '1 2',
  '{"a" 1}',
  '[1}',
  '"a',
  '1.',
  'nul',
  ',',
  '{"a":}',
  '"\n"',
  'NaN',
];

describe('JSON text', () => {
  it('is judged as JSON.parse judges it', () => {
    for (const text of good) expect(jsonProblem(text), text).toBeUndefined();
    for (const text of bad) {
      expect(() => JSON.parse(text) as unknown, text).toThrow();
      expect(jsonProblem(text), text).toBeDefined();
    }
  });

  it('has its first mistake named by line and column', () => {
    expect(jsonProblem('{\n  "a": 1,\n  b: 2\n}')).toEqual({ line: 3, column: 3, kind: 'unexpected' });
    expect(jsonProblem('{"a": "open')).toEqual({ line: 1, column: 7, kind: 'string' });
    expect(jsonProblem('[1,\n2')).toEqual({ line: 2, column: 2, kind: 'unfinished' });
    expect(jsonProblem('{} {}')).toMatchObject({ column: 4, kind: 'extra' });
    expect(jsonProblem('')).toMatchObject({ kind: 'empty' });
  });

  it('keeps every digit when it is laid out and when it is packed', () => {
    const text = '{"big":9007199254740993,"list":[1e400,{}],"empty":[]}';
    const shown = formatJson(text);
    expect(shown).toBe(
      '{\n  "big": 9007199254740993,\n  "list": [\n    1e400,\n    {}\n  ],\n  "empty": []\n}',
    );
    expect(compactJson(shown)).toBe(text);
  });

  it('is taken apart letter for letter', () => {
    expect(partsOf('[ 9007199254740993 , {"a":[1,2]}, "x,y" ]')).toEqual([
      { value: '9007199254740993' },
      { value: '{"a":[1,2]}' },
      { value: '"x,y"' },
    ]);
    expect(partsOf('{"a":1,"b" : [1,{"c":2}] }')).toEqual([
      { name: 'a', value: '1' },
      { name: 'b', value: '[1,{"c":2}]' },
    ]);
    expect(partsOf('[]')).toEqual([]);
    expect(['"a"', '1', 'true', 'null', ' {}', '[]'].map(jsonKind)).toEqual([
      'string',
      'number',
      'boolean',
      'null',
      'object',
      'array',
    ]);
  });
});
