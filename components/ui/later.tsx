'use client';

import { type ComponentType, useEffect, useEffectEvent, useState } from 'react';
import { inOwnTask } from '../hooks/turns';
import { useText } from '../messages/provider';
import { soonAgain } from './patiently';
import { tell } from './toast';

/** What can be closed, by how everything that opens above a page is told to. */
const closeOf = (props: { onClose?: unknown }): (() => unknown) | undefined =>
  typeof props.onClose === 'function' ? () => (props.onClose as () => unknown)() : undefined;

/**
 * A component whose script is fetched when it is first shown; until it is there nothing, or `Waiting`, stands in its place. It does not
 * suspend: what is around it stays as it is, also when the script cannot be fetched. What can be closed, as a dialog, says
 * so and closes, and is asked for anew the next time; everything else is asked for again by itself.
 */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  Waiting?: ComponentType,
): ComponentType<Props> {
  let known: ComponentType<Props> | undefined;
  return function Later(props: Props) {
    const text = useText();
    const [Found, setFound] = useState(() => known);
    /** Whether nobody waits for it any more. */
    const giveUp = useEffectEvent(() => {
      const close = closeOf(props);
      if (close === undefined) return false;
      tell({ tone: 'failed', title: text('failure.part.title'), detail: text('failure.part.text') });
      close();
      return true;
    });
    useEffect(() => {
      let isShown = true;
      let letBe = () => {};
      const fetchIt = () => {
        load().then(
          (component) => {
            known = component;
            if (isShown) setFound(() => component);
          },
          () => {
            if (isShown && !giveUp()) letBe = soonAgain(fetchIt);
          },
        );
      };
      if (known !== undefined) setFound(() => known);
      // A page has several of these, which would ask for all their scripts in one go.
      else letBe = inOwnTask(fetchIt);
      return () => {
        isShown = false;
        letBe();
      };
    }, []);
    if (Found === undefined) return Waiting === undefined ? null : <Waiting />;
    return <Found {...props} />;
  };
}
