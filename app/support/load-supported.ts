import 'server-only';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { getRuntime } from '@/app/runtime';
import { requireStaff } from '@/app/signed-in-staff';
import type { SupportedHome, SupportedUser } from '@/server/contracts/console';
import type { ProjectSettings } from '@/server/contracts/projects';
import { Failure } from '@/server/domain/errors';
import { showSupportedHome } from '@/server/services/console/show-home';
import { showSupportedUser } from '@/server/services/console/show-user';
import { showProject } from '@/server/services/projects/show-project';

const idShape = /^[1-9]\d{0,14}$/;

async function orMissing<Value>(load: () => Promise<Value>): Promise<Value> {
  try {
    return await load();
  } catch (error) {
    if (error instanceof Failure && (error.code === 'not_found' || error.code === 'forbidden')) notFound();
    throw error;
  }
}

/** The home of this page for the member of staff who is signed in, loaded once a request; one of other projects is not there. */
export const loadSupportedHome = cache(async (homeId: string): Promise<SupportedHome> => {
  const principal = await requireStaff(`/support/homes/${encodeURIComponent(homeId)}`);
  if (!idShape.test(homeId)) notFound();
  const deps = await getRuntime();
  return orMissing(() =>
    showSupportedHome(
      deps,
      { principal, via: 'page' },
      { params: { homeId: Number(homeId) }, query: undefined, body: undefined },
    ),
  );
});

/** The account of this page, in the same way. */
export const loadSupportedUser = cache(async (userId: string): Promise<SupportedUser> => {
  const principal = await requireStaff(`/support/users/${encodeURIComponent(userId)}`);
  if (!idShape.test(userId)) notFound();
  const deps = await getRuntime();
  return orMissing(() =>
    showSupportedUser(
      deps,
      { principal, via: 'page' },
      { params: { userId: Number(userId) }, query: undefined, body: undefined },
    ),
  );
});

/** The project of this page, in the same way. */
export const loadStaffProject = cache(async (projectId: string): Promise<ProjectSettings> => {
  const principal = await requireStaff(`/support/projects/${encodeURIComponent(projectId)}`);
  if (!idShape.test(projectId)) notFound();
  const deps = await getRuntime();
  return orMissing(() =>
    showProject(
      deps,
      { principal, via: 'page' },
      { params: { projectId: Number(projectId) }, query: undefined, body: undefined },
    ),
  );
});
