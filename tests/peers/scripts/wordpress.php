<?php
// In the shape of Zendesk's plugin for WordPress: a slash before the question mark, the token last,
// and no encoding but WordPress' own.
parse_str($argv[1], $_GET);

function base64url($bytes) {
    return strtr(rtrim(base64_encode($bytes), '='), '+/', '-_');
}

$now = time();
$message = base64url('{"typ":"JWT","alg":"HS256"}') . '.' . base64url(json_encode([
    'iat' => $now,
    'jti' => sha1($now . mt_rand()),
    'name' => 'Joe',
    'email' => 'joe@example.com',
    'external_id' => '7',
    'remote_photo_url' => '//secure.gravatar.example/avatar/1?s=96',
    'role' => '',
    'organization' => '',
]));
$jwt = $message . '.' . base64url(hash_hmac('sha256', $message, getenv('SITE_SECRET'), true));
$arguments = ['action' => 'zendesk-remote-login'];
if (!empty($_GET['return_to'])) {
    $arguments['return_to'] = rawurlencode($_GET['return_to']);
}
$arguments['jwt'] = $jwt;
$pairs = [];
foreach ($arguments as $name => $value) {
    $pairs[] = "$name=$value";
}
echo getenv('SITE_SENDS_TO') . '/access/jwt/?' . implode('&', $pairs);
