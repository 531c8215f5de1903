import type { listAudit as operation } from '../../contracts/audit';
import type { InputOf } from '../../contracts/operation';
import type { StaffPrincipal } from '../../domain/principal';
import { requireStaffPrincipal } from '../console/load-supported';
import type { Caller, Deps } from '../deps';
import { listEntries } from './list-entries';
import { recordDeed } from './record';

const linesAtOnce = 200;
type Query = Omit<InputOf<typeof operation>['query'], 'after' | 'limit'>;

/** Projects in whose records an export stands; the installation's own, where it was of all projects. */
function chainsOf({ projects }: StaffPrincipal, project: number | undefined): readonly number[] {
  if (project !== undefined) return [project];
  return projects === 'all' ? [0] : projects;
}

/**
 * The lines that a filter lets through as JSON Lines in pieces, those written last first, for whoever may read them. That
 * somebody took them along is itself in the record, with what was asked for. Raises what reading them raises.
 */
export async function exportEntries(
  deps: Pick<Deps, 'db' | 'clock'>,
  { principal, address }: Caller,
  query: Query,
): Promise<AsyncGenerator<string>> {
  const read = (after?: number) =>
    listEntries(deps, { principal }, { query: { ...query, after, limit: linesAtOnce } });
  const first = await read();
  const asked = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
  const deed = { action: 'audit.export', address: address ?? null, data: asked, at: deps.clock.now() };
  await deps.db.transaction(async (tx) => {
    for (const projectId of chainsOf(requireStaffPrincipal(principal), query.projectId))
      await recordDeed(tx, principal, { ...deed, projectId });
  });
  async function* pieces() {
    let page = first;
    while (true) {
      if (page.items.length > 0) yield page.items.map((line) => `${JSON.stringify(line)}\n`).join('');
      if (page.next === null) return;
      page = await read(Number(page.next));
    }
  }
  return pieces();
}
