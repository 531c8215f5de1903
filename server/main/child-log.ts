import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';

const mostBytes = 10 * 1024 * 1024;
const warnLevel = 40;
const linesPerWindow = 15;
const windowMs = 10_000;
const tailLines = 15;
const shownCharacters = 240;

/** What one child process writes: all of it in a file, warnings and errors shortly in the terminal. */
export interface ChildLog {
  file: string;
  out(chunk: Buffer): void;
  err(chunk: Buffer): void;
  /** The last lines that the process wrote, for the message when it cannot start. */
  tail(): string;
  close(): void;
}

interface LogLine {
  level?: unknown;
  msg?: unknown;
  err?: { message?: unknown };
}

/** One line that a terminal can show: no control characters, not endless. */
function firstLine(text: string): string {
  const [line = ''] = text.split('\n');
  const clean = line.replace(/\p{Cc}/gu, ' ');
  return clean.length > shownCharacters ? `${clean.slice(0, shownCharacters)}…` : clean;
}

/** Short form of a structured line, or undefined when it is not worth the terminal. */
function shorten(line: string): string | undefined {
  let parsed: LogLine;
  try {
    parsed = JSON.parse(line) as LogLine;
  } catch {
    return undefined;
  }
  if (typeof parsed.level !== 'number' || parsed.level < warnLevel) return undefined;
  const words = [parsed.msg, parsed.err?.message].filter((word) => typeof word === 'string' && word !== '');
  return firstLine([...new Set(words)].join(': ') || 'warning');
}

function splitter(onLine: (line: string) => void): (chunk: Buffer) => void {
  let rest = '';
  return (chunk) => {
    const lines = (rest + chunk.toString('utf8')).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') onLine(line);
  };
}

/**
 * Opens the log of a target in a folder. A file larger than 10 MB is set aside as `.1`, at the start and later; a full
 * disk costs lines and never the process.
 */
export function openChildLog(
  folder: string,
  target: string,
  show: (line: string) => void,
  options: { isVerbose?: boolean } = {},
): ChildLog {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${target}.log`);
  let descriptor = openSync(file, 'a', 0o600);
  let size = fstatSync(descriptor).size;
  let isOpen = true;
  const last: string[] = [];

  function rotate(): void {
    closeSync(descriptor);
    renameSync(file, `${file}.1`);
    descriptor = openSync(file, 'a', 0o600);
    size = 0;
  }

  function keep(line: string): void {
    last.push(line);
    if (last.length > tailLines) last.shift();
    if (!isOpen) return;
    try {
      if (size > mostBytes) rotate();
      size += writeSync(descriptor, `${line}\n`);
    } catch {}
  }

  let shownInWindow = 0;
  let windowEndsAt = 0;
  function tell(line: string): void {
    const now = Date.now();
    if (now > windowEndsAt) {
      windowEndsAt = now + windowMs;
      shownInWindow = 0;
    }
    shownInWindow++;
    if (shownInWindow <= linesPerWindow) show(`${target}: ${line}`);
    else if (shownInWindow === linesPerWindow + 1) show(`${target}: … more in ${file}`);
  }

  if (size > mostBytes) rotate();
  return {
    file,
    out: splitter((line) => {
      keep(line);
      const short = shorten(line);
      if (short !== undefined) tell(short);
      else if (options.isVerbose && !line.startsWith('{')) show(`${target}: ${line}`);
    }),
    err: splitter((line) => {
      keep(line);
      if (line.startsWith('{')) {
        const short = shorten(line);
        if (short !== undefined) tell(short);
      } else if (!/^\(node:\d+\)|^\(Use `node /.test(line)) tell(firstLine(line));
    }),
    tail: () => last.map((line) => shorten(line) ?? line).join('\n'),
    close() {
      if (!isOpen) return;
      isOpen = false;
      closeSync(descriptor);
    },
  };
}
