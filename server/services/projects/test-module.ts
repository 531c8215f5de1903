import { webhookDeliveries } from '@/drizzle/schema';
import type { InputOf, OutputOf } from '../../contracts/operation';
import type { testModule as operation } from '../../contracts/project-modules';
import { toTimestamp } from '../../contracts/values';
import { Failure } from '../../domain/errors';
import type { Caller, Deps } from '../deps';
import { loadModule } from '../modules/load-module';
import { changeProject } from './change-project';

/** Between underscores, as names are that the cloud keeps for itself. */
const testName = '_webhookTest_';

/**
 * POST /staff/projects/{projectId}/modules/{moduleId}/test: queues a delivery that belongs to no home and says that it is
 * a test, signed like all others. Raises `conflict` SUSPENDED, `not_found`.
 */
export const testModule = (
  deps: Pick<Deps, 'db' | 'clock'>,
  caller: Caller,
  { params: { projectId, moduleId } }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> =>
  changeProject(deps, 'projects.testModule', caller, projectId, async ({ tx, at, record }) => {
    const { suspended, eventUrl, commandUrl } = await loadModule(tx, projectId, moduleId);
    const url = eventUrl ?? commandUrl;
    if (suspended || url === null)
      throw new Failure('conflict', { reason: 'SUSPENDED', message: 'The module is told nothing now.' });
    const isEvent = eventUrl !== null;
    const body = isEvent
      ? { eventType: testName, eventData: {}, timestamp: toTimestamp(at) }
      : { action: testName, parameters: {} };
    const [queued] = await tx
      .insert(webhookDeliveries)
      .values({
        projectId,
        moduleId,
        kind: isEvent ? 'event' : 'command',
        url,
        body: JSON.stringify(body),
        nextAttemptAt: at,
        createdAt: at,
      })
      .returning({ id: webhookDeliveries.id });
    if (queued === undefined) throw new Error('no delivery was made');
    await record({
      action: 'webhook.test',
      subject: { kind: 'module', id: moduleId },
      data: { delivery: queued.id },
    });
    return queued;
  });
