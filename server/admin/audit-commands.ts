import path from 'node:path';
import { z } from 'zod';
import { invalidField } from '../domain/errors';
import { exportAudit } from '../services/audit/export';
import { listLines } from '../services/audit/list-lines';
import { verifyAudit } from '../services/audit/verify';
import { type AdminDeps, type Command, command, text, Wrong } from './command';

/** 0 is the installation itself. */
const project = z.coerce.number().int().nonnegative().optional();
const file = z.string().min(1).max(4_096);
/** A day, from its start in UTC, or an instant. */
const moment = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })])
  .transform((value) => new Date(value))
  .optional();

function dataDirOf({ dataDir }: AdminDeps): string {
  if (dataDir === undefined) throw invalidField('DATA_DIR', 'is not known');
  return dataDir;
}

/** The tamper-evident record of who did what. */
export const auditCommands: Record<string, Record<string, Command>> = {
  audit: {
    verify: command(z.strictObject({ project, heads: file.optional() }), async (deps, asked) => {
      const { findings, found, ...state } = await verifyAudit(deps, {
        dataDir: dataDirOf(deps),
        project: asked.project,
        headsFile: asked.heads,
      });
      if (state.ok) return state;
      const first = findings[0];
      const what = first === undefined ? '' : `, the first a ${first.kind} of project ${first.project}`;
      return new Wrong({
        error: `the audit trail is not as it was sealed: ${found} findings${what}`,
        ...state,
        findings,
        found,
      });
    }),
    export: command(
      z.strictObject({ project, from: moment, to: moment, file }),
      async (deps, { file: name, ...asked }) =>
        exportAudit(deps, { ...asked, dataDir: dataDirOf(deps), file: path.resolve(name) }),
    ),
    list: command(
      z.strictObject({
        project,
        actor: text.optional(),
        action: text.optional(),
        limit: z.coerce.number().int().min(1).max(1_000).default(50),
      }),
      async ({ db }, { limit, ...filter }) => (await listLines({ db }, filter, undefined, limit)).items,
    ),
  },
};
