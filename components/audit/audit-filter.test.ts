import { expect, it } from 'vitest';
import { auditPath, auditQuery, readAuditFilter } from './audit-filter';

it('an address is read as a filter and written as the same address; what makes no sense is left out', () => {
  const filter = {
    project: '3',
    actor: 'staff:7',
    action: 'view.ask',
    from: '2026-03-28',
    until: '2026-03-29',
  };
  expect(readAuditFilter({ ...filter, home: '0', subject: ' ', more: 'x' })).toEqual(filter);
  expect(auditPath(filter)).toBe(
    '/support/audit?project=3&actor=staff%3A7&action=view.ask&from=2026-03-28&until=2026-03-29',
  );
  expect(auditPath({}, '/export')).toBe('/support/audit/export');
});

it.each([
  ['project', '-1'],
  ['home', 'seven'],
  ['actor', '7'],
  ['actor', 'staff:'],
  ['subject', ':7'],
  ['action', ''],
  ['from', '2026-02-30'],
  ['until', 'today'],
  ['until', ['2026-02-01', '2026-02-02']],
])('%s is not %s', (name, value) => {
  expect(readAuditFilter({ [name]: value })).toEqual({});
});

it('days are those of the calendar of the zone, the last one whole, over a change of the clocks', () => {
  expect(auditQuery({ home: '4', from: '2026-03-29', until: '2026-03-29' }, 'Europe/Oslo')).toEqual({
    homeId: 4,
    from: '2026-03-28T23:00:00.000Z',
    until: '2026-03-29T22:00:00.000Z',
  });
});
