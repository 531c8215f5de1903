'use client';

import { useRef, useState } from 'react';
import { useTroubleText } from '../ui/error-notice';
import { tell } from '../ui/toast';

/**
 * An action behind a button: while it runs `isBusy` is true and pressing again does nothing, or with `queues` is done in
 * its turn; what failed is told at the edge of the page, with the request id. An act that answers `leaving` has led away
 * and stays busy until the other page has come. Resolves to whether it was done.
 */
export function useAction<Arguments extends unknown[]>(
  act: (...given: Arguments) => Promise<unknown>,
  { done, queues = false }: { done?: string; queues?: boolean } = {},
): { run: (...given: Arguments) => Promise<boolean>; isBusy: boolean } {
  const troubleText = useTroubleText();
  const [count, setCount] = useState(0);
  const last = useRef<Promise<unknown>>(undefined);
  const isBusy = count > 0;
  const carryOut = async (given: Arguments): Promise<boolean> => {
    let isLeaving = false;
    try {
      isLeaving = (await act(...given)) === 'leaving';
      if (done !== undefined) tell({ tone: 'done', title: done });
      return true;
    } catch (error) {
      tell({ tone: 'failed', ...troubleText(error) });
      return false;
    } finally {
      if (!isLeaving) setCount((known) => known - 1);
    }
  };
  const run = async (...given: Arguments): Promise<boolean> => {
    if (isBusy && !queues) return false;
    setCount((known) => known + 1);
    const before = queues ? last.current : undefined;
    const turn = before === undefined ? carryOut(given) : before.then(() => carryOut(given));
    last.current = turn;
    return turn;
  };
  return { run, isBusy };
}
