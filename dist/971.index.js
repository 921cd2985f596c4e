export const id=971;export const ids=[971];export const modules={7971:((__unused_webpack___webpack_module__,__webpack_exports__,__webpack_require__)=>{__webpack_require__.r(__webpack_exports__);__webpack_require__.d(__webpack_exports__,{renderHtml:()=>renderHtml});var external_node_crypto_=__webpack_require__(7598);var text_escape=__webpack_require__(8944);var report_access=__webpack_require__(2262);var model=__webpack_require__(5747);;const STYLE=`:root {
color-scheme: light dark;
--page: light-dark(#f6f7f9, #0e1116);
--card: light-dark(#fff, #161b22);
--sunken: light-dark(#f3f4f7, #0f141a);
--line: light-dark(#d9dee5, #2b323c);
--text: light-dark(#1c2128, #e4e9ef);
--quiet: light-dark(#57606c, #9aa5b1);
--accent: light-dark(#6137c4, #b79cff);
--critical: light-dark(#b1002f, #ff7a96);
--high: light-dark(#b8470a, #ff9d5c);
--medium: light-dark(#8a6100, #e6b94a);
--low: light-dark(#1f62b5, #74b3ff);
--info: light-dark(#57606c, #9aa5b1);
--good: light-dark(#1a7337, #56d07c);
--removed: light-dark(#ffeceb, #3a1418);
--removed-word: light-dark(#ffc4c0, #7d242d);
--added: light-dark(#e5f7e9, #10301b);
--added-word: light-dark(#ace9bb, #1f6b36);
--here: light-dark(#fff6d6, #332a0c);
--mono: ui-monospace, 'SF Mono', 'Cascadia Code', Menlo, Consolas, 'Liberation Mono', monospace;
font:
15px/1.55 system-ui,
-apple-system,
'Segoe UI',
'Noto Sans',
Helvetica,
Arial,
sans-serif;
scroll-padding-top: 8rem;
}
:root[data-theme='light'] {
color-scheme: light;
}
:root[data-theme='dark'] {
color-scheme: dark;
}
* {
box-sizing: border-box;
}
[hidden] {
display: none !important;
}
body {
margin: 0;
background: var(--page);
color: var(--text);
overflow-wrap: anywhere;
}
header,
main,
footer {
max-width: 72rem;
margin: 0 auto;
padding: 0 1.25rem;
}
h1,
h2,
h3,
p,
ul,
ol,
dl,
dd,
pre,
fieldset,
table {
margin: 0;
padding: 0;
border: 0;
}
ul {
list-style: none;
}
a {
color: var(--accent);
text-underline-offset: 0.15em;
}
code,
pre,
.mono {
font-family: var(--mono);
font-size: 0.86em;
}
button,
select,
input {
font: inherit;
color: inherit;
}
:focus-visible {
outline: 2px solid var(--accent);
outline-offset: 2px;
border-radius: 4px;
}
.skip {
position: absolute;
left: -99rem;
top: 0;
z-index: 9;
padding: 0.5rem 1rem;
background: var(--card);
}
.skip:focus {
left: 0;
}
.unseen {
position: absolute;
width: 1px;
height: 1px;
overflow: hidden;
clip-path: inset(50%);
white-space: nowrap;
}
header {
padding-top: 1.5rem;
}
.brand {
display: flex;
justify-content: space-between;
align-items: center;
color: var(--quiet);
font-size: 0.9rem;
}
.brand b {
color: var(--accent);
letter-spacing: 0.01em;
}
.brand button {
background: none;
border: 1px solid var(--line);
border-radius: 2rem;
padding: 0.15rem 0.8rem;
cursor: pointer;
}
.verdict {
display: grid;
grid-template-columns: auto 1fr;
gap: 0.1rem 1rem;
align-items: center;
margin: 1rem 0 1.25rem;
}
.sign {
grid-row: span 2;
display: grid;
place-items: center;
width: 3.4rem;
height: 3.4rem;
border-radius: 1rem;
color: #fff;
}
.sign svg {
width: 1.9rem;
fill: none;
stroke: currentColor;
stroke-width: 2.4;
stroke-linecap: round;
stroke-linejoin: round;
}
.fail .sign {
background: #c4183c;
}
.look .sign {
background: #b57900;
}
.pass .sign {
background: #1f8a45;
}
h1 {
font-size: 1.6rem;
line-height: 1.25;
letter-spacing: -0.015em;
text-wrap: balance;
}
.verdict p {
color: var(--quiet);
}
.bar {
display: block;
width: 100%;
height: 0.55rem;
border-radius: 0.3rem;
overflow: hidden;
background: var(--line);
}
.bar .critical {
fill: var(--critical);
}
.bar .high {
fill: var(--high);
}
.bar .medium {
fill: var(--medium);
}
.bar .low {
fill: var(--low);
}
.bar .info {
fill: var(--info);
}
.bar .broken {
fill: var(--critical);
}
.bar .met {
fill: var(--good);
}
.bar .no-evidence {
fill: var(--info);
}
.bar .not-in-plan {
fill: transparent;
}
.tiles {
display: grid;
grid-template-columns: repeat(5, 1fr);
gap: 0.6rem;
margin: 0.8rem 0;
}
.tile {
display: flex;
align-items: baseline;
gap: 0.5rem;
padding: 0.55rem 0.8rem;
background: var(--card);
border: 1px solid var(--line);
border-top: 3px solid currentColor;
border-radius: 0.6rem;
cursor: pointer;
}
.tile b {
font-size: 1.45rem;
line-height: 1.2;
font-variant-numeric: tabular-nums;
}
.tile span {
font-size: 0.9rem;
color: var(--quiet);
}
.critical {
color: var(--critical);
}
.high {
color: var(--high);
}
.medium {
color: var(--medium);
}
.low {
color: var(--low);
}
.info {
color: var(--info);
}
.tile.none {
color: var(--quiet);
}
.tile:has(:checked),
.chip:has(:checked) {
background: color-mix(in srgb, currentColor 14%, var(--card));
border-color: currentColor;
}
.tile:has(:focus-visible),
.chip:has(:focus-visible) {
outline: 2px solid var(--accent);
outline-offset: 2px;
}
.tile:has(:disabled),
.chip:has(:disabled) {
cursor: default;
}
.notes {
margin: 0.8rem 0;
padding: 0.7rem 1rem;
border: 1px solid var(--line);
border-left: 4px solid var(--medium);
border-radius: 0.5rem;
background: var(--card);
}
.notes h2 {
font-size: 1rem;
}
.notes li {
margin-top: 0.2rem;
}
.tools {
position: sticky;
top: 0;
z-index: 2;
padding: 0.7rem 0;
background: var(--page);
border-bottom: 1px solid var(--line);
}
.tools > div {
display: flex;
flex-wrap: wrap;
gap: 0.5rem;
align-items: center;
}
.tools fieldset {
display: flex;
flex-wrap: wrap;
gap: 0.35rem;
}
.tools > div + div {
margin-top: 0.5rem;
}
.tools input[type='search'] {
flex: 1 1 16rem;
min-width: 0;
padding: 0.45rem 0.8rem;
}
.tools select {
flex: 1 1 9rem;
min-width: 0;
max-width: 16rem;
padding: 0.42rem 0.5rem;
text-overflow: ellipsis;
}
.tools input[type='search'],
.tools select {
background: var(--card);
border: 1px solid var(--line);
border-radius: 0.5rem;
}
.chip {
display: inline-flex;
gap: 0.4rem;
padding: 0.15rem 0.75rem;
border: 1px solid var(--line);
border-radius: 2rem;
background: var(--card);
font-size: 0.9rem;
cursor: pointer;
}
.chip b {
font-weight: 600;
color: var(--quiet);
}
.plain {
padding: 0.15rem 0.4rem;
background: none;
border: 0;
color: var(--accent);
font-size: 0.9rem;
text-decoration: underline;
text-underline-offset: 0.15em;
cursor: pointer;
}
.shown {
margin-left: auto;
color: var(--quiet);
font-size: 0.9rem;
}
main > section,
#findings > section {
margin: 1.6rem 0 2.2rem;
}
main h2 {
font-size: 1.2rem;
letter-spacing: -0.01em;
margin-bottom: 0.6rem;
}
main h2 small {
font-weight: 400;
font-size: 0.9rem;
color: var(--quiet);
}
.finding {
margin-bottom: 0.45rem;
background: var(--card);
border: 1px solid var(--line);
border-left: 4px solid var(--severity);
border-radius: 0.55rem;
content-visibility: auto;
contain-intrinsic-size: auto 4.2rem;
}
.finding.critical {
--severity: var(--critical);
}
.finding.high {
--severity: var(--high);
}
.finding.medium {
--severity: var(--medium);
}
.finding.low {
--severity: var(--low);
}
.finding.info {
--severity: var(--info);
}
.finding {
color: var(--text);
}
.finding > summary {
display: grid;
grid-template-columns: 5.2rem 1fr auto;
gap: 0 0.8rem;
align-items: baseline;
padding: 0.6rem 0.9rem;
cursor: pointer;
list-style: none;
border-radius: 0.5rem;
}
.finding > summary::-webkit-details-marker {
display: none;
}
.finding > summary:hover {
background: var(--sunken);
}
.finding[open] > summary {
border-bottom: 1px solid var(--line);
border-radius: 0.5rem 0.5rem 0 0;
}
.level {
color: var(--severity);
font-weight: 650;
font-size: 0.9rem;
}
.what {
font-weight: 550;
}
.where {
grid-column: 2;
color: var(--quiet);
font-size: 0.9rem;
}
.mark {
font-size: 0.8rem;
padding: 0.05rem 0.55rem;
border: 1px solid var(--line);
border-radius: 2rem;
color: var(--quiet);
white-space: nowrap;
}
.body {
display: grid;
gap: 1rem;
padding: 0.9rem 1.1rem 1.1rem;
}
.body h3,
.tools h2 {
font-size: 0.78rem;
font-weight: 650;
color: var(--quiet);
text-transform: uppercase;
letter-spacing: 0.05em;
margin-bottom: 0.3rem;
}
.body h3 code {
text-transform: none;
letter-spacing: 0;
}
.advice {
display: grid;
grid-template-columns: 1fr 1fr;
gap: 1rem;
}
.box {
background: var(--sunken);
border: 1px solid var(--line);
border-radius: 0.45rem;
overflow-x: auto;
}
.diff {
padding: 0.45rem 0;
}
.diff > * {
display: block;
padding: 0 0.8rem;
text-decoration: none;
white-space: pre-wrap;
}
.diff del,
.diff ins {
padding-left: 1.9rem;
text-indent: -1.1rem;
}
.diff del {
background: var(--removed);
}
.diff ins {
background: var(--added);
}
.diff del::before {
content: '\u2212 ';
}
.diff ins::before {
content: '+ ';
}
.diff mark {
color: inherit;
border-radius: 0.2rem;
}
.diff del mark {
background: var(--removed-word);
}
.diff ins mark {
background: var(--added-word);
}
.code {
counter-reset: none;
padding: 0.45rem 0;
}
.code li {
display: grid;
grid-template-columns: 3.4rem 1fr;
white-space: pre-wrap;
font-family: var(--mono);
font-size: 0.86em;
}
.code li span {
padding-right: 0.9rem;
text-align: right;
color: var(--quiet);
user-select: none;
}
.code li.here {
background: var(--here);
}
.code-path {
color: var(--quiet);
margin-bottom: 0.3rem;
}
table {
width: 100%;
border-collapse: collapse;
}
th,
td {
padding: 0.4rem 0.8rem;
text-align: left;
vertical-align: top;
border-top: 1px solid var(--line);
}
tr:first-child > th {
border-top: 0;
}
th {
font-size: 0.82rem;
font-weight: 600;
color: var(--quiet);
}
.gains {
color: var(--critical);
font-weight: 650;
}
.loses {
color: var(--good);
font-weight: 650;
}
td {
min-width: 7rem;
overflow-wrap: break-word;
}
td small {
display: block;
color: var(--quiet);
}
.facts {
display: grid;
grid-template-columns: max-content 1fr;
gap: 0.15rem 1rem;
font-size: 0.9rem;
}
.facts dt {
color: var(--quiet);
}
.facts ul {
max-height: 14rem;
overflow-y: auto;
}
.more > summary {
cursor: pointer;
color: var(--accent);
font-size: 0.9rem;
}
.more > pre {
margin-top: 0.4rem;
padding: 0.5rem 0.8rem;
white-space: pre-wrap;
}
.empty {
padding: 1.4rem;
text-align: center;
color: var(--quiet);
background: var(--card);
border: 1px dashed var(--line);
border-radius: 0.6rem;
}
.list {
margin-bottom: 0.5rem;
background: var(--card);
border: 1px solid var(--line);
border-radius: 0.55rem;
content-visibility: auto;
contain-intrinsic-size: auto 4.2rem;
}
.list > summary {
padding: 0.65rem 0.9rem;
cursor: pointer;
}
.list > summary b {
font-weight: 600;
}
.list > summary small {
color: var(--quiet);
margin-left: 0.4rem;
}
.list > summary .bar {
margin-top: 0.4rem;
height: 0.4rem;
}
.state {
font-size: 0.82rem;
font-weight: 600;
white-space: nowrap;
color: var(--quiet);
}
.state.broken {
color: var(--critical);
}
.state.met {
color: var(--good);
}
td.mono {
white-space: nowrap;
color: var(--quiet);
}
.plans td:first-child {
font-family: var(--mono);
font-size: 0.86em;
}
.bad {
color: var(--critical);
}
footer {
padding-top: 1rem;
padding-bottom: 2.5rem;
color: var(--quiet);
font-size: 0.88rem;
}
@media (max-width: 46rem) {
:root {
font-size: 14px;
}
header,
main,
footer {
padding-left: 0.8rem;
padding-right: 0.8rem;
}
h1 {
font-size: 1.3rem;
}
.tiles {
gap: 0.35rem;
}
.tile {
display: block;
padding: 0.35rem 0.5rem;
}
.tile b,
.tile span {
display: block;
}
.tile span {
font-size: 0.78rem;
}
.tools {
position: static;
}
.advice {
grid-template-columns: 1fr;
}
.finding > summary {
grid-template-columns: 1fr auto;
gap: 0 0.5rem;
padding: 0.55rem 0.7rem;
}
.what,
.where {
grid-column: 1 / -1;
}
.mark {
grid-area: 1 / 2;
justify-self: end;
}
.body {
padding: 0.8rem 0.7rem;
}
.cells thead {
display: none;
}
.cells tr,
.cells td {
display: block;
}
.cells td {
border: 0;
padding: 0.1rem 0.7rem;
}
.cells tr {
padding: 0.4rem 0;
border-top: 1px solid var(--line);
}
}
@media (prefers-reduced-motion: no-preference) {
.finding > summary,
.tile,
.chip {
transition: background-color 0.12s;
}
}
@media print {
:root {
color-scheme: light;
font-size: 11px;
--page: #fff;
}
.tools,
.brand button,
.skip,
.more {
display: none;
}
.finding,
.list {
content-visibility: visible;
break-inside: avoid;
}
details::details-content {
content-visibility: visible;
block-size: auto;
}
}`;const SCRIPT="(function(){let e=e=>[...e].filter(([,e])=>e.length>0).map(([e,t])=>`${e}=${t.map(encodeURIComponent).join(`,`)}`).join(`&`),t=e=>{try{return decodeURIComponent(e)}catch{return e}},n=e=>new Map(e.replace(/^#/,``).split(`&`).filter(e=>e.includes(`=`)).map(e=>{let n=e.indexOf(`=`);return[e.slice(0,n),e.slice(n+1).split(`,`).filter(Boolean).map(t)]})),r=({fields:e,text:t},n)=>[...n].every(([n,r])=>r.length===0?!0:n===`q`?r.join(`,`).toLowerCase().split(/\\s+/).filter(Boolean).every(e=>t().includes(e)):r.some(t=>e[n]?.includes(t))),i=[`severity`,`status`,`policy`,`module`,`checklist`,`plan`],a=`planwarden-theme`,o=[`auto`,`light`,`dark`],s=(e,t=document)=>[...t.querySelectorAll(e)],c=e=>document.querySelector(e),l=()=>{try{return localStorage.getItem(a)}catch{return null}};function u(e){document.documentElement.dataset.theme=e;let t=c(`#theme span`);t&&(t.textContent=e)}function d(){let e=document.documentElement.dataset.theme??`auto`,t=o[(o.indexOf(e)+1)%o.length]??`auto`;u(t);try{localStorage.setItem(a,t)}catch{}}let f=e=>e?JSON.parse(e):[];function p(e){let t;return{fields:Object.fromEntries(i.map(t=>[t,f(e.dataset[t])])),text:()=>t??=(e.textContent??``).toLowerCase()}}function m(e){let t=/* @__PURE__ */ new Map;for(let n of e)(n.type!==`checkbox`||n.checked)&&n.value!==``&&t.set(n.name,[...t.get(n.name)??[],n.value]);return t}function h(e,t){for(let n of e){let e=t.get(n.name)??[];n.type===`checkbox`?n.checked=e.includes(n.value):n.value=e.join(`,`)}}function g(){let t=s(`input, select`),i=s(`details.finding`).map(e=>({element:e,item:p(e)})),a=s(`section[data-group]`),o=c(`#shown`),l=c(`#empty`),f=i.reduce((e,{element:t})=>e+Number(t.dataset.count),0);function g(e){let t=0;for(let{element:n,item:a}of i)n.hidden=!r(a,e),n.hidden||(t+=Number(n.dataset.count));for(let e of a)e.hidden=e.querySelector(`details.finding:not([hidden])`)===null;o&&(o.textContent=t===f?`All ${f} shown`:`${t} of ${f} shown`),l&&(l.hidden=t>0)}function _(){let n=m(t);g(n),history.replaceState(null,``,`#${e(n)}`)}function v(e){h(t,e),g(m(t))}function y(){let e=location.hash.length>1?document.getElementById(location.hash.slice(1)):null;e===null?v(n(location.hash)):(g(m(t)),e.closest(`[hidden]`)&&v(/* @__PURE__ */ new Map),e instanceof HTMLDetailsElement&&(e.open=!0),e.scrollIntoView())}function b(e){for(let{element:t}of i)t.hidden||(t.open=e)}for(let e of t)e.disabled=!1;for(let e of s(`[data-live]`))e.hidden=!1;document.addEventListener(`input`,_),c(`#theme`)?.addEventListener(`click`,d),c(`#open`)?.addEventListener(`click`,()=>b(!0)),c(`#close`)?.addEventListener(`click`,()=>b(!1)),c(`#clear`)?.addEventListener(`click`,()=>{h(t,/* @__PURE__ */ new Map),_(),c(`#q`)?.focus()});for(let e of s(`a[data-view]`))e.addEventListener(`click`,t=>{t.preventDefault(),v(n(e.dataset.view??``)),_(),c(`#findings`)?.focus()});document.addEventListener(`keydown`,e=>{let t=e.target instanceof HTMLInputElement||e.target instanceof HTMLSelectElement;e.key!==`/`||t||e.ctrlKey||e.metaKey||e.altKey||(e.preventDefault(),c(`#q`)?.focus())}),addEventListener(`hashchange`,y),u(document.documentElement.dataset.theme??`auto`),y()}u(l()??`auto`),document.addEventListener(`DOMContentLoaded`,g)})();";var severity=__webpack_require__(3282);var waiver_lines=__webpack_require__(1150);var aws_page=__webpack_require__(7047);var policy_url=__webpack_require__(6544);;const LONGEST_SENTENCE=1e3;const LONGEST_FIELD=300;const prose=text=>(0,text_escape.SC)(text,LONGEST_SENTENCE);const code=text=>`<code>${(0,text_escape.ZD)(text)}</code>`;const fieldValue=text=>(0,text_escape.RK)(text,LONGEST_FIELD).replaceAll(`##[`,`##\\[`);const listAttribute=(name,values)=>` data-${name}="${(0,text_escape.ZD)(JSON.stringify(values.map(fieldValue)),Infinity)}"`;const text_link=(content,url)=>`<a href="${(0,text_escape.ZD)(url)}" rel="noreferrer noopener" target="_blank">${content}</a>`;function policyLink(policy){const url=(0,policy_url.I)(policy);return url===null?code(policy):text_link(code(policy),url)}const reference=text=>aws_page.m.test(text)?text_link((0,text_escape.ZD)(text.replace(`https://docs.aws.amazon.com/`,`AWS: `)),text):prose(text);const withTitle=(title,content)=>content===``?``:`<div><h3>${title}</h3>${content}</div>`;const moduleOf=({address})=>(/^(?:module\.[^.[]+(?:\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?\.)+/.exec(address)?.[0]??`root module`).replaceAll(/\[(?:"(?:[^"\\]|\\.)*"|\d+)\]/g,``).replace(/\.$/,``);;const LONGEST_VALUE=1e3;const LONGEST_LINE=300;function alike(one,other){const differs=one.findIndex((character,index)=>character!==other[index]);return differs===-1?one.length:differs}function partsOf(text,other){const[mine,theirs]=[Array.from(text),Array.from(other)];const from=alike(mine,theirs);const end=alike(mine.slice(from).toReversed(),theirs.slice(from).toReversed());const to=mine.length-end;return{same:mine.slice(0,from).join(``),changed:mine.slice(from,to).join(``),end:mine.slice(to).join(``)}}const value=text=>(0,text_escape.ZD)(text,LONGEST_VALUE);function marked(text,other){if(other===null)return value(text);const{same,changed,end}=partsOf(text,other);if(changed===``||same.length+end.length<changed.length)return value(text);return`${value(same)}<mark>${value(changed)}</mark>${value(end)}`}function evidenceLines({label,before,after}){if(before===after)return before===null?``:`<span>${value(label)} = ${value(before)}</span>`;return[`<span>${value(label)}</span>`,...before===null?[]:[`<del>${marked(before,after)}</del>`],...after===null?[]:[`<ins>${marked(after,before)}</ins>`]].join(``)}function evidenceDiff({evidence}){const lines=evidence.map(evidenceLines).join(``);return withTitle(`Before \u2192 after`,lines===``?``:`<pre class="box diff">${lines}</pre>`)}function accessRow(access){const{principal,effect,conditions,resources,simulated}=access;const dangers=(0,report_access.Z8)(access);const on=[...resources.length===0?[]:[code((0,report_access.rN)(access))],...conditions===null?[]:[`if ${code(conditions)}`]].join(`<br>`);return[`<tr><td>${prose(principal)} <span class="${effect}">${effect}</span></td>`,`<td>${code((0,report_access.$2)(access))}${dangers===``?``:`<small>${prose(dangers)}</small>`}</td>`,`<td>${on}</td>`,`<td>${code((0,report_access.YZ)(access))}<small>${prose((0,report_access.B5)(access))}${simulated===null?``:`; ${prose(simulated)}`}</small></td></tr>`].join(``)}const accessTable=({access})=>withTitle(`Access`,access.length===0?``:`<div class="box"><table class="cells"><thead><tr><th>Who</th><th>Actions</th><th>On</th><th>Because of, and one request that shows it</th></tr></thead><tbody>${access.map(accessRow).join(``)}</tbody></table></div>`);function excerptLines({startLine,lines},from,to){const items=lines.map((text,index)=>{const number=startLine+index;const isHere=number>=from&&number<=to;return`<li${isHere?` class="here"`:``}><span>${number}</span>${(0,text_escape.ZD)(text.replaceAll(`	`,`  `),LONGEST_LINE)}</li>`});return`<div class="box code"><ol>${items.join(``)}</ol></div>`}function sourceExcerpt(finding){const{location,excerpt}=finding;const at=(0,model.ik)(finding);if(location===null||at===null||excerpt===undefined)return``;return withTitle(`Source: ${code(at)}`,excerptLines(excerpt,location.startLine,location.endLine))};const statusOf=([{status,waived}])=>waived===null?status:`accepted`;function fields(findings,index){const[{severity,policy,plan}]=findings;return[listAttribute(`severity`,[severity]),listAttribute(`status`,[statusOf(findings)]),listAttribute(`policy`,[policy]),listAttribute(`module`,[...new Set(findings.map(moduleOf))]),listAttribute(`checklist`,index.linesOf(policy)),...index.manyPlans?[listAttribute(`plan`,[plan])]:[]].join(``)}function summary(findings){const[finding,...others]=findings;const{severity,status,address}=finding;const at=(0,model.ik)(finding);const more=others.length===0?``:` and ${others.length} more`;const what=`${status===`resolved`?`No longer: `:``}${prose((0,model.IY)(finding))}`;return[`<span class="level">${(0,model.Iu)(severity)}</span>`,`<span class="what">${what}</span>`,`<span class="mark">${statusOf(findings)}</span>`,`<span class="where">${code(address)}${more}${at===null?``:` \u00b7 ${code(at)}`}</span>`].join(``)}function acceptance([{waived}]){if(waived===null)return``;return withTitle(`Accepted`,`<p>${prose(waived.reason)} (${prose((0,waiver_lines.lA)(waived))})</p>`)}function advice([{why,fix}]){const parts=[withTitle(`Why`,why.trim()===``?``:`<p>${prose(why)}</p>`),withTitle(`How to fix`,fix.trim()===``?``:`<p>${prose(fix)}</p>`)].join(``);return parts===``?``:`<div class="advice">${parts}</div>`}const fact=(name,content)=>`<dt>${name}</dt><dd>${content}</dd>`;function facts(findings,{manyPlans}){const[{policy,previousAddress,attribute,references,plan}]=findings;const resources=findings.map(({address,fingerprint})=>`<li>${code(address)} \u00b7 fingerprint ${code(fingerprint)}</li>`);return[`<dl class="facts">`,fact(`Policy`,policyLink(policy)),fact(findings.length===1?`Resource`:`${findings.length} resources`,`<ul>${resources.join(``)}</ul>`),...attribute===null?[]:[fact(`Attribute`,code(attribute))],...previousAddress===null?[]:[fact(`Moved from`,code(previousAddress))],...manyPlans?[fact(`Plan`,code(plan))]:[],...references.length===0?[]:[fact(`References`,references.map(reference).join(` \u00b7 `))],`</dl>`].join(``)}const lines=text=>`<pre class="box">${text.split(`
`).map(line=>(0,text_escape.ZD)(line)).join(`
`)}</pre>`;const howToAccept=([finding])=>finding.waived!==null||finding.status===`resolved`?``:[`<details class="more"><summary>Accept it until a date</summary>`,lines((0,waiver_lines.uU)(finding)),...(0,waiver_lines.Yn)(finding).map(line=>`<p>Or in the code, directly above the block:</p>${lines(line)}`),`</details>`].join(``);function findingDetails(findings,index,isOpen=false){const[finding]=findings;return[`<details class="finding ${finding.severity}" id="${index.idOf(findings)}" data-count="${findings.length}"${fields(findings,index)}${isOpen?` open`:``}>`,`<summary>${summary(findings)}</summary><div class="body">`,acceptance(findings),evidenceDiff(finding),accessTable(finding),sourceExcerpt(finding),advice(findings),facts(findings,index),howToAccept(findings),`</div></details>`].join(``)};const STATUSES=[`introduced`,`persisting`,`undetermined`,`resolved`,`accepted`];function counted(clusters,nameOf){const counts=new Map;for(const findings of clusters){const name=nameOf(findings);counts.set(name,(counts.get(name)??0)+findings.length)}return counts}const box=(name,value)=>`<input class="unseen" type="checkbox" name="${name}" value="${value}" disabled>`;function severityTiles(acting,all){const severityOf=([{severity}])=>severity;const[counts,shown]=[counted(acting,severityOf),counted(all,severityOf)];const tiles=severity.oC.map(severity=>{const number=counts.get(severity)??0;return`<label class="tile ${severity}${shown.has(severity)?``:` none`}">${box(`severity`,severity)}<b>${number}</b> <span>${(0,model.Iu)(severity)}</span></label>`});return`<fieldset class="tiles"><legend class="unseen">Severity</legend>${tiles.join(``)}</fieldset>`}function shareBar(parts){const total=parts.reduce((sum,[,number])=>sum+number,0);if(total===0)return``;let x=0;const rects=parts.map(([name,number])=>{const width=100*number/total;const rect=number===0?``:`<rect class="${name}" x="${x.toFixed(2)}" width="${width.toFixed(2)}" height="1"/>`;x+=width;return rect});return`<svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">${rects.join(``)}</svg>`}const severityBar=clusters=>{const counts=counted(clusters,([{severity}])=>severity);return shareBar(severity.oC.map(severity=>[severity,counts.get(severity)??0]))};function statusChips(clusters){const counts=counted(clusters,statusOf);const chips=STATUSES.filter(status=>counts.has(status)).map(status=>`<label class="chip">${box(`status`,status)}${(0,model.Iu)(status)} <b>${counts.get(status)??0}</b></label>`);return chips.join(``)}const filters_option=(value,label)=>`<option value="${(0,text_escape.ZD)(fieldValue(value))}">${(0,text_escape.ZD)(label,160)}</option>`;const filters_select=(name,label,every,options)=>`<select name="${name}" aria-label="${label}" disabled><option value="">${every}</option>${options}</select>`;const byText=([a],[b])=>a<b?-1:Number(a>b);function choices(name,label,every,counts){if(counts.size<2)return``;const options=[...counts].toSorted(byText).map(([value,number])=>filters_option(value,`${value} (${number})`));return filters_select(name,label,every,options.join(``))}function checklistChoice({checklists=[]}){const groups=checklists.flatMap(({id,title,lines})=>{const broken=lines.filter(({state})=>state===`broken`);if(broken.length===0)return[];const options=[filters_option(id,`Any line of ${title}`),...broken.map(line=>filters_option(line.id,`${line.id} ${line.text}`))];return[`<optgroup label="${(0,text_escape.ZD)(title)}">${options.join(``)}</optgroup>`]});return groups.length===0?``:filters_select(`checklist`,`Checklist`,`Any checklist`,groups.join(``))}function filterForm(review,clusters){const plans=review.plans.length>1?counted(clusters,([{plan}])=>plan):new Map;return[`<search class="tools" data-live hidden><h2 class="unseen">Search and filters</h2><div>`,`<input id="q" type="search" name="q" aria-label="Search in findings" placeholder="Search in findings, or press /" autocomplete="off" spellcheck="false" disabled>`,choices(`policy`,`Policy`,`Any policy`,counted(clusters,([{policy}])=>policy)),choices(`module`,`Module`,`Any module`,counted(clusters,([finding])=>moduleOf(finding))),checklistChoice(review),choices(`plan`,`Plan`,`Any plan`,plans),`</div><div><fieldset><legend class="unseen">Status</legend>${statusChips(clusters)}</fieldset>`,`<button class="plain" type="button" id="clear">Clear</button>`,`<button class="plain" type="button" id="open">Open all</button>`,`<button class="plain" type="button" id="close">Close all</button>`,`<output class="shown" id="shown" for="q" aria-live="polite"></output></div></search>`].join(``)}var checklists=__webpack_require__(6469);;const section=(id,title,small,content)=>content===``?``:`<section aria-labelledby="${id}"><h2 id="${id}">${title}${small===``?``:` <small>${small}</small>`}</h2>${content}</section>`;function findingsSection(id,title,clusters,index){if(clusters.length===0)return``;const number=clusters.flat().length;return`<section data-group aria-labelledby="${id}"><h2 id="${id}">${title} <small>${number}</small></h2>${clusters.map(findings=>findingDetails(findings,index,index.isAlone)).join(`
`)}</section>`}const STATES={broken:`broken`,met:`met`,"no-evidence":`no evidence in these plans`,"not-in-plan":`no plan shows it`};function brokenBy({id,state,policies},firstOf,index){if(state!==`broken`)return``;const links=policies.flatMap(policy=>{const first=firstOf(policy);return first===undefined?[policyLink(policy)]:[`<a href="#${index.idOf(first)}">${code(policy)}</a>`]});return`<br><small>${links.join(`, `)} <a data-live hidden href="#findings" data-view="checklist=${encodeURIComponent(fieldValue(id))}">Show the findings</a></small>`}const ORDER=Object.keys(STATES);function checklist(result,firstOf,index){const lines=result.lines.toSorted((a,b)=>ORDER.indexOf(a.state)-ORDER.indexOf(b.state));const rows=lines.map(line=>`<tr><td class="mono">${prose(line.id)}</td><td>${prose(line.text)}${brokenBy(line,firstOf,index)}</td><td class="state ${line.state}">${STATES[line.state]}</td></tr>`);const[summary]=(0,checklists.l)([result]);const parts=ORDER.map(state=>[state,result.lines.filter(line=>line.state===state).length]);return`<details class="list"><summary><b>${prose(result.title)}</b> <small>${prose(summary?.counts??``)}</small>${shareBar(parts)}</summary><table><thead class="unseen"><tr><th>Line</th><th>What it asks for</th><th>State</th></tr></thead><tbody>${rows.join(``)}</tbody></table></details>`}function checklistsSection({checklists=[]},clusters,index){const firsts=new Map(clusters.toReversed().map(findings=>[findings[0].policy,findings]));return section(`checklists`,`Checklists`,``,checklists.map(result=>checklist(result,policy=>firsts.get(policy),index)).join(``))}function notEvaluatedSection({notEvaluated}){const groups=(0,model.$z)(notEvaluated,({resourceType,reason})=>JSON.stringify([resourceType,reason]));const rows=groups.map(same=>{const[{resourceType,reason}]=same;const addresses=same.map(({address})=>code(address)).join(`, `);return`<tr><td>${code(resourceType)}</td><td>${addresses}</td><td>${prose(reason)}</td></tr>`});return section(`not-evaluated`,`Not evaluated`,(0,model.U9)(notEvaluated.length,`change`),rows.length===0?``:`<div class="box"><table class="cells"><thead><tr><th>Type</th><th>Resources</th><th>Why</th></tr></thead><tbody>${rows.join(``)}</tbody></table></div>`)}const planState=({errored,complete})=>[...errored?[`<span class="bad">ended with an error</span>`]:[],...complete===false?[`<span class="bad">not complete</span>`]:[]].join(`, `);const fileOf=({timestamp,sha256})=>[...timestamp?[`planned ${prose(timestamp)}`]:[],...sha256===undefined?[]:[`SHA-256 ${code((0,model.zk)(sha256))}`]].join(`, `);function plansSection({plans}){const rows=plans.map(plan=>`<tr><td>${prose(plan.path)}</td><td>${(0,model.U9)(plan.resourceChanges,`change`)}</td><td>${plan.terraformVersion===null?``:`Terraform ${prose(plan.terraformVersion)}`}</td><td>${planState(plan)}</td><td>${fileOf(plan)}</td></tr>`);return section(`plans`,`Plans`,``,rows.length===0?``:`<div class="box"><table class="plans cells"><thead class="unseen"><tr><th>Plan</th><th>Changes</th><th>Made by</th><th>State</th><th>File</th></tr></thead><tbody>${rows.join(``)}</tbody></table></div>`)}const notesBox=({notes})=>notes.length===0?``:`<section class="notes" aria-labelledby="notes"><h2 id="notes">Please note</h2><ul>${notes.map(note=>`<li>${prose(note)}</li>`).join(``)}</ul></section>`;;const hashOf=text=>`'sha256-${(0,external_node_crypto_.createHash)(`sha256`).update(text).digest(`base64`)}'`;const contentSecurityPolicy=()=>[`default-src 'none'`,`style-src ${hashOf(STYLE)}`,`script-src ${hashOf(SCRIPT)}`,`base-uri 'none'`,`form-action 'none'`].join(`; `);const SIGNS={fail:[`Fails`,`<path d="M6 6l12 12M18 6L6 18"/>`],look:[`Passes, with something to look at`,`<path d="M12 5v9M12 18.5v.5"/>`],pass:[`Passes`,`<path d="M5 12.5l4.5 4.5L19 7.5"/>`]};function signOf(review,groups){if(review.conclusion===`fail`)return`fail`;return(0,model.ER)(review,groups).length>0||groups.undetermined.length>0?`look`:`pass`}function verdict(review,groups){const kind=signOf(review,groups);const[label,path]=SIGNS[kind];const changes=review.plans.reduce((sum,{resourceChanges})=>sum+resourceChanges,0);const others=(0,model.fx)(review,groups);const about=`${(0,model.U9)(review.plans.length,`plan`)}, ${(0,model.U9)(changes,`change`)}${others.length===0?``:`; also ${others.join(`, `)}`}.`;return`<div class="verdict ${kind}"><div class="sign"><svg viewBox="0 0 24 24" role="img" aria-label="${label}">${path}</svg></div><h1>${prose((0,model.Pl)(review,groups))}</h1><p>${about}</p></div>`}function idsOf(clusters){const ids=new Map;const taken=new Set;for(const[number,findings]of clusters.entries()){const named=`f-${findings[0].fingerprint}`;const id=/^f-[\w-]{1,80}$/.test(named)&&!taken.has(named)?named:`n-${number}`;taken.add(id);ids.set(findings,id)}return findings=>ids.get(findings)??``}function linesByPolicy({checklists=[]}){const lines=new Map;for(const{id,lines:all}of checklists){for(const line of all.filter(({state})=>state===`broken`)){for(const policy of line.policies)lines.set(policy,(lines.get(policy)??new Set).add(id).add(line.id))}}return policy=>[...lines.get(policy)??[]]}const findingGroups=groups=>[[`introduced`,`Introduced by this plan`,(0,model.bz)(groups.introduced)],[`persisting`,`There before this plan`,(0,model.bz)(groups.persisting)],[`undetermined`,`Not known before apply`,(0,model.bz)(groups.undetermined)],[`accepted`,`Accepted`,(0,model.bz)(groups.waived)],[`resolved`,`Resolved, with thanks`,(0,model.bz)(groups.resolved)]];function main(review,groups){const parts=findingGroups(groups);const clusters=parts.flatMap(([,,some])=>some);const acting=(0,model.bz)((0,model.ER)(review,groups));const index={idOf:idsOf(clusters),linesOf:linesByPolicy(review),manyPlans:review.plans.length>1,isAlone:clusters.length===1};return[...clusters.length===0?[]:[severityBar(acting),severityTiles(acting,clusters)],notesBox(review),...clusters.length===0?[]:[filterForm(review,clusters)],`<div id="findings" tabindex="-1">`,`<p class="empty" id="empty" hidden>No finding is like that: clear the search, or ask for less.</p>`,...parts.map(([id,title,some])=>findingsSection(id,title,some,index)),`</div>`,checklistsSection(review,clusters,index),notEvaluatedSection(review),plansSection(review)].join(`
`)}const footer=({tool,iamData})=>`planwarden ${(0,text_escape.ZD)(tool.version)}${iamData===null?``:` \u00b7 ${prose((0,report_access.Uk)(iamData))}`}`;function renderHtml(review){const groups=(0,model.kG)(review);return`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${(0,text_escape.ZD)((0,model.Pl)(review,groups))} \u00b7 planwarden</title>
<style>${STYLE}</style>
<script>${SCRIPT}<\/script>
</head>
<body>
<a class="skip" href="#findings">Skip to the findings</a>
<header>
<div class="brand"><span><b>planwarden</b> \u00b7 ${review.mode}</span><button type="button" id="theme" data-live hidden>Colours: <span>auto</span></button></div>
${verdict(review,groups)}
</header>
<main>
${main(review,groups)}
</main>
<footer>${footer(review)}</footer>
</body>
</html>
`}})};