import { expect, it } from 'vitest';
import { readZone } from './viewer-zone';

it('takes a zone that exists', () => {
  expect(readZone('Europe/Oslo')).toBe('Europe/Oslo');
  expect(readZone('UTC')).toBe('UTC');
});

it('writes a zone in one way, however it was sent', () => {
  expect(readZone('eUrOpE/oSlO')).toBe('Europe/Oslo');
});

it.each([undefined, '', 'Europe/Atlantis', '../../etc', 'Europe/Oslo; x', '<b>'])(
  'takes nothing else: %j',
  (value) => {
    expect(readZone(value)).toBeUndefined();
  },
);
