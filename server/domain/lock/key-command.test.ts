import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../json';
import { parseJson } from '../json';
import { readKeyReports, shadowCommand, toLockCommand } from './key-command';

const id = 'aaaaaaaa-0000-4000-8000-000000000001';
const other = 'aaaaaaaa-0000-4000-8000-000000000002';
const read = (text: string): JsonObject => {
  const parsed = parseJson(text);
  if (!parsed.ok) throw new Error('no JSON');
  return parsed.value as JsonObject;
};

describe('changes of keys', () => {
  it('stand in the shadow with what the lock needs and nothing of the person', () => {
    const change = { kind: 'add' as const, keyUuid: id, indexNumber: 4, userId: '11' };
    expect(shadowCommand(change, new Date(1_000), new Date(2_000))).toEqual({
      type: 'addKey',
      keyUuid: id,
      keyIndexNumber: 4,
      issuedAt: 1_000,
      expiresAt: 2_000,
    });
    expect(toLockCommand(change)).toEqual({
      type: 'AddKey',
      key: { uuid: id, indexNumber: 4, userId: '11' },
    });
  });

  it('are settled by what the lock says of them, and by nothing else', () => {
    const report = {
      [id]: { state: 'succeeded' },
      [other]: { state: 'failed', error: 'FULL' },
      'not-an-id': { state: 'succeeded' },
      'aaaaaaaa-0000-4000-8000-000000000003': { state: 'accepted' },
      'aaaaaaaa-0000-4000-8000-000000000004': 'succeeded',
      'aaaaaaaa-0000-4000-8000-000000000005': null,
    };
    expect(readKeyReports(read(JSON.stringify({ keyCommands: report })))).toEqual([
      { id, isDone: true },
      { id: other, isDone: false },
    ]);
    for (const poison of ['{}', '{"keyCommands":null}', '{"keyCommands":[1]}', '{"keyCommands":"x"}'])
      expect(readKeyReports(read(poison))).toEqual([]);
  });
});
