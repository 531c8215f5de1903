'use client';

import { useText } from '../messages/provider';
import { ShownOnce } from '../ui/shown-once';

/** A set-up link that was just made: shown once, to pass on. */
export function MadeSetUpLink({ url, name, onDone }: { url: string; name: string; onDone: () => void }) {
  const text = useText();
  return (
    <ShownOnce
      lead={text('support.staff.link.made', { name })}
      label={text('support.staff.link.url')}
      value={url}
      done={text('support.staff.link.done')}
      copyFailed={text('support.staff.link.copyFailed')}
      onDone={onDone}
    />
  );
}
