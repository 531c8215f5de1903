import { ActivityFrame, ActivitySkeleton } from '@/components/lock/activity-frame';
import { requestMessages } from '@/components/messages/request';

export default async function ActivityLoading() {
  const { text } = await requestMessages();
  return (
    <ActivityFrame text={text}>
      <ActivitySkeleton label={text('activity.loading')} />
    </ActivityFrame>
  );
}
