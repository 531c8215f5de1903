import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';

/** Close codes of mode-api 6.1. */
export const closeCodes = { stopping: 1001, revoked: 1008, replaced: 1008 } as const;
export type CloseReason = keyof typeof closeCodes;

export interface Patience {
  /** Between two pings of ours. */
  pingEveryMs: number;
  /** Longest time without any frame of the client. */
  silenceMostMs: number;
}
export const usualPatience: Patience = { pingEveryMs: 60_000, silenceMostMs: 150_000 };

/** Past this much unread text a client is cut off: it never reads. */
const unreadMostBytes = 1024 * 1024;
/** How long a client may take to answer that it is being closed. */
const farewellMs = 5_000;

/**
 * One WebSocket that is told things and has nothing to say. It exists before the upgrade, so that nothing told in
 * between is missed; what it is told then goes out first.
 */
export class RawSocket {
  #webSocket: WebSocket | undefined;
  #stream: Duplex | undefined;
  #waiting: Buffer[] = [];
  #ended: CloseReason | undefined;
  #bytesRead = 0;
  #heardAt = 0;
  #pingedAt = 0;

  /** The upgrade is done. `now`: milliseconds of any steady clock. */
  attach(webSocket: WebSocket, stream: Duplex, now: number): void {
    this.#webSocket = webSocket;
    this.#stream = stream;
    this.#bytesRead = (stream as Socket).bytesRead;
    this.#heardAt = now;
    this.#pingedAt = now;
    for (const text of this.#waiting) this.send(text);
    this.#waiting = [];
    if (this.#ended !== undefined) this.close(this.#ended);
  }

  /** Sends one text frame. `text` is UTF-8. */
  send(text: Buffer): void {
    const webSocket = this.#webSocket;
    if (webSocket === undefined) {
      this.#waiting.push(text);
      return;
    }
    if (webSocket.readyState !== webSocket.OPEN) return;
    webSocket.send(text, { binary: false });
    if (webSocket.bufferedAmount > unreadMostBytes) webSocket.terminate();
  }

  close(why: CloseReason): void {
    this.#ended = why;
    const webSocket = this.#webSocket;
    if (webSocket === undefined) return;
    webSocket.close(closeCodes[why], why);
    setTimeout(() => webSocket.terminate(), farewellMs).unref();
  }

  terminate(): void {
    this.#webSocket?.terminate();
  }

  /** Any byte of the client is a sign of life; pings when it is time to, ends a client that was silent too long. */
  attend(now: number, { pingEveryMs, silenceMostMs }: Patience): void {
    const { bytesRead } = this.#stream as Socket;
    if (bytesRead !== this.#bytesRead) {
      this.#bytesRead = bytesRead;
      this.#heardAt = now;
    }
    if (now - this.#heardAt > silenceMostMs) this.terminate();
    else if (now - this.#pingedAt >= pingEveryMs) {
      this.#pingedAt = now;
      this.#webSocket?.ping();
    }
  }
}
