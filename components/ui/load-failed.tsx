'use client';

import { useText } from '../messages/provider';
import { Button } from './button';
import { Notice } from './notice';

/** That data of the page could not be loaded anew, with the way to try again; nothing while it could. */
export function LoadFailed({
  of: { isError, refetch },
}: {
  of: { isError: boolean; refetch: () => unknown };
}) {
  const text = useText();
  if (!isError) return null;
  return (
    <Notice tone="notice" role="alert" title={text('trouble.load.title')}>
      <p>{text('trouble.load.text')}</p>
      <Button className="mt-2" onClick={() => void refetch()}>
        {text('failure.retry')}
      </Button>
    </Notice>
  );
}
