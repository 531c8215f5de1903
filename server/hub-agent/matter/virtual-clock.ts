import { TimeSynchronizationServer } from '@matter/main/behaviors/time-synchronization';
import { TimeSynchronization } from '@matter/main/clusters/time-synchronization';

const { Granularity, TimeZoneDatabase } = TimeSynchronization;
/** Matter's own beginning of time, as the library counts it. */
const matterEpochUs = 946_684_800_000_000;

/** The clock of a virtual lock, which hubs set: the library brings no more than its attributes. */
export class VirtualClock extends TimeSynchronizationServer.with('TimeZone') {
  override initialize(): void {
    this.state.granularity = Granularity.MillisecondsGranularity;
    this.state.timeZoneDatabase = TimeZoneDatabase.None;
    this.state.timeZoneListMaxSize = 1;
    this.state.dstOffsetListMaxSize = 4;
    // Zone and summers are kept by the library; its own first zone begins before its own beginning of time.
    const isNew = this.state.timeZone.every(({ validAt }) => Number(validAt) < matterEpochUs);
    if (isNew) this.state.timeZone = [{ offset: 0, validAt: matterEpochUs }];
  }

  override setUtcTime({ utcTime }: TimeSynchronization.SetUtcTimeRequest): void {
    this.state.utcTime = utcTime;
    this.onSet(Math.round(Number(utcTime) / 1000));
  }

  override setTimeZone({ timeZone }: TimeSynchronization.SetTimeZoneRequest) {
    this.state.timeZone = timeZone;
    this.state.dstOffset = [];
    // It has no table of zones: summers are told to it.
    return { dstOffsetRequired: true };
  }

  override setDstOffset({ dstOffset }: TimeSynchronization.SetDstOffsetRequest): void {
    this.state.dstOffset = dstOffset;
  }

  /** The clock was set to `at`, epoch milliseconds. */
  protected onSet(_at: number): void {}
}

/** What a clock on the wall shows at `at`, in epoch milliseconds as if it were UTC. */
export function wallTimeOf(
  zone: {
    readonly timeZone: readonly Readonly<TimeSynchronization.TimeZone>[];
    readonly dstOffset: readonly Readonly<TimeSynchronization.DstOffset>[];
  },
  at: number,
): number {
  const summer = zone.dstOffset.find(
    ({ validStarting, validUntil }) =>
      Number(validStarting) <= at * 1000 && (validUntil === null || at * 1000 < Number(validUntil)),
  );
  return at + ((zone.timeZone[0]?.offset ?? 0) + (summer?.offset ?? 0)) * 1000;
}
