import { type Logger as PinoLogger, pino, stdSerializers } from 'pino';

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

/** Query parameters are people's data; the driver's errors carry them in message and stack. */
const withoutParameters = (text: string): string => text.replace(/\nparams: [^\n]*/g, '');

function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { type, message, stack, code } = stdSerializers.err(error) as {
    type: string;
    message: string;
    stack?: string;
    code?: unknown;
  };
  return {
    type,
    message: withoutParameters(message),
    ...(code === undefined ? {} : { code }),
    stack: withoutParameters(stack ?? ''),
  };
}

/** Structured log of one process on stdout. */
export function makeLog(target: string, level = process.env.LOG_LEVEL ?? 'info'): Logger {
  return pino({
    level,
    base: { target },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: describeError },
    redact: {
      paths: secretKeys.flatMap((key) => [key, `*.${key}`, `*.*.${key}`, `headers["${key}"]`]),
      censor: '[redacted]',
    },
  });
}
