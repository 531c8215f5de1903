import { getRuntime } from '@/app/runtime';
import { AreaTexts } from '@/components/messages/area-texts';
import { DeadSetUp, StaffSetUp } from '@/components/support/staff-set-up';
import { lookAtSetUp } from '@/server/services/staff/look-at-set-up';
import { type TokenPageProps, tokenOf, tokenPageMetadata } from '../../token-page';

export const generateMetadata = () => tokenPageMetadata('support.setUp.title');

export default async function StaffSetUpPage({ searchParams }: TokenPageProps) {
  const token = await tokenOf(searchParams);
  const look = token === undefined ? undefined : await lookAtSetUp(await getRuntime(), token);
  return (
    <AreaTexts of={['support']}>
      {token === undefined || look === undefined ? (
        <DeadSetUp />
      ) : (
        <StaffSetUp token={token} email={look.email} />
      )}
    </AreaTexts>
  );
}
