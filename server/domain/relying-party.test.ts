import { expect, it } from 'vitest';
import { relyingPartyOf } from './relying-party';

it('takes host and origin from where people reach us', () => {
  expect(relyingPartyOf('https://home.example.com')).toEqual({
    id: 'home.example.com',
    origin: 'https://home.example.com',
  });
  expect(relyingPartyOf('https://Home.example.com:8443/some/path')).toEqual({
    id: 'home.example.com',
    origin: 'https://home.example.com:8443',
  });
});

it('works at localhost without https, so that it can be tried', () => {
  expect(relyingPartyOf('http://localhost:8080')).toEqual({
    id: 'localhost',
    origin: 'http://localhost:8080',
  });
});

it.each([
  'http://home.example.com',
  'https://192.168.1.4:8443',
  'https://[::1]',
  'http://127.0.0.1',
  'ftp://localhost',
  'no origin',
  undefined,
])('has nobody at %s, where browsers have no passkeys', (origin) => {
  expect(relyingPartyOf(origin)).toBeUndefined();
});
