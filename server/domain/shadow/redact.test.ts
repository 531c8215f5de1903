import { describe, expect, it } from 'vitest';
import { redacted, withoutSecrets } from './redact';

describe('a shadow for people', () => {
  it('keeps the place of a secret and not its value, however deep it stands', () => {
    const shown = withoutSecrets({
      keyCommands: { one: { type: 'addKey', pinCode: '4711', keys: [{ accessToken: 'abc' }] } },
      userPIN: 1234,
      wifi: { apiKey: 'k', 'private-key': ['a', 'b'], Password: { old: 'x' } },
    });
    expect(JSON.stringify(shown)).not.toMatch(/4711|abc|1234|"k"|"x"|"a"/);
    expect(shown).toMatchObject({
      keyCommands: { one: { type: 'addKey', pinCode: redacted, keys: [{ accessToken: redacted }] } },
      userPIN: redacted,
      wifi: { apiKey: redacted, 'private-key': redacted, Password: redacted },
    });
  });

  it('leaves what is no secret as it is', () => {
    const state = {
      bolt: 'LOCKED',
      pinned: true,
      spinning: 2,
      battery: { percent: 80 },
      list: [1, null, 'a'],
    };
    expect(JSON.parse(JSON.stringify(withoutSecrets(state)))).toEqual(state);
  });
});
