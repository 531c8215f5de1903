import type { Logger } from '@/server/config/log';
import type { ServiceClock } from '../service-clock';
import type { StateStore } from '../state-file';
import { evolve, type HubMemory, type MemoryEvent } from './memory';

/** The hub's memory in use. */
export interface HubBook {
  readonly memory: HubMemory;
  apply(event: MemoryEvent): void;
  /** False when the disk refused: what depends on being remembered must then not be done. */
  isSaved(): Promise<boolean>;
}

/** Opens the memory that was loaded. */
export function openBook(
  store: StateStore<HubMemory>,
  loaded: HubMemory,
  clock: ServiceClock,
  log: Logger,
): HubBook {
  let memory = loaded;
  return {
    get memory() {
      return memory;
    },
    apply(event) {
      memory = evolve(memory, event, clock.guess());
    },
    async isSaved() {
      try {
        await store.save(memory);
        return true;
      } catch (error) {
        log.error({ error: (error as Error).message }, 'the memory of the hub could not be written');
        return false;
      }
    },
  };
}
