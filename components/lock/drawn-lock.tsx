import { clsx } from 'clsx';
import type { LockFigure } from './lock-figure';

/** Shift of the bolt from its place in the strike, in units of the drawing. */
const boltShift: Record<Exclude<LockFigure['bolt'], 'unknown'>, number> = {
  out: 0,
  leaving: -13,
  entering: -30,
  half: -22,
  in: -43,
};
const turnAngle: Record<LockFigure['bolt'], number> = {
  out: 0,
  leaving: 28,
  entering: 62,
  half: 45,
  in: 90,
  unknown: 45,
};
/** The leaf swings on its left edge; drawn flat, so that it becomes narrower and leans. */
const leafPose: Record<LockFigure['leaf'], string> = {
  shut: 'none',
  ajar: 'skewY(3deg) scaleX(0.86)',
  open: 'skewY(7deg) scaleX(0.62)',
};

const pivot = (x: number, y: number) =>
  ({ transformBox: 'view-box', transformOrigin: `${x}px ${y}px` }) as const;

function Leaf({ isGhost }: { isGhost: boolean }) {
  const line = isGhost ? 'var(--lock-ghost-line)' : 'var(--lock-leaf-line)';
  const light = isGhost ? 'var(--lock-ghost)' : 'var(--lock-leaf-light)';
  return (
    <>
      <rect
        x="18"
        y="18"
        width="219"
        height="472"
        fill={isGhost ? 'var(--lock-ghost)' : 'var(--lock-leaf)'}
      />
      <rect x="18" y="18" width="219" height="3" fill={light} />
      {[
        { y: 42, height: 92 },
        { y: 156, height: 142 },
      ].map(({ y, height }) => (
        <g key={y} fill="none" strokeWidth="3" strokeOpacity={isGhost ? 0.35 : 1}>
          <rect x="40" y={y} width="104" height={height} rx="5" stroke={line} />
          <path
            d={`M41.5 ${y + height} v-${height - 2} h101`}
            stroke={light}
            strokeOpacity={isGhost ? 0 : 0.8}
          />
        </g>
      ))}
    </>
  );
}

function Bolt({ figure }: { figure: LockFigure }) {
  if (figure.bolt === 'unknown') {
    return (
      <rect
        x="216"
        y="143"
        width="64"
        height="20"
        rx="4"
        fill="none"
        stroke="var(--stone-50)"
        strokeWidth="2.5"
        strokeDasharray="6 5"
      />
    );
  }
  const isStuck = figure.mark === 'stuck';
  return (
    <>
      {figure.bolt === 'out' || figure.bolt === 'in' ? null : (
        <path
          d="M236 143 h39 a4 4 0 0 1 4 4 v12 a4 4 0 0 1 -4 4 h-39"
          fill="none"
          stroke="var(--stone-50)"
          strokeOpacity="0.75"
          strokeWidth="2"
          strokeDasharray="4 4"
        />
      )}
      <g className="lock-part" style={{ transform: `translateX(${boltShift[figure.bolt]}px)` }}>
        <rect
          x="219"
          y="143"
          width="60"
          height="20"
          rx="4"
          fill={isStuck ? 'var(--lock-stuck)' : 'var(--lock-bolt)'}
          stroke={isStuck ? 'var(--rust-700)' : 'var(--lock-bolt-edge)'}
          strokeWidth="1.5"
        />
        <rect x="223" y="146" width="52" height="4" rx="2" fill="white" fillOpacity="0.38" />
      </g>
    </>
  );
}

function Furniture({ figure, isGhost }: { figure: LockFigure; isGhost: boolean }) {
  const metal = isGhost ? 'var(--lock-ghost-line)' : 'var(--lock-metal)';
  return (
    <>
      <rect
        x="166"
        y="112"
        width="48"
        height="132"
        rx="24"
        fill="var(--lock-plate)"
        stroke="var(--lock-plate-edge)"
        strokeWidth="1.5"
      />
      <circle
        cx="190"
        cy="152"
        r="17"
        fill="none"
        stroke={metal}
        strokeWidth="2.5"
        strokeDasharray={isGhost ? '4 4' : undefined}
      />
      <rect
        className="lock-part"
        style={{ ...pivot(190, 152), transform: `rotate(${turnAngle[figure.bolt]}deg)` }}
        x="176"
        y="147.5"
        width="28"
        height="9"
        rx="4.5"
        fill={metal}
      />
      <g
        className="lock-part"
        style={{ ...pivot(190, 214), transform: figure.latch === 'in' ? 'rotate(-24deg)' : 'none' }}
      >
        <rect
          x="98"
          y="207"
          width="98"
          height="14"
          rx="7"
          fill="var(--lock-plate)"
          stroke="var(--lock-plate-edge)"
          strokeWidth="1.5"
        />
      </g>
      <circle cx="190" cy="214" r="11" fill={metal} />
    </>
  );
}

