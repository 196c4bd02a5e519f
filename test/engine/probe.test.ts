import { it } from 'vitest';
import { run, failureOf, type Job } from './harness.ts';
const show = async (name: string, job: Job) => {
  try { const d = await run(job); console.log(name, JSON.stringify(d.text), JSON.stringify(d.result.models), JSON.stringify(d.result.leak)); }
  catch (e) { console.log(name, 'ERR', (e as any).diagnostics ? JSON.stringify((e as any).diagnostics) : e); }
};
it('probe', async () => {
  await show('one column null', { policy: 'fields: { a: {role: insensitive, transform: keep}, b: {role: insensitive, transform: drop} }', input: 'a,b\nx,1\n,2\n"",3\n' });
  await show('all qi dropped', { policy: 'fields: { a: {role: quasi-identifier, transform: drop}, b: {role: sensitive, transform: keep} }\nprivacy: { models: [ {k-anonymity: {k: 2}} ] }', input: 'a,b\nx,1\ny,2\n' });
  await show('repeated qi no privacy', { format: 'ndjson', policy: 'fields: { "$.v[*]": {role: quasi-identifier, transform: keep} }', input: '{"v":[1,2]}\n{"v":[3,2]}\n' });
  await show('container id', { format: 'ndjson', leakCheck: true, policy: 'fields: { "$.p": {role: identifier, transform: drop}, "$.n": {role: insensitive, transform: keep} }', input: '{"p":{"name":"Ada Lovelace"},"n":"seen by Ada Lovelace"}\n' });
  await show('0.29', { policy: 'fields: { a: {role: quasi-identifier, transform: keep} }\nprivacy: { models: [ {k-anonymity: {k: 2}} ], on-violation: drop, max-suppression: 0.29 }', input: 'a\n' + 'x\n'.repeat(71) + Array.from({length:29},(_, i)=>`u${i}\n`).join('') });
  let n = 0; const a = 'id,city\nsecret1,Rome\n', b = 'city,id\nRome,secret1\n';
  await show('head changed', { policy: 'fields: { id: {role: identifier, transform: drop}, city: {role: insensitive, transform: keep} }', input: '', source: { name: 'data.csv', async open() { const text = Buffer.from(n++ === 0 ? a : b); let p = 0; return { async read(t, at, s) { const r = text.copy(t, at, p, Math.min(text.length, p + s)); p += r; return r; }, async close() {} }; } } });
  const one = { policy: 'fields: { a: {role: insensitive, transform: keep} }', input: 'a\nx\n\ny\n' };
  await show('single col blank', one);
  await show('two col blank', { policy: 'fields: { a: {role: insensitive, transform: keep}, b: {role: insensitive, transform: keep} }', input: 'a,b\nx,1\n\ny,2\n' });
  const unit = (leak: string) => `fields: { p: {role: identifier, transform: drop}, m: {role: identifier, transform: drop}, q: {role: quasi-identifier, transform: keep}, n: {role: insensitive, transform: keep} }\nprivacy: { unit: p, models: [ {k-anonymity: {k: 2}} ] }`;
  await show('unit own other', { leakCheck: true, policy: unit(''), input: 'p,m,q,n\np1,old.address@x.org,a,\np1,new.address@x.org,a,write to old.address@x.org\np2,third@x.org,a,\np2,fourth@x.org,a,\n' });
  await show('unit other', { leakCheck: true, policy: unit(''), input: 'p,m,q,n\np1,old.address@x.org,a,\np1,new.address@x.org,a,\np2,third@x.org,a,write to old.address@x.org\np2,fourth@x.org,a,\n' });
  const t = Date.now();
  const rows = Array.from({length: 20000}, (_, i) => JSON.stringify({ id: 'person-' + i, note: 'some note text here that is a bit longer so that a record has size ' + i })).join('\n');
  const d = await run({ format: 'ndjson', leakCheck: true, policy: 'keys: { k: {env: K} }\ndomains: { d: {key: k, scope: global} }\nfields: { "$.id": {role: identifier, transform: {tokenize: {domain: d}}}, "$.note": {role: insensitive, transform: keep} }', input: rows });
  console.log('ndjson leak', rows.length, Date.now() - t, 'ms', JSON.stringify(d.result.leak));
});
