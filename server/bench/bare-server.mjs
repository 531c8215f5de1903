// The yardstick of the API benchmark: Fastify and prepared SQL, the same work as the product's and nothing else.
// DATABASE_URL names the database; the port is told to the parent over IPC.
import { createHash } from 'node:crypto';
import Fastify from 'fastify';
import postgres from 'postgres';

const sql = postgres(process.env.DATABASE_URL ?? '', {
  max: Number(process.env.POOL_SIZE ?? 10),
  onnotice: () => {},
});
const app = Fastify({ logger: false });

const home = {
  type: 'object',
  properties: {
    id: { type: 'integer' },
    projectId: { type: 'integer' },
    creationTime: { type: 'string' },
    name: { type: 'string' },
    timezone: { type: 'string' },
  },
};
const homeBody = {
  type: 'object',
  required: ['name'],
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 120 },
    timezone: { type: 'string', maxLength: 64 },
  },
};

/** The one indexed look-up of the credential, and what the caller may be. */
async function authenticate(request) {
  const header = request.headers.authorization ?? '';
  const hash = createHash('sha256').update(header.slice('ModeCloud '.length)).digest();
  const [caller] = await sql`
    select s.id, u.id as user_id, u.project_id, u.name, u.email
    from user_sessions s join users u on u.id = s.user_id
    where s.token_hash = ${hash} and s.revoked_at is null and (s.expires_at is null or s.expires_at > now())`;
  return caller;
}

const toHome = (row) => ({
  id: Number(row.id),
  projectId: Number(row.project_id),
  creationTime: row.created_at.toISOString(),
  name: row.name,
  ...(row.timezone === null ? {} : { timezone: row.timezone }),
});

app.post('/homes', { schema: { body: homeBody, response: { 201: home } } }, async (request, reply) => {
  const caller = await authenticate(request);
  if (caller === undefined) return reply.code(401).send({ reason: 'UNAUTHENTICATED_CLIENT' });
  const { name, timezone = null } = request.body;
  const [row] = await sql`
    with home as (
      insert into homes (project_id, name, timezone) values (${caller.project_id}, ${name}, ${timezone})
      returning id, project_id, name, timezone, created_at
    ), member as (
      insert into home_members (home_id, user_id, role) select id, ${caller.user_id}, 'owner' from home
    )
    select * from home`;
  return reply.code(201).send(toHome(row));
});

app.get('/homes/:homeId', { schema: { response: { 200: home } } }, async (request, reply) => {
  const caller = await authenticate(request);
  if (caller === undefined) return reply.code(401).send({ reason: 'UNAUTHENTICATED_CLIENT' });
  const [row] = await sql`
    select h.id, h.project_id, h.name, h.timezone, h.created_at
    from homes h join home_members m on m.home_id = h.id and m.user_id = ${caller.user_id}
    where h.id = ${request.params.homeId}`;
  return row === undefined ? reply.code(404).send({ reason: 'NOT_FOUND' }) : toHome(row);
});

const eventBody = {
  type: 'object',
  required: ['eventType'],
  properties: { eventType: { type: 'string', minLength: 1 }, eventData: { type: 'object' } },
};

app.put('/devices/:deviceId/event', { schema: { body: eventBody } }, async (request, reply) => {
  const header = request.headers.authorization ?? '';
  const hash = createHash('sha256').update(header.slice('ModeCloud '.length)).digest();
  const [device] = await sql`select id, home_id from devices where key_hash = ${hash}`;
  if (device === undefined || String(device.id) !== request.params.deviceId)
    return reply.code(401).send({ reason: 'UNAUTHENTICATED_CLIENT' });
  await sql`insert into bench_event_floor (body) values (${JSON.stringify(request.body)})`;
  return reply.code(204).send();
});

process.once('disconnect', () => process.exit(0));
await app.listen({ port: 0, host: '127.0.0.1' });
process.send?.({ type: 'ready', port: app.server.address().port });
