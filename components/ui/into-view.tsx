'use client';

import { type ReactNode, useEffect, useRef } from 'react';

/** Comes into sight when it is first shown: the button that was pressed may stand far below, over a bar of its own. */
export function IntoView({ children }: { children: ReactNode }) {
  const own = useRef<HTMLDivElement>(null);
  useEffect(() => {
    own.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <div ref={own} className="scroll-mt-6 scroll-mb-28">
      {children}
    </div>
  );
}
