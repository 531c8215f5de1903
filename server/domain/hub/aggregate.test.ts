import { describe, expect, it } from 'vitest';
import { decideHub, evolveHub, type HubCommand, type HubEvent, initialHub, notClaimable } from './aggregate';

const hubId = '6b1c0d2e-0000-4000-8000-000000000000';
const at = new Date('2026-01-31T12:00:00.000Z');
const now = at.getTime();
const userId = '7';

/** Given commands that were carried out, when one more comes, then these events. */
function then(...commands: HubCommand[]): HubEvent[] {
  let state = initialHub;
  let events: HubEvent[] = [];
  for (const command of commands) {
    events = decideHub(hubId, state, command, at);
    state = events.reduce(evolveHub, state);
  }
  return events;
}
const provision: HubCommand = {
  type: 'ProvisionHub',
  serial: 'S-1',
  model: 'LK1',
  thingName: `hub-${hubId}`,
};
const claim: HubCommand = { type: 'ClaimHub', orgId: 'org-1', siteId: '5', userId };
const suspend: HubCommand = { type: 'SuspendHub', reason: 'stolen', userId };
const resume: HubCommand = { type: 'ResumeHub', userId };
const role: HubCommand = { type: 'SetHubRole', isPrimary: true, userId };
const decommission: HubCommand = { type: 'DecommissionHub', reason: 'broken', userId };
const reClaim: HubCommand = {
  type: 'ReClaimHub',
  newOrgId: 'org-1',
  newSiteId: '6',
  reason: 'moved',
  userId,
};

describe('the hub aggregate', () => {
  it('is provisioned once, and provisioning it again records nothing', () => {
    expect(then(provision)).toEqual([
      {
        type: 'HubProvisioned',
        data: { hubId, serial: 'S-1', model: 'LK1', thingName: `hub-${hubId}`, provisionedAt: now },
      },
    ]);
    expect(then({ ...provision, vendorName: 'Acme' })[0]?.data).toMatchObject({ vendorName: 'Acme' });
    expect(then(provision, provision)).toEqual([]);
  });

  it('is claimed once, and never before it is provisioned', () => {
    expect(then(provision, claim)).toEqual([
      { type: 'HubClaimed', data: { hubId, orgId: 'org-1', siteId: '5', userId, claimedAt: now } },
    ]);
    const told = `hubId: ${notClaimable}`;
    expect(() => then(claim)).toThrow(told);
    expect(() => then(provision, claim, claim)).toThrow(told);
    expect(() => then(provision, claim, suspend, claim)).toThrow(told);
  });

  it('moves to another home, where it is not the first one by itself', () => {
    expect(then(provision, claim, role, reClaim)).toMatchObject([
      { type: 'HubReClaimed', data: { newSiteId: '6', reason: 'moved', reClaimedAt: now } },
    ]);
    expect(then(provision, claim, role, reClaim, role)).toMatchObject([{ type: 'HubRoleSet' }]);
    expect(then(provision, claim, reClaim, reClaim)).toEqual([]);
    expect(() => then(provision, reClaim)).toThrow('is not claimed');
    expect(() => then(provision, claim, suspend, reClaim)).toThrow('is not claimed');
  });

  it('takes a role that it has not', () => {
    expect(then(provision, claim, role)).toEqual([
      { type: 'HubRoleSet', data: { hubId, isPrimary: true, userId, setAt: now } },
    ]);
    expect(then(provision, claim, role, role)).toEqual([]);
    expect(() => then(provision, role)).toThrow('is not claimed');
  });

  it('is suspended and comes back as what it was', () => {
    expect(then(provision, claim, suspend)).toEqual([
      { type: 'HubSuspended', data: { hubId, reason: 'stolen', userId, suspendedAt: now } },
    ]);
    expect(then(provision, claim, suspend, suspend)).toEqual([]);
    expect(then(provision, claim, suspend, resume)).toEqual([
      { type: 'HubResumed', data: { hubId, userId, resumedAt: now } },
    ]);
    expect(then(provision, claim, resume)).toEqual([]);
    expect(then(provision, claim, suspend, resume, role)).toMatchObject([{ type: 'HubRoleSet' }]);
    expect(then(provision, suspend, resume, claim)).toMatchObject([{ type: 'HubClaimed' }]);
    expect(() => then(suspend)).toThrow('is not in use');
  });

  it('is decommissioned for good', () => {
    expect(then(provision, claim, decommission)).toMatchObject([
      { type: 'HubDecommissioned', data: { reason: 'broken', decommissionedAt: now } },
    ]);
    expect(then(provision, decommission, decommission)).toEqual([]);
    for (const command of [claim, reClaim, role, suspend, resume])
      expect(() => then(provision, claim, decommission, command)).toThrow('hubId');
  });

  it('counts its events as its version', () => {
    const state = [provision, claim, role, suspend].reduce(
      (reached, command) => decideHub(hubId, reached, command, at).reduce(evolveHub, reached),
      initialHub,
    );
    expect(state).toEqual({ version: 4, status: 'suspended', isPrimary: true, orgId: 'org-1', siteId: '5' });
  });
});
