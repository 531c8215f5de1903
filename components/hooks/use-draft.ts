'use client';

import { useState } from 'react';
import { isSame } from './is-same';

/**
 * What somebody edits of something that others change too. Untouched it follows them; edited on both sides it is a
 * conflict, until the person keeps the own or takes theirs.
 */
export function useDraft<Value>(saved: Value) {
  const [{ value, base }, setDraft] = useState({ value: saved, base: saved });
  const take = () => setDraft({ value: saved, base: saved });
  const isMoved = !isSame(base, saved);
  const isConflict = isMoved && !isSame(value, base) && !isSame(value, saved);
  if (isMoved && !isConflict) take();
  return {
    value,
    /** What it was made from; changes when another is taken in. */
    base,
    change: (next: Value) => setDraft({ value: next, base }),
    isConflict,
    keep: () => setDraft({ value, base: saved }),
    take,
  };
}