/** `close`: the lock alone, for small places. */
type View = 'whole' | 'close';
const viewBox: Record<View, string> = { whole: '0 0 320 320', close: '76 60 226 212' };

function Mark({ mark, view }: { mark: NonNullable<LockFigure['mark']>; view: View }) {
  const place = view === 'whole' ? 'translate(92 88)' : 'translate(124 130)';
  if (mark === 'stuck') {
    return (
      <g transform={place}>
        <path
          d="M0 -34 L36 28 H-36 Z"
          fill="var(--lock-stuck)"
          stroke="white"
          strokeWidth="5"
          strokeLinejoin="round"
        />
        <path d="M0 -10 v18 M0 17.5 v1" stroke="white" strokeWidth="7" strokeLinecap="round" />
      </g>
    );
  }
  return (
    <g transform={place} fill="none" stroke="var(--surface)" strokeWidth="6" strokeLinecap="round">
      <circle r="36" fill="var(--unknown)" stroke="none" />
      {mark === 'unknown' ? (
        <>
          <path d="M-11 -9 a11.5 11.5 0 1 1 16 10.6 c-3.6 1.7 -5 4 -5 7.4" />
          <path d="M0 19.5 v.5" strokeWidth="7" />
        </>
      ) : (
        <>
          <path d="M-20 -5 a28 28 0 0 1 40 0 M-11 5.5 a15.5 15.5 0 0 1 22 0" />
          <path d="M0 16 v.5" strokeWidth="7" />
          <path d="M-19 -21 L19 21" stroke="var(--unknown)" strokeWidth="14" />
          <path d="M-19 -21 L19 21" />
        </>
      )}
    </g>
  );
}

interface DrawnLockProps {
  figure: LockFigure;
  view?: View;
  className?: string;
}

/**
 * A door seen at its lock, cut open so that the bolt shows. It is a picture of what the text beside it says, and hidden
 * from screen readers for that reason.
 */
export function DrawnLock({ figure, view = 'whole', className }: DrawnLockProps) {
  const isGhost = figure.bolt === 'unknown';
  const isMoving = figure.bolt === 'leaving' || figure.bolt === 'entering';
  return (
    <svg aria-hidden="true" viewBox={viewBox[view]} className={clsx('block', className)}>
      <rect x="-80" y="-160" width="480" height="640" fill="var(--lock-stage)" />
      <path d="M4 480 V8 a4 4 0 0 1 4 -4 H312 a4 4 0 0 1 4 4 V480 Z" fill="var(--lock-frame)" />
      <rect x="15" y="15" width="230" height="465" fill="var(--lock-inside)" />
      <path d="M15 480 V15 H245 V480" fill="none" stroke="var(--lock-frame-edge)" strokeWidth="2" />
      <rect
        x="245"
        y="120"
        width="13"
        height="112"
        rx="2"
        fill="var(--lock-plate)"
        stroke="var(--lock-plate-edge)"
      />
      <rect x="245" y="138" width="42" height="30" rx="4" fill="var(--lock-recess)" />
      <rect x="245" y="203" width="13" height="22" fill="var(--lock-recess)" />
      <g className="lock-part" style={{ ...pivot(15, 160), transform: leafPose[figure.leaf] }}>
        <path
          className="lock-part"
          style={{ transform: figure.latch === 'in' ? 'translateX(-16px)' : 'none' }}
          d="M226 206 H240 Q252 207 253 222 H226 Z"
          fill={isGhost ? 'var(--lock-ghost-line)' : 'var(--lock-plate-edge)'}
        />
        <Leaf isGhost={isGhost} />
        <path d="M237 138 H216 a4 4 0 0 0 -4 4 v22 a4 4 0 0 0 4 4 H237 Z" fill="var(--lock-recess)" />
        <Bolt figure={figure} />
        <Furniture figure={figure} isGhost={isGhost} />
      </g>
      {isMoving ? (
        <g
          transform={figure.bolt === 'leaving' ? 'translate(276 108)' : 'translate(276 108) scale(-1 1)'}
          fill="none"
          stroke="var(--ink)"
          strokeWidth="6"
          strokeLinecap="round"
          strokeLinejoin="round"
        >
          <path d="M4 -10 L-6 0 L4 10 M20 -10 L10 0 L20 10" />
        </g>
      ) : null}
      {figure.mark === undefined ? null : <Mark mark={figure.mark} view={view} />}
    </svg>
  );
}
