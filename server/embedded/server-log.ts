import {
  closeSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
} from 'node:fs';
import path from 'node:path';

/** The file that a server writes its messages to. */
export interface ServerLog {
  descriptor: number;
  /** What was written since it was opened, the last lines of it. */
  tail(): string;
  close(): void;
}

const mostBytes = 10 * 1024 * 1024;
const checkMs = 10 * 60_000;

/**
 * Opens a log for appending and keeps it small: the old one is set aside at the start when it is larger than 10 MB, and
 * one that grows past that while it is written begins anew.
 */
export function openServerLog(file: string): ServerLog {
  mkdirSync(path.dirname(file), { recursive: true });
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > mostBytes) renameSync(file, `${file}.1`);
  const descriptor = openSync(file, 'a+', 0o600);
  const begin = fstatSync(descriptor).size;
  const timer = setInterval(() => {
    if (fstatSync(descriptor).size > mostBytes) ftruncateSync(descriptor);
  }, checkMs);
  timer.unref();
  let isOpen = true;
  return {
    descriptor,
    tail: () => readFileSync(file).subarray(begin).toString('utf8').trim().split('\n').slice(-12).join('\n'),
    close() {
      if (!isOpen) return;
      isOpen = false;
      clearInterval(timer);
      closeSync(descriptor);
    },
  };
}
