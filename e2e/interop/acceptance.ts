import { expect } from 'vitest';
import type { Answer, ShadowUnderTest } from './shadow-under-test';

const accepted = (answer: Answer): Extract<Answer, { isAccepted: true }> => {
  expect(answer).toMatchObject({ isAccepted: true });
  return answer as Extract<Answer, { isAccepted: true }>;
};
const code = (answer: Answer) => (answer.isAccepted ? 'accepted' : answer.code);

/** The sequence that a build is accepted by (device-shadow 11), through one client. Leaves the shadow in being. */
export async function passAcceptance(shadow: ShadowUnderTest): Promise<void> {
  expect(['accepted', 404]).toContain(code(await shadow.delete()));
  expect(code(await shadow.get())).toBe(404);

  const first = accepted(await shadow.update({ state: { reported: { power: 'off' } } }));
  expect(first.state).toEqual({ reported: { power: 'off' } });

  const desired = accepted(await shadow.update({ state: { desired: { power: 'on' } } }));
  expect(desired.version).toBe(first.version + 1);
  expect(await shadow.nextDelta()).toEqual({ power: 'on' });
  const seen = accepted(await shadow.get());
  expect(seen.state).toEqual({
    desired: { power: 'on' },
    reported: { power: 'off' },
    delta: { power: 'on' },
  });
  // Its answer came after whatever else that update would have caused.
  expect(shadow.deltas).toEqual([{ power: 'on' }]);

  expect(code(await shadow.updateStale({ state: { reported: { late: true } } }))).toBe(409);

  const before = accepted(await shadow.get()).version;
  const wanted = Array.from({ length: 10 }, (_, n) => ({ state: { reported: { [`n${n}`]: n } } }));
  const many = (await shadow.updateMany(wanted)).map((answer) => accepted(answer).version);
  expect(many.toSorted((one, other) => one - other)).toEqual(wanted.map((_, n) => before + n + 1));

  accepted(await shadow.update({ state: { reported: { power: 'on' }, desired: null } }));
  const heard = shadow.deltas.length;
  const agreed = accepted(await shadow.get());
  expect(agreed.state).not.toHaveProperty('delta');
  expect(agreed.state).not.toHaveProperty('desired');
  expect(shadow.deltas.length).toBe(heard);

  expect(code(await shadow.update({ state: { reported: { big: 'x'.repeat(8_200) } } }))).toBe(413);
  expect(code(await shadow.update({ state: { wished: { power: 'on' } } }))).toBe(400);
  expect(accepted(await shadow.get()).version).toBe(agreed.version);

  const deleted = accepted(await shadow.delete());
  expect(code(await shadow.get())).toBe(404);
  const again = accepted(await shadow.update({ state: { reported: { power: 'off' } } }));
  expect(again.version).toBeGreaterThan(deleted.version);
  expect(again.version).toBeGreaterThan(agreed.version);
}
