import type { Metadata } from 'next';
import { requireStaff } from '@/app/signed-in-staff';
import { requestMessages } from '@/components/messages/request';

export async function generateMetadata(): Promise<Metadata> {
  const { text } = await requestMessages();
  return { title: text('support.title') };
}

export default async function SupportPage() {
  await requireStaff('/support');
  const { text } = await requestMessages();
  return (
    <div className="flex flex-col gap-6">
      <h1 className="text-3xl font-semibold">{text('support.title')}</h1>
      <p className="text-ink-soft">{text('support.lead')}</p>
    </div>
  );
}
