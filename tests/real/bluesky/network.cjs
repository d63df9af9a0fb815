// A whole Bluesky network in one process: PLC directory, PDS with its real rate limits, AppView and moderation service.
//
// Prints one line of JSON when it is up ({pds: URL}). Then "settle" on stdin waits until the AppView has indexed all
// that the PDS was told, and answers "settled". Closing stdin ends it. DB_POSTGRES_URL and REDIS_HOST say where to store.
const net = require('node:net');
const readline = require('node:readline');

// The development servers listen on every interface; keep them on this machine.
const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (first, ...rest) {
  const options = typeof first === 'object' && first !== null ? first : { port: first };
  return listen.call(this, { ...options, host: '127.0.0.1' }, rest.find((a) => typeof a === 'function'));
};

const { TestNetwork } = require('@atproto/dev-env');

async function main() {
  const network = await TestNetwork.create({
    dbPostgresSchema: 'rapport',
    pds: { rateLimitsEnabled: true, rateLimitBypassKey: process.env.RATE_LIMIT_BYPASS_KEY },
    // As on the public network: indexedAt says when a record arrived, also where its author dates it back.
    bsky: { indexedAtEpoch: new Date(0) },
  });
  console.log(JSON.stringify({ pds: `http://127.0.0.1:${network.pds.port}` }));
  for await (const line of readline.createInterface({ input: process.stdin })) {
    if (line !== 'settle') throw new Error(`unknown command ${line}`);
    await network.processAll(120_000);
    console.log('settled');
  }
  await network.close();
}

main().then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
