import { setTimeout as delay } from 'node:timers/promises';
import type { ShadowAnswer } from '../../mqtt/shadow-client';
import type { Deps } from '../deps';

/** A shadow that is asked too much at once says so, and takes it a moment later. */
const busyCode = 429;
const busyPausesMs = [20, 50, 100, 200, 400];

/** Updates a thing's shadow, a few times again while it is too busy. `token` names the attempt. */
export async function tellShadow(
  { shadow }: Pick<Deps, 'shadow'>,
  thing: string,
  state: object,
  token: string,
  answerMs: number,
): Promise<ShadowAnswer> {
  const tell = (again: number) => shadow.update(thing, state, `${token}.${again}`, answerMs);
  let answer = await tell(0);
  for (const [at, pauseMs] of busyPausesMs.entries()) {
    if (answer.kind !== 'rejected' || answer.code !== busyCode) break;
    await delay(pauseMs * (1 + Math.random()));
    answer = await tell(at + 1);
  }
  return answer;
}
