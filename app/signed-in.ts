import 'server-only';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { type CurrentUser, currentUser } from './principal';

/** Who is signed in, asked once a request. */
export const signedIn = cache(currentUser);

/** Who is signed in; without a session the visitor is sent to sign in and comes back to `path`. */
export async function requireUser(path: string): Promise<CurrentUser> {
  const user = await signedIn();
  if (user === null) redirect(`/sign-in?callbackUrl=${encodeURIComponent(path)}`);
  return user;
}
