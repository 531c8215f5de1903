import 'server-only';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { leavePath } from '@/components/look/leave-path';
import { recordLook } from '@/server/services/views/record-look';
import { type CurrentUser, currentUser, lookOfBrowser } from './principal';
import { getRuntime } from './runtime';

/** Who is signed in, asked once a request. */
export const signedIn = cache(currentUser);

/**
 * Who is signed in; without a session the visitor is sent to sign in and comes back to `path`. Where staff look through
 * a person's eyes, the path is kept for that person to see; a look that is over leads out of it.
 */
export async function requireUser(path: string): Promise<CurrentUser> {
  const user = await signedIn();
  if (user === null) {
    const viewId = await lookOfBrowser();
    redirect(viewId === undefined ? `/sign-in?callbackUrl=${encodeURIComponent(path)}` : leavePath(viewId));
  }
  if (user.look !== undefined) await recordLook(await getRuntime(), user.look, path);
  return user;
}
