import type { Logger } from '@/server/config/log';
import type { LocalClock } from '../service-clock';
import type { Bolt, BoltPosition, DoorStateName } from './bolt';

export interface VirtualLockSettings {
  /** Broker, `mqtt://` or `mqtts://`. */
  url: string;
  /** PEM of the authority that signed the broker's certificate. */
  ca?: string;
  /** `lock-<uuid>`: user name and client id as well. */
  thing: string;
  password: string;
  /** How long the motor runs. 0: it is there at once, and one report says accepted and done (default 1000). */
  boltMs?: number;
  /** After this long unlocked it locks by itself, once the door is closed; undefined: never. */
  autoLockMs?: number;
  /** JSON file that carries bolt and journal over a restart; nothing is kept when undefined. */
  stateFile?: string;
  clock?: LocalClock;
  /** After this silence of the shadow service a request is sent again, then ever more rarely (default 5000). */
  answerMs?: number;
  log: Logger;
}

/** What a test or the demo page can do to a lock, as if they stood before it. */
export interface LockControl {
  /** Something blocks the bolt from now on: the next movement fails. */
  jam(): void;
  free(): void;
  /** Off the network until `comeBack`; the bolt goes on living. */
  goAway(): Promise<void>;
  comeBack(): void;
  /** The bolt moves in time, every report leaves this much later. */
  answerLate(ms: number): void;
  /** Every report is sent two times. */
  answerTwice(): void;
  /** Ends jam, absence, lateness and doubling. */
  behaveNormally(): void;
  turnByHand(to: BoltPosition): void;
  /** 0 to 100. */
  setBattery(percent: number): void;
  setDoor(state: DoorStateName): void;
}

/** A lock as a page shows it. */
export interface LockSnapshot
  extends Pick<Bolt, 'lockState' | 'doorState' | 'batteryPercent' | 'isObstructed' | 'actuations'> {
  thing: string;
  isConnected: boolean;
  isAway: boolean;
  isMoving: boolean;
  lateMs: number;
  answersTwice: boolean;
}

export interface VirtualLock {
  readonly thing: string;
  /** How often a command really opened the bolt, over restarts when there is a state file. */
  readonly actuations: number;
  readonly snapshot: LockSnapshot;
  readonly control: LockControl;
  /** Resolves once the shadow has been read after a connect, or right away. */
  ready(): Promise<void>;
  /** Called after every change of the snapshot. The returned function takes the listener off. */
  on(event: 'changed', listener: () => void): () => void;
  /** Lets a running motor arrive, then leaves the broker. */
  stop(): Promise<void>;
}
