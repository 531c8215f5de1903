import './globals.css';
import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { MessagesProvider } from '@/components/messages/provider';
import { requestMessages, requestZone, textsOf } from '@/components/messages/request';
import { SkipLink } from '@/components/shell/app-header';
import { ClockProvider } from '@/components/time/clock';

export async function generateMetadata(): Promise<Metadata> {
  const { text } = await requestMessages();
  return {
    title: { default: text('app.name'), template: text('app.titleOf', { page: '%s' }) },
    description: text('app.description'),
    applicationName: text('app.name'),
    robots: { index: false, follow: false },
    formatDetection: { telephone: false },
  };
}

export const viewport: Viewport = {
  // The keyboard of a phone makes room for what is typed into, a dialog at the bottom edge too.
  interactiveWidget: 'resizes-content',
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f9f8f5' },
    { media: '(prefers-color-scheme: dark)', color: '#070d0b' },
  ],
};

/** Reads the request's headers, which keeps every page dynamic and so lets its scripts carry the nonce. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const [{ language, hourCycle, text }, zone] = await Promise.all([requestMessages(), requestZone()]);
  return (
    <html lang={language}>
      <head>
        {/* With the session's cookie: its shortcuts are the visitor's own doors. */}
        <link rel="manifest" href="/manifest.webmanifest" crossOrigin="use-credentials" />
      </head>
      <body>
        <SkipLink text={text} />
        <ClockProvider now={Date.now()} zone={zone}>
          <MessagesProvider
            dictionary={textsOf(language, ['shell', 'door'])}
            language={language}
            hourCycle={hourCycle}
          >
            {children}
          </MessagesProvider>
        </ClockProvider>
      </body>
    </html>
  );
}
