import { asc, eq } from 'drizzle-orm';
import { jwtIssuers } from '@/drizzle/schema';
import type { Deps } from '../deps';
import type { IssuerRow } from './create-issuer';

/** Identity providers of a project, removed ones too. */
export const listIssuers = ({ db }: Pick<Deps, 'db'>, projectId: number): Promise<IssuerRow[]> =>
  db.select().from(jwtIssuers).where(eq(jwtIssuers.projectId, projectId)).orderBy(asc(jwtIssuers.id));
