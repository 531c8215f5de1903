import { Compass } from 'lucide-react';
import { requestMessages } from '@/components/messages/request';
import { buttonClass } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Link } from '@/components/ui/link';

export default async function NotFound() {
  const { text } = await requestMessages();
  return (
    <main id="content" className="grid min-h-[70dvh] place-items-center">
      <EmptyState
        icon={Compass}
        level={1}
        title={text('missing.page.title')}
        text={text('missing.page.text')}
      >
        <Link href="/dashboard" className={buttonClass('primary')}>
          {text('failure.back')}
        </Link>
      </EmptyState>
    </main>
  );
}
