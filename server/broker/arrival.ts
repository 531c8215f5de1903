import type { X509Certificate } from 'node:crypto';
import type { Duplex } from 'node:stream';

/** What is known of a connection before it has said anything. */
export interface Arrival {
  /** Network address it came from. */
  address: string | undefined;
  /** Client certificate, shown to be of an authority that we take; whom it stands for is to be looked up. */
  certificate?: X509Certificate;
}

/** Takes a new connection, which has not said anything yet. */
export type TakeConnection = (stream: Duplex, arrival: Arrival) => void;
