'use client';

import { Ban } from 'lucide-react';
import type { ReactNode } from 'react';
import { keyPermissions } from '@/server/contracts/project-words';
import type { ProjectSettings } from '@/server/contracts/projects';
import { Row } from '../console/part';
import { useText } from '../messages/provider';
import { Moment } from '../time/moment';
import { Badge } from '../ui/badge';
import type { PartProps } from './asked';
import { AddButton, ItemMenu } from './item-menu';
import { Items } from './items';

interface KeyPartProps extends PartProps {
  project: ProjectSettings;
}

interface Life {
  lastUseTime?: string | undefined;
  revocationTime?: string | undefined;
}

function useLifeOf() {
  const text = useText();
  return ({ lastUseTime, revocationTime }: Life): ReactNode => {
    const [words, at] =
      revocationTime === undefined
        ? [text(lastUseTime === undefined ? 'project.keys.unused' : 'project.keys.used'), lastUseTime]
        : [text('project.keys.revoked'), revocationTime];
    return at === undefined ? (
      words
    ) : (
      <>
        {words} <Moment at={at} zone={undefined} />
      </>
    );
  };
}

/** Keys of the project's servers: permissions and last use, never the keys themselves. */
export function ProjectKeys({ project, mayChange, onAsk }: KeyPartProps) {
  const text = useText();
  const lifeOf = useLifeOf();
  const known: readonly string[] = keyPermissions;
  return (
    <Items
      id="keys"
      title={text('project.keys')}
      action={
        mayChange ? (
          <AddButton label={text('project.keys.new')} onClick={() => onAsk({ deed: 'key' })} />
        ) : null
      }
    >
      {project.keys.map((key) => {
        const { id, name, permissions, revocationTime } = key;
        const isRevoked = revocationTime !== undefined;
        return (
          <Row
            key={id}
            title={
              <>
                {name}
                {isRevoked ? <Badge tone="alarm">{text('project.keys.revoked')}</Badge> : null}
              </>
            }
            lines={[
              permissions.length === 0
                ? text('project.keys.reads')
                : permissions.filter((one) => known.includes(one)).join(', '),
              lifeOf(key),
            ]}
          >
            {mayChange && !isRevoked ? (
              <ItemMenu
                name={name}
                acts={[
                  {
                    label: text('project.keys.revoke'),
                    icon: Ban,
                    isDangerous: true,
                    onSelect: () => onAsk({ deed: 'revokeKey', id, name }),
                  },
                ]}
              />
            ) : null}
          </Row>
        );
      })}
    </Items>
  );
}

/** The key that opens all locks of the project, and those before it. */
export function OrgKeys({ project, mayChange, onAsk }: KeyPartProps) {
  const text = useText();
  const lifeOf = useLifeOf();
  return (
    <Items
      id="org-keys"
      title={text('project.orgKeys')}
      action={
        mayChange ? (
          <AddButton label={text('project.orgKeys.new')} onClick={() => onAsk({ deed: 'orgKey' })} />
        ) : null
      }
    >
      {project.orgKeys.map((key) => {
        const { id, revocationTime, expirationTime } = key;
        const isRevoked = revocationTime !== undefined;
        return (
          <Row
            key={id}
            title={
              <>
                <span className="font-mono text-sm">{id.slice(0, 8)}</span>
                {isRevoked ? <Badge tone="alarm">{text('project.keys.revoked')}</Badge> : null}
              </>
            }
            lines={[
              lifeOf(key),
              expirationTime === undefined ? null : (
                <>
                  {text('project.keys.expired')} <Moment at={expirationTime} zone={undefined} />
                </>
              ),
            ]}
          >
            {mayChange && !isRevoked ? (
              <ItemMenu
                name={`${text('project.orgKeys.called')} ${id.slice(0, 8)}`}
                acts={[
                  {
                    label: text('project.keys.revoke'),
                    icon: Ban,
                    isDangerous: true,
                    onSelect: () => onAsk({ deed: 'revokeOrgKey', id }),
                  },
                ]}
              />
            ) : null}
          </Row>
        );
      })}
    </Items>
  );
}
