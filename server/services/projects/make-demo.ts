import { count } from 'drizzle-orm';
import { projects } from '@/drizzle/schema';
import type { Deps } from '../deps';
import { addHome } from '../homes/add-home';
import { createOrgKey } from '../keys/create-org-key';
import { type CreatedLock, createLock } from '../locks/create-lock';
import { randomKey } from '../secrets';
import { addUser } from '../users/add-user';
import { createProject } from './create-project';

export interface Demo {
  projectId: number;
  email: string;
  password: string;
  orgKey: string;
  homeId: number;
  locks: CreatedLock[];
}

const words =
  'amber birch cedar delta ember fjord grove haven inlet jetty knoll larch maple north ocean pebble quartz river slate tundra'.split(
    ' ',
  );

/** A password that can be read off a terminal and typed on a phone: four words and four digits. */
function readablePassword(): string {
  const bytes = Buffer.from(randomKey(16));
  const pick = (index: number) => words[(bytes[index] as number) % words.length];
  return `${pick(0)}-${pick(1)}-${pick(2)}-${pick(3)}-${String(bytes.readUInt32BE(8) % 10_000).padStart(4, '0')}`;
}

/** Makes the demo project of a first start; undefined when there is a project already. Its secrets are returned this once. */
export async function makeDemo(deps: Pick<Deps, 'db' | 'clock'>): Promise<Demo | undefined> {
  const [existing] = await deps.db.select({ count: count() }).from(projects);
  if ((existing?.count ?? 0) > 0) return undefined;
  const password = readablePassword();
  const email = 'demo@latchkey.example';
  const project = await createProject(deps, {
    name: 'Demo',
    accountType: 'email',
    onlyOwnersManageMembers: true,
  });
  const owner = await addUser(deps, {
    projectId: project.id,
    email,
    password,
    name: 'Robin Demo',
    verified: true,
  });
  const home = await addHome(deps, {
    projectId: project.id,
    name: 'Harbour Street 4',
    ownerId: owner.id,
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  });
  const locks = [
    await createLock(deps, { homeId: home.id, name: 'Front door', serialNumber: 'DEMO-0001' }),
    await createLock(deps, { homeId: home.id, name: 'Garden gate', serialNumber: 'DEMO-0002' }),
  ];
  const { key } = await createOrgKey(deps, project.id);
  return { projectId: project.id, email, password, orgKey: key, homeId: home.id, locks };
}
