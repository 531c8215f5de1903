import { webhookDeliveries } from '@/drizzle/schema';
import type { commandModule as operation } from '../../contracts/modules';
import type { InputOf } from '../../contracts/operation';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { commandText } from '../devices/command-text';
import { loadHome } from '../homes/load-home';
import { loadModule } from './load-module';

/**
 * PUT /homes/{homeId}/smartModules/{moduleId}/command (mode-api 5.4): queued for the command webhook with the home and,
 * for people, who asked. A module without one takes no commands: 404.
 */
export async function commandModule(
  { db, clock }: Deps,
  { principal }: Caller,
  { params, body, raw }: InputOf<typeof operation>,
): Promise<undefined> {
  const { home, facts } = await loadHome(db, principal, params.homeId);
  authorise('modules.command', principal, facts);
  const found = await loadModule(db, home?.projectId ?? 0, params.moduleId);
  if (found.commandUrl === null || found.suspended) throw new Failure('not_found', { reason: 'NOT_FOUND' });
  const origin = {
    homeId: params.homeId,
    ...(principal.kind === 'user' ? { userId: principal.userId } : {}),
  };
  const command = commandText(body.action, raw);
  await db.insert(webhookDeliveries).values({
    projectId: found.projectId,
    moduleId: found.moduleId,
    kind: 'command',
    homeId: params.homeId,
    url: found.commandUrl,
    body: `${command.slice(0, -1)},${JSON.stringify(origin).slice(1)}`,
    nextAttemptAt: clock.now(),
  });
}
