import { describe, expect, it } from 'vitest';
import {
  isShadowName,
  isThingName,
  parseShadowTopic,
  readWillTopic,
  shadowPrefix,
  shadowRequestFilters,
  sharedFilter,
  topicMatches,
  willTopicOf,
} from './topics';

const thing = 'lock-1';
const classic = { thing, name: '' };

describe('shadow topics', () => {
  it.each(['get', 'update', 'delete'] as const)(
    '%s is a request of the classic and of a named shadow',
    (request) => {
      expect(parseShadowTopic(`$aws/things/${thing}/shadow/${request}`)).toEqual({ ...classic, request });
      expect(parseShadowTopic(`$aws/things/${thing}/shadow/name/porch/${request}`)).toEqual({
        thing,
        name: 'porch',
        request,
      });
      for (const answer of ['accepted', 'rejected'] as const) {
        expect(parseShadowTopic(`$aws/things/${thing}/shadow/${request}/${answer}`)).toEqual({
          ...classic,
          request,
          answer,
        });
      }
    },
  );

  it('only an update has a delta and documents', () => {
    for (const answer of ['delta', 'documents'] as const) {
      expect(parseShadowTopic(`$aws/things/${thing}/shadow/update/${answer}`)).toEqual({
        ...classic,
        request: 'update',
        answer,
      });
      expect(parseShadowTopic(`$aws/things/${thing}/shadow/get/${answer}`)).toBeUndefined();
      expect(parseShadowTopic(`$aws/things/${thing}/shadow/delete/${answer}`)).toBeUndefined();
    }
  });

  it.each(['name', 'get', 'update', 'delete', 'accepted', 'delta', 'shadow'])(
    'a shadow may be called %s',
    (name) => {
      expect(parseShadowTopic(`$aws/things/${thing}/shadow/name/${name}/update`)).toEqual({
        thing,
        name,
        request: 'update',
      });
      expect(parseShadowTopic(`$aws/things/${thing}/shadow/name/${name}/update/accepted`)).toEqual({
        thing,
        name,
        request: 'update',
        answer: 'accepted',
      });
    },
  );

  it.each([
    '$aws/things/a/shadow',
    '$aws/things/a/shadow/',
    '$aws/things/a/shadow/name',
    '$aws/things/a/shadow/name/update',
    '$aws/things/a/shadow/put',
    '$aws/things/a/shadow/update/accepted/more',
    '$aws/things/a/shadow/update/',
    '$aws/things/a/shadow/name/b/update/accepted/more',
    '$aws/things/a/b/shadow/update',
    '$AWS/things/a/shadow/update',
    '/$aws/things/a/shadow/update',
    'aws/things/a/shadow/update',
    '',
  ])('%s is no shadow topic', (topic) => {
    expect(parseShadowTopic(topic)).toBeUndefined();
  });

  it('what is parsed is what was built', () => {
    for (const address of [classic, { thing: 'a:b_C-9', name: 'x'.repeat(64) }]) {
      expect(parseShadowTopic(`${shadowPrefix(address)}/get`)).toEqual({ ...address, request: 'get' });
    }
  });

  it('names are limited in length and letters', () => {
    expect(isThingName('a'.repeat(128))).toBe(true);
    expect(isThingName('a'.repeat(129))).toBe(false);
    expect(isShadowName('a'.repeat(64))).toBe(true);
    expect(isShadowName('a'.repeat(65))).toBe(false);
    for (const name of ['', 'a b', 'a/b', 'a+b', 'a#', 'ø', 'a.b', 'a\n']) {
      expect({ name, isThing: isThingName(name), isShadow: isShadowName(name) }).toEqual({
        name,
        isThing: false,
        isShadow: false,
      });
    }
  });

  it('the filters of the service match all requests and no answer', () => {
    const matches = (topic: string) => shadowRequestFilters.some((filter) => topicMatches(filter, topic));
    expect(matches('$aws/things/a/shadow/update')).toBe(true);
    expect(matches('$aws/things/a/shadow/name/b/get')).toBe(true);
    expect(matches('$aws/things/a/shadow/update/accepted')).toBe(false);
    expect(matches('$aws/things/a/shadow/name/b/update/delta')).toBe(false);
  });
});

describe('topic filters (MQTT 4.7)', () => {
  it.each([
    ['a/b', 'a/b', true],
    ['a/b', 'a/b/c', false],
    ['a/b/c', 'a/b', false],
    ['a/+', 'a/b', true],
    ['a/+', 'a/', true],
    ['a/+', 'a', false],
    ['a/+/c', 'a/b/c', true],
    ['+', 'a', true],
    ['+', '/a', false],
    ['+/+', '/a', true],
    ['a/#', 'a/b/c', true],
    ['a/#', 'a', true],
    ['a/#', 'ab', false],
    ['#', 'a/b', true],
    ['#', '$aws/things', false],
    ['+/things', '$aws/things', false],
    ['$aws/#', '$aws/things', true],
    ['$aws/+/x', '$aws/things/x', true],
  ])('%s and %s: %s', (filter, topic, expected) => {
    expect(topicMatches(filter, topic)).toBe(expected);
  });
});

describe('topics of last wills', () => {
  it.each([
    ['latchkey/things/{thing}/will', 'latchkey/things/lock-1/will', 'lock-1'],
    ['{thing}', 'lock-1', 'lock-1'],
    ['fleet/{thing}', 'fleet/lock-1', 'lock-1'],
    ['latchkey/things/{thing}/will', 'latchkey/things/lock-1/will/x', undefined],
    ['latchkey/things/{thing}/will', 'latchkey/things//will', undefined],
    ['latchkey/things/{thing}/will', 'latchkey/things/a b/will', undefined],
    ['latchkey/things/{thing}/will', 'other/things/lock-1/will', undefined],
  ])('of %s, %s names %s', (pattern, topic, thing) => {
    expect(readWillTopic(pattern, topic)).toBe(thing);
    if (thing !== undefined) expect(willTopicOf(pattern, thing)).toBe(topic);
  });
});

it('device-shadow 1: names that nothing may have are told, and an empty one is no classic shadow', () => {
  for (const topic of [
    '$aws/things/a b/shadow/get',
    `$aws/things/${'x'.repeat(129)}/shadow/get`,
    '$aws/things//shadow/get',
    `$aws/things/a/shadow/name/${'x'.repeat(65)}/get`,
    '$aws/things/a/shadow/name//get',
  ])
    expect(parseShadowTopic(topic)).toMatchObject({ request: 'get', hasBadName: true });
  expect(parseShadowTopic('$aws/Things/a/shadow/get')).toBeUndefined();
  expect(parseShadowTopic('$aws/things/a/Shadow/get')).toBeUndefined();
  expect(parseShadowTopic('$aws/things/a/shadow/GET')).toBeUndefined();
});

it('a shared filter matches what the filter behind its group does', () => {
  const filter = sharedFilter('latchkey', '$aws/things/+/shadow/+');
  expect(filter).toBe('$share/latchkey/$aws/things/+/shadow/+');
  expect(topicMatches(filter, '$aws/things/a/shadow/get')).toBe(true);
  expect(topicMatches(filter, '$aws/things/a/shadow/get/accepted')).toBe(false);
  expect(topicMatches(sharedFilter('g', '#'), '$aws/things/a/shadow/get')).toBe(false);
});
