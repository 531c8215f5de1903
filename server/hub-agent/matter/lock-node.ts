import { EventEmitter } from 'node:events';
import { Bytes, type ClientNode, type Endpoint } from '@matter/main';
import { BasicInformationClient } from '@matter/main/behaviors/basic-information';
import { DoorLockClient } from '@matter/main/behaviors/door-lock';
import { PowerSourceClient } from '@matter/main/behaviors/power-source';
import { DoorLock } from '@matter/main/clusters/door-lock';
import { NetworkClient } from '@matter/main/node';
import { Invoke, Read } from '@matter/main/protocol';
import {
  type DeviceIdentity,
  type DoorStateName,
  type LockNews,
  type LockOperation,
  type LockReading,
  type LockStateName,
  MatterFailure,
  type MatterLock,
  type OperationSource,
} from './face';
import { failureOf, invokeOne, within } from './invoke';
import { featuresOf, lockUsers, pinLimitsOf } from './lock-users';

const {
  AlarmCode,
  DoorState,
  LockOperationType,
  LockState,
  OperationError,
  OperationSource: Source,
} = DoorLock;

const lockStates: Readonly<Record<number, LockStateName>> = {
  [LockState.NotFullyLocked]: 'NOT_FULLY_LOCKED',
  [LockState.Locked]: 'LOCKED',
  [LockState.Unlocked]: 'UNLOCKED',
  [LockState.Unlatched]: 'UNLATCHED',
};
const doorStates: Readonly<Record<number, DoorStateName>> = {
  [DoorState.DoorOpen]: 'OPEN',
  [DoorState.DoorClosed]: 'CLOSED',
  [DoorState.DoorJammed]: 'JAMMED',
  [DoorState.DoorForcedOpen]: 'FORCED',
  [DoorState.DoorUnspecifiedError]: 'UNKNOWN',
  [DoorState.DoorAjar]: 'AJAR',
};
const sources: Readonly<Record<number, OperationSource>> = {
  [Source.Manual]: 'manual',
  [Source.Button]: 'manual',
  [Source.Keypad]: 'keypad',
  [Source.Rfid]: 'keypad',
  [Source.Biometric]: 'keypad',
  [Source.Auto]: 'auto',
  [Source.Schedule]: 'auto',
  [Source.Remote]: 'remote',
  [Source.ProprietaryRemote]: 'remote',
};
const alarms: Readonly<Record<number, string>> = {
  [AlarmCode.LockJammed]: 'LOCK_JAMMED',
  [AlarmCode.LockFactoryReset]: 'LOCK_FACTORY_RESET',
  [AlarmCode.WrongCodeEntryLimit]: 'WRONG_CODE_LIMIT',
  [AlarmCode.FrontEsceutcheonRemoved]: 'COVER_REMOVED',
  [AlarmCode.DoorForcedOpen]: 'DOOR_FORCED',
  [AlarmCode.DoorAjar]: 'DOOR_AJAR',
};
const levels = ['ok', 'low', 'critical'] as const;
const commands = { unlock: 'unlockDoor', unbolt: 'unboltDoor', lock: 'lockDoor' } as const;
/** The reason of a refusal follows it by about 30 ms (matter-hub 5). */
const reasonWaitMs = 300;

/** Whether a node keeps up its subscription. */
export const isSubscribed = (node: ClientNode): boolean =>
  node.act((agent) => agent.get(NetworkClient).subscriptionActive === true) as boolean;

/** What a node says of itself; `lock` is its first endpoint with a door lock. */
export function identityOf(node: ClientNode): { identity: DeviceIdentity; lock: Endpoint | undefined } {
  const basic = node.maybeStateOf(BasicInformationClient);
  const endpoints = [...node.endpoints].filter(({ number }) => number !== 0);
  const lock = endpoints.find((endpoint) => endpoint.behaviors.has(DoorLockClient));
  const first = lock ?? endpoints[0];
  const label = basic?.nodeLabel || basic?.productName || 'Lock';
  return {
    lock,
    identity: {
      vendorId: basic?.vendorId ?? 0,
      productId: basic?.productId ?? 0,
      name: label,
      ...(basic?.serialNumber === undefined ? {} : { serial: basic.serialNumber }),
      ...(basic?.uniqueId === undefined ? {} : { uniqueId: basic.uniqueId }),
      deviceType: Number(first?.type.deviceType ?? 0),
    },
  };
}

