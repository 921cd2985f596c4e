import { judgeAll } from '../src/policy/engine.ts';
import { builtinPolicies } from '../src/policy/builtin.ts';
import { constants } from '../src/policy/constants.ts';
import { networkRule } from '../src/subjects/network-rule.ts';
const kind=networkRule; const pol=builtinPolicies().filter(p=>p.subject.includes('network-rule'));
const mk=(i:number,w:boolean)=>({id:'s'+i,object:kind.fromExample({direction:'ingress',protocol:'tcp',ports:String(20+i%3000),source:w?'0.0.0.0/0':'10.0.0.0/8'}),address:'a.'+i,resourceType:'x',causes:[],touched:true});
const N=100000; const before=Array.from({length:N},(_,i)=>mk(i,false)), after=Array.from({length:N},(_,i)=>mk(i,i%100===0));
for (let k=0;k<4;k++){ const t=process.cpuUsage(); const w=performance.now(); const j=judgeAll(pol,[{kind,before,after}],{audit:false,constants:constants(),isGone:()=>false}); const c=process.cpuUsage(t); console.log(N,(c.user/1000).toFixed(0),'ms user',(c.system/1000).toFixed(0),(performance.now()-w).toFixed(0),j.length); }
