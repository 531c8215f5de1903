import { House } from 'lucide-react';
import { requestMessages } from '@/components/messages/request';
import { buttonClass } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Link } from '@/components/ui/link';

export default async function HomeNotFound() {
  const { text } = await requestMessages();
  return (
    <EmptyState icon={House} level={1} title={text('missing.home.title')} text={text('missing.home.text')}>
      <Link href="/dashboard" className={buttonClass('primary')}>
        {text('failure.back')}
      </Link>
    </EmptyState>
  );
}