/** The face of a lock endpoint of a commissioned node. */
export function lockNode(
  node: ClientNode,
  { nodeId, identity, endpoint }: { nodeId: string; identity: DeviceIdentity; endpoint: Endpoint },
): MatterLock {
  const news = new EventEmitter<{ news: [LockNews] }>();
  const tell = (one: LockNews) => news.emit('news', one);
  const number = endpoint.number;
  const state = () => endpoint.maybeStateOf(DoorLockClient);

  const events = endpoint.eventsOf(DoorLockClient);
  const changed = () => {
    tell({ type: 'changed' });
  };
  events.lockState$Changed?.on(changed);
  events.doorState$Changed?.on(changed);
  events.requirePinForRemoteOperation$Changed?.on(changed);
  events.lockOperation?.on(({ lockOperationType: kind, operationSource, userIndex }) => {
    if (
      kind !== LockOperationType.Lock &&
      kind !== LockOperationType.Unlock &&
      kind !== LockOperationType.Unlatch
    )
      return;
    const operation = kind === LockOperationType.Lock ? 'lock' : 'unlock';
    const source = sources[operationSource] ?? 'other';
    const slot = source === 'keypad' && userIndex !== null ? userIndex : undefined;
    tell({ type: 'operated', operation, source, ...(slot === undefined ? {} : { slot }) });
  });
  events.doorLockAlarm?.on(({ alarmCode }) => {
    tell({ type: 'alarm', alarm: alarms[alarmCode] ?? 'LOCK_ALARM' });
  });
  events.lockOperationError?.on(({ operationError, operationSource }) => {
    // Somebody at the keypad: no operation of ours is meant.
    if (sources[operationSource] === 'keypad') return;
    const isPin =
      operationError === OperationError.InvalidCredential ||
      operationError === OperationError.DisabledUserDenied;
    tell({ type: 'refused', why: isPin ? 'PIN' : 'OTHER' });
  });
  // The battery may stand on the lock's endpoint or on the root.
  const power = [endpoint, node].find((one) => one.behaviors.has(PowerSourceClient));
  if (power !== undefined) {
    const battery = power.eventsOf(PowerSourceClient);
    battery.batPercentRemaining$Changed?.on(changed);
    battery.batChargeLevel$Changed?.on(changed);
  }

  function reading(): LockReading {
    const lock = state();
    const battery = power?.maybeStateOf(PowerSourceClient);
    const halves = battery?.batPercentRemaining;
    const hasDoor = lock?.doorState !== undefined && lock.doorState !== null;
    const { unbolting, doorPositionSensor, ...others } = featuresOf(lock);
    const pinLimits = pinLimitsOf(lock);
    const hasHours = others.weekDayAccessSchedules === true && others.yearDayAccessSchedules === true;
    return {
      lockState: lockStates[lock?.lockState ?? -1] ?? 'UNKNOWN',
      ...(hasDoor ? { doorState: doorStates[lock.doorState as number] ?? 'UNKNOWN' } : {}),
      ...(battery?.batChargeLevel === undefined
        ? {}
        : {
            battery: {
              percent: typeof halves === 'number' ? Math.round(halves / 2) : null,
              level: levels[battery.batChargeLevel] ?? 'ok',
            },
          }),
      features: [
        ...(unbolting ? ['unbolt'] : []),
        ...(doorPositionSensor ? ['doorPosition'] : []),
        ...(battery === undefined ? [] : ['battery']),
        ...(pinLimits === undefined ? [] : ['pin']),
        ...(pinLimits !== undefined && hasHours ? ['pinSchedule'] : []),
        ...(lock?.requirePinForRemoteOperation === true ? ['pinRequired'] : []),
      ],
      ...(pinLimits === undefined ? {} : { pinLimits }),
    };
  }

  /** Why an operation was refused, once the lock has said so. */
  async function whyRefused(refused: Promise<'PIN' | 'OTHER'>, hasPin: boolean): Promise<MatterFailure> {
    const late = new Promise<'OTHER'>((resolve) => {
      setTimeout(() => resolve('OTHER'), reasonWaitMs).unref();
    });
    const why = await Promise.race([refused, late]);
    if (why === 'PIN') return new MatterFailure(hasPin ? 'PIN_REJECTED' : 'PIN_REQUIRED');
    const isNeeded = state()?.requirePinForRemoteOperation === true && !hasPin;
    return new MatterFailure(isNeeded ? 'PIN_REQUIRED' : 'LOCK_REFUSED');
  }

  return {
    nodeId,
    endpoint: number,
    identity,
    get isReachable() {
      return node.lifecycle.isCommissioned && isSubscribed(node);
    },
    reading,
    users: lockUsers(node, endpoint),
    async ask(withinMs) {
      try {
        const wanted = Read.Attribute({ endpoint: number, cluster: DoorLock, attributes: ['lockState'] });
        for await (const _chunk of node.interaction.read(Read(wanted), within(withinMs))) {
          // What is read lands in the node's state.
        }
        return reading();
      } catch (error) {
        throw await failureOf(node, error);
      }
    },
    async operate(operation: LockOperation, { pin, withinMs }) {
      if (operation === 'unbolt' && !reading().features.includes('unbolt'))
        throw new MatterFailure('UNSUPPORTED_COMMAND');
      let off = () => {};
      const refused = new Promise<'PIN' | 'OTHER'>((resolve) => {
        const listener = (one: LockNews) => {
          if (one.type === 'refused') resolve(one.why);
        };
        news.on('news', listener);
        off = () => news.off('news', listener);
      });
      try {
        const fields = pin === undefined ? {} : { pinCode: Bytes.fromString(pin) };
        await invokeOne(
          node,
          Invoke.ConcreteCommandRequest<typeof DoorLock>({
            endpoint: number,
            cluster: DoorLock,
            command: commands[operation],
            fields,
          }),
          { withinMs, refusal: () => whyRefused(refused, pin !== undefined) },
        );
      } finally {
        off();
      }
    },
    on(listener) {
      news.on('news', listener);
      return () => news.off('news', listener);
    },
  };
}
