/** A link of ours, wherever it was made for: followed on the address the reader is at. */
const ownLink = /(https?:\/\/\S+?)(\/(?:verify-email|reset-password|accept-invitation)\?token=[A-Za-z0-9]+)/g;

/** The text of a message as it was written, its links of ours ready to be followed. */
export function MessageBody({ body }: { body: string }) {
  const parts: { key: number; text: string; href?: string }[] = [];
  let from = 0;
  for (const match of body.matchAll(ownLink)) {
    parts.push({ key: from, text: body.slice(from, match.index) });
    parts.push({ key: match.index, text: match[0], href: match[2] ?? '' });
    from = match.index + match[0].length;
  }
  parts.push({ key: from, text: body.slice(from) });
  return (
    <p className="break-words whitespace-pre-wrap">
      {parts.map(({ key, text, href }) =>
        href === undefined ? (
          <span key={`text-${key}`}>{text}</span>
        ) : (
          <a
            key={`link-${key}`}
            href={href}
            rel="noreferrer"
            className="font-medium break-all underline underline-offset-4"
          >
            {text}
          </a>
        ),
      )}
    </p>
  );
}
