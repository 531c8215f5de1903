import { ActivityPageFrame, ActivityPageSkeleton } from '@/components/activity/activity-page';
import { requestMessages } from '@/components/messages/request';

export default async function ActivityLoading() {
  const { text } = await requestMessages();
  return (
    <ActivityPageFrame title={text('activity.title')} lead={text('activity.lead.lock')}>
      <ActivityPageSkeleton label={text('activity.loading')} />
    </ActivityPageFrame>
  );
}
