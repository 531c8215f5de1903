import type { JsonObject } from '../../domain/json';
import type { Deps } from '../deps';
import type { ReportKind } from '../locks/record-report';
import type { EndedCommand } from '../openings/commands-to-withdraw';
import { takeReport } from './take-report';

/** Takes in a report that a foreign shadow service has stored (decision 3). Returns the commands that it ended. */
export async function followReport(
  deps: Deps,
  thing: string,
  reported: JsonObject,
  kind: ReportKind,
): Promise<EndedCommand[]> {
  const { events, ended } = await deps.db.transaction((tx) =>
    takeReport(tx, thing, { reported }, deps.clock.now(), kind),
  );
  deps.bus.announce(events);
  return ended;
}
