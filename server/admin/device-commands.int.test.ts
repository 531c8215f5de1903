import { describe, expect, it } from 'vitest';
import { ground } from '@/server/testing/ground';
import { operatorOf } from '@/server/testing/operator';

const factory = ground();
const run = operatorOf(factory.deps);

describe('device nouns of the command line', () => {
  it('makes classes and devices, and shows claim codes again, keys not', async () => {
    const { id: project } = await factory.project();
    const made = await run(`device-class create --project ${project} --id lamp --description Lamps`);
    expect(made).toEqual({ code: 0, output: { id: 'lamp', projectId: project, description: 'Lamps' } });
    expect((await run(`device-class list --project ${project}`)).output).toEqual([made.output]);
    expect((await run(`device-class create --project ${project} --id lamp`)).output).toEqual({
      error: 'id: is taken in this project',
    });

    const one = await run(`device create --project ${project} --class lamp --tag SN-1`);
    expect(one.code).toBe(0);
    const shape = {
      id: expect.any(Number),
      apiKey: expect.stringMatching(/^v1\./),
      claimCode: expect.stringMatching(/^[A-HJ-NP-Z2-9-]{14}$/),
    };
    expect(one.output).toEqual([shape]);
    const more = await run(`device create --project ${project} --count 3`);
    expect(more.output).toEqual([shape, shape, shape]);
    const all = [...one.output, ...more.output];
    expect(new Set(all.map(({ claimCode }) => claimCode)).size).toBe(4);
    const { output: listed } = await run(`device list --project ${project}`);
    expect(listed).toMatchObject(
      all.map(({ id, claimCode }) => ({ id, claimCode, projectId: project, deviceClass: 'lamp' })),
    );
    expect(listed[0].tag).toBe('SN-1');
    expect(JSON.stringify(listed)).not.toContain(all[0].apiKey);
  });

  it('says what is wrong with a device that cannot be', async () => {
    const { id: pre } = await factory.project();
    const { id: onDemand } = await factory.project('email', 'on-demand');
    await factory.deviceClass(onDemand, 'lamp');
    for (const [line, error] of [
      [`device create --project ${pre}`, '--class: is required'],
      [`device create --project ${pre} --class lamp`, 'class: is no device class of this project'],
      [`device create --project ${pre} --class lamp --count 0`, '--count: '],
      [`device create --project ${onDemand} --class lamp`, 'project: makes its devices on demand'],
      ['device create --project 900000000000001 --class lamp', 'project: there is no such project'],
      ['device-class create --project 900000000000001 --id lamp', 'project: there is no such project'],
      [`module create --project ${pre} --id m --type tsdb`, '--type: '],
      [`module create --project ${pre} --id m --event-url ftp://x`, 'event-url: must be an http'],
      ['module create --project 900000000000001 --id m', 'project: there is no such project'],
    ] as const) {
      const { code, output } = await run(line);
      expect({ line, code }).toEqual({ line, code: 1 });
      expect(output.error).toContain(error);
    }
  });

  it('makes webhooks and shows their keys again', async () => {
    const { id: project } = await factory.project();
    const given = await run(
      `module create --project ${project} --id hooks --type webhooks --event-url https://a.example/evt?x=1 --command-url https://a.example/cmd --key s3cret`,
    );
    expect(given).toEqual({
      code: 0,
      output: {
        id: 'hooks',
        projectId: project,
        moduleType: 'webhooks',
        description: '',
        suspended: false,
        eventUrl: 'https://a.example/evt?x=1',
        commandUrl: 'https://a.example/cmd',
        key: 's3cret',
      },
    });
    const minted = await run(`module create --project ${project} --id quiet --events a,_keyValueSaved_`);
    expect(minted.output).toMatchObject({
      key: expect.stringMatching(/^\w{40}$/),
      subscribedEvents: ['a', '_keyValueSaved_'],
    });
    expect((await run(`module list --project ${project}`)).output).toEqual([given.output, minted.output]);
  });
});
