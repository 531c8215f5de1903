import { type ActionContext, type ClientNode, Millis } from '@matter/main';
import { Invoke, Peer, PeerUnresponsiveError } from '@matter/main/protocol';
import type { MatterFailure } from './face';
import { operatingFailure } from './name-error';

/** What bounds an interaction goes where the context of one goes. */
export const within = (ms: number): ActionContext =>
  ({ abort: AbortSignal.timeout(ms), connectionTimeout: Millis(ms) }) as ActionContext;

/**
 * Names a failure. A lock that did not answer in time may have forgotten our session, as after it lost its power: the next
 * request then makes a new one, instead of waiting a quarter of a minute for the end of the old one.
 */
export async function failureOf(node: ClientNode, error: unknown): Promise<MatterFailure> {
  const failure = operatingFailure(error);
  if (failure.code === 'LOCK_UNREACHABLE') {
    const gone = new PeerUnresponsiveError();
    await node.env
      .maybeGet(Peer)
      ?.disconnect(gone)
      .catch(() => {});
  }
  return failure;
}

/**
 * Invokes one command and gives what the response holds; undefined: it was answered by a status alone. Nothing of it is
 * sent after `withinMs`. `refusal` makes an error of a status that is no success.
 */
export async function invokeOne(
  node: ClientNode,
  command: Invoke.CommandRequest,
  { withinMs, refusal }: { withinMs: number; refusal: (status: number, clusterStatus?: number) => unknown },
): Promise<unknown> {
  try {
    const request = Invoke({ commands: [command], timed: true });
    let response: unknown;
    // Alone and at once: nothing of it may wait to be sent with others.
    for await (const chunk of node.interaction.invoke(
      { ...request, batchDuration: false },
      within(withinMs),
    )) {
      for (const answer of chunk) {
        if (answer.kind === 'cmd-response') response = answer.data;
        else if (answer.status !== 0) throw await refusal(answer.status, answer.clusterStatus);
      }
    }
    return response;
  } catch (error) {
    throw await failureOf(node, error);
  }
}
