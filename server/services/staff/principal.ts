import { noSession, type StaffPrincipal } from '../../domain/principal';
import type { StaffRow } from './account';

/** A staff account as a caller. */
export const asStaff = (
  { id, name, role }: Pick<StaffRow, 'id' | 'name' | 'role'>,
  projects: StaffPrincipal['projects'],
  sessionId: string = noSession,
): StaffPrincipal => ({ kind: 'staff', accountId: id, sessionId, name, role, projects });
