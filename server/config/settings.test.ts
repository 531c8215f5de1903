import { describe, expect, it } from 'vitest';
import { readConfig } from '.';

describe('WILL_TOPIC', () => {
  it.each(['latchkey/things/{thing}/will', 'fleet/{thing}', '{thing}/gone', ''])('may be %j', (topic) => {
    expect(readConfig({ NODE_ENV: 'test', WILL_TOPIC: topic }).WILL_TOPIC).toBe(
      topic === '' ? undefined : topic,
    );
  });

  it.each([
    'fleet/will',
    'fleet/x{thing}/will',
    'fleet/{thing}/{thing}',
    'fleet/+/{thing}',
    'fleet/{thing}/#',
    '$aws/things/{thing}/shadow/update',
    'latchkey/v1/{thing}',
  ])('may not be %j, and the error names it', (topic) => {
    expect(() => readConfig({ NODE_ENV: 'test', WILL_TOPIC: topic })).toThrow(/WILL_TOPIC/);
  });
});
