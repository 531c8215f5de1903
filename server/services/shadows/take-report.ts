import type { Transaction } from '../../db/client';
import type { JsonObject } from '../../domain/json';
import { recordHubReport } from '../hubs/record-hub-report';
import { lockUuid } from '../locks/load-lock';
import { type RecordedReport, type ReportKind, recordReport } from '../locks/record-report';

export interface TakenReport {
  /** The members that the report touched, merged with what stood there. */
  reported: JsonObject;
  /** What a hub said of its command in this report alone; as `reported` where that is not known. */
  own?: JsonObject;
}

/**
 * Takes in what a thing reported in its classic shadow: what it means to the openings and the state of a lock, to the
 * pairings of a hub. Things whose reports mean nothing to us change nothing.
 */
export function takeReport(
  tx: Transaction,
  thing: string,
  { reported, own = reported }: TakenReport,
  now: Date,
  kind: ReportKind = 'new',
): Promise<RecordedReport> {
  const uuid = lockUuid(thing);
  return uuid === undefined
    ? recordHubReport(tx, thing, own, now)
    : recordReport(tx, uuid, reported, now, kind);
}
