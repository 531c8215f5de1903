import type { OperationId } from '../contracts/registry';
import type { FieldIssue } from '../domain/errors';
import { readCommissioningCode } from '../domain/matter/onboarding-code';

interface Judged {
  params?: unknown;
  body?: unknown;
}

const fieldOf = (part: unknown, name: string): string =>
  String((part as Record<string, unknown> | undefined)?.[name] ?? '');

/** lock-api 6.1, 9: the id is named twice, and must be the same one. */
const sameId =
  (field: string) =>
  ({ params, body }: Judged): FieldIssue[] =>
    fieldOf(params, 'id').toLowerCase() === fieldOf(body, field).toLowerCase()
      ? []
      : [{ field, message: 'must equal the id of the path' }];

function commissioningCode({ body }: Judged): FieldIssue[] {
  const code = readCommissioningCode(fieldOf(body, 'commissioningCode'));
  return code.ok ? [] : [{ field: 'commissioningCode', message: `${code.reason}: ${code.message}` }];
}

const sameHub = sameId('hubId');

/** What is wrong with a request beyond the shape of its parts; judged before the credential (lock-api 3). */
export const judges: Partial<Record<OperationId, (input: Judged) => FieldIssue[]>> = {
  'hubs.provision': sameHub,
  'hubs.claim': sameHub,
  'hubs.reClaim': sameHub,
  'hubs.setRole': sameHub,
  'hubs.suspend': sameHub,
  'hubs.resume': sameHub,
  'hubs.command': sameHub,
  'hubs.commission': (input) => [...sameHub(input), ...commissioningCode(input)],
  'matterDevices.create': sameId('deviceId'),
};
