import { Failure } from '../domain/errors';
import { type AdminDeps, Wrong } from './command';
import { commands } from './commands';

/** Reads `--name value`, `--name=value` and bare `--name` (true). */
function readFlags(args: readonly string[]): Record<string, string> {
  const flags: Record<string, string> = {};
  for (let index = 0; index < args.length; index += 1) {
    const word = args[index] as string;
    if (!word.startsWith('--')) throw new Error(`unexpected word: ${word}`);
    const [name = '', inline] = word.slice(2).split(/=(.*)/s, 2);
    const next = args[index + 1];
    if (inline !== undefined) flags[name] = inline;
    else if (next !== undefined && !next.startsWith('--')) {
      flags[name] = next;
      index += 1;
    } else flags[name] = 'true';
  }
  return flags;
}

const messageOf = (error: unknown): string => {
  if (error instanceof Failure && error.issues.length > 0) {
    return error.issues.map(({ field, message }) => `${field}: ${message}`).join('; ');
  }
  return error instanceof Error ? error.message : String(error);
};

/** Runs one command of the operator. Returns what to print and the exit code; never throws. */
export async function runAdmin(
  deps: AdminDeps,
  args: readonly string[],
): Promise<{ output: unknown; code: 0 | 1 }> {
  const [noun = '', verb = '', ...rest] = args;
  try {
    const verbs = commands[noun];
    if (verbs === undefined)
      throw new Error(`unknown noun '${noun}'; there are: ${Object.keys(commands).join(', ')}`);
    const command = verbs[verb];
    if (command === undefined)
      throw new Error(`unknown verb '${noun} ${verb}'; there are: ${Object.keys(verbs).join(', ')}`);
    const flags = command.flags.safeParse(readFlags(rest));
    if (!flags.success) {
      const lines = flags.error.issues.map((issue) =>
        issue.code === 'unrecognized_keys'
          ? `unknown flag --${issue.keys.join(', --')}`
          : `--${issue.path.join('.')}: ${issue.message}`,
      );
      throw new Error(lines.join('; '));
    }
    const output = await command.run(deps, flags.data as never);
    return output instanceof Wrong ? { output: output.output, code: 1 } : { output, code: 0 };
  } catch (error) {
    return { output: { error: messageOf(error) }, code: 1 };
  }
}
