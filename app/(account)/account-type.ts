import 'server-only';
import { cache } from 'react';
import { getRuntime } from '@/app/runtime';
import { dashboardProject } from '@/server/services/auth/sign-in';

/** How people of the project that these pages serve sign in; without a project as those of `byou`: not here. */
export const accountType = cache(
  async (): Promise<'email' | 'phone' | 'byou'> =>
    (await dashboardProject(await getRuntime()))?.accountType ?? 'byou',
);
