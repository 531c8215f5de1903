import type { MatterController } from '../matter/face';
import type { HubBook } from './book';

/** Looks after devices that pairings may have left on our fabric. */
export interface LooseEnds {
  /** Begins with those that are known now. */
  look(): void;
  stop(): Promise<void>;
}

/** A device that does not answer is asked again after the first of these, then ever more rarely. */
const againMs = [1_000, 15 * 60_000] as const;

/**
 * Has every device let go of that stands in a place nobody knows of, so that it can be paired again without a reset. It is
 * asked until it has said that it is gone, since it may have no power for as long as it likes.
 */
export function looseEnds({ book, controller }: { book: HubBook; controller: MatterController }): LooseEnds {
  let hasEnded = false;
  let pauseMs: number = againMs[0];
  let timer: NodeJS.Timeout | undefined;
  let work: Promise<void> | undefined;

  async function round(): Promise<void> {
    for (const place of book.memory.loose) {
      if (hasEnded) return;
      const isGone = await controller.release(place).then(
        () => true,
        () => false,
      );
      if (!isGone) continue;
      book.apply({ type: 'letGo', nodeId: place.nodeId });
      await book.isSaved();
    }
  }

  function go(): void {
    clearTimeout(timer);
    if (hasEnded || work !== undefined || book.memory.loose.length === 0) return;
    work = round().finally(() => {
      work = undefined;
      if (hasEnded) return;
      timer = setTimeout(go, pauseMs);
      pauseMs = Math.min(againMs[1], pauseMs * 2);
    });
  }

  return {
    look() {
      pauseMs = againMs[0];
      go();
    },
    async stop() {
      hasEnded = true;
      clearTimeout(timer);
      await work;
    },
  };
}
