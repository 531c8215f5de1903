import { z } from 'zod';
import type { Controlled } from '../control-server';
import { doorStates } from './bolt';
import type { VirtualLock } from './face';

/** A virtual lock as the control interface shows it: under its thing's name, with what its `control` can do. */
export const controlled = (lock: VirtualLock, name: string): Controlled => {
  const { control } = lock;
  return {
    id: lock.thing,
    name,
    snapshot: () => lock.snapshot,
    actions: {
      jam: () => control.jam(),
      free: () => control.free(),
      'go-away': () => control.goAway(),
      'come-back': () => control.comeBack(),
      'answer-late': (body) =>
        control.answerLate(z.object({ ms: z.number().min(0).max(600_000) }).parse(body).ms),
      'answer-twice': () => control.answerTwice(),
      'behave-normally': () => control.behaveNormally(),
      'turn-by-hand': (body) =>
        control.turnByHand(z.object({ to: z.enum(['LOCKED', 'UNLOCKED']) }).parse(body).to),
      'set-battery': (body) =>
        control.setBattery(z.object({ percent: z.number().min(0).max(100) }).parse(body).percent),
      'set-door': (body) => control.setDoor(z.object({ state: z.enum(doorStates) }).parse(body).state),
    },
  };
};
