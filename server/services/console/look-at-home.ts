import type { Transaction } from '../../db/client';
import { recordDeed } from '../audit/record';
import type { Deps } from '../deps';
import type { HomeRow } from '../homes/view';
import { tellPeople } from '../notifications/tell-people';
import { isFirst } from '../rates/is-first';
import type { StaffCaller } from './record-support';

const lookSeconds = 3_600;
const toldSeconds = 86_400;

/**
 * Records that a member of staff looked at a home: one line an account, home and hour. Its owners are told of looks once
 * a day.
 */
export async function lookAtHome(
  deps: Pick<Deps, 'clock' | 'messaging' | 'secrets'>,
  tx: Transaction,
  { staff, address }: StaffCaller,
  home: HomeRow,
): Promise<void> {
  const at = deps.clock.now();
  if (!(await isFirst(tx, `look ${staff.accountId} ${home.id}`, at, lookSeconds))) return;
  await recordDeed(tx, staff, {
    projectId: home.projectId,
    homeId: home.id,
    action: 'home.look',
    address: address ?? null,
    at,
  });
  if (!(await isFirst(tx, `told look ${home.id}`, at, toldSeconds))) return;
  const actor = { kind: 'staff', id: String(staff.accountId), name: staff.name };
  const cause = `support:${home.id}:look:${at.getTime()}`;
  await tellPeople(deps, tx, home, [{ topic: 'support', lockId: 0, cause, count: 1, actor }]);
}
