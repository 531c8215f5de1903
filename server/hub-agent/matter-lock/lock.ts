import type { Logger } from '@/server/config/log';
import { loadMatter } from '../matter/load';
import type { LockDevice } from '../matter/lock-device';
import type { Entry, PinUse, UserView } from '../matter/virtual-door-lock';
import { lockStore } from './kept-lock';
import { codesOf } from './label';
import { type DoorState, freeBolt, type Mechanism, moveBolt, type Source, type Target } from './mechanism';

export interface MatterLockSettings {
  /** Its place among the locks of this process, in names of files. */
  id: string;
  name: string;
  /** UDP port; hubs come back to it. */
  port: number;
  /** JSON file of label and works. */
  stateFile: string;
  /** Where Matter keeps fabrics and keys; one for all locks of a process. */
  matterFolder: string;
  /** After this long unlocked it locks by itself, once the door is closed; undefined: never. */
  autoLockMs?: number;
  log: Logger;
}

/** `stuck`: it takes no new PIN in until that is over; `broken`: it refuses them. */
export const keypadStates = ['works', 'stuck', 'broken'] as const;
export type KeypadState = (typeof keypadStates)[number];
/** `lost`: the last word of a pairing waits until that is over, and is lost; `unanswered`: its answer waits. */
export const lastWordStates = ['heard', 'lost', 'unanswered'] as const;
export type LastWordState = (typeof lastWordStates)[number];
const stuckLookMs = 20;

export interface MatterLockSnapshot extends Mechanism {
  id: string;
  port: number;
  serial: string;
  discriminator: number;
  qrCode: string;
  manualCode: string;
  isPaired: boolean;
  isOff: boolean;
  /** Who is in it; digits are never shown. */
  users: readonly UserView[];
  /** What came of the last digits at the keypad, since it was switched on. */
  lastEntry: Entry['outcome'] | null;
  /** A new PIN waits at the keypad that is stuck. */
  isPinWaiting: boolean;
  /** A pairing waits at its last word. */
  isPairingWaiting: boolean;
}

