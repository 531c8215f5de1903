import { writeSealedPin } from '../domain/hub/sealed-pin';
import type { JsonObject } from '../domain/json';
import { sealPin as seal } from '../services/lock-pins/seal-pin';

/** A sealed PIN as it stands in a command. */
export const sealPin = (pin: string, hubKey: string, thing: string, commandId: string): JsonObject =>
  writeSealedPin(seal(pin, hubKey, thing, commandId));
