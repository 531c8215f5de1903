import { z } from 'zod';
import type { Controlled } from '../control-server';
import { keypadStates, lastWordStates, type MatterVirtualLock } from './lock';
import { doorStates } from './mechanism';

const pin = z.string().regex(/^\d{4,8}$/, 'must be 4 to 8 digits');

/** A virtual Matter lock as the control interface shows it, with all that can be done to it. */
export const controlled = (lock: MatterVirtualLock, name: string): Controlled => ({
  id: lock.snapshot.id,
  name,
  snapshot: () => lock.snapshot,
  actions: {
    jam: () => lock.jam(),
    free: () => lock.free(),
    'power-off': () => lock.powerOff(),
    'power-on': () => lock.powerOn(),
    'set-motor': (body) => lock.setMotor(z.object({ ms: z.number().min(0).max(60_000) }).parse(body).ms),
    'set-door': (body) => lock.setDoor(z.object({ state: z.enum(doorStates) }).parse(body).state),
    'set-battery': (body) =>
      lock.setBattery(z.object({ percent: z.number().min(0).max(100) }).parse(body).percent),
    'turn-by-hand': (body) =>
      lock.turnByHand(z.object({ to: z.enum(['LOCKED', 'UNLOCKED']) }).parse(body).to),
    'set-pin': (body) => lock.setPin(z.object({ pin }).parse(body).pin),
    'require-pin': (body) => lock.requirePin(z.object({ isNeeded: z.boolean() }).parse(body).isNeeded),
    'fill-fabrics': (body) => lock.fillFabrics(z.object({ isFull: z.boolean() }).parse(body).isFull),
    'type-pin': async (body) => {
      await lock.typePin(z.object({ pin }).parse(body).pin);
    },
    'set-keypad': (body) => lock.setKeypad(z.object({ state: z.enum(keypadStates) }).parse(body).state),
    'set-last-word': (body) =>
      lock.setLastWord(z.object({ state: z.enum(lastWordStates) }).parse(body).state),
    'set-clock': (body) =>
      lock.setClock(Date.parse(z.object({ at: z.iso.datetime({ offset: true }) }).parse(body).at)),
    reset: () => lock.reset(),
  },
});
