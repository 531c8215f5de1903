'use client';

import { ImageUp } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useText } from '../messages/provider';
import { fieldClass } from '../ui/field';
import { Notice } from '../ui/notice';

interface Detector {
  detect(source: CanvasImageSource): Promise<{ rawValue: string }[]>;
}
type DetectorClass = new (options: { formats: string[] }) => Detector;

const everyMs = 200;
const longestSide = 1_024;

/** Reads a QR code out of a picture: by the browser's own detector where it has one, else by jsqr. */
async function readCode(
  source: CanvasImageSource,
  width: number,
  height: number,
): Promise<string | undefined> {
  const { BarcodeDetector: Native } = globalThis as { BarcodeDetector?: DetectorClass };
  if (Native !== undefined) {
    try {
      const [found] = await new Native({ formats: ['qr_code'] }).detect(source);
      if (found !== undefined) return found.rawValue;
    } catch {
      // Some browsers have the name and not the thing: the other way is tried.
    }
  }
  const scale = Math.min(1, longestSide / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return undefined;
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  const { default: jsqr } = await import('jsqr');
  return jsqr(data, canvas.width, canvas.height)?.data;
}

type State = 'starting' | 'looking' | 'refused' | 'missing' | 'unread';

/** Looks for a QR code with the camera, or in a photo. Without a camera it says why, and the photo remains. */
export function CodeScanner({ onCode }: { onCode: (code: string) => void }) {
  const text = useText();
  const video = useRef<HTMLVideoElement>(null);
  const [state, setState] = useState<State>('starting');
  const found = useEffectEvent(onCode);

  useEffect(() => {
    let stream: MediaStream | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const look = async () => {
      const picture = video.current;
      if (picture !== null && picture.videoWidth > 0) {
        const code = await readCode(picture, picture.videoWidth, picture.videoHeight);
        if (!isOver && code !== undefined && code !== '') return found(code);
      }
      if (!isOver) timer = setTimeout(() => void look(), everyMs);
    };
    const start = async () => {
      // Browsers hide the camera from pages that did not come by https.
      if (navigator.mediaDevices?.getUserMedia === undefined) return setState('missing');
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      } catch (error) {
        const isRefused = error instanceof DOMException && error.name === 'NotAllowedError';
        return setState(isRefused ? 'refused' : 'missing');
      }
      if (isOver || video.current === null) {
        for (const track of stream.getTracks()) track.stop();
        return;
      }
      video.current.srcObject = stream;
      await video.current.play().catch(() => {});
      setState('looking');
      await look();
    };
    void start();
    return () => {
      isOver = true;
      clearTimeout(timer);
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
  }, []);

  const readPhoto = async (file: File | undefined) => {
    if (file === undefined) return;
    const picture = await createImageBitmap(file).catch(() => undefined);
    const code = picture && (await readCode(picture, picture.width, picture.height));
    picture?.close();
    if (code === undefined || code === '') setState('unread');
    else onCode(code);
  };
  const isBlind = state === 'refused' || state === 'missing';
  return (
    <div className="flex flex-col gap-3">
      {isBlind ? null : (
        <video
          ref={video}
          muted
          playsInline
          aria-label={text('device.scan.picture')}
          className="aspect-4/3 w-full rounded-xl bg-sunken object-cover"
        />
      )}
      <div role="status">
        {isBlind ? (
          <Notice tone="notice" title={text(`device.scan.${state}.title`)}>
            {text(`device.scan.${state}.text`)}
          </Notice>
        ) : (
          <p className="text-sm text-ink-soft">{text(`device.scan.${state}`)}</p>
        )}
      </div>
      <label className="flex flex-col gap-1.5 text-[0.9375rem] font-medium">
        <span className="flex items-center gap-2">
          <ImageUp aria-hidden className="size-4.5" />
          {text('device.scan.photo')}
        </span>
        <input
          type="file"
          accept="image/*"
          className={`${fieldClass(false)} h-12 py-2.5 text-sm font-normal`}
          onChange={(event) => void readPhoto(event.target.files?.[0])}
        />
      </label>
    </div>
  );
}
