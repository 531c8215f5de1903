import type { Attestation } from '../../contracts/lock-history';
import type { BoltState, DoorState } from '../../contracts/locks';
import { isJsonObject, type Json, type JsonObject } from '../json';
import { type AbilityReport, readAbilities, readAttestation } from './abilities';
import { type OperationReport, readOperation } from './operation';

/** What a lock says of a command it was given. */
export interface CommandReport {
  id: string;
  state: 'accepted' | 'succeeded' | 'failed' | 'expired';
  error?: string;
}

/** What one report of a lock says; absent members were not spoken of. */
export interface LockReport {
  bolt?: BoltState;
  door?: DoorState;
  battery?: { percent: number | null; level: 'ok' | 'low' | 'critical' };
  reachable?: boolean;
  command?: CommandReport;
  /** Null: there is none any more. */
  alarm?: string | null;
  operation?: OperationReport;
  abilities?: AbilityReport;
  attestation?: Attestation;
}

const boltByAttribute: Record<number, BoltState> = {
  0: 'not-fully-locked',
  1: 'locked',
  2: 'unlocked',
  3: 'unlatched',
};
const boltByName: Record<string, BoltState> = {
  LOCKED: 'locked',
  UNLOCKED: 'unlocked',
  UNLATCHED: 'unlatched',
  JAMMED: 'jammed',
  NOT_FULLY_LOCKED: 'not-fully-locked',
  UNKNOWN: 'unknown',
};
const doorByAttribute: Record<number, DoorState> = {
  0: 'open',
  1: 'closed',
  2: 'jammed',
  3: 'forced',
  4: 'unknown',
  5: 'ajar',
};
const doorByName: Record<string, DoorState> = {
  OPEN: 'open',
  CLOSED: 'closed',
  AJAR: 'ajar',
  JAMMED: 'jammed',
  FORCED: 'forced',
  UNKNOWN: 'unknown',
};
const levels = ['ok', 'low', 'critical'] as const;
const commandStates = ['accepted', 'succeeded', 'failed', 'expired'] as const;

const member = (object: JsonObject, name: string): Json | undefined =>
  Object.hasOwn(object, name) ? object[name] : undefined;

function fromNumber<Value>(table: Record<number, Value>, value: Json | undefined): Value | undefined {
  return typeof value === 'number' && Object.hasOwn(table, value) ? table[value] : undefined;
}
function fromName<Value>(table: Record<string, Value>, value: Json | undefined): Value | undefined {
  return typeof value === 'string' && Object.hasOwn(table, value) ? table[value] : undefined;
}

/** A text that the database can keep: no NUL, no half of a surrogate pair. */
const storable = (text: string, most = 200): string =>
  text
    .slice(0, most)
    .replaceAll('\u0000', '')
    .replace(/\p{Surrogate}/gu, '\ufffd');

function readCommand(value: Json | undefined): CommandReport | undefined {
  if (!isJsonObject(value)) return undefined;
  const id = member(value, 'id');
  const state = commandStates.find((known) => known === member(value, 'state'));
  if (typeof id !== 'string' || state === undefined) return undefined;
  const error = member(value, 'error');
  return { id, state, ...(typeof error === 'string' ? { error: storable(error) } : {}) };
}

function readBattery(reported: JsonObject): LockReport['battery'] {
  const ours = member(reported, 'battery');
  if (isJsonObject(ours)) {
    const percent = member(ours, 'percent');
    const level = member(ours, 'level');
    return {
      percent: typeof percent === 'number' ? percent : null,
      level: levels.find((known) => known === level) ?? 'ok',
    };
  }
  const halves = member(reported, '1/47/12');
  const level = member(reported, '1/47/14');
  if (typeof halves !== 'number' && typeof level !== 'number') return undefined;
  return {
    percent: typeof halves === 'number' ? halves / 2 : null,
    level: (typeof level === 'number' ? levels[level] : undefined) ?? 'ok',
  };
}

/**
 * Reads a reported section in both layouts that locks speak: attribute paths (`1/257/0`, lock-api 7.2) and ours
 * (matter-hub 8). Anything it does not understand is left out, never guessed.
 */
export function readLockReport(reported: JsonObject): LockReport {
  const report: LockReport = {};
  const lockState = member(reported, 'lockState');
  const bolt = fromName(boltByName, lockState) ?? fromNumber(boltByAttribute, member(reported, '1/257/0'));
  // A state that is given but not understood must not leave an old "locked" standing.
  const isSpokenOf = (lockState ?? member(reported, '1/257/0') ?? undefined) !== undefined;
  if (bolt !== undefined) report.bolt = bolt;
  else if (isSpokenOf) report.bolt = 'unknown';
  const door =
    fromName(doorByName, member(reported, 'doorState')) ??
    fromNumber(doorByAttribute, member(reported, '1/257/3'));
  if (door !== undefined) report.door = door;
  const battery = readBattery(reported);
  if (battery !== undefined) report.battery = battery;
  const reachable = member(reported, 'reachable') ?? member(reported, 'available');
  if (typeof reachable === 'boolean') report.reachable = reachable;
  const command = readCommand(member(reported, 'command'));
  if (command !== undefined) report.command = command;
  const alarm = member(reported, 'alarm');
  if (alarm === null || alarm === '') report.alarm = null;
  else if (typeof alarm === 'string') report.alarm = storable(alarm, 60);
  const operation = readOperation(reported);
  if (operation !== undefined) report.operation = operation;
  const abilities = readAbilities(reported);
  if (abilities !== undefined) report.abilities = abilities;
  const attestation = readAttestation(reported);
  if (attestation !== undefined) report.attestation = attestation;
  return report;
}
