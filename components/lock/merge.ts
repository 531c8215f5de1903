import type { DoorReport, DoorView, OpeningView } from '@/server/contracts/locks';
import { isFurther } from '@/server/domain/lock/predicates';

const momentOf = (report: DoorReport): number =>
  Math.max(Date.parse(report.reportedAt ?? '') || 0, Date.parse(report.reachableSince ?? '') || 0);

/** The opening to show of two: of the same one the further news, else the one asked for later. */
export function newerOpening(known: OpeningView | undefined, heard: OpeningView): OpeningView {
  if (known === undefined) return heard;
  if (known.id === heard.id) return isFurther(heard, known) ? heard : known;
  return Date.parse(heard.createdAt) >= Date.parse(known.createdAt) ? heard : known;
}

/** A door after a report; an older report than the one shown changes nothing. */
export function withReport(door: DoorView, report: DoorReport): DoorView {
  if (momentOf(report) < momentOf(door)) return door;
  const { battery, reachable, reachableSince, reportedAt, ...rest } = door;
  return { ...rest, ...report };
}

/** A door after news of one of its openings. */
export const withOpening = (door: DoorView, opening: OpeningView): DoorView => ({
  ...door,
  opening: newerOpening(door.opening, opening),
});

/**
 * A door as loaded, without losing what the live connection told in the meantime: an answer can be older than the
 * news that overtook it.
 */
export function withLoaded(known: DoorView | undefined, loaded: DoorView): DoorView {
  if (known === undefined) return loaded;
  const report = momentOf(known) > momentOf(loaded) ? known : loaded;
  const opening = known.opening === undefined ? loaded.opening : loadedOpening(known.opening, loaded.opening);
  return {
    ...loaded,
    bolt: report.bolt,
    door: report.door,
    battery: report.battery,
    reachable: report.reachable,
    reachableSince: report.reachableSince,
    reportedAt: report.reportedAt,
    opening,
  };
}

const loadedOpening = (known: OpeningView, loaded: OpeningView | undefined): OpeningView =>
  loaded === undefined ? known : newerOpening(known, loaded);
