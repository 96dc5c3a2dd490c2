<?php
class Router {
    const LOGIN_URLS = ['a.zendesk.com' => 'https://a.example/in', 'b.zendesk.com' => 'https://b.example/in'];
    private static $logoutUrls = ['a.zendesk.com' => 'https://a.example/out', 'c.zendesk.com' => 'https://c.example/out'];
    public function go(string $to): void {
        $claims = ['iat' => time(), 'jti' => md5(time() . rand()), 'email' => $this->user['email'], 'site' => "https://{$this->host}"];
        foreach (self::LOGIN_URLS as $host => $url) {
            if (parse_url($to, PHP_URL_HOST) === $host) header("Location: " . $url, true, 302);
        }
    }
}
