import { expect, it } from 'vitest';
import { numberAt, numberFieldsOf } from './numbers';

const labels = (data: string) => numberFieldsOf('reading', data).map(({ label }) => label);

it('finds every number by its path, and nothing that is none', () => {
  const data =
    '{"temperature":20.5,"power":{"watts":4,"on":true},"phases":[1,"two",3],"odd.name":1,"room":"7","none":null}';
  expect(labels(data)).toEqual(['temperature', 'power.watts', 'phases[0]', 'phases[2]', '["odd.name"]']);
});

it('keeps fields of one name apart by their type of event', () => {
  const keys = ['reading', 'boost'].flatMap((type) => numberFieldsOf(type, '{"n":1}').map(({ key }) => key));
  expect(new Set(keys).size).toBe(2);
});

it('is bounded where data is deep or wide', () => {
  expect(labels(`${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`)).toEqual([]);
  const wide = `{${Array.from({ length: 500 }, (_, index) => `"n${index}":1`).join(',')}}`;
  expect(labels(wide)).toHaveLength(100);
});

it('reads a number letter for letter, and nothing where it is missing or something else', () => {
  const data = '{"a":{"serial":9007199254740993},"list":[1.50],"text":"5"}';
  expect(numberAt(data, ['a', 'serial'])).toBe('9007199254740993');
  expect(numberAt(data, ['list', 0])).toBe('1.50');
  for (const path of [['text'], ['a'], ['list', 3], ['list', 'a'], ['a', 0], ['a', 'b', 'c']])
    expect(numberAt(data, path)).toBeUndefined();
});
