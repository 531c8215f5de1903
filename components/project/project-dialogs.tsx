'use client';

import type { ProjectSettings } from '@/server/contracts/projects';
import { api } from '../hooks/api';
import { ApiError } from '../hooks/call';
import { useAction } from '../hooks/use-action';
import { useText } from '../messages/provider';
import { later } from '../ui/later';
import { tell } from '../ui/toast';
import type { Asked } from './asked';

const SettingsDialog = later(async () => (await import('./settings-dialog')).SettingsDialog);
const LimitsDialog = later(async () => (await import('./limits-dialog')).LimitsDialog);
const NewWordDialog = later(async () => (await import('./word-dialogs')).NewWordDialog);
const DescribeDialog = later(async () => (await import('./word-dialogs')).DescribeDialog);
const NewKeyDialog = later(async () => (await import('./new-key-dialog')).NewKeyDialog);
const NewOrgKeyDialog = later(async () => (await import('./new-org-key-dialog')).NewOrgKeyDialog);
const NewModuleDialog = later(async () => (await import('./new-module-dialog')).NewModuleDialog);
const NewIssuerDialog = later(async () => (await import('./new-issuer-dialog')).NewIssuerDialog);
const BatchDialog = later(async () => (await import('./batch-dialog')).BatchDialog);
const LogDialog = later(async () => (await import('./log-dialog')).LogDialog);
const ConfirmDialog = later(async () => (await import('../member/confirm-dialog')).ConfirmDialog);

interface ProjectDialogsProps {
  asked: Asked;
  project: ProjectSettings;
  mayChange: boolean;
  onChanged: () => void;
  onClose: () => void;
}

/** The dialog of what was asked for. */
export function ProjectDialogs({ asked, project, mayChange, onChanged, onClose }: ProjectDialogsProps) {
  const text = useText();
  const { id: projectId } = project;
  const common = { projectId, onClose, onChanged };
  const takeAway = useAction(async (done: string, act: () => Promise<unknown>) => {
    try {
      await act();
    } catch (error) {
      if (!(error instanceof ApiError) || error.reason !== 'LAST_APP') throw error;
      return tell({ tone: 'failed', title: text('project.apps.last') });
    }
    tell({ tone: 'done', title: done });
    onChanged();
    onClose();
  });
  const confirm = (
    words: { title: string; lead: string; action: string; done: string },
    act: () => Promise<unknown>,
  ) => (
    <ConfirmDialog
      title={words.title}
      lead={words.lead}
      action={words.action}
      isBusy={takeAway.isBusy}
      onConfirm={() => void takeAway.run(words.done, act)}
      onClose={onClose}
    />
  );
  const revocation = (name: string) => ({
    title: text('project.keys.revoke.title', { name }),
    lead: text('project.keys.revoke.lead'),
    action: text('project.keys.revoke'),
    done: text('project.keys.revoke.done'),
  });
  switch (asked.deed) {
    case 'settings':
      return <SettingsDialog project={project} onClose={onClose} onChanged={onChanged} />;
    case 'limits':
      return <LimitsDialog project={project} onClose={onClose} onChanged={onChanged} />;
    case 'app':
      return <NewWordDialog of="apps" {...common} />;
    case 'class':
      return <NewWordDialog of="classes" {...common} />;
    case 'describe':
      return <DescribeDialog {...common} classId={asked.id} description={asked.description} />;
    case 'key':
      return <NewKeyDialog {...common} />;
    case 'orgKey':
      return <NewOrgKeyDialog {...common} />;
    case 'module':
      return <NewModuleDialog {...common} />;
    case 'issuer':
      return <NewIssuerDialog {...common} />;
    case 'batch':
      return <BatchDialog projectId={projectId} deviceClass={asked.deviceClass} onClose={onClose} />;
    case 'log':
      return <LogDialog projectId={projectId} moduleId={asked.id} mayChange={mayChange} onClose={onClose} />;
    case 'removeApp':
      return confirm(
        {
          title: text('project.apps.remove.title', { name: asked.id }),
          lead: text('project.apps.remove.lead'),
          action: text('project.apps.remove'),
          done: text('project.apps.removed'),
        },
        () => api('projects.removeApp', { params: { projectId, appId: asked.id } }),
      );
    case 'revokeKey':
      return confirm(revocation(asked.name), () =>
        api('projects.revokeKey', { params: { projectId, keyId: asked.id } }),
      );
    case 'revokeOrgKey':
      return confirm(revocation(`${text('project.orgKeys.called')} ${asked.id.slice(0, 8)}`), () =>
        api('projects.revokeOrgKey', { params: { projectId, keyId: asked.id } }),
      );
    case 'removeIssuer':
      return confirm(
        {
          title: text('project.issuers.remove.title', { name: asked.name }),
          lead: text('project.issuers.remove.lead'),
          action: text('project.issuers.remove'),
          done: text('project.issuers.removed'),
        },
        () => api('projects.removeIssuer', { params: { projectId, issuerId: asked.id } }),
      );
  }
}
