import { describe, expect, it } from 'vitest';
import { journalLength } from '../journal';
import {
  afterRestart,
  emptyMemory,
  evolve,
  type HubDevice,
  type HubMemory,
  isSameHardware,
  type MemoryEvent,
  memorySchema,
  unfinished,
} from './memory';

const now = 1_700_000_000_000;
const front: HubDevice = {
  uuid: 'front',
  nodeId: '1',
  endpoint: 1,
  vendorId: 0xfff1,
  productId: 0x8000,
  deviceType: 10,
  name: 'Front',
  serial: 'VL-1',
  uniqueId: 'u1',
  attestation: 'verified',
  codeMark: 'mark',
};
const entered = (id: string, state: 'accepted' | 'succeeded' | 'failed', thing = 'hub'): MemoryEvent => ({
  type: 'entered',
  thing,
  entry: { id, state, expiresAt: now + 1_000 },
});
const given = (...events: MemoryEvent[]): HubMemory =>
  events.reduce((memory, event) => evolve(memory, event, now), emptyMemory);

describe('the memory of a hub', () => {
  it('keeps the newest results, and those that might still be redelivered alive', () => {
    const ids = Array.from({ length: journalLength + 50 }, (_, index) => `c${index}`);
    const full = given(...ids.map((id) => entered(id, 'succeeded')));
    expect(full.journal).toHaveLength(ids.length);
    const later = evolve(full, entered('last', 'succeeded'), now + 5_000);
    expect(later.journal).toHaveLength(journalLength);
    expect(later.journal.at(-1)?.id).toBe('last');
  });

  it('speaks of the newest command of each thing, and of an older one that was asked for again', () => {
    const memory = given(entered('a', 'succeeded'), entered('b', 'failed'), entered('c', 'accepted', 'lock'));
    expect(memory.spokenOf).toEqual({ hub: 'b', lock: 'c' });
    expect(evolve(memory, { type: 'repeated', thing: 'hub', id: 'a' }, now).spokenOf.hub).toBe('a');
  });

  it('knows what was under way in each thing when it was stopped', () => {
    const memory = given(
      entered('old', 'accepted', 'lock'),
      entered('new', 'accepted', 'lock'),
      entered('done', 'succeeded'),
    );
    expect(unfinished(memory, 'lock')?.id).toBe('new');
    expect(unfinished(memory, 'hub')).toBeUndefined();
    // What nobody will speak of any more has ended with the process.
    const restarted = afterRestart(memory);
    expect(restarted.journal.map(({ id, state }) => [id, state])).toEqual([
      ['old', 'failed'],
      ['new', 'accepted'],
      ['done', 'succeeded'],
    ]);
  });

  it('keeps devices by our own name for them', () => {
    const other = { ...front, uuid: 'back', nodeId: '2', serial: 'VL-2', uniqueId: 'u2' };
    const memory = given(
      { type: 'paired', device: front },
      { type: 'paired', device: other },
      { type: 'paired', device: { ...front, nodeId: '3' } },
      { type: 'operated', uuid: 'back', operation: 'lock', source: 'keypad' },
    );
    expect(memory.devices.map(({ uuid, nodeId }) => [uuid, nodeId])).toEqual([
      ['back', '2'],
      ['front', '3'],
    ]);
    expect(memory.devices[0]?.lastOperation).toEqual({ type: 'lock', source: 'keypad', at: now });
    expect(evolve(memory, { type: 'removed', uuid: 'back' }, now).devices).toHaveLength(1);
  });

  it('forgets a pairing when its end is known', () => {
    const pairing = { commandId: 'a', uuid: 'u', codeMark: 'm' };
    const begun: MemoryEvent = { type: 'pairingBegun', pairing };
    expect(given(begun).pairing).toEqual(pairing);
    expect(given(begun, { type: 'pairingEnded' })).not.toHaveProperty('pairing');
  });

  it('keeps each place that a pairing may have left a device in, until that is known to be gone', () => {
    const pairing = { commandId: 'a', uuid: 'u', codeMark: 'm' };
    const place = (nodeId: string) => ({ nodeId, ip: '::1', port: 5540 });
    const claimed: MemoryEvent[] = [
      { type: 'pairingBegun', pairing },
      { type: 'claimed', place: place('7') },
      { type: 'claimed', place: place('1') },
    ];
    const under = given(...claimed);
    expect([under.pairing?.place, under.loose]).toEqual([place('1'), [place('7')]]);
    const failed = evolve(under, { type: 'pairingEnded' }, now);
    expect(failed.loose).toEqual([place('7'), place('1')]);
    expect(memorySchema.parse(JSON.parse(JSON.stringify(failed)))).toEqual(failed);
    const paired = given(...claimed, { type: 'paired', device: front }, { type: 'pairingEnded' });
    expect(paired.loose).toEqual([place('7')]);
    expect(evolve(paired, { type: 'letGo', nodeId: '7' }, now).loose).toEqual([]);
  });

  it('is read from its file as it was written', () => {
    const memory = given(entered('a', 'accepted'), { type: 'paired', device: front });
    expect(memorySchema.parse(JSON.parse(JSON.stringify(memory)))).toEqual(memory);
    expect(() => memorySchema.parse({ devices: [] })).toThrow();
  });
});

describe('the same piece of hardware', () => {
  it.each<[string, Partial<HubDevice>, boolean]>([
    ['under another node id', { nodeId: '9', name: 'Other' }, true],
    ['with another serial number', { serial: 'VL-9' }, false],
    ['with another unique id', { uniqueId: 'u9' }, false],
    ['at another endpoint', { endpoint: 2 }, false],
    ['of another product', { productId: 1 }, false],
  ])('%s: %s', (_, change, is) => {
    expect(isSameHardware(front, { ...front, ...change })).toBe(is);
  });

  it('is never assumed of devices that name neither serial number nor unique id', () => {
    const { serial: _serial, uniqueId: _unique, ...nameless } = front;
    expect(isSameHardware(nameless, nameless)).toBe(false);
  });
});
