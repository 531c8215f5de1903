import { expect, it } from 'vitest';
import { en } from '../messages/en';
import { textOf } from '../messages/lookup';
import { earlyGestureScript } from './early-gesture';

it('is a script that a door name cannot break out of', () => {
  const name = '</script><script>alert(1)</script><!-- \u2028 "\'\\';
  const script = earlyGestureScript({ lockId: 7, name, gesture: 'hold' }, textOf(en));
  expect(script).not.toMatch(/<\/script|<!--/i);
  expect(() => new Function(script)).not.toThrow();
});
