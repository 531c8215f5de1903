import { expect, inject, it } from 'vitest';
import { send } from '@/server/testing/api-client';
import { ground } from '@/server/testing/ground';
import { startIdentityProvider } from '@/server/testing/identity-provider';
import { operatorOf } from '@/server/testing/operator';

const factory = ground();
const run = operatorOf(factory.deps);

it('an operator lets a provider in, names a person of it, and shuts it out again', async () => {
  const provider = await startIdentityProvider();
  const { output: project } = await run('project create --account email --allow-private-webhooks');
  const user = await run(
    `user create --project ${project.id} --email ${factory.email()} --verified --external-key auth0|7`,
  );
  expect(user.code).toBe(0);
  const twice = await run(
    `user create --project ${project.id} --email ${factory.email()} --external-key auth0|7`,
  );
  expect(twice).toEqual({ code: 1, output: { error: 'external-key: is in use' } });
  const flags = `--project ${project.id} --issuer ${provider.issuer} --audience latchkey-home`;
  const made = await run(`issuer create ${flags} --jwks-url ${provider.jwksUrl}`);
  expect(made.output).toMatchObject({ id: expect.any(Number), issuer: provider.issuer, revokedAt: null });
  expect((await run(`issuer list --project ${project.id}`)).output).toMatchObject([{ id: made.output.id }]);
  expect((await run(`issuer create ${flags}`)).output.error).toContain('--jwks-url');

  const bearer = await provider.sign({ sub: 'auth0|7' });
  const who = async () => (await send(inject('url'), 'GET', '/auth', { bearer })).body;
  expect(await who()).toMatchObject({ type: 'user', userId: user.output.id, projectId: project.id });
  expect((await run(`issuer remove --id ${made.output.id}`)).code).toBe(0);
  expect(await who()).toEqual({ type: 'nobody' });
  expect((await run(`issuer remove --id ${made.output.id}`)).output.error).toBe(
    'id: there is no such issuer',
  );
  await provider.stop();
});
