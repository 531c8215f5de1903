import { type OperationSource, operationSource } from '../../contracts/lock-operation';
import { isJsonObject, type JsonObject } from '../json';
import { type OpeningState, openingLifeMs } from './opening';

/** A bolt that was moved, as the lock reports it (matter-hub 8). */
export interface OperationReport {
  operation: 'lock' | 'unlock';
  source: OperationSource;
  /** Epoch milliseconds of the lock's own clock. */
  at?: number;
  slot?: number;
}

const slotMost = 65_535;

function momentOf(value: unknown): number | undefined {
  const at = typeof value === 'string' ? Date.parse(value) : value;
  return typeof at === 'number' && Number.isSafeInteger(at) && at > 0 ? at : undefined;
}

/** `lastOperation` of a report; undefined where there is none that can be understood. */
export function readOperation(reported: JsonObject): OperationReport | undefined {
  const told = Object.hasOwn(reported, 'lastOperation') ? reported.lastOperation : undefined;
  if (!isJsonObject(told)) return undefined;
  const operation = (['lock', 'unlock'] as const).find((known) => known === told.type);
  if (operation === undefined) return undefined;
  const at = momentOf(told.at);
  const { slot } = told;
  return {
    operation,
    source: operationSource.options.find((known) => known === told.source) ?? 'other',
    ...(at === undefined ? {} : { at }),
    ...(typeof slot === 'number' && Number.isInteger(slot) && slot >= 0 && slot <= slotMost ? { slot } : {}),
  };
}

/** Tells one operation from the next: a report that comes twice names the same. */
export const markOf = ({ operation, source, at }: OperationReport): string | undefined =>
  at === undefined ? undefined : `${at} ${operation} ${source}`;

export const isSameOperation = (one: OperationReport, other: OperationReport | null): boolean =>
  other !== null && one.operation === other.operation && one.source === other.source && one.at === other.at;

/** Clocks of locks are believed so far back, and so little ahead. */
const pastMostMs = 30 * 86_400_000;
const aheadMostMs = 60_000;

/** When the lock says it was, if that can be. */
export const happenedAt = ({ at }: OperationReport, heardAt: Date): Date | undefined =>
  at === undefined || at < heardAt.getTime() - pastMostMs || at > heardAt.getTime() + aheadMostMs
    ? undefined
    : new Date(at);

/** A lock's word of the operation follows the end of its opening by no more than this. */
const afterwardsMs = 10_000;
/** After its expiry it may open late (as openings are settled). */
const lateMs = 120_000;

type Life = Pick<OpeningState, 'id' | 'status' | 'expiresAt'> & {
  outcomeAt: Date | null;
  joined: string | null;
};

function isOfOpening({ status, expiresAt, outcomeAt }: Life, now: number): boolean {
  if (status === 'expired') return now <= expiresAt.getTime() + lateMs;
  return outcomeAt === null || now <= outcomeAt.getTime() + afterwardsMs;
}

/** Whether an operation can come of an opening of ours at all. */
export const mayFollowOpening = ({ operation, source }: OperationReport): boolean =>
  operation === 'unlock' && source === 'remote';
/** An opening that was made longer ago than this has no operation any more. */
export const openingReachMs = openingLifeMs + lateMs;

/** The opening of ours that an operation comes from: a bolt drawn back by command while it runs, or just after. */
export function openingBehind(
  report: OperationReport,
  openings: readonly Life[],
  now: Date,
): string | undefined {
  if (!mayFollowOpening(report)) return undefined;
  const found = openings.find((opening) => isOfOpening(opening, now.getTime()));
  return found === undefined ? undefined : (found.joined ?? found.id);
}
