import { describe, expect, it } from 'vitest';
import { ConfigError } from '@/server/config';
import { readHubConfig, readMatterLockConfig } from '@/server/config/hub';
import { brokerOf, requireSecured } from './credentials';

const answer = (mqtt: object) => ({
  thing: 'hub-1',
  mqtt: { host: 'localhost', port: 1883, tlsPort: 8883, password: 'x', ...mqtt },
  ca: null,
});

describe('where the broker of a hub is', () => {
  it.each([
    [{}, 'http://localhost:3000', 'mqtts://localhost:8883'],
    [{}, 'https://home.example', 'mqtts://home.example:8883'],
    [{ host: 'broker.example' }, 'https://home.example', 'mqtts://broker.example:8883'],
    [{ tlsPort: null }, 'http://127.0.0.1:3000', 'mqtt://localhost:1883'],
    [{ url: 'mqtts://own.example:8884' }, 'https://home.example', 'mqtts://own.example:8884'],
  ])('%j, asked at %s', (mqtt, cloud, url) => {
    expect(brokerOf(answer(mqtt), cloud)).toBe(url);
  });

  it.each([
    ['https://home.example', true],
    ['mqtts://home.example', true],
    ['http://localhost:3000', true],
    ['mqtt://127.0.0.1:1883', true],
    ['http://[::1]:3000', true],
    ['http://home.example', false],
    ['mqtt://192.168.1.2', false],
    ['http://localhost.example', false],
  ])('%s may carry secrets: %s', (address, may) => {
    const require = () => requireSecured(address, 'HUB_URL');
    if (may) expect(require).not.toThrow();
    else expect(require).toThrow(ConfigError);
  });
});

describe('settings of a hub', () => {
  it('have known addresses, with or without a discriminator', () => {
    const text = '127.0.0.1:5541, [::1]:5542/3840';
    expect(readHubConfig({ NODE_ENV: 'test', HUB_KNOWN_ADDRESSES: text }, '/data')).toMatchObject({
      HUB_KNOWN_ADDRESSES: [
        { ip: '127.0.0.1', port: 5541 },
        { ip: '::1', port: 5542, discriminator: 3840 },
      ],
      HUB_ATTESTATION: 'warn',
      folder: '/data/hub',
    });
  });

  it.each([
    [{ HUB_KNOWN_ADDRESSES: 'here' }, /HUB_KNOWN_ADDRESSES/],
    [{ HUB_KNOWN_ADDRESSES: '127.0.0.1:99999' }, /HUB_KNOWN_ADDRESSES/],
    [{ HUB_KNOWN_ADDRESSES: '127.0.0.1:1/4096' }, /HUB_KNOWN_ADDRESSES/],
    [{ HUB_ATTESTATION: 'maybe' }, /HUB_ATTESTATION/],
    [{ HUB_URL: 'ftp://x' }, /HUB_URL/],
    [{ HUB_THING: 'hub-1' }, /HUB_PASSWORD/],
    [{ HUB_THING: 'hub-1', HUB_PASSWORD: 'x' }, /HUB_MQTT_URL/],
  ])('%j are refused by name', (settings, named) => {
    expect(() => readHubConfig({ NODE_ENV: 'test', ...settings }, '/data')).toThrow(named);
  });

  it('of a virtual lock have ports and a name', () => {
    expect(readMatterLockConfig({ NODE_ENV: 'test', MATTER_LOCK_PORT: '6000' }, '/data')).toMatchObject({
      MATTER_LOCK_PORT: 6000,
      MATTER_LOCK_NAME: 'Virtual lock',
      folder: '/data/matter-lock',
    });
    expect(() => readMatterLockConfig({ NODE_ENV: 'test', MATTER_LOCK_PORT: 'x' }, '/data')).toThrow(
      /MATTER_LOCK_PORT/,
    );
  });
});
