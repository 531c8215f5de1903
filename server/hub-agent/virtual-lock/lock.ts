import { EventEmitter } from 'node:events';
import type { JsonObject } from '@/server/domain/json';
import { isExpired } from '../journal';
import { ServiceClock, systemClock } from '../service-clock';
import { ownConnection, shadowLink } from '../shadow-link';
import {
  type BoltEvent,
  type BoltPosition,
  type Command,
  decide,
  evolve,
  type OperationSource,
  readCommand,
  reportOf,
} from './bolt';
import type { LockControl, VirtualLock, VirtualLockSettings } from './face';
import { boltStore } from './kept-bolt';
import { reportDelay } from './report-delay';

/**
 * Plays a lock on the wire of the device-shadow contract: an expired command never fires, one command id moves the
 * bolt at most once. Resolves when its memory is loaded, the broker need not be there. Throws when the state file is
 * damaged: a lock without its journal must not act.
 */
export async function startVirtualLock(settings: VirtualLockSettings): Promise<VirtualLock> {
  const { thing, log, boltMs = 1_000, autoLockMs, answerMs = 5_000 } = settings;
  const store = boltStore(settings.stateFile);
  const clock = new ServiceClock(settings.clock ?? systemClock);
  const changes = new EventEmitter();
  let bolt = evolve(await store.load(), { type: 'restarted' }, clock.guess());
  let answersTwice = false;
  let isAway = false;
  let isSynced = false;
  let hasStopped = false;
  let jobs = 0;
  /** Everything the motor does, one movement after the other. */
  let motor: Promise<void> = Promise.resolve();
  /** A command that waits for the service's clock to be known. */
  let held: Command | undefined;
  let autoLockTimer: NodeJS.Timeout | undefined;
  const delay = reportDelay((report, copies) => link.report(report, copies));

  const changed = () => changes.emit('changed');

  function apply(event: BoltEvent): void {
    bolt = evolve(bolt, event, clock.guess());
    changed();
  }

  const report = () => delay.send(reportOf(bolt), answersTwice ? 2 : 1);

  /** False when the disk refused: what depends on being remembered must then not be done. */
  async function isSaved(): Promise<boolean> {
    try {
      await store.save(bolt);
      return true;
    } catch (error) {
      log.error({ thing, error: (error as Error).message }, 'the state of the lock could not be written');
      return false;
    }
  }

  async function tell(event: BoltEvent): Promise<void> {
    apply(event);
    await isSaved();
    report();
  }

  function armAutoLock(): void {
    clearTimeout(autoLockTimer);
    if (autoLockMs === undefined || hasStopped || bolt.lockState !== 'UNLOCKED') return;
    autoLockTimer = setTimeout(() => {
      // A bolt thrown while the door stands open would hit the frame; closing the door starts the wait anew.
      if (bolt.doorState === 'CLOSED') enqueue(() => moveBolt('LOCKED', 'auto'));
    }, autoLockMs);
  }

  async function moveBolt(to: BoltPosition, source: OperationSource, command?: Command): Promise<void> {
    const startedAt = performance.now();
    if (boltMs > 0) await new Promise((resolve) => setTimeout(resolve, boltMs));
    const invokeMs = Math.round(performance.now() - startedAt);
    await tell({ type: 'driven', to, source, ...(command ? { command: { id: command.id, invokeMs } } : {}) });
    armAutoLock();
  }

  function enqueue(job: () => Promise<void>): void {
    jobs += 1;
    changed();
    motor = motor
      .then(job)
      .catch((error: Error) => log.error({ thing, error: error.message }, 'a movement failed'))
      .finally(() => {
        jobs -= 1;
        changed();
      });
  }

  async function run(command: Command, to: BoltPosition): Promise<void> {
    const isAtOnce = boltMs === 0 && jobs === 0;
    apply({ type: 'accepted', command });
    // In the journal on the disk before the motor may move: a restart in between does not move it again.
    const saved = isSaved();
    if (!isAtOnce) {
      saved.then((isKept) => {
        if (isKept) report();
      });
    }
    enqueue(async () => {
      if (!(await saved)) return tell({ type: 'refused', command, state: 'failed', error: 'STORAGE_FAILED' });
      const time = clock.now();
      if (time === undefined)
        return tell({ type: 'refused', command, state: 'failed', error: 'CLOCK_UNSURE' });
      if (command.expiresAt === undefined || isExpired(command.expiresAt, time)) {
        return tell({ type: 'refused', command, state: 'expired' });
      }
      clearTimeout(autoLockTimer);
      await moveBolt(to, 'remote', command);
    });
  }

  function receive(command: Command, mayWait: boolean): void {
    if (hasStopped) return;
    const verdict = decide(command, bolt, clock.now());
    if (held?.id === command.id) held = undefined;
    switch (verdict.kind) {
      case 'ignore':
        return;
      case 'repeat':
        apply({ type: 'repeated', id: command.id });
        report();
        return;
      case 'unsure':
        if (mayWait) {
          held = command;
          link.refresh();
        } else void tell({ type: 'refused', command, state: 'failed', error: 'CLOCK_UNSURE' });
        return;
      case 'refuse': {
        const { state, error } = verdict;
        void tell({ type: 'refused', command, state, ...(error === undefined ? {} : { error }) });
        return;
      }
      case 'run':
        void run(command, verdict.to);
    }
  }

  function onDelta(delta: JsonObject): void {
    const command = readCommand(delta);
    // A difference is always the whole one: a command that is not in it was withdrawn.
    if (held?.id !== command?.id) held = undefined;
    if (command !== undefined) receive(command, true);
  }

  const link = shadowLink(
    {
      thing,
      connect: ownConnection(settings),
      clock,
      answerMs,
      log,
    },
    {
      onSynced(delta) {
        isSynced = true;
        report();
        onDelta(delta);
        changed();
        changes.emit('ready');
      },
      onDelta,
      onTime() {
        if (held !== undefined) receive(held, false);
      },
      onConnection(isConnected) {
        if (!isConnected) isSynced = false;
        changed();
      },
    },
  );

  const control: LockControl = {
    jam() {
      apply({ type: 'obstructed' });
      void isSaved();
    },
    free: () => void tell({ type: 'freed' }),
    async goAway() {
      isAway = true;
      changed();
      await link.close();
    },
    comeBack() {
      isAway = false;
      changed();
      if (!hasStopped) link.open();
    },
    answerLate(ms) {
      delay.set(ms);
      changed();
    },
    answerTwice() {
      answersTwice = true;
      changed();
    },
    behaveNormally() {
      delay.set(0);
      answersTwice = false;
      if (bolt.isObstructed) control.free();
      control.comeBack();
    },
    turnByHand(to) {
      enqueue(async () => {
        await tell({ type: 'driven', to, source: 'manual' });
        armAutoLock();
      });
    },
    setBattery: (percent) => void tell({ type: 'batterySet', percent: Math.min(100, Math.max(0, percent)) }),
    setDoor(doorState) {
      void tell({ type: 'doorSet', doorState });
      armAutoLock();
    },
  };

  link.open();
  armAutoLock();

  return {
    thing,
    control,
    get actuations() {
      return bolt.actuations;
    },
    get snapshot() {
      const { lockState, doorState, batteryPercent, isObstructed, actuations } = bolt;
      const isMoving = jobs > 0;
      const { isConnected } = link;
      return {
        thing,
        lockState,
        doorState,
        batteryPercent,
        isObstructed,
        actuations,
        isConnected,
        isAway,
        isMoving,
        lateMs: delay.ms,
        answersTwice,
      };
    },
    ready() {
      return isSynced ? Promise.resolve() : new Promise((resolve) => changes.once('ready', resolve));
    },
    on(event, listener) {
      changes.on(event, listener);
      return () => changes.off(event, listener);
    },
    async stop() {
      hasStopped = true;
      clearTimeout(autoLockTimer);
      await motor;
      delay.clear();
      await link.close();
    },
  };
}
