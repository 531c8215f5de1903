import { expect, it } from 'vitest';
import { nodeFlags } from './node-flags';

it('leaves a processor to the others, and never takes more helpers than usual', () => {
  const helpers = (processors: number) => nodeFlags(processors).join(' ');
  expect([1, 2, 4, 64].map(helpers)).toEqual([
    '--v8-pool-size=1',
    '--v8-pool-size=1',
    '--v8-pool-size=3',
    '--v8-pool-size=4',
  ]);
});
