import { readFile } from 'node:fs/promises';
import { LockKeyhole } from 'lucide-react';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { renderSVG } from 'uqr';
import { requestMessages } from '@/components/messages/request';
import { buttonClass } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Link } from '@/components/ui/link';
import { readConfig } from '@/server/config';
import { type DemoPairing, demoPairingFile, demoPairingSchema } from '@/server/config/demo-files';
import { groupManualCode } from '@/server/domain/matter/manual-code';

export async function generateMetadata(): Promise<Metadata> {
  const { text } = await requestMessages();
  return { title: text('devPairing.title'), referrer: 'no-referrer' };
}

/** The lock that waits to be paired; undefined while the Matter side of the demo does not run. */
async function waitingLock(dataDir: string): Promise<DemoPairing | undefined> {
  try {
    return demoPairingSchema.parse(JSON.parse(await readFile(demoPairingFile(dataDir), 'utf8')));
  } catch {
    return undefined;
  }
}

/** The label of the virtual lock that the demo leaves unpaired. Its code opens nothing else; there while the demo is on. */
export default async function PairingPage() {
  const { text } = await requestMessages();
  const { LATCHKEY_DEMO: isDemo, dataDir } = readConfig();
  if (!isDemo) notFound();
  const lock = await waitingLock(dataDir);
  return (
    <main id="content" className="mx-auto flex max-w-3xl flex-col gap-6 px-4 py-8 sm:px-6">
      <div>
        <h1 className="text-3xl font-semibold">{text('devPairing.title')}</h1>
        <p className="text-ink-soft">{text('devPairing.lead')}</p>
      </div>
      {lock === undefined ? (
        <EmptyState
          icon={LockKeyhole}
          title={text('devPairing.none.title')}
          text={text('devPairing.none.text')}
        />
      ) : (
        <Card className="flex flex-col items-start gap-4 p-4 sm:p-5">
          <h2 className="text-lg font-semibold">{lock.name}</h2>
          <p>{text(lock.isPaired ? 'devPairing.paired' : 'devPairing.waiting')}</p>
          <div
            role="img"
            aria-label={text('devPairing.code')}
            className="w-56 rounded-lg bg-white p-2"
            // biome-ignore lint/security/noDangerouslySetInnerHtml: an SVG that uqr draws of modules alone
            dangerouslySetInnerHTML={{ __html: renderSVG(lock.qrCode) }}
          />
          <p className="font-mono text-lg break-all">{groupManualCode(lock.manualCode)}</p>
          <Link
            href={`/dashboard/homes/${lock.homeId}/hubs/${lock.hubId}/pair`}
            className={buttonClass('primary')}
          >
            {text('devPairing.hub')}
          </Link>
        </Card>
      )}
    </main>
  );
}
