import type { DoorDescription } from '@/server/domain/lock/predicates';

/** How a door is drawn. `unknown` parts are drawn as outlines of both places they may be in. */
export interface LockFigure {
  bolt: 'out' | 'leaving' | 'entering' | 'half' | 'in' | 'unknown';
  latch: 'out' | 'in';
  leaf: 'shut' | 'ajar' | 'open';
  /** Laid over the drawing, so that no state is told by colour alone. */
  mark?: 'unknown' | 'unreachable' | 'stuck';
}

const leafOf = (contact: DoorDescription['contact']): LockFigure['leaf'] => {
  if (contact === 'open' || contact === 'forced') return 'open';
  return contact === 'ajar' ? 'ajar' : 'shut';
};

/** The drawing of a door; what is not known is never drawn as locked. */
export function figureOf({ condition, contact }: Pick<DoorDescription, 'condition' | 'contact'>): LockFigure {
  const leaf = leafOf(contact);
  switch (condition) {
    case 'locked':
      return { bolt: 'out', latch: 'out', leaf };
    case 'unlocking':
      return { bolt: 'leaving', latch: 'out', leaf };
    case 'locking':
      return { bolt: 'entering', latch: 'out', leaf };
    case 'unlocked':
      return { bolt: 'in', latch: 'out', leaf };
    case 'unlatched':
      return { bolt: 'in', latch: 'in', leaf };
    case 'not-fully-locked':
      return { bolt: 'half', latch: 'out', leaf };
    case 'jammed':
      return { bolt: 'half', latch: 'out', leaf, mark: 'stuck' };
    case 'unreachable':
      return { bolt: 'unknown', latch: 'out', leaf: 'shut', mark: 'unreachable' };
    case 'unknown':
      return { bolt: 'unknown', latch: 'out', leaf, mark: 'unknown' };
  }
}
