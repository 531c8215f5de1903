import { asc, eq } from 'drizzle-orm';
import { homeMembers, homes } from '@/drizzle/schema';
import { Failure } from '../../domain/errors';
import type { Role } from '../../domain/permissions';
import type { Deps } from '../deps';
import { findMailToken } from './mail-token';

type Needed = Pick<Deps, 'db' | 'clock'>;
type Purpose = Parameters<typeof findMailToken>[1];

/** What the link of a mail is for, to whoever holds it. */
export interface MailLook {
  userId: number;
  email: string;
}

/**
 * Whose mailbox a link was sent to, for the page that it leads to; undefined when it is no good any more. Looking uses
 * nothing up.
 */
export async function lookAtMail(
  { db, clock }: Needed,
  purpose: Purpose,
  token: string,
): Promise<MailLook | undefined> {
  try {
    const { user } = await findMailToken(db, purpose, token.slice(0, 512), clock.now());
    return { userId: user.id, email: user.email ?? '' };
  } catch (error) {
    if (error instanceof Failure && error.reason === 'INVALID_TOKEN') return undefined;
    throw error;
  }
}

/** What somebody is invited to. */
export interface InvitationLook {
  email: string;
  homes: { homeId: number; name: string; role: Role }[];
}

/** The homes that wait for the holder of an invitation, and as what; undefined when the link is no good any more. */
export async function lookAtInvitation(deps: Needed, token: string): Promise<InvitationLook | undefined> {
  const look = await lookAtMail(deps, 'invitation', token);
  if (look === undefined) return undefined;
  const rows = await deps.db
    .select({ homeId: homes.id, name: homes.name, role: homeMembers.role })
    .from(homeMembers)
    .innerJoin(homes, eq(homes.id, homeMembers.homeId))
    .where(eq(homeMembers.userId, look.userId))
    .orderBy(asc(homeMembers.createdAt), asc(homes.id));
  return { email: look.email, homes: rows };
}
