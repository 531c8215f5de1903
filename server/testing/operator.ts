import { runAdmin } from '../admin/run';

type AdminDeps = Parameters<typeof runAdmin>[0];

/** The operator's command line over these dependencies: a line, or its words where one holds a blank. */
export const operatorOf =
  (deps: AdminDeps) =>
  async (...words: string[]) => {
    const [line = '', ...more] = words;
    const { output, code } = await runAdmin(deps, more.length === 0 ? line.split(' ') : words);
    // biome-ignore lint/suspicious/noExplicitAny: the point of the tests is what is printed
    return { code, output: output as any };
  };
