'use client';

import { useState } from 'react';
import { isSame } from './is-same';

/** A value under edit: what was typed stays; untouched, it follows what somebody else saves. */
export function useEdited<Value>(saved: Value): [Value, (value: Value) => void] {
  const [{ value, base }, setEdited] = useState({ value: saved, base: saved });
  if (!isSame(base, saved)) setEdited({ value: isSame(value, base) ? saved : value, base: saved });
  return [value, (typed) => setEdited({ value: typed, base: saved })];
}
