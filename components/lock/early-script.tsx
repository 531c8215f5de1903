'use client';

import type { ReactNode } from 'react';
import { useCameWithPage } from '../time/clock';

/**
 * Keeps the early script in the page as the server wrote it, and nowhere else: a page that is reached without loading
 * has its script already, and a script that is inserted later would not run.
 */
export function EarlyScript({ children }: { children: ReactNode }) {
  return useCameWithPage() ? children : null;
}
