//! How a token's maker mends it: one line in each of four languages.

/// The line that does it right, with the usual library of each language.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Mend {
    /// With `firebase/php-jwt`.
    pub php: &'static str,
    /// With `jsonwebtoken`.
    pub node: &'static str,
    /// With `PyJWT`.
    pub python: &'static str,
    /// With `jwt`.
    pub ruby: &'static str,
}

/// The whole token, by a library.
pub(super) const LIBRARY: Mend = Mend {
    php: "$jwt = JWT::encode($claims, $secret, 'HS256');",
    node: "const token = jwt.sign(claims, secret, { algorithm: 'HS256' });",
    python: "token = jwt.encode(claims, secret, algorithm='HS256')",
    ruby: "token = JWT.encode(claims, secret, 'HS256')",
};

pub(super) const IAT: Mend = Mend {
    php: "'iat' => time(),",
    node: "iat: Math.floor(Date.now() / 1000),",
    python: "'iat': int(time.time()),",
    ruby: "iat: Time.now.to_i,",
};

pub(super) const JTI: Mend = Mend {
    php: "'jti' => bin2hex(random_bytes(16)),",
    node: "jti: crypto.randomUUID(),",
    python: "'jti': str(uuid.uuid4()),",
    ruby: "jti: SecureRandom.uuid,",
};

pub(super) const EXP: Mend = Mend {
    php: "'exp' => time() + 300,",
    node: "exp: Math.floor(Date.now() / 1000) + 300,",
    python: "'exp': int(time.time()) + 300,",
    ruby: "exp: Time.now.to_i + 300,",
};

pub(super) const EMAIL: Mend = Mend {
    php: "'email' => $user->email,",
    node: "email: user.email,",
    python: "'email': user.email,",
    ruby: "email: user.email,",
};

pub(super) const NAME: Mend = Mend {
    php: "'name' => $user->name,",
    node: "name: user.name,",
    python: "'name': user.get_full_name(),",
    ruby: "name: user.name,",
};

pub(super) const EXTERNAL_ID: Mend = Mend {
    php: "'external_id' => (string) $user->id,",
    node: "external_id: String(user.id),",
    python: "'external_id': str(user.id),",
    ruby: "external_id: user.id.to_s,",
};

pub(super) const TAGS: Mend = Mend {
    php: "'tags' => array_values($tags),",
    node: "tags: [...tags],",
    python: "'tags': list(tags),",
    ruby: "tags: tags.to_a,",
};

pub(super) const ROLE: Mend = Mend {
    php: "'role' => 'end_user',",
    node: "role: 'end_user',",
    python: "'role': 'end_user',",
    ruby: "role: 'end_user',",
};

pub(super) const NUMBER: Mend =
    Mend { php: "(int) $value", node: "Number(value)", python: "int(value)", ruby: "value.to_i" };

pub(super) const PHONE: Mend = Mend {
    php: "'phone' => '+15551234567',",
    node: "phone: '+15551234567',",
    python: "'phone': '+15551234567',",
    ruby: "phone: '+15551234567',",
};

pub(super) const USER_FIELDS: Mend = Mend {
    php: "'user_fields' => (object) ['since' => '2020-01-31'],",
    node: "user_fields: { since: '2020-01-31' },",
    python: "'user_fields': {'since': '2020-01-31'},",
    ruby: "user_fields: { since: '2020-01-31' },",
};

pub(super) const KID: Mend = Mend {
    php: "JWT::encode($claims, $secret, 'HS256', 'app_…')",
    node: "jwt.sign(claims, secret, { algorithm: 'HS256', keyid: 'app_…' })",
    python: "jwt.encode(claims, secret, algorithm='HS256', headers={'kid': 'app_…'})",
    ruby: "JWT.encode(claims, secret, 'HS256', { kid: 'app_…' })",
};

pub(super) const SCOPE: Mend = Mend {
    php: "'scope' => 'user',",
    node: "scope: 'user',",
    python: "'scope': 'user',",
    ruby: "scope: 'user',",
};

/// The secret as it is, and not what base64 makes of it.
pub(super) const RAW_SECRET: Mend = Mend {
    php: "JWT::encode($claims, $secret, 'HS256')   // not base64_decode($secret)",
    node: "jwt.sign(claims, secret)   // not Buffer.from(secret, 'base64')",
    python: "jwt.encode(claims, secret)   # not base64.b64decode(secret)",
    ruby: "JWT.encode(claims, secret, 'HS256')   # not Base64.decode64(secret)",
};

/// The secret as it is, and not what its hexadecimal digits stand for.
pub(super) const DIGITS_AS_SECRET: Mend = Mend {
    php: "JWT::encode($claims, $secret, 'HS256')   // not hex2bin($secret)",
    node: "jwt.sign(claims, secret)   // not Buffer.from(secret, 'hex')",
    python: "jwt.encode(claims, secret)   # not bytes.fromhex(secret)",
    ruby: "JWT.encode(claims, secret, 'HS256')   # not [secret].pack('H*')",
};

/// The secret without a line break at its end.
pub(super) const TRIMMED_SECRET: Mend = Mend {
    php: "$secret = trim(file_get_contents($path));",
    node: "const secret = fs.readFileSync(path, 'utf8').trim();",
    python: "secret = Path(path).read_text().strip()",
    ruby: "secret = File.read(path).strip",
};
