import { expect, it } from 'vitest';
import { isSameNetwork } from './same-network';

it.each<[string, string | undefined, string | undefined, boolean]>([
  ['equal addresses', '203.0.113.9', '203.0.113.9', true],
  ['an address mapped into IPv6 and itself', '::ffff:203.0.113.9', '203.0.113.9', true],
  ['neighbours', '203.0.113.9', '203.0.113.8', false],
  ['equal private addresses', '192.168.1.7', '192.168.1.7', false],
  ['the machine of two containers', '172.17.0.1', '::ffff:172.17.0.1', false],
  ['customers of a provider behind one address', '100.64.3.4', '100.64.3.4', false],
  ['addresses beside the private ones', '172.32.0.1', '172.32.0.1', true],
  ['equal local addresses', 'fd12::1', 'fd12::1', false],
  ['the loopback of both families', '::1', '127.0.0.1', true],
  ['two devices of one /64', '2001:db8:1:2:aaaa::1', '2001:DB8:1:2:bbbb:0:0:7', true],
  ['the same /64, written short', '2001:db8::5', '2001:0db8:0:0:1::', true],
  ['another /64', '2001:db8:1:2::1', '2001:db8:1:3::1', false],
  ['the zones of a link', 'fe80::1%eth0', 'fe80::1%eth0', false],
  ['both families', '203.0.113.9', '2001:db8::1', false],
  ['nobody known', undefined, undefined, false],
  ['one known', '203.0.113.9', undefined, false],
  ['nothing', '', '', false],
  ['no addresses', 'unknown', 'unknown', false],
  ['too large a part', '203.0.113.256', '203.0.113.256', false],
  ['too many groups', '1:2:3:4:5:6:7:8:9', '1:2:3:4:5:6:7:8:9', false],
  ['two gaps', '1::2::3', '1::2::3', false],
  ['too few groups', '1:2:3', '1:2:3', false],
])('%s', (_what, one, other, isSame) => {
  expect(isSameNetwork(one, other)).toBe(isSame);
  expect(isSameNetwork(other, one)).toBe(isSame);
});
