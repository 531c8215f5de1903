'use client';

import type { KeyboardEvent, PointerEvent, ReactNode, RefObject } from 'react';
import { chartHeight } from './axes';
import { placeAfter } from './keys';

interface ChartFrameProps {
  /** As `useWidth` measures it; nothing is drawn before. */
  frame: RefObject<HTMLDivElement | null>;
  width: number;
  label: string;
  /** Places that can be read out, and the one that is now. */
  count: number;
  stand: number;
  /** What stands there, in words. */
  spoken: string;
  /** The place that is nearest to so many pixels from the left. */
  placeAt: (across: number) => number;
  /** Held to the places there are; undefined: none is read out any more. */
  onChoose: (place: number | undefined) => void;
  children: ReactNode;
}

/** What stands around a drawing over time: a slider for keyboards and screen readers, which goes from place to place. */
export function ChartFrame(props: ChartFrameProps) {
  const { frame, width, label, count, stand, spoken, placeAt, onChoose, children } = props;
  const choose = (place: number) => onChoose(Math.min(count - 1, Math.max(0, place)));
  const onKeyDown = (event: KeyboardEvent) => {
    const place = placeAfter(event.key, stand, count);
    if (place !== undefined) choose(place);
    else if (event.key === 'Escape') onChoose(undefined);
    else return;
    event.preventDefault();
  };
  const onPoint = (event: PointerEvent<HTMLDivElement>) =>
    choose(placeAt(event.clientX - event.currentTarget.getBoundingClientRect().left));
  return (
    <div
      ref={frame}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={1}
      aria-valuemax={count}
      aria-valuenow={stand + 1}
      aria-valuetext={spoken}
      onKeyDown={onKeyDown}
      onPointerMove={onPoint}
      onPointerDown={onPoint}
      onPointerLeave={({ pointerType }) => (pointerType === 'mouse' ? onChoose(undefined) : undefined)}
      onBlur={() => onChoose(undefined)}
      className="touch-pan-y rounded-xl"
      style={{ height: `${chartHeight}px` }}
    >
      {width === 0 ? null : (
        <svg aria-hidden width={width} height={chartHeight} className="block text-xs select-none">
          {children}
        </svg>
      )}
    </div>
  );
}
