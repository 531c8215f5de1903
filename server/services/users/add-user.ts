import { users } from '@/drizzle/schema';
import { isDuplicate } from '../../db/errors';
import { checkPassword, readEmail, readPhoneNumber } from '../../domain/account';
import { invalidField } from '../../domain/errors';
import { hashPassword } from '../auth/password';
import type { Deps } from '../deps';
import type { UserRow } from './view';

/** An operator adds an account; nothing is sent. */
export async function addUser(
  { db }: Pick<Deps, 'db'>,
  wanted: {
    projectId: number;
    email?: string;
    phoneNumber?: string;
    password?: string;
    name?: string;
    verified: boolean;
    /** The `sub` of this person at the project's identity provider. */
    externalKey?: string;
  },
): Promise<UserRow> {
  const email = wanted.email === undefined ? undefined : readEmail(wanted.email);
  if (wanted.email !== undefined && email === undefined) throw invalidField('email', 'is no e-mail address');
  const phoneNumber = wanted.phoneNumber === undefined ? undefined : readPhoneNumber(wanted.phoneNumber);
  if (wanted.phoneNumber !== undefined && phoneNumber === undefined)
    throw invalidField('phone', 'must be in E.164 form');
  const failure = wanted.password === undefined ? undefined : checkPassword(wanted.password, email);
  if (failure) throw failure;
  const passwordHash = wanted.password === undefined ? null : await hashPassword(wanted.password);
  try {
    const [row] = await db
      .insert(users)
      .values({
        projectId: wanted.projectId,
        email,
        phoneNumber,
        name: wanted.name,
        passwordHash,
        verified: wanted.verified,
        externalKey: wanted.externalKey,
      })
      .returning();
    if (row === undefined) throw new Error('no user was made');
    return row;
  } catch (error) {
    if (isDuplicate(error, 'users_project_external')) throw invalidField('external-key', 'is in use');
    if (isDuplicate(error))
      throw invalidField(email === undefined ? 'phone' : 'email', 'is in use', 'USER_EXISTS');
    throw error;
  }
}
