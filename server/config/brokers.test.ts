import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '.';
import { busUrl, isOwnBus, shadowKeeper } from './brokers';

const config = (settings: Record<string, string>) => readConfig({ NODE_ENV: 'test', ...settings });
const ats = 'mqtts://a1b2c3-ats.iot.eu-west-1.amazonaws.com:8883';

describe('who keeps the shadows, and where the bus is', () => {
  it.each([
    [ats, 'aws'],
    ['mqtts://a1b2c3.iot.cn-north-1.amazonaws.com.cn', 'aws'],
    ['mqtt://127.0.0.1:1883', 'local'],
    ['mqtts://iot.eu-west-1.amazonaws.com.example.org', 'local'],
    ['mqtts://broker.example.org/x.iot.eu-west-1.amazonaws.com', 'local'],
  ])('%s is %s, told by its host', (MQTT_URL, keeper) => {
    expect(shadowKeeper(config({ MQTT_URL }))).toBe(keeper);
  });

  it('a setting wins over the host, and without a broker we keep them', () => {
    expect(shadowKeeper(config({ MQTT_URL: ats, SHADOW_SERVICE: 'local' }))).toBe('local');
    expect(shadowKeeper(config({ MQTT_URL: 'mqtt://x', SHADOW_SERVICE: 'aws' }))).toBe('aws');
    expect(shadowKeeper(config({}))).toBe('local');
    expect(() => config({ SHADOW_SERVICE: 'azure' })).toThrow(/SHADOW_SERVICE/);
  });

  it('the bus is never on AWS: it is where BUS_URL says, else at our own broker', () => {
    expect(busUrl(config({ MQTT_URL: ats, MQTT_PORT: '2883' }))).toBe('mqtt://127.0.0.1:2883');
    expect(isOwnBus(config({ MQTT_URL: ats }))).toBe(true);
    expect(busUrl(config({ MQTT_URL: ats, BUS_URL: 'mqtt://bus:1883' }))).toBe('mqtt://bus:1883');
    expect(isOwnBus(config({ MQTT_URL: ats, BUS_URL: 'mqtt://bus:1883' }))).toBe(false);
    expect(busUrl(config({ MQTT_URL: 'mqtt://mosquitto:1883' }))).toBe('mqtt://mosquitto:1883');
    expect(isOwnBus(config({ MQTT_URL: 'mqtt://mosquitto:1883' }))).toBe(false);
    expect(isOwnBus(config({ MQTT_URL: 'mqtt://127.0.0.1:1884', MQTT_PORT: '1884' }))).toBe(true);
    expect(isOwnBus(config({}))).toBe(true);
  });

  it('half a certificate is a bad setting', () => {
    expect(() => config({ MQTT_CERT_FILE: '/x' })).toThrow(ConfigError);
    expect(() => config({ MQTT_KEY_FILE: '/x' })).toThrow(/belong together/);
  });

  it('limits of shadows are settings with the published defaults', () => {
    expect(config({})).toMatchObject({
      SHADOW_DEPTH: 6,
      SHADOW_REQUESTS_PER_SECOND: 20,
      LATCHKEY_REGISTERED_THINGS: true,
    });
    expect(() => config({ SHADOW_DEPTH: '0' })).toThrow(/SHADOW_DEPTH/);
  });
});
