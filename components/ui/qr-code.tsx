'use client';

import { useEffect, useState } from 'react';

/** A QR code as an image of its own: dark on white in every theme, as cameras want it. */
export function QrCode({ value, alt }: { value: string; alt: string }) {
  const [source, setSource] = useState<string>();
  useEffect(() => {
    let isCurrent = true;
    void import('uqr').then(({ renderSVG }) => {
      if (isCurrent)
        setSource(`data:image/svg+xml;utf8,${encodeURIComponent(renderSVG(value, { border: 2 }))}`);
    });
    return () => {
      isCurrent = false;
    };
  }, [value]);
  return (
    <div className="mx-auto grid size-56 place-items-center overflow-hidden rounded-xl border border-line bg-sunken">
      {source === undefined ? null : (
        // biome-ignore lint/performance/noImgElement: an image made here, of a few hundred bytes
        <img src={source} alt={alt} className="size-full" />
      )}
    </div>
  );
}
