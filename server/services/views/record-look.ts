import { recordDeed } from '../audit/record';
import type { Deps } from '../deps';
import type { Look } from './look-through';

/** Keeps what staff looked at, once a look and path; the owners' activity shows it. */
export async function recordLook(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { staff, homeId, homeProjectId, principal }: Look,
  path: string,
): Promise<void> {
  const viewId = principal.view?.id ?? '';
  await recordDeed(db, staff, {
    projectId: homeProjectId,
    homeId,
    action: 'view.look',
    subject: { kind: 'view', id: viewId },
    data: { path },
    source: `look:${viewId}:${path}`,
    at: clock.now(),
  });
}
