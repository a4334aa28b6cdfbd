import { createHash } from "node:crypto";
import { styleSheet as reportStyle } from "../report/style.ts";

/** The style sheet of the pages, and the policy that lets them have this one and send forms to their own site. */

/** The colours of a heat map: so light that text can be read on the strongest, in dark mode as well. */
const heatStyle = Array.from(
  { length: 9 },
  (_, step) =>
    `.heat .h${step + 1}{background:color-mix(in srgb,var(--line0) ${(step + 1) * 4}%,transparent)}`,
).join("");

/** The style sheet. */
export const styleSheet = `${reportStyle}
.bar{display:flex;flex-wrap:wrap;gap:.25rem 1rem;align-items:center;padding-top:.75rem;padding-bottom:.75rem;border-bottom:1px solid var(--border)}
.bar .product{font-weight:650;color:inherit;text-decoration:none}
.bar nav{display:flex;flex-wrap:wrap;gap:.25rem 1rem;flex:1}
@media(max-width:40rem){.bar .product,.bar nav{flex:1 0 100%}}
.bar a[aria-current]{font-weight:650;color:inherit}
main{padding-top:1.2rem;padding-bottom:3rem}main:focus{outline:0}
.skip{position:absolute;left:-100vw}.skip:focus{left:1rem;background:var(--surface);padding:.5rem}
form.choices{display:flex;flex-wrap:wrap;gap:.5rem .9rem;align-items:end;margin:1rem 0}
label{display:block;font-size:.8rem;color:var(--quiet)}
input,select,button{font:inherit;font-size:.9rem;color:var(--text);background:var(--surface);border:1px solid var(--border);border-radius:.3rem;padding:.35rem .5rem;max-width:100%;min-height:2.1rem}
button{cursor:pointer;font-weight:600}
button.link{border:0;background:none;padding:.2rem 0;color:var(--link);font-weight:400;min-height:0}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
.links{display:flex;flex-wrap:wrap;gap:.2rem .9rem;margin:.4rem 0;font-size:.9rem;padding:0;list-style:none}
.news{padding:0;list-style:none;font-size:1.05rem}
.news li{border-left:4px solid var(--border);padding:.15rem .75rem;margin:.5rem 0;background:var(--surface)}
.news li.worse{border-color:var(--bad);color:inherit}.news li.better{border-color:var(--good);color:inherit}
.quotes{padding:0;margin:.3rem 0 .1rem;list-style:none;font-size:.9rem;color:var(--quiet)}.quotes li{all:unset;display:block;margin:.15rem 0}.quotes blockquote{display:inline}.quotes blockquote::before{content:open-quote}.quotes blockquote::after{content:close-quote}
.spark{width:7rem;height:1.75rem;vertical-align:middle}
.spark path{fill:none;stroke:var(--line0);stroke-width:1.5}.spark .band{fill:var(--line0);fill-opacity:.16;stroke:none}
.problem{border-left:4px solid var(--bad);padding:.3rem .75rem;background:var(--surface)}
.made{border-left:4px solid var(--good);padding:.3rem .75rem;background:var(--surface)}
.chart .point{fill:transparent;stroke:none}.chart .point.marked{fill:var(--line0);fill-opacity:.12}.chart:has(.point){touch-action:pan-y}
.readout{min-height:1.5em;font-size:.875rem;font-variant-numeric:tabular-nums}
${heatStyle}
.step{width:12rem;max-width:100%;height:.8rem}.step rect{fill:var(--line0)}
.edit{max-width:26rem}.field{margin:.6rem 0}.field input,.field select{width:100%}
.edit fieldset{border:1px solid var(--border);border-radius:.3rem;margin:.6rem 0}.edit legend{font-size:.8rem;color:var(--quiet)}
.checks label{display:flex;gap:.5rem;align-items:center;min-height:1.8rem;font-size:.9rem;color:inherit}.checks input{min-height:0}
.list form.inline{display:inline}.list code{overflow-wrap:anywhere}
.sign-in{max-width:26rem;margin:3rem auto}
.sign-in input{width:100%;margin-bottom:.6rem}
pre{overflow-x:auto;background:var(--surface);border:1px solid var(--border);border-radius:.3rem;padding:.6rem;font-size:.85rem;white-space:pre-wrap;overflow-wrap:anywhere}
.metric-page .cards{grid-template-columns:1fr}
.metric-page .chart{max-width:46rem}
.list{padding:0;list-style:none}
.list>li{background:var(--surface);border:1px solid var(--border);border-radius:.4rem;padding:.6rem .8rem;margin:.5rem 0}
@media print{.metric-page .cards{columns:1}.metric-page .card{break-inside:auto}.spark{width:5rem}.bar nav,form,form.choices,.skip,.links,.exports,footer{display:none}}
`;

const hash = createHash("sha256").update(styleSheet).digest("base64");

/**
 * The content security policy of pages: their own style sheet, icon and script, and forms to their own site; nothing from elsewhere. No
 * `sandbox`, because that would take away the cookie. No upgrade to TLS, because on the machine itself the site is served without it.
 */
export const pagePolicy = {
  "default-src": "'none'",
  "img-src": "data:",
  "style-src": `'sha256-${hash}'`,
  "script-src": "'self'",
  "connect-src": "'self'",
  "base-uri": "'none'",
  "form-action": "'self'",
  sandbox: undefined,
  "upgrade-insecure-requests": undefined,
} as const;
