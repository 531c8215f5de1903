import { describe, expect, inject, it } from 'vitest';
import { ground } from '@/server/testing/ground';
import { operatorOf } from '@/server/testing/operator';
import { StaffBrowser } from '@/server/testing/staff-browser';

const factory = ground();
const run = operatorOf(factory.deps);
const signIn = async (email: string, password: string) =>
  (await new StaffBrowser(inject('url')).signIn(email, password)).body.step;

describe('the operator', () => {
  it.each(['staff create --role admin --name Ada', 'user create --role support --name Ada'])(
    '%s makes an account of the staff and prints its password once',
    async (line) => {
      const email = factory.email();
      const { output: project } = await run('project create --account email');
      const made = await run(`${line} --email ${email} --project ${project.id}`);
      expect(made).toMatchObject({
        code: 0,
        output: {
          id: expect.any(Number),
          email,
          name: 'Ada',
          role: line.includes('admin') ? 'admin' : 'support',
          projects: [{ id: project.id }],
          password: expect.stringMatching(/^.{20}$/),
        },
      });
      expect(await signIn(email, made.output.password)).toBe('enrol');
      const { output: listed } = await run('staff list');
      expect(listed.find((row: { id: number }) => row.id === made.output.id)).toEqual({
        ...made.output,
        password: undefined,
      });
    },
  );

  it('gives the password, and every project where none is named', async () => {
    const email = factory.email();
    const made = await run(`staff create --email ${email} --role support --password correct-horse-9`);
    expect(made.output).toMatchObject({ everyProject: true, password: 'correct-horse-9' });
    expect(await signIn(email, 'correct-horse-9')).toBe('enrol');
    for (const [line, error] of [
      [`staff create --email ${factory.email()} --password short`, 'password: must have at least 12'],
      [`staff create --email ${email} --password correct-horse-9`, 'email: is in use'],
      [`staff create --email ${factory.email()} --project 900000000000001`, 'projects: there is no such'],
      [`staff create --email ${factory.email()} --role owner`, '--role'],
      ['user create --role admin', 'email: is required'],
    ]) {
      const refused = await run(line as string);
      expect({ line, code: refused.code, error: refused.output.error }).toEqual({
        line,
        code: 1,
        error: expect.stringContaining(error as string),
      });
    }
  });

  it('grants projects and takes them away', async () => {
    const email = factory.email();
    const [one, two] = [(await factory.project()).id, (await factory.project()).id];
    await run(`staff create --email ${email} --role support --project ${one}`);
    const idsOf = ({ output }: Awaited<ReturnType<typeof run>>) =>
      output.everyProject ? 'all' : output.projects.map(({ id }: { id: number }) => id);
    for (const [words, wanted] of [
      [`grant --project ${two}`, [one, two]],
      [`revoke --project ${one}`, [two]],
      [`revoke --project ${two}`, []],
      ['grant --every-project', 'all'],
      [`grant --project ${one}`, 'all'],
      ['revoke --every-project', []],
    ] as const) {
      const [verb, ...flags] = words.split(' ');
      expect({ words, ids: idsOf(await run(`staff ${verb} --email ${email} ${flags.join(' ')}`)) }).toEqual({
        words,
        ids: wanted,
      });
    }
    await run(`staff grant --email ${email} --every-project`);
    expect((await run(`staff revoke --email ${email} --project ${one}`)).output.error).toContain(
      'every-project',
    );
    expect((await run(`staff grant --email ${email}`)).output.error).toContain('project');
    expect((await run('staff grant --email nobody@example.com --every-project')).output.error).toBe(
      'email: there is no such account',
    );
  });

  it('switches an account off and on, and makes a new link for it', async () => {
    const email = factory.email();
    const made = await run(`staff create --email ${email} --role admin`);
    expect((await run(`staff disable --email ${email}`)).output).toMatchObject({ disabled: true });
    expect(await signIn(email, made.output.password)).toBeUndefined();
    expect((await run(`staff enable --email ${email}`)).output).toMatchObject({ disabled: false });
    expect(await signIn(email, made.output.password)).toBe('enrol');
    const { output: link } = await run(`staff setup --email ${email}`);
    const token = new URL(link.url).searchParams.get('token');
    const set = { token, password: 'another long phrase' };
    expect((await new StaffBrowser(inject('url')).ask('POST', '/staff/setup', set)).status).toBe(200);
    expect(await signIn(email, 'another long phrase')).toBe('enrol');
  });
});
