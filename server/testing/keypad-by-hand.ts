import { readSealedPin } from '../domain/hub/sealed-pin';
import { isJsonObject, type JsonObject } from '../domain/json';
import { parseUpdate } from '../domain/shadow/request';
import type { PinKey } from '../hub-agent/hub/pin-key';
import type { Deps } from '../services/deps';
import { loadShadow } from '../services/shadows/store';
import { updateShadow } from '../services/shadows/update-shadow';
import { until } from './until';

/** The hub's end of PIN codes at one lock, played by a test. */
export interface KeypadByHand {
  /** `desired.pin` as it stands now. */
  standing(): Promise<JsonObject | undefined>;
  /** The next command that was not seen yet. */
  next(): Promise<JsonObject>;
  /** The digits of a command, as the hub reads them. */
  digits(command: JsonObject): string | undefined;
  /** Says something about a command. */
  answer(command: JsonObject, said: { state: string; slot?: number; error?: string }): Promise<void>;
  /** Sees the next command and does it. */
  obey(slot?: number): Promise<JsonObject>;
  report(reported: object): Promise<void>;
}

export function playKeypad(deps: Deps, thing: string, key: PinKey): KeypadByHand {
  const seen = new Set<unknown>();
  const address = { thing, name: '' };
  const played: KeypadByHand = {
    async standing() {
      const shadow = await loadShadow(deps.db, address);
      const pin = shadow?.state.desired?.pin;
      return isJsonObject(pin) ? pin : undefined;
    },
    async next() {
      const command = await until(async () => {
        const standing = await played.standing();
        return standing !== undefined && !seen.has(standing.id) && standing;
      });
      seen.add(command.id);
      return command;
    },
    digits(command) {
      const sealed = readSealedPin(command.pin);
      return sealed === undefined ? undefined : key.open(sealed, thing, String(command.id));
    },
    answer: (command, said) => played.report({ pin: { id: command.id, slot: null, error: null, ...said } }),
    async obey(slot = 1) {
      const command = await played.next();
      await played.answer(command, { state: 'succeeded', slot: Number(command.slot ?? slot) });
      return command;
    },
    async report(reported) {
      const update = parseUpdate(Buffer.from(JSON.stringify({ state: { reported } })));
      if (!update.ok) throw new Error('no update');
      await updateShadow(deps, address, update.request);
    },
  };
  return played;
}
