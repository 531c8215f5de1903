'use client';

import { useText } from '../messages/provider';
import { IntoView } from '../ui/into-view';
import { Link } from '../ui/link';
import { Notice } from '../ui/notice';
import type { Unproven } from './with-passkey';

interface UnprovenNoticeProps {
  of: 'doorSettings' | 'links';
  because: Unproven;
}

/** Says that nothing was changed for want of a passkey, and where to make one. */
export function UnprovenNotice({ of, because }: UnprovenNoticeProps) {
  const text = useText();
  return (
    <IntoView>
      <Notice tone="notice" role="alert" title={text(`${of}.passkey.title`)}>
        {text(`${of}.passkey.${because}`)}
        {because === 'none' ? (
          <Link
            href="/dashboard/account/passkeys"
            className="flex min-h-11 items-center font-semibold underline"
          >
            {text('open.passkey.make')}
          </Link>
        ) : null}
      </Notice>
    </IntoView>
  );
}
