import type { JsonObject } from '@/server/domain/json';

/** Holds reports back for a lock that answers late, never changing their order. */
export interface ReportDelay {
  readonly ms: number;
  /** From now on reports leave this much later; those already held leave at once. */
  set(ms: number): void;
  send(report: JsonObject, copies: number): void;
  /** Forgets what is held. */
  clear(): void;
}

export function reportDelay(send: (report: JsonObject, copies: number) => void): ReportDelay {
  let ms = 0;
  let held: { timer: NodeJS.Timeout; leave: () => void }[] = [];
  return {
    get ms() {
      return ms;
    },
    set(wantedMs) {
      ms = Math.max(0, wantedMs);
      const leaving = held;
      held = [];
      for (const { timer, leave } of leaving) {
        clearTimeout(timer);
        leave();
      }
    },
    send(report, copies) {
      const leave = () => send(report, copies);
      if (ms === 0) {
        leave();
        return;
      }
      const timer = setTimeout(() => {
        held = held.filter((one) => one.timer !== timer);
        leave();
      }, ms);
      held.push({ timer, leave });
    },
    clear() {
      for (const { timer } of held) clearTimeout(timer);
      held = [];
    },
  };
}