/** A lock on the Matter wire, with what a person standing before it could do. */
export interface MatterVirtualLock {
  readonly snapshot: MatterLockSnapshot;
  jam(): Promise<void>;
  free(): Promise<void>;
  powerOff(): Promise<void>;
  powerOn(): Promise<void>;
  setMotor(ms: number): Promise<void>;
  setDoor(door: DoorState): Promise<void>;
  setBattery(percent: number): Promise<void>;
  turnByHand(to: Target): Promise<void>;
  setPin(pin: string): Promise<void>;
  requirePin(isNeeded: boolean): Promise<void>;
  /** All its places for systems are taken, or it says the truth again. */
  fillFabrics(isFull: boolean): Promise<void>;
  /** Opens from the keypad; false for a PIN that is wrong, or out of its hours. */
  typePin(pin: string): Promise<boolean>;
  /** How its keypad takes in new PINs. */
  setKeypad(state: KeypadState): Promise<void>;
  /** How it takes the last word of a pairing. */
  setLastWord(state: LastWordState): Promise<void>;
  /** `at`: epoch milliseconds. */
  setClock(at: number): Promise<void>;
  reset(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a virtual Matter lock. Throws when its state file is damaged. */
export async function startMatterLock(settings: MatterLockSettings): Promise<MatterVirtualLock> {
  const { id, name, port, autoLockMs, log } = settings;
  const { lockDevice, environment } = await loadMatter({ folder: settings.matterFolder, log });
  const store = lockStore(settings.stateFile);
  const kept = await store.load();
  const { label } = kept;
  let { works } = kept;
  await store.save(kept);
  const codes = codesOf(label, { vendorId: lockDevice.virtualVendor, productId: lockDevice.virtualProduct });
  let isOff = false;
  let keypad: KeypadState = 'works';
  let isPinWaiting = false;
  let lastWord: LastWordState = 'heard';
  let isPairingWaiting = false;
  let lastEntry: Entry['outcome'] | null = null;
  let hasStopped = false;
  let autoLockTimer: NodeJS.Timeout | undefined;
  /** Everything the works do, one after the other. */
  let work: Promise<void> = Promise.resolve();

  async function keep(next: Mechanism): Promise<void> {
    works = next;
    await store.save({ label, works });
  }

  async function become(next: Mechanism): Promise<void> {
    await keep(next);
    if (!isOff) await device.show(works);
  }

  function enqueue(job: () => Promise<void>): Promise<void> {
    const done = work.then(job);
    work = done.catch((error: Error) => log.error({ lock: name, error: error.message }, 'a movement failed'));
    return done;
  }

  function armAutoLock(): void {
    clearTimeout(autoLockTimer);
    if (autoLockMs === undefined || hasStopped || works.bolt !== 'UNLOCKED') return;
    autoLockTimer = setTimeout(() => {
      // A bolt thrown while the door stands open would hit the frame; closing the door starts the wait anew.
      if (works.door === 'CLOSED') void enqueue(() => move('LOCKED', 'auto'));
    }, autoLockMs);
  }

  async function move(to: Target, source: Source, by?: PinUse): Promise<void> {
    const { next, told } = moveBolt(works, to, source);
    await become(next);
    if (!isOff)
      await (told.type === 'jammed' ? device.jammed() : device.operated(told.operation, source, by));
    armAutoLock();
  }

  async function moveByMotor(to: Target, source: Source, by?: PinUse): Promise<void> {
    if (works.motorMs > 0) await new Promise((resolve) => setTimeout(resolve, works.motorMs));
    // Without power the motor stands still.
    if (!isOff) await move(to, source, by);
  }

  const pause = () => new Promise((resolve) => setTimeout(resolve, stuckLookMs));
  const device: LockDevice = await lockDevice.startLockDevice({
    id,
    environment,
    port,
    ...label,
    name,
    works,
    onOperation: (to) => void enqueue(() => moveByMotor(to, 'remote')),
    async onLastWord(when) {
      const state = when === 'before' ? 'lost' : 'unanswered';
      const isMeant = lastWord === state;
      while (lastWord === state) {
        isPairingWaiting = true;
        await pause();
      }
      isPairingWaiting = false;
      return isMeant ? 'lost' : 'taken';
    },
    async onCredential() {
      while (keypad === 'stuck') {
        isPinWaiting = true;
        await pause();
      }
      isPinWaiting = false;
      return keypad === 'broken' ? 'lost' : 'taken';
    },
    // It keeps the time already; only the file has to learn of it.
    onClock: (clockAheadMs) => void enqueue(() => keep({ ...works, clockAheadMs })),
  });
  armAutoLock();

  const change = (next: (works: Mechanism) => Mechanism) => enqueue(() => become(next(works)));

  return {
    get snapshot() {
      return {
        ...works,
        id,
        port,
        serial: label.serial,
        discriminator: label.discriminator,
        qrCode: codes.qr,
        manualCode: codes.manual,
        isPaired: device.isCommissioned,
        isOff,
        users: device.users(),
        lastEntry,
        isPinWaiting,
        isPairingWaiting,
      };
    },
    jam: () => change((now) => ({ ...now, isObstructed: true })),
    free: () => change(freeBolt),
    async powerOff() {
      // At once: power does not wait for a motor to have turned.
      if (isOff) return;
      isOff = true;
      await device.powerOff();
    },
    powerOn: () =>
      enqueue(async () => {
        if (!isOff) return;
        isOff = false;
        await device.powerOn();
        await device.show(works);
      }),
    setMotor: (motorMs) => change((now) => ({ ...now, motorMs })),
    async setDoor(door) {
      await change((now) => ({ ...now, door }));
      armAutoLock();
    },
    setBattery: (batteryPercent) => change((now) => ({ ...now, batteryPercent })),
    turnByHand: (to) => enqueue(() => move(to, 'manual')),
    setPin: (pin) => enqueue(() => device.setPin(pin)),
    requirePin: (needsPin) => change((now) => ({ ...now, needsPin })),
    fillFabrics: (isFull) => enqueue(() => device.fillFabrics(isFull)),
    async typePin(pin) {
      if (isOff) return false;
      const entry = await device.enter(pin);
      lastEntry = entry.outcome;
      if (entry.outcome !== 'opened') return false;
      await enqueue(() => moveByMotor('UNLOCKED', 'keypad', entry.by));
      return true;
    },
    async setKeypad(state) {
      keypad = state;
    },
    async setLastWord(state) {
      lastWord = state;
    },
    setClock: (at) => change((now) => ({ ...now, clockAheadMs: at - Date.now() })),
    reset: () =>
      enqueue(async () => {
        await device.reset();
        await device.show(works);
      }),
    async stop() {
      hasStopped = true;
      clearTimeout(autoLockTimer);
      await work;
      await device.close();
    },
  };
}
