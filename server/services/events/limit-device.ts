/** Messages a minute that one device may send unless a setting says otherwise (mode-api 10). */
const perMinuteByDefault = 600;
const bucketsMost = 50_000;

interface Bucket {
  tokens: number;
  filledAt: number;
}
const buckets = new Map<number, Bucket>();

/** Whether a device may send one more message now; counted by this process. A clock that is set back costs nobody. */
export function mayDeviceSend(deviceId: number, nowMs: number, perMinute = perMinuteByDefault): boolean {
  const bucket = buckets.get(deviceId) ?? { tokens: perMinute, filledAt: nowMs };
  const elapsedMs = Math.max(0, nowMs - bucket.filledAt);
  bucket.tokens = Math.min(perMinute, bucket.tokens + (elapsedMs * perMinute) / 60_000);
  bucket.filledAt = nowMs;
  // Last in the map is who sent last, so that the first is the one to forget.
  buckets.delete(deviceId);
  buckets.set(deviceId, bucket);
  if (buckets.size > bucketsMost) {
    const [oldest] = buckets.keys();
    if (oldest !== undefined) buckets.delete(oldest);
  }
  if (bucket.tokens < 1) return false;
  bucket.tokens -= 1;
  return true;
}
