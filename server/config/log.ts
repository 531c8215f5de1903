import { type Logger as PinoLogger, pino } from 'pino';

export type Logger = PinoLogger;

/** Keys whose values never reach a log, wherever they stand in a line. */
const secretKeys = [
  'authorization',
  'cookie',
  'password',
  'token',
  'apiKey',
  'key',
  'code',
  'pin',
  'commissioningCode',
];

/** Structured log of one process on stdout. */
export function makeLog(target: string, level = process.env.LOG_LEVEL ?? 'info'): Logger {
  return pino({
    level,
    base: { target },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: secretKeys.flatMap((key) => [key, `*.${key}`, `*.*.${key}`, `headers["${key}"]`]),
      censor: '[redacted]',
    },
  });
}
