import { describe, expect, it } from 'vitest';
import { type LocalClock, ServiceClock } from './service-clock';

/** A machine whose wall clock is behind the service by `behindMs`. */
function machine(behindMs: number) {
  let wall = 1_700_000_000_000;
  let steady = 5_000;
  const clock: LocalClock = { wallMs: () => wall, steadyMs: () => steady };
  return {
    clock,
    pass: (ms: number) => {
      wall += ms;
      steady += ms;
    },
    /** The wall clock is set; or the machine sleeps, and only the wall clock goes on. */
    jumpWall: (ms: number) => {
      wall += ms;
    },
    serviceMs: () => wall + behindMs,
    stamp: () => Math.floor((wall + behindMs) / 1000),
  };
}

function learned(behindMs: number) {
  const world = machine(behindMs);
  const service = new ServiceClock(world.clock);
  const sent = service.read();
  world.pass(40);
  const stamp = world.stamp();
  world.pass(40);
  service.answered(sent, stamp);
  return { world, service };
}

describe('the time of the shadow service', () => {
  it('is unknown before an answer came', () => {
    const world = machine(0);
    const service = new ServiceClock(world.clock);
    service.witnessed(world.stamp());
    expect(service.now()).toBeUndefined();
    expect(service.guess()).toBe(world.clock.wallMs());
  });

  it.each([0, 3_600_000, -86_400_000, 123_456])(
    'lies within the bounds when our clock is off by %d ms',
    (behindMs) => {
      const { world, service } = learned(behindMs);
      world.pass(2_345);
      const bounds = service.now();
      expect(bounds?.earliest).toBeLessThanOrEqual(world.serviceMs());
      expect(bounds?.latest).toBeGreaterThanOrEqual(world.serviceMs());
      expect((bounds?.latest ?? 0) - (bounds?.earliest ?? 0)).toBeLessThan(1_100);
    },
  );

  it('is known better with every answer and never wrongly', () => {
    const { world, service } = learned(777);
    const widths: number[] = [];
    for (let round = 0; round < 40; round += 1) {
      world.pass(137);
      const sent = service.read();
      world.pass(5);
      service.answered(sent, world.stamp());
      const bounds = service.now();
      widths.push((bounds?.latest ?? 0) - (bounds?.earliest ?? 0));
      expect(bounds?.earliest).toBeLessThanOrEqual(world.serviceMs());
      expect(bounds?.latest).toBeGreaterThanOrEqual(world.serviceMs());
    }
    expect(widths.at(-1)).toBeLessThan(widths[0] ?? 0);
    expect(widths.at(-1)).toBeLessThan(200);
  });

  it('is unsure after an answer that took longer than five seconds', () => {
    const world = machine(0);
    const service = new ServiceClock(world.clock);
    const sent = service.read();
    world.pass(6_000);
    service.answered(sent, world.stamp());
    expect(service.now()).toBeUndefined();
  });

  it('is unsure after a night without an answer', () => {
    const { world, service } = learned(0);
    world.pass(12 * 3_600_000);
    expect(service.now()).toBeUndefined();
  });

  it.each([7_200_000, -7_200_000])(
    'is unsure when the wall clock jumped by %d ms, until the next answer',
    (jumpMs) => {
      const { world, service } = learned(0);
      world.jumpWall(jumpMs);
      expect(service.now()).toBeUndefined();
      const sent = service.read();
      world.pass(10);
      service.answered(sent, world.stamp());
      const bounds = service.now();
      expect(bounds?.latest).toBeGreaterThanOrEqual(world.serviceMs());
      expect(bounds?.earliest).toBeLessThanOrEqual(world.serviceMs());
    },
  );

  it('is forgotten when a message proves it later than we thought possible', () => {
    const { world, service } = learned(0);
    service.witnessed(world.stamp() + 30);
    expect(service.now()).toBeUndefined();
  });

  it('learns nothing from a timestamp that is none', () => {
    const world = machine(0);
    const service = new ServiceClock(world.clock);
    service.answered(service.read(), Number.NaN);
    expect(service.now()).toBeUndefined();
  });
});
