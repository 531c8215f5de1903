import { expect, it } from 'vitest';
import { readZone } from './viewer-zone';

it('takes a zone that exists', () => {
  expect(readZone('Europe/Oslo')).toBe('Europe/Oslo');
  expect(readZone('UTC')).toBe('UTC');
});

it.each([undefined, '', 'Europe/Atlantis', '../../etc', 'Europe/Oslo; x', '<b>'])(
  'takes nothing else: %j',
  (value) => {
    expect(readZone(value)).toBeUndefined();
  },
);
