/** The page's whole look: the dashboard's colours, system fonts, light and dark by the system. */
export const styles = `
:root{color-scheme:light dark;
--ground:oklch(.98 .004 95);--surface:oklch(1 0 0);--sunken:oklch(.957 .006 95);--line:oklch(.915 .008 95);--line-strong:oklch(.58 .012 100);
--ink:oklch(.19 .012 180);--ink-soft:oklch(.39 .012 130);--accent:oklch(.495 .088 176);--accent-strong:oklch(.425 .076 177);--on-accent:oklch(1 0 0);
--calm:oklch(.425 .076 177);--calm-soft:oklch(.965 .018 175);--notice:oklch(.45 .092 62);--notice-soft:oklch(.945 .045 88);
--alarm:oklch(.455 .16 27);--alarm-soft:oklch(.955 .02 25);--ring:oklch(.775 .128 78);--track:oklch(.915 .008 95);
--stage:oklch(.957 .006 95);--frame:oklch(.85 .01 95);--frame-edge:oklch(.72 .012 95);--inside:oklch(.3 .012 160);--leaf:oklch(.425 .076 177);--leaf-light:oklch(.495 .088 176);--leaf-line:oklch(.345 .058 179);
--plate:oklch(.915 .008 95);--plate-edge:oklch(.72 .012 95);--metal:oklch(.48 .012 110);--bolt:oklch(.775 .128 78);--bolt-edge:oklch(.535 .108 66);--recess:oklch(.235 .012 175)}
@media (prefers-color-scheme:dark){:root{
--ground:oklch(.155 .012 185);--surface:oklch(.19 .012 180);--sunken:oklch(.235 .012 175);--line:oklch(.3 .012 160);
--ink:oklch(.957 .006 95);--ink-soft:oklch(.85 .01 95);--accent:oklch(.755 .11 172);--accent-strong:oklch(.82 .095 172);--on-accent:oklch(.225 .03 183);
--calm:oklch(.82 .095 172);--calm-soft:oklch(.225 .03 183);--notice:oklch(.84 .115 82);--notice-soft:oklch(.29 .045 68);
--alarm:oklch(.785 .115 25);--alarm-soft:oklch(.275 .06 25);--track:oklch(.3 .012 160);
--stage:oklch(.175 .012 182);--frame:oklch(.39 .012 130);--frame-edge:oklch(.48 .012 110);--inside:oklch(.1 .01 185);--plate:oklch(.85 .01 95);--plate-edge:oklch(.58 .012 100)}}
@media (prefers-contrast:more){:root{--line:var(--line-strong);--ink-soft:var(--ink)}}
*,::before,::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;background:var(--ground);color:var(--ink)}
body{margin:0;min-height:100vh;min-height:100dvh;display:flex;flex-direction:column;align-items:center;font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif;text-rendering:optimizeLegibility}
main{width:100%;max-width:27rem;padding:1.25rem 1.25rem 2.5rem;margin:0 auto}
.card{background:var(--surface);border:1px solid var(--line);border-radius:1.5rem;overflow:hidden}
.stage{display:block;width:100%;height:auto;background:var(--stage)}
.in{padding:1.25rem 1.5rem 1.75rem}
.home{margin:0;color:var(--ink-soft);font-size:.9375rem}
h1{margin:0;font-size:1.625rem;line-height:1.2;letter-spacing:-.02em;text-wrap:balance;overflow-wrap:anywhere}
h2{margin:0 0 .5rem;font-size:.9375rem;font-weight:600}
p{margin:.5rem 0}
fieldset{border:0;margin:1.25rem 0 0;padding:0;min-width:0}
legend{padding:0;font-weight:600;font-size:.9375rem}
.doors{display:grid;gap:.5rem;margin-top:.5rem}
.door{display:flex;align-items:center;gap:.75rem;min-height:3.25rem;padding:.5rem .875rem;border:1px solid var(--line-strong);border-radius:.875rem;cursor:pointer;overflow-wrap:anywhere}
.door input{flex:none;width:1.25rem;height:1.25rem;margin:0;accent-color:var(--accent)}
.door:has(:checked){border-color:var(--accent);box-shadow:inset 0 0 0 1px var(--accent);background:var(--calm-soft)}
.door:has(:focus-visible){outline:3px solid var(--accent);outline-offset:3px}
.pin{margin-top:1.25rem}
.pin label{display:block;font-weight:600;font-size:.9375rem}
.pin input{width:100%;min-height:3.25rem;margin-top:.375rem;padding:.25rem 1rem;border:1px solid var(--line-strong);border-radius:.875rem;background:var(--ground);color:var(--ink);font:inherit;font-size:1.375rem;letter-spacing:.3em}
.pin small{display:block;margin-top:.25rem;color:var(--ink-soft);font-size:.875rem}
.act{display:flex;flex-direction:column;align-items:center;margin-top:1.5rem;text-align:center}
.hold{position:relative;display:grid;place-items:center;width:11rem;height:11rem;padding:0;border:0;border-radius:50%;background:none;color:var(--on-accent);font:inherit;cursor:pointer;touch-action:manipulation;user-select:none;-webkit-user-select:none;-webkit-touch-callout:none;-webkit-tap-highlight-color:transparent}
.hold svg.ringed{position:absolute;inset:0;width:100%;height:100%;transform:rotate(-90deg);fill:none;stroke-width:8}
.face{fill:var(--accent);transition:fill .1s linear}
.track{stroke:var(--track)}
.ring{stroke:var(--ring);stroke-dasharray:1;stroke-dashoffset:1;stroke-linecap:round;opacity:0;transition:stroke-dashoffset .12s ease-out}
.hold[data-holding] .face,.hold:active:not([aria-disabled=true]) .face{fill:var(--accent-strong)}
.hold[data-holding] .ring{stroke-dashoffset:0;opacity:1;transition:stroke-dashoffset .8s linear}
.hold[aria-disabled=true]{color:var(--ink-soft);cursor:default}
.hold[aria-disabled=true] .face{fill:var(--sunken)}
.hold b{position:relative;display:flex;flex-direction:column;align-items:center;gap:.375rem;max-width:8rem;font-size:.9375rem;font-weight:600;line-height:1.25}
.hold b svg{width:2rem;height:2rem}
:focus-visible{outline:3px solid var(--accent);outline-offset:3px}
.hold:focus-visible{outline-offset:6px}
.hint{max-width:19rem;margin:.875rem auto 0;color:var(--ink-soft);font-size:.875rem;text-wrap:balance}
.btn{display:inline-flex;align-items:center;justify-content:center;min-height:2.75rem;padding:.5rem 1.25rem;border:1px solid var(--line-strong);border-radius:.875rem;background:var(--surface);color:var(--ink);font:inherit;font-weight:600;text-decoration:none;cursor:pointer}
.btn.go{border-color:transparent;background:var(--accent);color:var(--on-accent)}
.btn:disabled{visibility:hidden}
.btn.quiet{border-color:transparent;background:none;font-size:.9375rem;font-weight:500;color:var(--ink-soft);text-decoration:underline;text-underline-offset:.25em}
.row{display:flex;flex-wrap:wrap;gap:.5rem;margin-top:.75rem}
.act .row{justify-content:center}
.note{margin:1rem 0 0;padding:.75rem 1rem;border-radius:.875rem;background:var(--sunken);font-weight:500;text-align:left;text-wrap:pretty}
.note:empty{margin:0;padding:0}
.note[data-tone=calm]{background:var(--calm-soft);color:var(--calm)}
.note[data-tone=notice]{background:var(--notice-soft);color:var(--notice)}
.note[data-tone=alarm]{background:var(--alarm-soft);color:var(--alarm)}
.note small{display:block;margin-top:.25rem;font-weight:400;font-size:.8125rem;overflow-wrap:anywhere}
.steps{display:grid;grid-template-columns:repeat(3,1fr);gap:.5rem;margin:1rem 0 0;padding:0;list-style:none;font-size:.875rem}
.steps li{padding-top:.5rem;border-top:4px solid var(--track);color:var(--ink-soft)}
.steps li[data-done]{border-color:var(--accent);color:var(--ink);font-weight:600}
.steps li span{display:block;font-weight:400;font-variant-numeric:tabular-nums;color:var(--ink-soft)}
.when{margin-top:1.5rem;padding-top:1.125rem;border-top:1px solid var(--line);font-size:.9375rem}
.when ul{margin:0;padding:0;list-style:none;color:var(--ink-soft)}
.when li+li{margin-top:.25rem}
.own{color:var(--ink-soft)}
.mark{display:grid;place-items:center;width:3.5rem;height:3.5rem;margin:.25rem 0 1rem;border-radius:1rem;background:var(--sunken);color:var(--ink-soft)}
.mark svg{width:1.75rem;height:1.75rem}
.shut .in{padding:1.75rem 1.5rem 2rem}
.shut p{color:var(--ink-soft)}
.part{transition:transform .18s cubic-bezier(.3,.7,.3,1)}
[hidden]{display:none!important}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.js .plain,html:not(.js) .scripted{display:none!important}
@media (min-width:48rem){main{max-width:30rem;margin:auto}.in{padding:1.5rem 2rem 2rem}}
@media (prefers-reduced-motion:reduce){*,::before,::after{transition:none!important}.hold[data-holding] .ring{opacity:1;stroke-dashoffset:0}}
`;
