import { hash as hashOf, verify } from '@node-rs/argon2';
import { Failure } from '../../domain/errors';

/** Of argon2id, which is the library's own choice. */
const settings = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 } as const;
const most = 2;
const queueMost = 32;
let busy = 0;
const queue: (() => void)[] = [];

/** A hash is about 10 ms of a core: a flood of logins must not take the cores that open doors. */
async function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
  if (busy >= most) {
    if (queue.length >= queueMost) {
      throw new Failure('rate_limited', {
        reason: 'RATE_LIMIT_EXCEEDED',
        message: 'Too many logins at once.',
        retryAfterSeconds: 1,
      });
    }
    await new Promise<void>((resolve) => queue.push(resolve));
  } else {
    busy += 1;
  }
  try {
    return await work();
  } finally {
    const next = queue.shift();
    if (next === undefined) busy -= 1;
    else next();
  }
}

export const hashPassword = (password: string): Promise<string> => inTurn(() => hashOf(password, settings));

let decoy: Promise<string> | undefined;

/** Whether the password fits; without a hash it takes the same time and answers false. */
export async function isPassword(hash: string | null | undefined, password: string): Promise<boolean> {
  if (hash) return inTurn(() => verify(hash, password));
  decoy ??= hashPassword('no account has this');
  const unused = await decoy;
  await inTurn(() => verify(unused, password));
  return false;
}
