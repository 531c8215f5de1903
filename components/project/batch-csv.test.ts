import { expect, it } from 'vitest';
import { csvOfBatch } from './batch-csv';

it('writes a device a line, with what may hold quotes in quotes', () => {
  const devices = [
    { id: 7, tag: 'SN-0001', claimCode: 'ABCD-EFGH-JKLM', apiKey: 'v1.d.key' },
    { id: 8, claimCode: 'NPQR-STUV-WXYZ', apiKey: 'v1.d.other' },
  ];
  expect(csvOfBatch('a "lamp", tall', devices)).toBe(
    '\uFEFF"id","deviceClass","tag","claimCode","apiKey"\r\n' +
      '"7","a ""lamp"", tall","SN-0001","ABCD-EFGH-JKLM","v1.d.key"\r\n' +
      '"8","a ""lamp"", tall","","NPQR-STUV-WXYZ","v1.d.other"\r\n',
  );
});
