import { type Html, html, trusted } from './html';

/** What is known of the bolt; an unreachable or silent lock is never drawn as locked. */
export type Bolt = 'out' | 'in' | 'unknown';

/** The edge of a door, cut open so that its bolt shows. A picture of what the text says, hidden from screen readers. */
export const drawing = (bolt: Bolt): Html =>
  html`<svg class="stage" viewBox="0 0 320 148" aria-hidden="true" data-lock="${bolt}">${trusted(`
<clipPath id="open-part"><path d="M172 40H262V100H172Z"/></clipPath><path d="M214 0H320V148H214Z" fill="var(--frame)"/><path d="M214 0V148" stroke="var(--frame-edge)" stroke-width="2"/>
<path d="M0 12H206V148H0Z" fill="var(--leaf)"/><path d="M0 12H206V148" fill="none" stroke="var(--leaf-line)" stroke-width="2"/>
<path d="M0 13.5H204" stroke="var(--leaf-light)" stroke-width="2"/>
<rect x="214" y="44" width="10" height="80" rx="2" fill="var(--plate)" stroke="var(--plate-edge)"/>
<rect x="214" y="56" width="44" height="30" rx="4" fill="var(--recess)"/>
<path d="M204 56H176a4 4 0 0 0-4 4v22a4 4 0 0 0 4 4h28Z" fill="var(--recess)"/>
<rect class="ghost" x="177" y="61" width="72" height="20" rx="3" fill="none" stroke="var(--plate-edge)" stroke-width="2" stroke-dasharray="5 4"/>
<g clip-path="url(#open-part)"><g class="part bolt"><rect x="177" y="61" width="72" height="20" rx="3" fill="var(--bolt)" stroke="var(--bolt-edge)" stroke-width="1.5"/><path d="M181 66H244" stroke="#fff" stroke-opacity=".45" stroke-width="2"/></g></g>
<rect x="120" y="28" width="36" height="108" rx="10" fill="var(--plate)" stroke="var(--plate-edge)" stroke-width="1.5"/>
<circle cx="138" cy="54" r="13" fill="none" stroke="var(--metal)" stroke-width="2.5"/><g class="part turn"><rect x="127" y="50.5" width="22" height="7" rx="3.5" fill="var(--metal)"/></g>
<rect x="62" y="97" width="84" height="13" rx="6.5" fill="var(--plate)" stroke="var(--plate-edge)" stroke-width="1.5"/><circle cx="138" cy="103.5" r="9.5" fill="var(--metal)"/>`)}</svg>`;

/** Rules of the drawing: the bolt lies in the door when it is open, and is an outline while nothing is known. */
export const drawingStyles = `
.bolt,.turn{transform-box:view-box}.turn{transform-origin:138px 54px}
.ghost{opacity:0}[data-lock=unknown] .ghost{opacity:1}[data-lock=unknown] .bolt{opacity:0}[data-lock=unknown] .turn{transform:rotate(45deg)}
[data-lock=in] .bolt{transform:translateX(-45px)}[data-lock=in] .turn{transform:rotate(90deg)}
`;

const icon = (path: string): Html =>
  html`<svg viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${trusted(path)}</svg>`;

export const keyIcon = icon(
  '<circle cx="8" cy="15.5" r="4.5"/><path d="M11.2 12.3 20 3.5M16.5 7l3 3M14 9.5l2 2"/>',
);
export const clockIcon = icon('<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3.5 2"/>');
export const brokenIcon = icon('<path d="M9 17H7A5 5 0 0 1 7 7h1M15 7h2a5 5 0 0 1 4 8M8 12h3M3 3l18 18"/>');
export const doneIcon = icon('<circle cx="12" cy="12" r="9"/><path d="m8 12.5 2.8 2.8L16 9.5"/>');
export const personIcon = icon('<circle cx="12" cy="8" r="4"/><path d="M4.5 20a7.5 7.5 0 0 1 15 0"/>');
