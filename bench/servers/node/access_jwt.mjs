// Verifies a site's assertion, mints Zendesk's JWT and answers the page that posts it.
// Usage: access_jwt.mjs PORT TABLE

import { createSecretKey, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import jwt from 'jsonwebtoken'

const [port, file] = process.argv.slice(2)
const { account, secret, secrets } = JSON.parse(readFileSync(file))
const prepared = (text) => createSecretKey(Buffer.from(text))
const keyOf = new Map(Object.entries(secrets).map(([host, text]) => [host, prepared(text)]))
const zendesk = prepared(secret)
const action = `https://${account}.zendesk.com/access/jwt`
const escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text) => text.replace(/[&<>"]/g, (sign) => escapes[sign])

const page = (token, returnTo) => `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Signing in</title></head>
<body>
<form method="post" action="${action}">
<input type="hidden" name="jwt" value="${escaped(token)}">
<input type="hidden" name="return_to" value="${escaped(returnTo)}">
<noscript><button>Continue</button></noscript>
</form>
<script>document.forms[0].submit()</script>
</body>
</html>
`

function handOff(body) {
  const form = new URLSearchParams(body)
  const returnTo = form.get('return_to') ?? ''
  const key = keyOf.get(new URL(returnTo).host)
  const said = jwt.verify(form.get('jwt') ?? '', key, { algorithms: ['HS256'], maxAge: 180 })
  const { email, name, external_id } = said
  const claims = { jti: randomUUID(), email, name, external_id }
  return page(jwt.sign(claims, zendesk, { algorithm: 'HS256' }), returnTo)
}

const server = createServer((request, response) => {
  const parts = []
  request.on('data', (part) => parts.push(part))
  request.on('end', () => {
    try {
      const body = handOff(Buffer.concat(parts).toString())
      response.writeHead(200, {
        'Content-Type': 'text/html; charset=utf-8',
        'Cache-Control': 'no-store',
        'Content-Length': Buffer.byteLength(body),
      })
      response.end(body)
    } catch (error) {
      response.writeHead(400)
      response.end(error.message)
    }
  })
})
server.keepAliveTimeout = 75_000
server.listen(Number(port), '127.0.0.1', 16384)
