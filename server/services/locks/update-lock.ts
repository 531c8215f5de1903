import type { CommandEnvelope } from '../../contracts/envelope';
import type { changeLock as operation } from '../../contracts/lock-commands';
import type { InputOf } from '../../contracts/operation';
import { toMinute } from '../../domain/access/wire-window';
import type { Caller, Deps } from '../deps';
import { authoriseLock } from './authorise-lock';
import { changeLock } from './change-lock';

/** PATCH /locks/{id} (ours): name and gesture, by day and by night. What is sent as it stands already is no event. */
export async function updateLock(
  deps: Deps,
  { principal }: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<CommandEnvelope> {
  await authoriseLock(deps, 'locks.update', principal, params.id);
  const { night, ...rest } = body;
  return changeLock(
    deps,
    params.id,
    {
      type: 'Change',
      ...rest,
      ...(night == null
        ? { night }
        : {
            night: {
              gesture: night.gesture,
              fromMinute: toMinute(night.from),
              untilMinute: toMinute(night.until),
            },
          }),
    },
    principal,
  );
}
