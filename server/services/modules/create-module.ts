import { smartModules } from '@/drizzle/schema';
import type { moduleTypes } from '../../contracts/project-words';
import type { Executor } from '../../db/client';
import { isDuplicate } from '../../db/errors';
import { invalidField } from '../../domain/errors';
import type { Deps } from '../deps';
import { randomKey } from '../secrets';

interface WantedModule {
  projectId: number;
  moduleId: string;
  moduleType: (typeof moduleTypes)[number];
  description?: string | undefined;
  /** Signed over as it stands here (mode-api 8), so it is kept letter for letter. */
  eventUrl?: string | undefined;
  commandUrl?: string | undefined;
  /** Secret of the signatures; made when absent. */
  key?: string | undefined;
  /** Absent: all events but the cloud's own. */
  subscribedEvents?: string[] | undefined;
}

export interface ProjectModule {
  id: string;
  projectId: number;
  moduleType: string;
  description: string;
  suspended: boolean;
  eventUrl?: string;
  commandUrl?: string;
  subscribedEvents?: string[];
  key?: string;
}

function checkUrl(flag: string, url: string | undefined): void {
  if (url === undefined) return;
  const protocol = URL.canParse(url) ? new URL(url).protocol : '';
  if (protocol !== 'http:' && protocol !== 'https:') throw invalidField(flag, 'must be an http or https URL');
}

/** Sets a smart module up for a project (mode-api 8). Raises `invalid` by flag. */
export async function createModule(
  { db, secrets, clock }: Pick<Deps, 'secrets' | 'clock'> & { db: Pick<Executor, 'insert'> },
  wanted: WantedModule,
): Promise<ProjectModule> {
  const {
    projectId,
    moduleId,
    moduleType,
    description = '',
    eventUrl,
    commandUrl,
    subscribedEvents,
  } = wanted;
  if (!/^[A-Za-z0-9_.-]+$/.test(moduleId)) throw invalidField('id', 'must be letters, digits, _, - and .');
  checkUrl('event-url', eventUrl);
  checkUrl('command-url', commandUrl);
  const key = wanted.key ?? randomKey();
  const optional = {
    ...(eventUrl === undefined ? {} : { eventUrl }),
    ...(commandUrl === undefined ? {} : { commandUrl }),
    ...(subscribedEvents === undefined ? {} : { subscribedEvents }),
  };
  try {
    await db.insert(smartModules).values({
      projectId,
      moduleId,
      moduleType,
      description,
      sealedKey: secrets.seal(Buffer.from(key)),
      createdAt: clock.now(),
      ...optional,
    });
  } catch (error) {
    if (isDuplicate(error)) throw invalidField('id', 'is taken in this project', 'ID_TAKEN');
    throw error;
  }
  return { id: moduleId, projectId, moduleType, description, suspended: false, ...optional, key };
}
