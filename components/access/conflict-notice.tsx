'use client';

import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';

/** Somebody else has saved what is being edited: nothing is overwritten unless the person says so. */
export function ConflictNotice({ onKeep, onTake }: { onKeep: () => void; onTake: () => void }) {
  const text = useText();
  return (
    <Notice tone="notice" role="alert" title={text('access.conflict.title')}>
      <p>{text('access.conflict.text')}</p>
      <div className="mt-3 flex flex-wrap gap-3">
        <Button onClick={onKeep}>{text('access.conflict.keep')}</Button>
        <Button onClick={onTake}>{text('access.conflict.take')}</Button>
      </div>
    </Notice>
  );
}
