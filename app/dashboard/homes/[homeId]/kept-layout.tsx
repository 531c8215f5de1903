import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { loadHome } from './load-home';

interface KeptLayoutProps {
  params: Promise<{ homeId: string }>;
  children: ReactNode;
}

/**
 * Above the loading boundary of pages that guests have none of: whether there is such a page is settled before anything
 * is sent, so that the status of the answer can say it.
 */
export default async function KeptLayout({ params, children }: KeptLayoutProps) {
  const home = await loadHome((await params).homeId);
  if (home.role === 'guest') notFound();
  return children;
}
