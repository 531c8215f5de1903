import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { encode, renderUnicodeCompact } from 'uqr';
import type { Config } from '@/server/config';
import { readMatterLockConfig } from '@/server/config/hub';
import { makeLog } from '@/server/config/log';
import { groupManualCode } from '@/server/domain/matter/manual-code';
import { startControlServer } from '@/server/hub-agent/control-server';
import { controlled } from '@/server/hub-agent/matter-lock/controlled';
import { startMatterLock } from '@/server/hub-agent/matter-lock/lock';
import { pngOf } from '@/server/hub-agent/matter-lock/qr-png';
import { writeWhole } from '@/server/hub-agent/state-file';
import { takeFolder } from '../take-folder';
import type { Running } from './target';

/** Address and bearer secret of the control interface; gone while the lock does not run. */
export const controlFileName = 'control.json';
/** The code of the lock as a picture. */
export const pictureFileName = 'pairing.png';

/** Runs one virtual Matter lock, prints its code, and opens its control interface on loopback. */
export async function start(config: Config): Promise<Running> {
  const settings = readMatterLockConfig(process.env, config.dataDir);
  const { folder, MATTER_LOCK_NAME: name, MATTER_LOCK_AUTO_LOCK_MS: autoLockMs } = settings;
  const log = makeLog('matter-lock');
  await takeFolder(folder, 'MATTER_LOCK_DATA_DIR', 'virtual lock');
  const lock = await startMatterLock({
    id: 'lock',
    name,
    port: settings.MATTER_LOCK_PORT,
    stateFile: path.join(folder, 'lock.json'),
    matterFolder: path.join(folder, 'matter'),
    ...(autoLockMs === undefined ? {} : { autoLockMs }),
    log,
  });
  const secret = randomBytes(24).toString('base64url');
  const control = await startControlServer({
    locks: () => [controlled(lock, name)],
    secret,
    port: settings.MATTER_LOCK_CONTROL_PORT,
  });
  const controlFile = path.join(folder, controlFileName);
  await writeWhole(controlFile, { url: control.url, secret });
  const { qrCode, manualCode, discriminator, port, isPaired } = lock.snapshot;
  const picture = path.join(folder, pictureFileName);
  await writeFile(picture, pngOf(encode(qrCode).data), { mode: 0o600 });
  const lines = [
    `${name} is ${isPaired ? 'paired' : 'ready to be paired'}, at UDP port ${port}, discriminator ${discriminator}.`,
    '',
    renderUnicodeCompact(qrCode),
    '',
    `QR code  ${qrCode}   (picture: ${picture})`,
    `Manual   ${groupManualCode(manualCode)}`,
    `Control  ${control.url}/lock/<action>, secret in ${controlFile}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return {
    async stop() {
      await rm(controlFile, { force: true });
      await control.stop();
      await lock.stop();
    },
  };
}
