import { eq } from 'drizzle-orm';
import { orgWebhooks, projects } from '@/drizzle/schema';
import { invalidField } from '../../domain/errors';
import type { Deps } from '../deps';

export interface OrgWebhookView {
  id: string;
  projectId: number;
  url: string;
  events: string[];
  headerName: string | null;
  suspended: boolean;
}

/** A webhook as its operator sees it: never the header's value. */
export const toOrgWebhook = (row: typeof orgWebhooks.$inferSelect): OrgWebhookView => ({
  id: row.id,
  projectId: row.projectId,
  url: row.url,
  events: row.events,
  headerName: row.headerName,
  suspended: row.suspended,
});

/** Headers that a webhook has by itself. */
const taken = new Set([
  'content-type',
  'content-length',
  'host',
  'user-agent',
  'connection',
  'transfer-encoding',
]);

/** Makes a webhook of an organisation (lock-api 7.1); the header's value is kept sealed. Raises `invalid`. */
export async function createOrgWebhook(
  { db, secrets }: Pick<Deps, 'db' | 'secrets'>,
  wanted: {
    projectId: number;
    url: string;
    events: string[];
    header?: { name: string; value: string } | undefined;
  },
): Promise<OrgWebhookView> {
  const { projectId, url, events, header } = wanted;
  const [project] = await db
    .select({ isOpen: projects.allowPrivateWebhooks })
    .from(projects)
    .where(eq(projects.id, projectId));
  const protocol = URL.canParse(url) ? new URL(url).protocol : '';
  // Plain http is for receivers at home, where the project allows private addresses.
  if (protocol !== 'https:' && !(protocol === 'http:' && project?.isOpen === true))
    throw invalidField('url', 'must be an https address');
  if (events.length === 0) throw invalidField('events', 'must name at least one event, or *');
  if (header !== undefined) {
    if (!/^[A-Za-z0-9-]{1,64}$/.test(header.name) || taken.has(header.name.toLowerCase()))
      throw invalidField('header-name', 'cannot be used');
    if (!/^[\x20-\x7e]{1,1000}$/.test(header.value))
      throw invalidField('header-value', 'must be printable ASCII');
  }
  const [row] = await db
    .insert(orgWebhooks)
    .values({
      projectId,
      url,
      events,
      headerName: header?.name,
      sealedHeader: header === undefined ? null : secrets.seal(Buffer.from(header.value)),
    })
    .returning();
  if (row === undefined) throw new Error('no webhook was made');
  return toOrgWebhook(row);
}
