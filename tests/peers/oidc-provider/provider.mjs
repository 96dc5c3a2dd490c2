// The certified provider, in memory, with one client for each backend of the tests. Its own
// development pages sign in whoever types a name. Its argument says where brandgate is. Prints its
// address when it is ready.
import { createServer } from 'node:http';
import { generateKeyPairSync } from 'node:crypto';
import Provider from 'oidc-provider';

const accounts = {
  joe: { email: 'joe@example.com', email_verified: true, name: 'Joe Bloggs', nickname: 'Joe' },
  jane: { email: 'jane@example.com', email_verified: true, name: 'Jane' },
  unverified: { email: 'new@example.com', email_verified: false, name: 'New' },
  nomail: { name: 'Nobody' },
  ann: { email: 'ann@acme.example', email_verified: true, name: 'Ann Answers', role: 'agent' },
  carol: { email: 'carol@coffee.example', email_verified: true, name: 'Carol Crema' },
};
const sso = process.argv[2];
const client = (backend, method, id = `brandgate-${backend}`) => ({
  client_id: id,
  client_secret: `secret-of-${backend}-0123456789abcdef0123456789`,
  token_endpoint_auth_method: method,
  redirect_uris: [`${sso}/callback/${backend}`],
  post_logout_redirect_uris: [`${sso}/logout/done/${backend}`],
});
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const jwk = { ...privateKey.export({ format: 'jwk' }), kid: 'first', alg: 'RS256', use: 'sig' };

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [
      client('staff', 'client_secret_basic'),
      client('coffee-club', 'client_secret_basic'),
      client('coffee-site', 'client_secret_basic'),
      client('staff', 'client_secret_basic', 'brandgate'),
    ],
    jwks: { keys: [jwk] },
    cookies: { keys: ['only for tests'] },
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified'],
      profile: ['name', 'nickname', 'role'],
    },
    pkce: { required: () => true },
    findAccount: (_, id) =>
      accounts[id] && { accountId: id, claims: () => ({ sub: id, ...accounts[id] }) },
  });
  server.on('request', provider.callback());
  console.log(issuer);
});
// Ends with the test, however that ends.
process.stdin.on('end', () => process.exit()).resume();
