'use client';

import { useText } from '../messages/provider';
import { later } from '../ui/later';

/** In few words, since what says that something could not be loaded may not load itself. */
function Failed() {
  return (
    <p role="alert" className="text-xl font-semibold">
      {useText()('failure.page.title')}
    </p>
  );
}

/** Every page carries the boundary that shows it, and few ever need it. */
export const FailedPage = later(async () => (await import('./failed-page')).FailedPage, Failed);
