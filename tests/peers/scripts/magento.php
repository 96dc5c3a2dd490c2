<?php
// In the shape of an extension for Magento: `return_to` goes on as PHP decoded it, a number of
// milliseconds, tags that were filtered.
parse_str($argv[1], $_GET);

function base64url($bytes) {
    return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
}

$message = base64url(json_encode(['typ' => 'JWT', 'alg' => 'HS256'])) . '.' . base64url(json_encode([
    'iat' => (int) round(microtime(true) * 1000),
    'jti' => uniqid('', true),
    'email' => 'joe@example.com  ',
    'name' => 'Joe',
    'external_id' => '7',
    'phone' => '+1 (555) 123-4567',
    'tags' => array_filter(['', 'customer', null, 'wholesale']),
]));
$jwt = $message . '.' . base64url(hash_hmac('sha256', $message, getenv('SITE_SECRET'), true));
echo getenv('SITE_SENDS_TO') . '/access/jwt?jwt=' . $jwt . '&return_to=' . ($_GET['return_to'] ?? '');
