// Drives both simulators with the vendors' own SDKs and compares status, headers and shapes with
// what the vendors document. Prints one line per check; ends with 1 if any failed.
import assert from 'node:assert/strict';
import http from 'node:http';
import { Client, Signature } from '@hubspot/api-client';
import Stripe from 'stripe';

const hubspotBase = process.env.HUBSPOT_API_BASE;
const stripeBase = new URL(process.env.STRIPE_API_BASE);
const hookPort = Number(process.env.CONFORMANCE_WEBHOOK_PORT);
const clientSecret = '11111111-2222-3333-4444-555555555555';
const webhookSecret = 'whsec_twofold_local';

const received = [];
const hooks = http.createServer((request, answer) => {
  const chunks = [];
  request.on('data', chunk => chunks.push(chunk));
  request.on('end', () => {
    received.push({
      path: request.url,
      headers: request.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    });
    answer.writeHead(204).end();
  });
});
await new Promise(resolve => hooks.listen(hookPort, '127.0.0.1', resolve));

async function hook(path, wanted) {
  const end = Date.now() + 10_000;
  while (Date.now() < end) {
    const found = received.find(one => one.path === path && wanted(JSON.parse(one.body)));
    if (found) {
      return found;
    }
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  throw new Error(`no webhook came to ${path}`);
}

async function control(base, method, path, body) {
  const answer = await fetch(`${base}/_simulator/${path}`, {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  assert.ok(answer.ok, `${method} ${path}: ${answer.status}`);
  return answer.json();
}

let failures = 0;
async function check(name, work) {
  try {
    await work();
    console.log(`ok      ${name}`);
  } catch (failed) {
    failures += 1;
    console.log(`FAILED  ${name}\n        ${failed.stack ?? failed}`);
  }
}

const hubspot = new Client({ accessToken: 'pat-local-twofold', basePath: hubspotBase });
const contacts = hubspot.crm.contacts;

async function refused(call) {
  try {
    await call();
  } catch (error) {
    return error;
  }
  throw new Error('the call was expected to be refused');
}

let zoe;
await check('HubSpot: create, read by id and by address', async () => {
  const created = await contacts.basicApi.create({
    properties: { email: 'Zoe@Example.com', firstname: 'Zoe' },
    associations: [],
  });
  zoe = created.id;
  assert.equal(created.properties.email, 'zoe@example.com');
  assert.ok(created.createdAt instanceof Date && !Number.isNaN(created.createdAt.getTime()));
  const read = await contacts.basicApi.getById(zoe, ['email', 'phone', 'nonsense']);
  assert.equal(read.properties.phone, null);
  assert.equal('nonsense' in read.properties, false);
  const byEmail = await contacts.basicApi.getById(
    'ZOE@example.com', ['email'], undefined, undefined, false, 'email');
  assert.equal(byEmail.id, zoe);
});
await check('HubSpot: a duplicate address is 409 and names the id', async () => {
  const error = await refused(() =>
    contacts.basicApi.create({ properties: { email: 'zoe@example.com' }, associations: [] }));
  assert.equal(error.code, 409);
  assert.equal(error.body.category, 'CONFLICT');
  assert.match(error.body.message, new RegExp(`Existing ID: ${zoe}`));
  assert.equal(error.headers['x-hubspot-correlation-id'], error.body.correlationId);
});
await check('HubSpot: unknown properties are JSON inside the message', async () => {
  const error = await refused(() =>
    contacts.basicApi.create({ properties: { email: 'a@example.test', x000: '1' } }));
  assert.equal(error.code, 400);
  const inner = JSON.parse(error.body.message.replace('Property values were not valid: ', ''));
  assert.deepEqual(inner.map(one => one.error), ['INVALID_EMAIL', 'PROPERTY_DOESNT_EXIST']);
});
await check('HubSpot: batch create is 207 with trace ids', async () => {
  const answer = await hubspot.apiRequest({
    method: 'POST',
    path: '/crm/v3/objects/contacts/batch/create',
    body: {
      inputs: [
        { properties: { email: 'zoe@example.com' }, objectWriteTraceId: '0' },
        { properties: { email: 'ben@example.com' }, objectWriteTraceId: '1' },
      ],
    },
  });
  assert.equal(answer.status, 207);
  const body = await answer.json();
  assert.equal(body.numErrors, 1);
  assert.deepEqual(body.errors[0].context, { existingId: [zoe], objectWriteTraceId: ['0'] });
  assert.equal(body.results[0].objectWriteTraceId, '1');
});
await check('HubSpot: batch read by address', async () => {
  const answer = await contacts.batchApi.read({
    idProperty: 'email',
    properties: ['email'],
    propertiesWithHistory: [],
    inputs: [{ id: 'zoe@example.com' }, { id: 'ben@example.com' }],
  });
  assert.equal(answer.status, 'COMPLETE');
  assert.deepEqual(answer.results.map(one => one.properties.email).sort(), [
    'ben@example.com', 'zoe@example.com']);
});
await check('HubSpot: change, list, search late, archive', async () => {
  const changed = await contacts.basicApi.update(zoe, { properties: { phone: '+4144' } });
  assert.equal(changed.properties.phone, '+4144');
  assert.equal('firstname' in changed.properties, false);
  const all = await contacts.getAll(1, undefined, ['email']);
  assert.equal(all.length, 2);
  const search = await contacts.searchApi.doSearch({
    filterGroups: [{ filters: [{ propertyName: 'email', operator: 'EQ', value: 'ben@example.com' }] }],
    properties: ['email'],
    limit: 10,
  });
  assert.equal(search.total, 0);
  await contacts.basicApi.archive(all.find(one => one.id !== zoe).id);
  assert.equal((await contacts.getAll(100)).length, 1);
});
await check('HubSpot: properties are created once', async () => {
  const property = {
    name: 'stripe_customer_id', label: 'Stripe customer id', groupName: 'contactinformation',
    type: 'string', fieldType: 'text', hasUniqueValue: true,
  };
  const created = await hubspot.crm.properties.coreApi.create('contacts', property);
  assert.equal(created.hasUniqueValue, true);
  assert.equal((await refused(() => hubspot.crm.properties.coreApi.create('contacts', property))).code, 409);
  const upsert = await contacts.batchApi.upsert({
    inputs: [{ id: 'cus_1', idProperty: 'stripe_customer_id', properties: { email: 'uma@example.com' } }],
  });
  assert.equal(upsert.results[0]._new, true);
});
await check('HubSpot: custom events', async () => {
  await hubspot.apiRequest({
    method: 'POST',
    path: '/events/v3/event-definitions',
    body: {
      label: 'Stripe purchase', name: 'stripe_purchase', primaryObject: 'CONTACT',
      includeDefaultProperties: false,
      propertyDefinitions: [{ name: 'amount', label: 'Amount', type: 'number' }],
    },
  });
  for (let i = 0; i < 2; i += 1) {
    const answer = await hubspot.apiRequest({
      method: 'POST',
      path: '/events/v3/send',
      body: {
        eventName: 'pe900100_stripe_purchase', objectId: zoe, uuid: 'pi_1',
        properties: { amount: '12.50' },
      },
    });
    assert.equal(answer.status, 204);
    assert.equal(await answer.text(), '');
  }
  const state = await control(hubspotBase, 'GET', 'state');
  assert.equal(state.events.length, 1);
});
await check('HubSpot: the SDK accepts both signatures of a webhook', async () => {
  const delivery = await hook('/hubspot', all => all.some(one => one.objectId === Number(zoe)));
  const common = {
    clientSecret, requestBody: delivery.body, url: `http://127.0.0.1:${hookPort}/hubspot`,
    method: 'POST',
  };
  assert.equal(Signature.isValid({
    ...common, signature: delivery.headers['x-hubspot-signature'], signatureVersion: 'v1',
  }), true);
  assert.equal(Signature.isValid({
    ...common, signature: delivery.headers['x-hubspot-signature-v3'], signatureVersion: 'v3',
    timestamp: Number(delivery.headers['x-hubspot-request-timestamp']),
  }), true);
});
await check('HubSpot: a wrong token is 401', async () => {
  const stranger = new Client({ accessToken: 'nonsense', basePath: hubspotBase });
  const error = await refused(() => stranger.crm.contacts.basicApi.getById(zoe));
  assert.equal(error.code, 401);
  assert.equal(error.body.category, 'INVALID_AUTHENTICATION');
});
await check('HubSpot: merge and GDPR delete', async () => {
  const old = await contacts.basicApi.create({ properties: { email: 'old@example.com' } });
  await contacts.basicApi.merge({ primaryObjectId: zoe, objectIdToMerge: old.id });
  assert.equal((await contacts.basicApi.getById(old.id)).id, zoe);
  const purge = await hubspot.apiRequest({
    method: 'POST',
    path: '/crm/v3/objects/contacts/gdpr-delete',
    body: { objectId: zoe },
  });
  assert.equal(purge.status, 204);
  assert.equal((await refused(() => contacts.basicApi.getById(zoe))).code, 404);
});

async function post(path, body) {
  const answer = await hubspot.apiRequest({ method: 'POST', path, body });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text === '' ? null : JSON.parse(text) };
}

const objects = '/crm/v3/objects/contacts';
let mia;
let merged;
await check('HubSpot: without trace ids one bad row refuses the whole batch', async () => {
  mia = (await contacts.basicApi.create({ properties: { email: 'mia@example.com' } })).id;
  const before = (await contacts.getAll(100)).length;
  const conflict = await refused(() => contacts.batchApi.create({
    inputs: [{ properties: { email: 'new1@example.com' } }, { properties: { email: 'mia@example.com' } }],
  }));
  assert.equal(conflict.code, 409);
  assert.match(conflict.body.message, new RegExp(`Existing ID: ${mia}`));
  const invalid = await refused(() => contacts.batchApi.create({
    inputs: [{ properties: { email: 'new1@example.com' } }, { properties: { email: 'b@example.com', x000: '1' } }],
  }));
  assert.equal(invalid.code, 400);
  assert.equal(invalid.body.category, 'VALIDATION_ERROR');
  assert.equal((await contacts.getAll(100)).length, before);
});
await check('HubSpot: duplicate ids, unknown ids and merged ids in a batch', async () => {
  const old = (await contacts.basicApi.create({ properties: { email: 'mia.old@example.com' } })).id;
  // A merge may make a new record: what is asked for by the old ids is the survivor.
  merged = (await contacts.basicApi.merge({ primaryObjectId: mia, objectIdToMerge: old })).id;
  const twice = await refused(() => contacts.batchApi.update({
    inputs: [{ id: merged, properties: { phone: '1' } }, { id: merged, properties: { phone: '2' } }],
  }));
  assert.equal(twice.code, 400);
  assert.deepEqual(twice.body.context.ids, [merged]);
  const unknown = await post(`${objects}/batch/update`, {
    inputs: [{ id: merged, properties: { phone: '1' } }, { id: '99999999', properties: { phone: '2' } }],
  });
  assert.equal(unknown.status, 207);
  assert.equal(unknown.body.errors[0].category, 'OBJECT_NOT_FOUND');
  assert.deepEqual(unknown.body.errors[0].context.ids, ['99999999']);
  const silent = await post(`${objects}/batch/update`, { inputs: [{ id: old, properties: { phone: '3' } }] });
  assert.equal(silent.status, 200);
  assert.deepEqual(silent.body.results, []);
  const read = await contacts.batchApi.read({
    idProperty: 'email', properties: ['email', 'hs_additional_emails'], propertiesWithHistory: [],
    inputs: [{ id: 'mia.old@example.com' }],
  });
  assert.equal(read.results[0].id, merged);
  assert.equal(read.results[0].properties.email, 'mia@example.com');
});
await check('HubSpot: a unique value that another contact has', async () => {
  const error = await refused(() => contacts.basicApi.update(merged, { properties: { stripe_customer_id: 'cus_1' } }));
  assert.equal(error.code, 400);
  const inner = JSON.parse(error.body.message.replace('Property values were not valid: ', ''));
  assert.equal(inner[0].error, 'CONFLICTING_UNIQUE_VALUE');
  assert.match(inner[0].message, /already has that value/);
});
await check('HubSpot: an address that nobody had is blocked by a GDPR delete', async () => {
  const purge = await post(`${objects}/gdpr-delete`, { objectId: 'never@example.com', idProperty: 'email' });
  assert.equal(purge.status, 204);
  assert.equal((await refused(() => contacts.basicApi.create({ properties: { email: 'never@example.com' } }))).code, 400);
});
await check('HubSpot: the 429s of the burst, of search and of the day have their shapes', async () => {
  const seen = {};
  for (const reason of ['', 'search', 'daily']) {
    await control(hubspotBase, 'POST', 'faults', { kind: 'storm', count: 1, reason });
    seen[reason] = await refused(() => contacts.basicApi.getById(merged));
    assert.equal(seen[reason].code, 429);
  }
  assert.deepEqual([seen[''].body.errorType, seen[''].body.policyName], ['RATE_LIMIT', 'SECONDLY']);
  assert.equal(seen.search.body.category, 'RATE_LIMITS');
  assert.equal('policyName' in seen.search.body, false);
  assert.equal(seen.daily.body.policyName, 'DAILY');
});
await check('HubSpot: search has its caps', async () => {
  const deep = await refused(() => contacts.searchApi.doSearch({ limit: 100, after: '10000' }));
  assert.equal(deep.code, 400);
  await control(hubspotBase, 'DELETE', 'faults');
  const statuses = [];
  for (let i = 0; i < 7; i += 1) {
    statuses.push((await post(`${objects}/search`, { limit: 1 })).status);
  }
  assert.ok(statuses.includes(429), `seven searches at once: ${statuses}`);
});
await check('HubSpot: OAuth tokens are issued, refreshed, used and looked at', async () => {
  const app = new Client({ basePath: hubspotBase });
  const issued = await app.oauth.tokensApi.create(
    'authorization_code', 'code', 'https://app.example.com', '1', clientSecret);
  assert.equal(issued.expiresIn, 1800);
  const renewed = await app.oauth.tokensApi.create(
    'refresh_token', undefined, undefined, '1', clientSecret, issued.refreshToken);
  assert.notEqual(renewed.accessToken, issued.accessToken);
  app.setAccessToken(renewed.accessToken);
  assert.equal((await app.crm.contacts.basicApi.getById(merged)).id, merged);
  const wrong = await refused(() => app.oauth.tokensApi.create(
    'refresh_token', undefined, undefined, '1', clientSecret, 'nonsense'));
  assert.equal(wrong.code, 400);
});
await check('HubSpot: a locked record and an outage', async () => {
  await control(hubspotBase, 'POST', 'faults', { kind: 'lock', count: 1 });
  assert.equal((await refused(() => contacts.basicApi.getById(merged))).code, 423);
  await control(hubspotBase, 'POST', 'faults', { kind: 'outage', count: 1 });
  const down = await fetch(`${hubspotBase}${objects}`, { headers: { Authorization: 'Bearer pat-local-twofold' } });
  assert.equal(down.status, 503);
  assert.match(down.headers.get('content-type'), /text\/html/);
});

const stripe = new Stripe('sk_test_twofold_local', {
  host: stripeBase.hostname,
  port: Number(stripeBase.port),
  protocol: 'http',
  maxNetworkRetries: 0,
  telemetry: false,
});

let customer;
await check('Stripe: create with an idempotency key, replay, refuse other parameters', async () => {
  const parameters = {
    email: 'zoe@example.com', name: 'Zoë', metadata: { hubspot_contact_id: '501' },
    address: { city: 'Bern' }, preferred_locales: ['de'],
  };
  customer = await stripe.customers.create(parameters, { idempotencyKey: 'twofold-1' });
  assert.match(customer.lastResponse.requestId, /^req_/);
  const again = await stripe.customers.create(parameters, { idempotencyKey: 'twofold-1' });
  assert.equal(again.id, customer.id);
  assert.equal(again.lastResponse.headers['idempotent-replayed'], 'true');
  const error = await refused(() =>
    stripe.customers.create({ name: 'Ben' }, { idempotencyKey: 'twofold-1' }));
  assert.equal(error.type, 'StripeIdempotencyError');
  assert.equal(error.statusCode, 400);
});
await check('Stripe: change, clear and merge metadata', async () => {
  const changed = await stripe.customers.update(customer.id, {
    name: 'Zoë New', phone: '', metadata: { a: '1', hubspot_contact_id: '' },
  });
  assert.equal(changed.phone, null);
  assert.deepEqual(changed.metadata, { a: '1' });
  assert.equal(changed.address.city, 'Bern');
});
await check('Stripe: errors have their types and codes', async () => {
  const missing = await refused(() => stripe.customers.retrieve('cus_no'));
  assert.deepEqual([missing.type, missing.code, missing.statusCode],
    ['StripeInvalidRequestError', 'resource_missing', 404]);
  const email = await refused(() => stripe.customers.create({ email: 'x' }));
  assert.deepEqual([email.code, email.param], ['email_invalid', 'email']);
  const unknown = await refused(() => stripe.customers.create({ nonsense: '1' }));
  assert.equal(unknown.code, 'parameter_unknown');
  const stranger = new Stripe('sk_test_other', {
    host: stripeBase.hostname, port: Number(stripeBase.port), protocol: 'http', maxNetworkRetries: 0,
  });
  assert.equal((await refused(() => stranger.customers.list())).type, 'StripeAuthenticationError');
});
await check('Stripe: limits and locks differ by a header', async () => {
  await control(stripeBase.origin, 'POST', 'faults', { kind: 'storm', count: 1 });
  const limited = await refused(() => stripe.customers.list());
  assert.equal(limited.statusCode, 429);
  assert.equal(limited.headers['stripe-rate-limited-reason'], 'global-rate');
  await control(stripeBase.origin, 'POST', 'faults', { kind: 'lock', count: 1 });
  const locked = await refused(() => stripe.customers.update(customer.id, { name: 'x' }));
  assert.deepEqual([locked.statusCode, locked.code], [429, 'lock_timeout']);
  assert.equal(locked.headers['stripe-rate-limited-reason'], undefined);
});
await check('Stripe: every reason of a 429 can be had', async () => {
  for (const reason of ['global-concurrency', 'endpoint-rate', 'endpoint-concurrency', 'resource-specific']) {
    await control(stripeBase.origin, 'POST', 'faults', { kind: 'storm', count: 1, reason });
    const limited = await refused(() => stripe.customers.list());
    assert.deepEqual([limited.type, limited.statusCode], ['StripeRateLimitError', 429]);
    assert.equal(limited.headers['stripe-rate-limited-reason'], reason);
  }
});
await check('Stripe: a key in flight is 409, a stored 500 is replayed, a lost answer too', async () => {
  await control(stripeBase.origin, 'PUT', 'latency', { medianMillis: 300, p99Millis: 300 });
  const first = stripe.customers.create({ name: 'Uma' }, { idempotencyKey: 'twofold-flight' });
  await new Promise(resolve => setTimeout(resolve, 100));
  const second = await refused(() =>
    stripe.customers.create({ name: 'Uma' }, { idempotencyKey: 'twofold-flight' }));
  assert.deepEqual([second.statusCode, second.code], [409, 'idempotency_key_in_use']);
  const uma = await first;
  await control(stripeBase.origin, 'DELETE', 'faults');
  await control(stripeBase.origin, 'POST', 'faults', { kind: 'error', status: 500, count: 1 });
  for (let i = 0; i < 2; i += 1) {
    const failed = await refused(() =>
      stripe.customers.create({ name: 'Vic' }, { idempotencyKey: 'twofold-500' }));
    assert.deepEqual([failed.type, failed.statusCode], ['StripeAPIError', 500]);
    assert.equal(failed.headers['stripe-should-retry'], 'false');
    assert.equal(failed.headers['idempotent-replayed'], i === 0 ? undefined : 'true');
  }
  // The SDK itself asks a second time where a connection breaks, whatever its retries are set to.
  await control(stripeBase.origin, 'POST', 'faults', { kind: 'lost', count: 2 });
  const lost = await refused(() =>
    stripe.customers.create({ name: 'Wim' }, { idempotencyKey: 'twofold-lost' }));
  assert.equal(lost.type, 'StripeConnectionError');
  const replayed = await stripe.customers.create({ name: 'Wim' }, { idempotencyKey: 'twofold-lost' });
  assert.equal(replayed.lastResponse.headers['idempotent-replayed'], 'true');
  assert.equal((await stripe.customers.list({ limit: 100 })).data.filter(one => one.name === 'Wim').length, 1);
  await stripe.customers.del(uma.id);
});
await check('Stripe: the list is at once and minds case, search is late', async () => {
  await stripe.customers.create({ email: 'Case@Example.com' });
  assert.equal((await stripe.customers.list({ email: 'Case@Example.com' })).data.length, 1);
  assert.equal((await stripe.customers.list({ email: 'case@example.com' })).data.length, 0);
  const found = await stripe.customers.search({ query: "email:'case@example.com'" });
  assert.deepEqual([found.object, found.data.length, found.next_page], ['search_result', 0, null]);
});
await check('Stripe: while a secret is rolled, either verifies', async () => {
  await control(stripeBase.origin, 'PUT', 'secrets', { secrets: ['whsec_new', webhookSecret] });
  const rolled = await stripe.customers.create({ name: 'Rolled' });
  const delivery = await hook('/stripe', event => event.data.object.id === rolled.id);
  for (const secret of ['whsec_new', webhookSecret]) {
    assert.equal(stripe.webhooks.constructEvent(
      delivery.body, delivery.headers['stripe-signature'], secret).data.object.id, rolled.id);
  }
  await control(stripeBase.origin, 'PUT', 'secrets', { secrets: [webhookSecret] });
});
await check('Stripe: events that were not delivered can be listed', async () => {
  await control(stripeBase.origin, 'PUT', 'webhooks', { url: 'http://127.0.0.1:9/' });
  const unheard = await stripe.customers.create({ name: 'Unheard' });
  const missed = await stripe.events.list({ delivery_success: false, types: ['customer.created'] });
  assert.deepEqual(missed.data.map(event => event.data.object.id), [unheard.id]);
  await control(stripeBase.origin, 'PUT', 'webhooks', { url: `http://127.0.0.1:${hookPort}/stripe` });
});
await check('Stripe: the SDK accepts the signature of an event', async () => {
  const delivery = await hook('/stripe', event => event.type === 'customer.updated');
  const event = stripe.webhooks.constructEvent(
    delivery.body, delivery.headers['stripe-signature'], webhookSecret);
  assert.deepEqual(event.data.previous_attributes.metadata,
    { a: null, hubspot_contact_id: '501' });
  assert.equal(event.data.object.name, 'Zoë New');
});
await check('Stripe: purchases and the list of events', async () => {
  const made = await control(stripeBase.origin, 'POST', 'purchases',
    { customer: customer.id, amount: 1250, currency: 'chf' });
  const intent = await stripe.paymentIntents.retrieve(made.id);
  assert.equal(intent.amount_received, 1250);
  const events = await stripe.events.list({ types: ['payment_intent.succeeded'] });
  assert.equal(events.data[0].data.object.id, made.id);
  assert.equal(events.data[0].request.idempotency_key, null);
  const everything = await stripe.events.list({ limit: 1 }).autoPagingToArray({ limit: 50 });
  assert.ok(everything.length >= 5);
});
await check('Stripe: delete for good', async () => {
  assert.deepEqual((await stripe.customers.del(customer.id)).deleted, true);
  assert.deepEqual((await stripe.customers.retrieve(customer.id)).deleted, true);
  assert.equal((await refused(() => stripe.customers.update(customer.id, { name: 'x' }))).code,
    'resource_missing');
});

hooks.close();
console.log(failures === 0 ? 'all checks passed' : `${failures} checks failed`);
process.exit(failures === 0 ? 0 : 1);
