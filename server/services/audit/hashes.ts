import { createHash } from 'node:crypto';
import { type SQL, sql } from 'drizzle-orm';
import { lineText, type SealedLine } from '../../domain/audit/chain';

/** SHA-256 of a text, hexadecimal. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export const hashOfLine = (line: SealedLine): string => sha256(lineText(line));

/** Moments as hashes cover them. */
export const isoText = (column: SQL): SQL =>
  sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** The columns of a line as its hash covers them; `data` byte for byte as it is stored. */
export const lineColumns: SQL = sql`
  id::text, project_id::text, home_id::text, actor_kind, actor_id, actor_name, action, subject_kind, subject_id,
  reason, address, data::text as data, source, ${isoText(sql`created_at`)} as created_at`;

export interface LineRow extends Record<string, unknown> {
  id: string;
  project_id: string;
  home_id: string | null;
  actor_kind: string;
  actor_id: string;
  actor_name: string;
  action: string;
  subject_kind: string | null;
  subject_id: string | null;
  reason: string | null;
  address: string | null;
  data: string | null;
  source: string | null;
  created_at: string;
}

export const toLine = (row: LineRow): SealedLine => ({
  id: Number(row.id),
  projectId: Number(row.project_id),
  homeId: row.home_id === null ? null : Number(row.home_id),
  actorKind: row.actor_kind,
  actorId: row.actor_id,
  actorName: row.actor_name,
  action: row.action,
  subjectKind: row.subject_kind,
  subjectId: row.subject_id,
  reason: row.reason,
  address: row.address,
  data: row.data,
  source: row.source,
  createdAt: row.created_at,
});
