import { z } from 'zod';
import type { StaffPrincipal } from '../../domain/principal';
import type { Deps } from '../deps';
import { resolveStaffSession } from '../staff/resolve-session';
import { resolveView, type UsableView } from './resolve-view';

/** Staff who look through a person's eyes now. */
export interface Look extends UsableView {
  staff: StaffPrincipal;
}

/** The look behind a browser's two cookies; undefined: none that is good now. */
export async function lookThrough(
  deps: Pick<Deps, 'db' | 'clock'>,
  { staffToken, viewId }: { staffToken: string | undefined; viewId: string },
): Promise<Look | undefined> {
  if (staffToken === undefined || !z.uuid().safeParse(viewId).success) return undefined;
  const staff = await resolveStaffSession(deps, staffToken);
  if (staff === undefined) return undefined;
  const view = await resolveView(deps, staff, viewId);
  return view === undefined ? undefined : { ...view, staff };
}
