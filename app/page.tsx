import { redirect } from 'next/navigation';
import { currentUser } from './principal';

/** The root leads on: to the doors, or to the sign-in. */
export default async function RootPage() {
  redirect((await currentUser()) === null ? '/sign-in' : '/dashboard');
}
