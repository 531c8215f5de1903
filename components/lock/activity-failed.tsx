'use client';

import { useText } from '../messages/provider';
import { referenceOf } from '../shell/reference';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';

/** Only the list below the door failed: the door above it still works. */
export function ActivityFailed({ error, retry }: { error: unknown; retry: () => void }) {
  const text = useText();
  const reference = referenceOf(error);
  return (
    <Notice tone="notice" role="alert" title={text('activity.failed.title')}>
      <p>{text('activity.failed.text')}</p>
      {reference === undefined ? null : <p>{text('failure.reference', { id: reference })}</p>}
      <Button className="mt-3" onClick={retry}>
        {text('failure.retry')}
      </Button>
    </Notice>
  );
}
