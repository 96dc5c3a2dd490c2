// In the shape of the published Node.js sample. `node jwt.js QUERY` prints where the browser is sent.
const { createHmac, randomUUID } = require("node:crypto");

const query = require("node:querystring").parse(process.argv[2]);
const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const claims = {
  iat: Date.now() / 1000,
  jti: randomUUID(),
  name: "Joe",
  email: "joe@example.com",
  external_id: "7",
};
const message = `${part({ typ: "JWT", alg: "HS256" })}.${part(claims)}`;
const signature = createHmac("sha256", process.env.SITE_SECRET).update(message).digest("base64url");
let location = `${process.env.SITE_SENDS_TO}/access/jwt?jwt=${message}.${signature}`;
location += `&return_to=${encodeURIComponent(query.return_to)}`;
process.stdout.write(location);
