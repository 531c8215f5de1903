import type { JsonObject } from '@/server/domain/json';
import {
  type CommandPlace,
  type JournalEntry,
  judge,
  readShadowCommand,
  type ShadowCommand,
} from '../journal';
import type { ServiceClock } from '../service-clock';
import type { HubBook } from './book';

export interface CommandTaker {
  /** Looks at a whole difference. */
  onDelta(delta: JsonObject): void;
  /** The service's clock was learned anew: what waited for it is judged now. */
  onTime(): void;
}

/**
 * Judges the commands of one shadow, and tells what to do. `isKnown`: carried out by this device. `run` gets what may be
 * run, once for each id; `say` is called when there is something to report.
 */
export function commandTaker(settings: {
  /** Whose commands these are, in the memory. */
  thing: string;
  /** Where they stand in the shadow. */
  place?: CommandPlace;
  book: HubBook;
  clock: ServiceClock;
  isKnown: (command: ShadowCommand) => boolean;
  run: (command: ShadowCommand & { expiresAt: number }) => void;
  say: (entry: JournalEntry) => void;
  refresh: () => void;
}): CommandTaker {
  const { thing, place, book, clock, isKnown, run, say, refresh } = settings;
  /** A command that waits for the service's clock to be known. */
  let held: ShadowCommand | undefined;

  async function refuse(command: ShadowCommand, state: 'expired' | 'failed', error?: string): Promise<void> {
    const { id, expiresAt = clock.guess() } = command;
    const entry = { id, state, expiresAt, ...(error === undefined ? {} : { error }) };
    book.apply({ type: 'entered', thing, entry });
    await book.isSaved();
    say(entry);
  }

  function receive(command: ShadowCommand, mayWait: boolean): void {
    if (held?.id === command.id) held = undefined;
    const { id, expiresAt } = command;
    const { journal, spokenOf } = book.memory;
    const verdict = judge(
      { id, expiresAt, isKnown: isKnown(command) },
      { journal, spokenOf: spokenOf[thing] },
      clock.now(),
    );
    switch (verdict.kind) {
      case 'ignore':
        return;
      case 'repeat': {
        const entry = journal.find((one) => one.id === id);
        book.apply({ type: 'repeated', thing, id });
        if (entry !== undefined) say(entry);
        return;
      }
      case 'unsure':
        if (mayWait) {
          held = command;
          refresh();
        } else void refuse(command, 'failed', 'CLOCK_UNSURE');
        return;
      case 'refuse':
        void refuse(command, verdict.state, verdict.error);
        return;
      case 'run':
        if (expiresAt !== undefined) run({ ...command, expiresAt });
    }
  }

  return {
    onDelta(delta) {
      const command = readShadowCommand(delta, place);
      // A difference is always the whole one: a command that is not in it was withdrawn.
      if (held?.id !== command?.id) held = undefined;
      if (command !== undefined) receive(command, true);
    },
    onTime() {
      if (held !== undefined) receive(held, false);
    },
  };
}
