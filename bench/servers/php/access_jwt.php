<?php
// Verifies a site's assertion, mints Zendesk's JWT and answers the page that posts it.
// HS256 with PHP's own functions: a library would do the same, and more.

function base64url(string $data): string
{
    return rtrim(strtr(base64_encode($data), '+/', '-_'), '=');
}

function unbase64url(string $text): string
{
    return (string) base64_decode(strtr($text, '-_', '+/'), true);
}

function refuse(string $why): never
{
    http_response_code(400);
    exit($why);
}

$table = require getenv('BENCH_TABLE');
$return_to = (string) ($_POST['return_to'] ?? '');
$host = strtolower((string) parse_url($return_to, PHP_URL_HOST));
$site = $table['sites'][$host] ?? refuse('no such host');
$parts = explode('.', (string) ($_POST['jwt'] ?? ''));
count($parts) === 3 || refuse('no token');
[$header, $payload, $signature] = $parts;
$algorithm = json_decode(unbase64url($header), true)['alg'] ?? '';
$algorithm === 'HS256' || refuse('wrong algorithm');
$expected = hash_hmac('sha256', "$header.$payload", $table['secrets'][$site], true);
hash_equals($expected, unbase64url($signature)) || refuse('wrong signature');
$said = json_decode(unbase64url($payload), true);
is_array($said) || refuse('no claims');
abs(time() - (int) ($said['iat'] ?? 0)) <= 180 || refuse('too old');

$claims = [
    'iat' => time(),
    'jti' => bin2hex(random_bytes(16)),
    'email' => $said['email'],
    'name' => $said['name'],
    'external_id' => $said['external_id'],
];
$signed = base64url('{"typ":"JWT","alg":"HS256"}') . '.' . base64url(json_encode($claims));
$jwt = $signed . '.' . base64url(hash_hmac('sha256', $signed, $table['secret'], true));
header('Content-Type: text/html; charset=utf-8');
header('Cache-Control: no-store');
?>
<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Signing in</title></head>
<body>
<form method="post" action="https://<?= $table['account'] ?>.zendesk.com/access/jwt">
<input type="hidden" name="jwt" value="<?= htmlspecialchars($jwt) ?>">
<input type="hidden" name="return_to" value="<?= htmlspecialchars($return_to) ?>">
<noscript><button>Continue</button></noscript>
</form>
<script>document.forms[0].submit()</script>
</body>
</html>
