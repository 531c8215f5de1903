import { expect, it } from 'vitest';
import { firmwareOf } from './firmware';

it.each([
  ['our own layout', { reported: { firmware: ' 2.4.1 ' } }, '2.4.1'],
  ['attribute paths', { reported: { '0/40/10': '1.9' } }, '1.9'],
  ['nothing that is text', { reported: { firmware: 3, '0/40/10': '' } }, undefined],
  ['a wish is no report', { desired: { firmware: '9' } }, undefined],
])('reads the firmware from %s', (_from, state, version) => {
  expect(firmwareOf(JSON.stringify(state))).toBe(version);
});
