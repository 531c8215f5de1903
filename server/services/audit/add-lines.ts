import { sql } from 'drizzle-orm';
import type { Executor } from '../../db/client';

/** Who did it, as `identityOf` names callers. */
export interface Actor {
  kind: string;
  id: string;
  name: string;
}

/** A line that is taken from where somebody recorded it. */
export interface TakenLine {
  projectId: number;
  homeId: number | null;
  actor: Actor;
  action: string;
  subject: { kind: string; id: string };
  reason?: string | null;
  address?: string | null;
  data: Record<string, unknown>;
  source: string;
  at: Date;
}

/** Adds lines in their order, in one statement; those whose source was taken already are left out. Returns how many there are more. */
export async function addLines(db: Pick<Executor, 'execute'>, lines: readonly TakenLine[]): Promise<number> {
  if (lines.length === 0) return 0;
  const rows = lines.map((line, place) => ({
    place,
    project: line.projectId,
    home: line.homeId,
    kind: line.actor.kind,
    who: line.actor.id,
    name: line.actor.name,
    action: line.action,
    subject: line.subject.kind,
    subject_id: line.subject.id,
    reason: line.reason,
    address: line.address,
    data: JSON.stringify(line.data),
    source: line.source,
    at: line.at.toISOString(),
  }));
  const added = await db.execute(sql`
    insert into audit_entries (project_id, home_id, actor_kind, actor_id, actor_name, action, subject_kind, subject_id,
      reason, address, data, source, created_at)
    select project, home, kind, who, name, action, subject, subject_id, reason, address, data::json, source, at
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as r(place integer, project bigint, home bigint, kind text,
      who text, name text, action text, subject text, subject_id text, reason text, address text, data text, source text,
      at timestamptz)
    order by place
    on conflict (source) do nothing
    returning 1`);
  return added.length;
}
