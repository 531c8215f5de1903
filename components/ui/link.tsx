import NextLink from 'next/link';
import type { ComponentProps } from 'react';
import { OnTheWay } from './on-the-way';

/**
 * A way to another page, which is asked for when it is pressed and not ahead: pages are of this moment and of who looks
 * at them, so of a page ahead little more than its frame would come, at the price of two requests for each link in
 * sight. While the page is awaited a line grows at the upper edge of the window.
 */
export function Link({ children, ...props }: Omit<ComponentProps<typeof NextLink>, 'prefetch'>) {
  return (
    <NextLink prefetch={false} {...props}>
      {children}
      <OnTheWay />
    </NextLink>
  );
}
