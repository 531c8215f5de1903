'use client';

import { useState } from 'react';
import { useTroubleText } from '../ui/error-notice';
import { tell } from '../ui/toast';

/**
 * An action behind a button: while it runs `isBusy` is true and pressing again does nothing; what failed is told at the
 * edge of the page, with the request id. Resolves to whether it was done.
 */
export function useAction<Arguments extends unknown[]>(
  act: (...given: Arguments) => Promise<unknown>,
  { done }: { done?: string } = {},
): { run: (...given: Arguments) => Promise<boolean>; isBusy: boolean } {
  const troubleText = useTroubleText();
  const [isBusy, setIsBusy] = useState(false);
  const run = async (...given: Arguments): Promise<boolean> => {
    if (isBusy) return false;
    setIsBusy(true);
    try {
      await act(...given);
      if (done !== undefined) tell({ tone: 'done', title: done });
      return true;
    } catch (error) {
      tell({ tone: 'failed', ...troubleText(error) });
      return false;
    } finally {
      setIsBusy(false);
    }
  };
  return { run, isBusy };
}
