import { describe, expect, it } from 'vitest';
import { Standstill } from './standstill';

/** A process whose clocks the test moves; a sleeping machine moves the time of day alone. */
function process() {
  const at = { steady: 5_000, wall: 1_000_000 };
  const standstill = new Standstill({ steady: () => at.steady, wall: () => at.wall });
  return {
    pass(ms: number, isAsleep = false) {
      if (!isAsleep) at.steady += ms;
      at.wall += ms;
    },
    beat: () => standstill.beat(),
    /** How long ago what is read now may have been asked, milliseconds. */
    age: () => at.wall - standstill.earliest(new Date(at.wall)).getTime(),
  };
}

describe('what is read after a standstill', () => {
  it('was asked now, as long as the process runs', () => {
    const { pass, beat, age } = process();
    for (let count = 0; count < 5; count += 1) {
      pass(250);
      expect(age()).toBe(0);
      beat();
    }
    pass(1_000);
    expect(age()).toBe(0);
  });

  it.each([
    ['the process', false],
    ['the machine', true],
  ])('may have waited since %s stood still, before the late beat and after it', (_name, isAsleep) => {
    const { pass, beat, age } = process();
    pass(9_000, isAsleep);
    expect(age()).toBe(9_000);
    beat();
    pass(100);
    expect(age()).toBeGreaterThanOrEqual(9_000);
  });

  it('is of now again when what waited was taken in', () => {
    const { pass, beat, age } = process();
    pass(30_000);
    beat();
    for (let count = 0; count < 9; count += 1) {
      pass(250);
      beat();
    }
    expect(age()).toBe(0);
  });

  it('is of now when the time of day is set back', () => {
    const { pass, beat, age } = process();
    pass(-3_600_000, true);
    expect(age()).toBe(0);
    beat();
    expect(age()).toBe(0);
  });
});
