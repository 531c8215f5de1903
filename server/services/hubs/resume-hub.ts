import type { resumeHub as operation } from '../../contracts/hubs';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { requireSelf } from './change-hub';
import { holdAndResume } from './hold-and-suspend';
import { loadHub } from './load-hub';

/** POST /hubs/{id}/ResumeHub (ours): a suspended hub has its rights back and is what it was. Raises `invalid`. */
export async function resumeHub(
  { db, clock, bus }: Deps,
  { principal }: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const { hub, facts } = await loadHub(db, principal, params.id);
  authorise('hubs.resume', principal, facts);
  if (hub === undefined) throw new Failure('not_found');
  requireSelf(principal, body.userId);
  const { answer, lines } = await db.transaction((tx) => holdAndResume(tx, hub.id, body, clock.now()));
  bus.announce(lines);
  return answer;
}
