import type { Executor } from '../../db/client';
import type { JsonObject } from '../../domain/json';
import { lockUuid } from '../locks/load-lock';
import { type RecordedReport, type ReportKind, recordReport } from '../locks/record-report';

/**
 * Takes in what a thing reported in its classic shadow. `reported` holds the members that the report touched, merged with
 * what stood there. Things whose reports mean nothing to us change nothing.
 */
export async function takeReport(
  executor: Executor,
  thing: string,
  reported: JsonObject,
  now: Date,
  kind: ReportKind = 'new',
): Promise<RecordedReport> {
  const uuid = lockUuid(thing);
  if (uuid === undefined) return { events: [], ended: [] };
  return recordReport(executor, uuid, reported, now, kind);
}
