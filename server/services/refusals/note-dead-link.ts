import { asc, eq } from 'drizzle-orm';
import { guestLinkDoors, guestLinks } from '@/drizzle/schema';
import type { Deps } from '../deps';
import { linkName } from '../links/view';
import { hashToken } from '../secrets';
import { recordRefusal } from './record-refusal';

const tokenMost = 200;

/**
 * Somebody came with a link that is no good any more and asked for its door. A token that never was one leaves no
 * trace. Resolves whatever happens; nobody waits for it.
 */
export async function noteDeadLink(
  deps: Pick<Deps, 'db' | 'bus' | 'log' | 'clock'>,
  asked: { token: string | undefined; doorId?: string | undefined; address?: string | undefined },
): Promise<void> {
  if (asked.token === undefined || asked.token === '' || asked.token.length > tokenMost) return;
  try {
    const rows = await deps.db
      .select({ link: guestLinks, door: guestLinkDoors })
      .from(guestLinks)
      .innerJoin(guestLinkDoors, eq(guestLinkDoors.linkUuid, guestLinks.uuid))
      .where(eq(guestLinks.tokenHash, hashToken(asked.token)))
      .orderBy(asc(guestLinkDoors.place));
    const found = rows.find(({ door }) => door.id === asked.doorId) ?? rows[0];
    if (found === undefined || found.link.revokedAt === null) return;
    const { link, door } = found;
    recordRefusal(deps, {
      lockId: door.lockId,
      principal: { kind: 'guestLink', linkId: link.uuid, name: linkName(link) },
      via: 'link',
      cause: 'revoked',
      address: asked.address,
    });
  } catch (error) {
    deps.log.warn({ err: error }, 'the use of a dead link was not recorded');
  }
}
