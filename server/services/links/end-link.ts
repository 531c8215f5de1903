import { eq } from 'drizzle-orm';
import { guestLinks, guestPins } from '@/drizzle/schema';
import { decideDelete, type TempKeyEvent } from '../../domain/lock/temp-key';
import { identityOf, type Principal } from '../../domain/principal';
import { recordAccess } from '../access/record-access';
import type { Deps } from '../deps';
import { appendToLock } from './append-to-lock';
import { holdLink } from './hold-link';

export interface EndedLink {
  alreadyRevoked: boolean;
  /** What was recorded at each of its locks. */
  recorded: Map<number, { version: number; event: TempKeyEvent | null }>;
}

/**
 * Revokes a link at all of its doors and frees its PIN. Every opening asks for the link anew, so it is gone at once
 * (I7). Undefined: there is none.
 */
export async function endLink(
  { db, bus, clock }: Pick<Deps, 'db' | 'bus' | 'clock'>,
  linkUuid: string,
  by: Principal,
): Promise<EndedLink | undefined> {
  const ended = await db.transaction(async (tx) => {
    const held = await holdLink(tx, linkUuid);
    if (held === undefined) return undefined;
    const now = clock.now();
    const alreadyRevoked = held.link.revokedAt !== null;
    const recorded: EndedLink['recorded'] = new Map();
    for (const { lock } of held.doors) {
      const place = { lockId: lock.id, uuid: lock.uuid, tempKeyUuid: linkUuid, at: now };
      const events = decideDelete({ known: !alreadyRevoked }, place);
      const version = await appendToLock(tx, lock, events, now, identityOf(by));
      recorded.set(lock.id, { version, event: events[0] ?? null });
    }
    if (alreadyRevoked) return { alreadyRevoked, recorded, line: undefined };
    await tx.update(guestLinks).set({ revokedAt: now }).where(eq(guestLinks.uuid, linkUuid));
    await tx.delete(guestPins).where(eq(guestPins.linkUuid, linkUuid));
    const lockIds = held.doors.map(({ lock }) => lock.id);
    const told = { kind: 'link', action: 'revoked', id: linkUuid, lockIds } as const;
    return { alreadyRevoked, recorded, line: await recordAccess(tx, held.link.homeId, told) };
  });
  bus.announce([ended?.line]);
  return ended;
}
