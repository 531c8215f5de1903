import { auditEntries } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import { identityOf, type Principal } from '../../domain/principal';

/** What somebody did, for the record. */
export interface Deed {
  /** Project in whose chain it stands; 0: the installation itself. */
  projectId: number;
  homeId?: number | null;
  /** `noun.verb` */
  action: string;
  subject?: { kind: string; id: string };
  /** Why, in the words of whoever did it; owners are shown it. */
  reason?: string;
  address?: string | null;
  data?: Record<string, unknown>;
  /** Where it was taken from; taking it again adds nothing. */
  source?: string;
  at: Date;
}

/** Adds a line to the audit trail, in the transaction of the deed itself. `name` is what the actor is called. */
export async function recordDeed(
  db: Executor,
  principal: Principal,
  { subject, at, ...deed }: Deed,
  name?: string,
): Promise<void> {
  const actor = identityOf(principal);
  await db
    .insert(auditEntries)
    .values({
      ...deed,
      actorKind: actor.kind,
      actorId: actor.id,
      actorName: name ?? actor.name,
      subjectKind: subject?.kind,
      subjectId: subject?.id,
      createdAt: at,
    })
    .onConflictDoNothing();
}
