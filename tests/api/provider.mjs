// A provider of logins for the tests: node provider.mjs '{"port": …, "keys": {…}, "ours": "http://…"}'
// Whoever logs in as NAME is user NAME with the role of that name.
import { Provider } from 'oidc-provider';

const { port, keys, ours } = JSON.parse(process.argv[2]);
const secret = 'a-secret-of-the-tests';
const program = (name) => ({
  client_id: name, client_secret: secret, grant_types: ['client_credentials'], response_types: [], redirect_uris: [],
});

const provider = new Provider(`http://127.0.0.1:${port}`, {
  jwks: keys,
  clients: [
    {
      client_id: 'aanspraak', client_secret: secret, redirect_uris: [`${ours}/inloggen/terug`],
      post_logout_redirect_uris: [`${ours}/`],
    },
    ...['lezer', 'analist', 'beheerder', 'niemand'].map(program),
  ],
  cookies: { keys: ['only in tests'] },
  pkce: { required: () => true },
  conformIdTokenClaims: false,
  claims: { openid: ['sub', 'roles'] },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, roles: [`zorg-${id}`] }) }),
  extraTokenClaims: (_, token) => ({ roles: [`zorg-${token.clientId}`] }),
  features: {
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => [],
      getResourceServerInfo: (_, resource) => ({
        scope: '', audience: resource, accessTokenFormat: 'jwt', accessTokenTTL: 600, jwt: { sign: { alg: 'RS256' } },
      }),
    },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (ctx, form) => {
        ctx.body = `<!DOCTYPE html>${form}<button form="op.logoutForm" name="logout" value="yes">Sign out</button>`;
      },
    },
  },
});
provider.on('server_error', (_, error) => console.error(error));
provider.listen(port, '127.0.0.1', () => console.log('listening'));
