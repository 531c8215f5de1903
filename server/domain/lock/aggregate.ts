/** The lock aggregate: its published events and nothing else. The life of a single opening is an aggregate of its own. */
export interface LockOpenRequested {
  type: 'LockOpenRequested';
  data: { lockId: number; uuid: string; timestamp: string; reason?: string; requestId?: string };
}
export type LockEvent = LockOpenRequested;

export interface LockState {
  version: number;
}
export const initialLock: LockState = { version: 0 };

export interface RequestOpen {
  type: 'RequestOpen';
  lockId: number;
  uuid: string;
  at: Date;
  reason?: string | undefined;
  requestId?: string | undefined;
}

/** lock-api 5: `reason` and `requestId` only when they were sent, and nothing else. */
export function decideOpen(_state: LockState, command: RequestOpen): LockEvent[] {
  return [
    {
      type: 'LockOpenRequested',
      data: {
        lockId: command.lockId,
        uuid: command.uuid,
        timestamp: command.at.toISOString(),
        ...(command.reason === undefined ? {} : { reason: command.reason }),
        ...(command.requestId === undefined ? {} : { requestId: command.requestId }),
      },
    },
  ];
}

export const evolveLock = (state: LockState, _event: LockEvent): LockState => ({
  version: state.version + 1,
});
