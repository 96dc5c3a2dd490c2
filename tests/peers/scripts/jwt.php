<?php
// In the shape of the published PHP sample of before November 2023: an answer by GET, with the
// return_to that came in. `php jwt.php QUERY` prints where the browser is sent.
parse_str($argv[1], $_GET);

function base64url($bytes) {
    return str_replace(['+', '/', '='], ['-', '_', ''], base64_encode($bytes));
}

function encode($claims, $key) {
    $message = base64url(json_encode(['typ' => 'JWT', 'alg' => 'HS256'])) . '.'
        . base64url(json_encode($claims));
    return $message . '.' . base64url(hash_hmac('sha256', $message, $key, true));
}

$now = time();
$claims = [
    'jti' => md5($now . rand()),
    'iat' => $now,
    'name' => 'Joe Bücher',
    'email' => 'joe@example.com',
    'external_id' => 7,
    'user_fields' => [],
];
$location = getenv('SITE_SENDS_TO') . '/access/jwt?jwt=' . encode($claims, getenv('SITE_SECRET'));
if (isset($_GET['return_to'])) {
    $location .= '&return_to=' . urlencode($_GET['return_to']);
}
echo $location;
