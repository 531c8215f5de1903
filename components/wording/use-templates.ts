import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Wording } from '@/server/contracts/message-faults';
import type { MessagePreview, MessageTemplate } from '@/server/contracts/message-templates';
import { api } from '../hooks/api';

/** The texts of a project, and what asks for them anew. */
export function useTemplates(projectId: number, initial: readonly MessageTemplate[]) {
  const cache = useQueryClient();
  const queryKey = ['messages', projectId];
  const { data } = useQuery({
    queryKey,
    queryFn: ({ signal }) => api('projects.messages', { params: { projectId } }, { signal }),
    initialData: { items: [...initial] },
  });
  return { templates: data.items, reload: () => cache.invalidateQueries({ queryKey }) };
}

/** After the last letter that was typed. */
const restMs = 300;

/** What a message looks like with these texts, a moment after they were typed; `isGood`: they can be sent. */
export function usePreview(
  projectId: number,
  { kind, language }: Pick<MessageTemplate, 'kind' | 'language'>,
  { subject, body }: Wording,
  isGood: boolean,
): { preview: MessagePreview | undefined; error: Error | null } {
  const [asked, setAsked] = useState({ kind, language, subject, body });
  useEffect(() => {
    if (!isGood) return;
    const timer = setTimeout(() => setAsked({ kind, language, subject, body }), restMs);
    return () => clearTimeout(timer);
  }, [kind, language, subject, body, isGood]);
  const isOfThis = asked.kind === kind && asked.language === language;
  const { data, error } = useQuery({
    queryKey: ['message-preview', projectId, asked],
    queryFn: ({ signal }) =>
      api(
        'projects.previewMessage',
        {
          params: { projectId, kind: asked.kind, language: asked.language },
          body: { subject: asked.subject, body: asked.body },
        },
        { signal },
      ),
    enabled: isOfThis && isGood,
    retry: false,
    placeholderData: keepPreviousData,
  });
  return { preview: isOfThis ? data : undefined, error: isGood ? error : null };
}
