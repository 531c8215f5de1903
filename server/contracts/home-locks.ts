import { z } from 'zod';
import { lockFacts } from './lock-history';
import { doorReport, gesture } from './locks';
import { operation } from './operation';
import { idText } from './values';

/** A lock as those who keep a home see it: what it is, where it hangs, and whose it is. */
export const homeLock = doorReport.extend({
  ...lockFacts.shape,
  uuid: z.string(),
  name: z.string(),
  gesture,
  serialNumber: z.string().optional(),
  vendorName: z.string().optional(),
  /** Absent: the lock speaks for itself, without a hub. */
  hub: z.object({ hubId: z.string(), serial: z.string(), model: z.string() }).optional(),
  /** Who it belongs to: named by SetOwner, else the longest-standing owner of the home. */
  owner: z.object({ userId: z.number().int(), name: z.string() }).optional(),
});
export type HomeLock = z.infer<typeof homeLock>;

export const listHomeLocks = operation({
  summary: 'Locks of a home as its owners and members keep them',
  method: 'GET',
  path: '/homes/{homeId}/locks',
  dialect: 'cloud',
  params: z.object({ homeId: idText }),
  output: z.object({ items: z.array(homeLock) }),
  status: 200,
  refusals: [403, 404],
});
