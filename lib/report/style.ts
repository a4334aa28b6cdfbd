import { createHash } from "node:crypto";
import { darkTheme, lightTheme, type Theme } from "./theme.ts";

/** The style sheet of the report, and the policy that lets a page have this one and nothing else. */

function variables(theme: Theme): string {
  const { lines, ...colours } = theme;
  return [...Object.entries(colours), ...lines.map((colour, index) => [`line${index}`, colour])]
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(";");
}

/** The colours of charts in a page: those of its own theme in place of the attributes. */
const chartRules = [
  ".chart{display:block;width:100%;height:auto;fill:var(--quiet)}",
  ".chart .grid{stroke:var(--grid)}.chart .axis{stroke:var(--quiet)}.chart .mark{fill:var(--mark)}",
  ".chart .annotation{stroke:var(--mark)}.chart .annotation-number{fill:var(--mark)}.chart .goal{stroke:var(--goal)}.chart .center,.chart .limit{stroke:var(--quiet)}.chart .goal-label{fill:var(--goal)}",
  ...lightTheme.lines.map(
    (_, index) =>
      `.chart .line${index},.chart .bar${index}{stroke:var(--line${index})}.chart .band${index},.chart .dot${index}{fill:var(--line${index})}` +
      `.chart .open${index}{stroke:var(--line${index});fill:var(--surface)}`,
  ),
].join("\n");

/**
 * The same character is drawn differently in Chinese and in Japanese: each language names the fonts of its own that systems have, so
 * that none falls back to another language's, or to boxes.
 */
const fonts = [
  ["ja", '"Hiragino Sans","Yu Gothic UI","Yu Gothic",Meiryo,"Noto Sans CJK JP","Noto Sans JP"'],
  ["zh-Hans", '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC"'],
  ["zh-Hant", '"PingFang TC","Microsoft JhengHei","Noto Sans CJK TC","Noto Sans TC"'],
]
  .map(([tag, names]) => `:lang(${tag}){font-family:system-ui,${names},sans-serif}`)
  .join("\n");

export const styleSheet = `
:root{color-scheme:light dark;${variables(lightTheme)}}
@media (prefers-color-scheme:dark){:root{${variables(darkTheme)}}}
@media print{:root{color-scheme:light;${variables(lightTheme)};--page:#fff}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);font:16px/1.5 system-ui,sans-serif}
${fonts}
header,main,footer{max-width:78rem;margin:0 auto;padding:0 1rem}
header{padding-top:1.5rem}
h1{font-size:1.6rem;line-height:1.2;margin:0 0 .4rem}
h2{font-size:1.25rem;margin:2.2rem 0 .8rem}
h3{font-size:1.1rem;line-height:1.3;margin:0}
h4{font-size:.9rem;margin:.8rem 0 .2rem}
p{margin:.3rem 0}
a{color:var(--link)}
code{font-size:.85em;overflow-wrap:anywhere}
.quiet{color:var(--quiet);font-size:.875rem}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,30rem),1fr));gap:1rem;align-items:start}
.card{background:var(--surface);border:1px solid var(--border);border-radius:.5rem;padding:1rem;min-width:0}
.value{font-size:2rem;font-weight:650;line-height:1.15;margin:.6rem 0 .1rem;font-variant-numeric:tabular-nums}
.better{color:var(--good)}.worse{color:var(--bad)}
.goal-state{border-left:3px solid var(--goal);padding-left:.5rem}
.badges{margin:.4rem 0;padding:0;list-style:none;font-size:.875rem}
.badges li{border-left:3px solid var(--mark);padding-left:.5rem;margin:.25rem 0}
figure{margin:.8rem 0 .4rem}
details{margin:.4rem 0;font-size:.9rem}
summary{cursor:pointer;color:var(--link);padding:.15rem 0}
blockquote{margin:0;overflow-wrap:anywhere;white-space:pre-line;unicode-bidi:isolate}
.comments ul{margin:0;padding:0;list-style:none}
.comments li{border-left:3px solid var(--border);padding-left:.6rem;margin:.5rem 0}
.download{font-size:.875rem}
.scrollable{overflow-x:auto;max-width:100%}
table{border-collapse:collapse;font-size:.875rem;width:100%;font-variant-numeric:tabular-nums}
th,td{text-align:start;padding:.3rem .6rem;border-bottom:1px solid var(--border);vertical-align:top}
thead th{color:var(--quiet);font-weight:600;white-space:nowrap}
tbody th{font-weight:500;min-width:6.5rem}
tfoot th,tfoot td{font-weight:600;border-top:2px solid var(--border)}
th.number,td.number{text-align:end;white-space:nowrap}
.components{display:grid;grid-template-columns:repeat(auto-fill,minmax(9rem,1fr));gap:.1rem .8rem;margin:.4rem 0}
.components dt{color:var(--quiet);font-size:.8rem}.components dd{margin:0;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.folded{margin:0;font-size:inherit}.folded summary{color:var(--text)}.folded summary h3{display:inline;margin-inline-end:.4rem}
footer{padding-bottom:2rem;margin-top:2rem}
${chartRules}
@media (max-width:40rem){.stacked thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.stacked tr{display:grid;grid-template-columns:auto 1fr auto;gap:.1rem .6rem;padding:.4rem 0;border-bottom:1px solid var(--border)}
main .scrollable .stacked th,main .scrollable .stacked td{border:0;padding:0}.stacked tbody th,.stacked tfoot th{font-weight:600;grid-column:1/3}.stacked .change{grid-column:1;text-align:start}.stacked .verdict{grid-column:2/-1;margin:0;text-align:end}}
@media (max-width:32rem){.optional{display:none}main .scrollable th,main .scrollable td{padding:.3rem .25rem;white-space:normal;min-width:0}.chart text{font-size:16px}.value{font-size:1.7rem}}
@media print{body{font-size:10pt}.cards{display:block;columns:2}.card{break-inside:avoid;margin-bottom:1rem}h2{break-after:avoid}
.scrollable{overflow:visible}table{font-size:7.5pt}tr{break-inside:avoid}main .scrollable th,main .scrollable td{padding:.15rem .3rem;white-space:normal;min-width:0}
.download,details:not(.comments):not(.restated):not(.folded){display:none}}
`;

const hash = createHash("sha256").update(styleSheet).digest("base64");

const pagePolicy = {
  "default-src": "'none'",
  "style-src": `'sha256-${hash}'`,
  "base-uri": "'none'",
  "form-action": "'none'",
} as const;

/** The report's content security policy: its own style sheet and nothing else. No scripts, no forms; charts can be saved. */
export const reportPolicy = { ...pagePolicy, sandbox: "allow-downloads" } as const;

/** The same as a page that was saved carries it: browsers heed no sandbox there. */
export const reportPolicyText = Object.entries(pagePolicy)
  .map(([directive, sources]) => `${directive} ${sources}`)
  .join("; ");
