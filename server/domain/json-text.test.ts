import { describe, expect, it } from 'vitest';
import { jsonTexts } from '../testing/json-texts';
import { memberText } from './json-text';

describe('the text of a member', () => {
  it.each([
    ['{"value":1}', '1'],
    [' { "value" : 12345678901234567890 } ', '12345678901234567890'],
    ['{"value":1e400}', '1e400'],
    ['{"value":-0.10E+05,"a":1}', '-0.10E+05'],
    ['{"a":{"value":1},"value":true}', 'true'],
    ['{"a":"\\"value\\":1","value":"\\\\"}', '"\\\\"'],
    ['{"a":[{"value":"}"}],\t"value"\n:\r[ 1 ,"]", {} ]}', '[ 1 ,"]", {} ]'],
    ['{"val\\u0075e":null}', 'null'],
    ['{"value":1,"value":2}', '2'],
    ['{"__proto__":{"value":1},"value":{"__proto__":1}}', '{"__proto__":1}'],
    ['{"value":{"b":1,"a":1,"a":2,"1":0}}', '{"b":1,"a":1,"a":2,"1":0}'],
    ['{"value":"\\ud800\\u0000é🏔"}', '"\\ud800\\u0000é🏔"'],
  ])('of %s is %s', (json, text) => {
    expect(memberText(json, 'value')).toBe(text);
  });

  it.each(['{}', ' {\n}', '{"values":1}', '{"a":{"value":1}}', '{"a":"value"}', '{"Value":1}'])(
    'is none in %s',
    (json) => {
      expect(memberText(json, 'value')).toBeUndefined();
    },
  );

  it('is found whatever JSON stands around it and in it', () => {
    for (const [index, text] of jsonTexts(20, 400).entries()) {
      const others = jsonTexts(index + 1000, 2);
      const json = `{"a" :${others[0]},"value": ${text}\n,"b":${others[1]}}`;
      expect(memberText(json, 'value')).toBe(text);
      expect(memberText(json, 'b')).toBe(others[1]);
    }
  });

  it('is found at any depth of nesting', () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    expect(memberText(`{"value":${deep}}`, 'value')).toBe(deep);
  });
});
