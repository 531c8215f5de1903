import { z } from 'zod';
import { operation } from './operation';
import { exactText, idText, timestamp } from './values';

const named = exactText(200)
  .regex(/^[a-zA-Z-]+(?::|$)/, 'must be kind:id')
  .optional();

/** One line of the audit trail: who did what, where it was asked from, and why. */
export const auditLine = z.object({
  id: z.string(),
  /** 0: the installation itself. */
  projectId: z.number().int().nonnegative(),
  homeId: z.number().int().positive().optional(),
  /** As it is called now; absent: it is gone. */
  homeName: z.string().optional(),
  who: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
  /** `noun.verb` */
  action: z.string(),
  /** `name`: as it is called now; absent where it has none, or is gone. */
  subject: z.object({ kind: z.string(), id: z.string(), name: z.string().optional() }).optional(),
  reason: z.string().optional(),
  address: z.string().optional(),
  data: z.record(z.string(), z.unknown()),
  createdAt: timestamp,
});
export type AuditLine = z.infer<typeof auditLine>;

export const listAudit = operation({
  summary: 'The audit trail of the projects that a member of staff works for, those written last first',
  method: 'GET',
  path: '/staff/audit',
  dialect: 'cloud',
  query: z.object({
    projectId: idText.optional(),
    homeId: idText.optional(),
    /** `kind:id` of who did it, or a kind alone. */
    actor: named,
    action: exactText(100).optional(),
    /** `kind:id` of what it was done to, or a kind alone. */
    subject: named,
    from: z.iso.datetime({ offset: true }).optional(),
    /** The first moment that is not asked for. */
    until: z.iso.datetime({ offset: true }).optional(),
    after: idText.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  output: z.object({ items: z.array(auditLine), next: z.string().nullable() }),
  status: 200,
  refusals: [403, 404],
});
