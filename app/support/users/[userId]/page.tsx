import type { Metadata } from 'next';
import { loadSupportedUser } from '@/app/support/load-supported';
import { UserBoard } from '@/components/console/user-board';
import { AreaTexts } from '@/components/messages/area-texts';

interface UserPageProps {
  params: Promise<{ userId: string }>;
}

export async function generateMetadata({ params }: UserPageProps): Promise<Metadata> {
  const { name, email, id } = await loadSupportedUser((await params).userId);
  return { title: name ?? email ?? String(id) };
}

/** An account: who it is, where it is signed in, its homes. */
export default async function SupportedUserPage({ params }: UserPageProps) {
  const user = await loadSupportedUser((await params).userId);
  return (
    <AreaTexts of={['console']}>
      <UserBoard initial={user} />
    </AreaTexts>
  );
}
