import 'server-only';
import { cookies, headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { staffCookie } from '@/server/domain/cookies';
import type { StaffPrincipal } from '@/server/domain/principal';
import { anonymous } from '@/server/domain/principal';
import { getStaffSession } from '@/server/services/staff/get-session';
import { resolveStaffSession } from '@/server/services/staff/resolve-session';
import { getRuntime } from './runtime';

async function staffToken(): Promise<string | undefined> {
  const isHttps = (await headers()).get('x-forwarded-proto') === 'https';
  return (await cookies()).get(staffCookie(isHttps))?.value;
}

/** The member of staff who is signed in, asked once a request; null: nobody, or the second factor is not proved yet. */
export const signedInStaff = cache(async (): Promise<StaffPrincipal | null> => {
  const token = await staffToken();
  if (token === undefined) return null;
  return (await resolveStaffSession(await getRuntime(), token)) ?? null;
});

/** Where the sign-in of this browser stands. */
export const staffSignIn = async () =>
  getStaffSession(await getRuntime(), { principal: anonymous, via: 'page', staffToken: await staffToken() });

/**
 * The member of staff who is signed in; without a session the visitor is sent to sign in and comes back to `path`. With
 * `role`, the page is not there for others.
 */
export async function requireStaff(path: string, role?: 'admin'): Promise<StaffPrincipal> {
  const staff = await signedInStaff();
  if (staff === null) redirect(`/support/sign-in?callbackUrl=${encodeURIComponent(path)}`);
  if (role !== undefined && staff.role !== role) notFound();
  return staff;
}
