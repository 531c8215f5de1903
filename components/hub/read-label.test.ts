import { expect, it } from 'vitest';
import { readLabel } from './read-label';

const label = { serial: 'LK1-000042', claimCode: 'ABCD-EFGH-JKLM' };

it.each([
  'LK1-000042 ABCD-EFGH-JKLM',
  'ABCD-EFGH-JKLM;LK1-000042',
  'https://hub.example/add?serial=LK1-000042&code=ABCD-EFGH-JKLM',
  '{"serial":"LK1-000042","claimCode":"ABCD-EFGH-JKLM"}',
])('reads %s', (scanned) => expect(readLabel(scanned)).toEqual(label));

it.each(['', 'MT:Y.K9042C00KA0648G00', 'https://hub.example/add', '[1,2]', 'one two three', 'null'])(
  'takes nothing else for a label: %j',
  (scanned) => expect(readLabel(scanned)).toBeUndefined(),
);
