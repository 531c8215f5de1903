import { watch } from 'node:fs';
import path from 'node:path';
import type { Config } from '../config';
import { ensureCertificates } from '../embedded/certificates';
import { ensureSecretsKey } from '../embedded/secrets-key';
import { type ChildSettings, runOnce, type SupervisedChild, superviseChild } from './child';
import { type ChildLog, openChildLog } from './child-log';
import { type KeptDatabase, keepDatabase } from './database';
import { forgetProcesses, recordProcesses } from './leftovers';
import type { Ports } from './ports';
import { applicationRole, oneRoleWarning } from './roles';
import { StartError } from './start-error';

/** Order in which the processes are stopped: doors for people first, what they speak through last. */
const stopOrder = ['gateway', 'pages', 'demo-hub', 'virtual-lock', 'bridge', 'broker'];

export interface SystemOptions {
  dev: boolean;
  command: (target: string) => readonly string[];
  say: (line: string) => void;
}

/** One running system: what was started so far, so that it can be ended at any moment. */
export class System {
  readonly children: SupervisedChild[] = [];
  readonly logs: ChildLog[] = [];
  readonly cancel = new AbortController();
  readonly closers: (() => void)[] = [];
  database: KeptDatabase | undefined;
  /** Settles when the database has started or failed to. */
  startingDatabase: Promise<unknown> = Promise.resolve();
  demoLines: readonly string[] = [];
  staffLines: readonly string[] = [];
  private environment: NodeJS.ProcessEnv = process.env;

  constructor(
    private readonly config: Config,
    private readonly options: SystemOptions,
  ) {}

  get logFolder(): string {
    return path.join(this.config.dataDir, 'logs');
  }

  private settings(target: string, environment = this.environment): ChildSettings {
    const { dev, command, say } = this.options;
    const log = openChildLog(this.logFolder, target, say, { isVerbose: dev && target === 'pages' });
    this.logs.push(log);
    return {
      target,
      command: command(target),
      environment,
      log,
      say,
      onChange: () => recordProcesses(this.config.dataDir, this.children),
      onMessage: (message) => {
        if (message.type === 'demo') this.demoLines = message.lines;
        if (message.type === 'staff') this.staffLines = message.lines;
      },
    };
  }

  private launch(target: string): SupervisedChild {
    const child = superviseChild(this.settings(target));
    this.children.push(child);
    recordProcesses(this.config.dataDir, this.children);
    return child;
  }

  private once(target: string, environment?: NodeJS.ProcessEnv): Promise<void> {
    return runOnce(this.settings(target, environment), this.cancel.signal);
  }

  /** Starts everything in order; resolves when all of it serves. */
  async start(ports: Ports): Promise<{ caFile: string | undefined }> {
    const { config } = this;
    const { dataDir } = config;
    const isGiven = config.DATABASE_URL !== undefined;
    const starting = isGiven ? Promise.resolve(undefined) : keepDatabase(dataDir, this.options.say);
    this.startingDatabase = starting.then(
      (database) => {
        this.database = database;
      },
      () => {},
    );
    const [database, secretsKey, tls] = await Promise.all([
      starting,
      config.SECRETS_KEY ?? ensureSecretsKey(dataDir),
      certificatesOf(config),
    ]);
    if (this.cancel.signal.aborted) return { caFile: tls.caFile };

    const url = database?.url ?? config.DATABASE_URL ?? '';
    const isBrokerOurs = config.MQTT_URL === undefined;
    this.environment = {
      ...process.env,
      ...Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, String(port)])),
      NODE_ENV: this.options.dev ? 'development' : 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      DATA_DIR: dataDir,
      DATABASE_URL: url,
      MQTT_URL: config.MQTT_URL ?? `mqtt://127.0.0.1:${ports.MQTT_PORT}`,
      ...(isBrokerOurs && { LATCHKEY_EMBEDDED_BROKER: '1' }),
      SECRETS_KEY: secretsKey,
      TLS_CERT_FILE: tls.certFile,
      TLS_KEY_FILE: tls.keyFile,
      ...(tls.caFile !== undefined && { TLS_CA_FILE: tls.caFile }),
    };
    // The owner's password is for the migration alone.
    delete this.environment.DATABASE_OWNER_URL;
    const ownerUrl = database?.ownerUrl ?? config.DATABASE_OWNER_URL ?? url;
    if (applicationRole(url, ownerUrl) === undefined) this.options.say(oneRoleWarning);
    // The pages ask nothing of the database before somebody opens one.
    const pages = this.launch('pages');
    await this.once('migrate', { ...this.environment, DATABASE_OWNER_URL: ownerUrl });
    if (this.cancel.signal.aborted) return { caFile: tls.caFile };

    const demo = config.LATCHKEY_DEMO ? this.once('demo') : Promise.resolve();
    // Awaited below; until then a failure is no unhandled one.
    demo.catch(() => {});
    await this.launch('broker').ready;
    if (this.cancel.signal.aborted) return { caFile: tls.caFile };
    const others = ['bridge', 'gateway'].map((target) => this.launch(target));
    await demo;
    if (this.cancel.signal.aborted) return { caFile: tls.caFile };
    if (config.LATCHKEY_DEMO) others.push(this.launch('virtual-lock'));
    await Promise.all([pages, ...others].map((child) => child.ready));
    // Last: no door waits for Matter.
    if (config.LATCHKEY_DEMO && config.LATCHKEY_DEMO_MATTER && isBrokerOurs) this.launch('demo-hub');
    if (this.options.dev) this.watchSources();
    return { caFile: tls.caFile };
  }

  /** Starts our processes anew when their sources change; the pages reload by themselves. */
  private watchSources(): void {
    const folder = path.join(process.cwd(), 'server');
    let timer: NodeJS.Timeout | undefined;
    const watcher = watch(folder, { recursive: true }, (_, file) => {
      if (file === null || !/\.(ts|mjs|json)$/.test(file) || /\.test\.ts$/.test(file)) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        this.options.say(`server/${file} changed; restarting`);
        for (const child of this.children) if (child.target !== 'pages') child.restart();
      }, 150);
    });
    this.closers.push(() => {
      clearTimeout(timer);
      watcher.close();
    });
  }

  /** Ends everything in order and waits until it is gone. */
  async stop(): Promise<void> {
    this.cancel.abort();
    for (const close of this.closers) close();
    const place = (child: SupervisedChild) => stopOrder.indexOf(child.target);
    for (const child of this.children.toSorted((a, b) => place(a) - place(b))) await child.stop();
    await this.startingDatabase;
    await this.database?.stop();
    for (const log of this.logs) log.close();
    forgetProcesses(this.config.dataDir);
  }

  /** Ends everything at once. */
  kill(): void {
    this.cancel.abort();
    for (const child of this.children) child.kill();
    this.database?.kill();
  }
}

async function certificatesOf(
  config: Config,
): Promise<{ certFile: string; keyFile: string; caFile: string | undefined }> {
  const { TLS_CERT_FILE: certFile, TLS_KEY_FILE: keyFile, dataDir, PUBLIC_URL } = config;
  if (certFile !== undefined && keyFile !== undefined) return { certFile, keyFile, caFile: undefined };
  if (certFile !== undefined || keyFile !== undefined) {
    throw new StartError('TLS_CERT_FILE and TLS_KEY_FILE belong together; only one of them is set.');
  }
  return ensureCertificates({
    dataDir,
    hosts: PUBLIC_URL === undefined ? [] : [new URL(PUBLIC_URL).hostname],
  });
}
