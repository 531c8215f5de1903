'use client';

import { useLinkStatus } from 'next/link';
import { useEffect } from 'react';

/** Says on the document that the page behind the link around it has been asked for and is not there yet. */
export function OnTheWay() {
  const { pending } = useLinkStatus();
  useEffect(() => {
    if (!pending) return;
    const { dataset } = document.documentElement;
    dataset.onTheWay = '';
    return () => {
      delete dataset.onTheWay;
    };
  }, [pending]);
  return null;
}
