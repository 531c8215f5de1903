import { currentUser } from '@/app/principal';
import { getRuntime } from '@/app/runtime';
import { AcceptInvitation } from '@/components/account/accept-invitation';
import { DeadInvitation } from '@/components/account/dead-invitation';
import { lookAtInvitation } from '@/server/services/auth/look-at-mail';
import { type TokenPageProps, tokenOf, tokenPageMetadata } from '../token-page';

export const generateMetadata = () => tokenPageMetadata('account.invitation.title');

export default async function AcceptInvitationPage({ searchParams }: TokenPageProps) {
  const token = await tokenOf(searchParams);
  const look = token === undefined ? undefined : await lookAtInvitation(await getRuntime(), token);
  if (token === undefined || look === undefined) return <DeadInvitation />;
  const user = await currentUser();
  return <AcceptInvitation token={token} {...look} signedInAs={user?.name} />;
}
