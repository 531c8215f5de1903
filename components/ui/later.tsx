'use client';

import { type ComponentType, useEffect, useState } from 'react';
import { inOwnTask } from '../hooks/turns';

type Found<Props> = { component: ComponentType<Props> } | { failure: unknown };

/**
 * A component whose script is fetched when it is first shown; until it is there nothing, or `Waiting`, stands in its place. It does not
 * suspend: what is around it stays as it is. A script that cannot be fetched is the page's failure, and is asked for
 * anew the next time.
 */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  Waiting?: ComponentType,
): ComponentType<Props> {
  let known: Found<Props> | undefined;
  return function Later(props: Props) {
    const [found, setFound] = useState(known);
    useEffect(() => {
      if (known !== undefined) return setFound(known);
      let isShown = true;
      // A page has several of these, which would ask for all their scripts in one go.
      const letBe = inOwnTask(() => {
        load().then(
          (component) => {
            known = { component };
            if (isShown) setFound(known);
          },
          (failure: unknown) => {
            if (isShown) setFound({ failure });
          },
        );
      });
      return () => {
        isShown = false;
        letBe();
      };
    }, []);
    if (found === undefined) return Waiting === undefined ? null : <Waiting />;
    if ('failure' in found) throw found.failure;
    return <found.component {...props} />;
  };
}
