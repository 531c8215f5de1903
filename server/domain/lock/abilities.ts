import {
  type Attestation,
  attestation as attestations,
  type LockFeature,
  lockFeatures,
} from '../../contracts/lock-history';
import type { Json, JsonObject } from '../json';

/** What a report says of what a lock can do: true, false, or not spoken of. */
export type AbilityReport = Partial<Record<LockFeature, boolean>>;

/** Bits of a door lock's feature map (Matter, door lock cluster). */
const pinBit = 0x1;
const doorPositionBit = 0x20;
const unboltBit = 0x1000;
/** Id of UnboltDoor among the accepted commands (lock-api 7.2). */
const unboltCommand = 39;

const own = (reported: JsonObject, name: string): Json | undefined =>
  Object.hasOwn(reported, name) ? reported[name] : undefined;

/** What a lock can do, in both layouts: our list says all of it, an attribute path its own part. */
export function readAbilities(reported: JsonObject): AbilityReport | undefined {
  const listed = own(reported, 'features');
  if (Array.isArray(listed))
    return Object.fromEntries(lockFeatures.map((feature) => [feature, listed.includes(feature)]));
  const report: AbilityReport = {};
  const commands = own(reported, '1/257/65529');
  const map = own(reported, '1/257/65532');
  const isPinRequired = own(reported, '1/257/51');
  if (Array.isArray(commands)) report.unbolt = commands.includes(unboltCommand);
  if (typeof map === 'number' && Number.isInteger(map)) {
    report.unbolt = (map & unboltBit) !== 0;
    report.doorPosition = (map & doorPositionBit) !== 0;
    report.pin = (map & pinBit) !== 0;
  }
  if (typeof isPinRequired === 'boolean') report.pinRequired = isPinRequired;
  return Object.keys(report).length === 0 ? undefined : report;
}

/** What was known of a lock's abilities with what a report adds, in their order. */
export function withAbilities(
  known: readonly LockFeature[] | null,
  report: AbilityReport,
): readonly LockFeature[] {
  return lockFeatures.filter((feature) => report[feature] ?? known?.includes(feature) ?? false);
}

const otherNames: Readonly<Record<string, Attestation>> = { passed: 'verified', test: 'test-certificate' };

/** What came of the checks of its certificate; words that nobody knows say nothing. */
export function readAttestation(reported: JsonObject): Attestation | undefined {
  const told = own(reported, 'attestation');
  if (typeof told !== 'string') return undefined;
  const known = attestations.options.find((one) => one === told);
  return known ?? (Object.hasOwn(otherNames, told) ? otherNames[told] : undefined);
}
