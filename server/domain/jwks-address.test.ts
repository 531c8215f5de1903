import { expect, it } from 'vitest';
import { isFetchable } from './jwks-address';

it('takes keys by https, and in the clear only from this machine where that is allowed', () => {
  for (const address of ['https://id.example.com/jwks', 'https://127.0.0.1/jwks'])
    for (const isAllowed of [true, false]) expect(isFetchable(address, isAllowed)).toBe(true);
  for (const address of ['http://127.0.0.1:8080/jwks', 'http://localhost/jwks', 'http://[::1]:1/jwks']) {
    expect(isFetchable(address, true)).toBe(true);
    expect(isFetchable(address, false)).toBe(false);
  }
  for (const address of [
    'http://id.example.com/jwks',
    'http://127.0.0.1.example.com/jwks',
    'http://10.0.0.1/jwks',
    'https://user:secret@id.example.com/jwks',
    'file:///etc/passwd',
    'data:application/json,{}',
    'jwks',
    '',
  ])
    expect(isFetchable(address, true)).toBe(false);
});
