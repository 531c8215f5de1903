import { expect, it } from 'vitest';
import { readRawQuery } from './credentials';

it('reads authToken as clients write it: split at the first =, escaped or not', () => {
  const token = 'v1.dXN8MTI+Mw==.1700000000.ab';
  const path = '/userSession/websocket';
  for (const query of [
    `authToken=${token}`,
    `authToken=${encodeURIComponent(token)}`,
    `other=1&authToken=${token}&more=`,
    `authToken=${token}&authToken=second`,
  ]) {
    expect(readRawQuery(`${path}?${query}`, 'authToken')).toBe(token);
  }
  expect(readRawQuery(`${path}?authToken=%zz`, 'authToken')).toBe('%zz');
  expect(readRawQuery(`${path}?authToken`, 'authToken')).toBeUndefined();
  expect(readRawQuery(`${path}?authTokens=1`, 'authToken')).toBeUndefined();
  expect(readRawQuery(path, 'authToken')).toBeUndefined();
});
