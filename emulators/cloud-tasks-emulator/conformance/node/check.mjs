// Drives the emulator with Google's Node client: v2 over gRPC and REST, v2beta3 statistics, and a
// token that Google's own library verifies.
import assert from 'node:assert/strict';
import {createPublicKey} from 'node:crypto';
import http from 'node:http';
import {createRequire} from 'node:module';
import {once} from 'node:events';
import {CloudTasksClient, v2beta3} from '@google-cloud/tasks';
import {OAuth2Client, PassThroughClient} from 'google-auth-library';

// The client's own copy of gRPC: credentials of another copy are refused.
const require = createRequire(import.meta.url);
const {grpc} = createRequire(require.resolve('@google-cloud/tasks'))('google-gax');

const url = new URL(process.argv[2]);
const base = {apiEndpoint: url.hostname, port: Number(url.port), projectId: 'demo'};
const overGrpc = {...base, sslCreds: grpc.credentials.createInsecure()};
const overRest = {...base, protocol: 'http', fallback: true, authClient: new PassThroughClient()};

const received = [];
const waiting = [];
const target = http.createServer((request, response) => {
  let body = '';
  request.on('data', part => (body += part)).on('end', () => {
    received.push({path: request.url, headers: request.headers, body});
    response.writeHead(request.url === '/fails' ? 500 : 200).end();
    waiting.splice(0).forEach(resolve => resolve());
  });
});
target.listen(0, '127.0.0.1');
await once(target, 'listening');
const at = path => `http://127.0.0.1:${target.address().port}${path}`;

async function arrived(path, count = 1) {
  while (received.filter(call => call.path === path).length < count) {
    await new Promise(resolve => waiting.push(resolve));
  }
  return received.filter(call => call.path === path);
}

async function check(name, options) {
  const client = new CloudTasksClient(options);
  const parent = client.locationPath('demo', 'europe-west1');
  const queue = client.queuePath('demo', 'europe-west1', name);

  const [created] = await client.createQueue({
    parent,
    queue: {name: queue, rateLimits: {maxDispatchesPerSecond: 15}},
  });
  assert.equal(created.rateLimits.maxBurstSize, 10);
  assert.equal(created.state, 'RUNNING');

  const [updated] = await client.updateQueue({
    queue: {name: queue, rateLimits: {maxDispatchesPerSecond: 100}, retryConfig: {maxAttempts: 3}},
    updateMask: {paths: ['rate_limits.max_dispatches_per_second']},
  });
  assert.equal(updated.rateLimits.maxDispatchesPerSecond, 100);
  assert.equal(updated.retryConfig.maxAttempts, 100);

  const taskName = client.taskPath('demo', 'europe-west1', name, 'one');
  const task = {
    name: taskName,
    httpRequest: {
      url: at('/' + name),
      headers: {'content-type': 'application/json'},
      body: Buffer.from('{"hello":"world"}').toString('base64'),
      oidcToken: {serviceAccountEmail: 'sa@demo.iam.gserviceaccount.com', audience: 'handler'},
    },
  };
  await client.createTask({parent: queue, task});
  const [call] = await arrived('/' + name);
  assert.equal(call.body, '{"hello":"world"}');
  assert.equal(call.headers['x-cloudtasks-taskname'], 'one');
  assert.equal(call.headers['x-cloudtasks-queuename'], name);
  assert.equal(call.headers['x-cloudtasks-taskretrycount'], '0');
  assert.equal(call.headers['user-agent'], 'Google-Cloud-Tasks');
  await verify(call.headers.authorization);

  const failure = await client.createTask({parent: queue, task}).catch(e => e);
  assert.match(failure.message, /Requested entity already exists/);
  const missing = await client.getQueue({name: queue + '-missing'}).catch(e => e);
  assert.match(missing.message, /Queue does not exist/);

  await client.pauseQueue({name: queue});
  for (let i = 0; i < 5; i++) {
    await client.createTask({parent: queue, task: {httpRequest: {url: at('/fails')}}});
  }
  const [tasks] = await client.listTasks({parent: queue});
  assert.equal(tasks.length, 5);
  assert.match(tasks[0].name, /\/tasks\/\d+$/);
  const [run] = await client.runTask({name: tasks[0].name});
  assert.equal(run.dispatchCount, 1);
  const [full] = await client.getTask({name: tasks[1].name, responseView: 'FULL'});
  assert.equal(full.view, 'FULL');
  await client.deleteTask({name: tasks[2].name});

  const [queues] = await client.listQueues({parent, filter: 'state: PAUSED'});
  assert.ok(queues.some(one => one.name === queue));
  await client.purgeQueue({name: queue});
  const [rest] = await client.listTasks({parent: queue});
  assert.equal(rest.length, 0);
  await client.resumeQueue({name: queue});
  const policy = {bindings: [{role: 'roles/viewer', members: ['user:a@b.c']}]};
  await client.setIamPolicy({resource: queue, policy});
  const [kept] = await client.getIamPolicy({resource: queue});
  assert.equal(kept.bindings[0].role, 'roles/viewer');
  await client.deleteQueue({name: queue});
  await client.close();
  console.log(`ok   @google-cloud/tasks, ${name}`);
}

async function verify(authorization) {
  const keys = await (await fetch(new URL('/oauth2/v3/certs', url))).json();
  const certificates = Object.fromEntries(keys.keys.map(key => [
    key.kid,
    createPublicKey({key, format: 'jwk'}).export({type: 'spki', format: 'pem'}),
  ]));
  const ticket = await new OAuth2Client().verifySignedJwtWithCertsAsync(
    authorization.replace('Bearer ', ''), certificates, 'handler', [url.origin]);
  assert.equal(ticket.getPayload().email, 'sa@demo.iam.gserviceaccount.com');
}

async function checkStatistics() {
  const client = new v2beta3.CloudTasksClient(overGrpc);
  const parent = client.locationPath('demo', 'europe-west1');
  const name = client.queuePath('demo', 'europe-west1', 'beta');
  await client.createQueue({parent, queue: {name, tombstoneTtl: {seconds: 7200}}});
  await client.pauseQueue({name});
  await client.createTask({parent: name, task: {httpRequest: {url: at('/beta')}}});
  const [plain] = await client.getQueue({name});
  assert.equal(plain.stats, null);
  assert.equal(Number(plain.tombstoneTtl.seconds), 7200);
  const [queue] = await client.getQueue({name, readMask: {paths: ['name', 'stats']}});
  assert.equal(Number(queue.stats.tasksCount), 1);
  assert.equal(queue.rateLimits, null);
  await client.close();
  console.log('ok   @google-cloud/tasks, v2beta3 statistics');
}

await check('grpc', overGrpc);
await check('rest', overRest);
await checkStatistics();
target.close();
target.closeAllConnections();
