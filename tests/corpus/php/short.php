<?php
declare(strict_types=1);

# Who signs in where
$sites = [
    "shoes.zendesk.com"      => "https://www.acme-shoes.example/zdlogin.php", // main site
    /* 'old.zendesk.com'     => 'https://old.example/in', */
    "help.acme-shoes.example" => "https://www.acme-shoes.example/zdlogin.php",
    # "gone.zendesk.com"     => "https://gone.example/in",
    'Coffee.Zendesk.com'     => 'https://coffee.example/in?from=help&x=1',
    "tea.zendesk.com"        => "https://tea.example/\x69n",
];

$to = (string) ($_GET["return_to"] ?? "");
foreach ($sites as $site => $url) {
    if (stripos($to, $site) !== false) {
        header("Location: $url?" . $_SERVER['QUERY_STRING']);
        die();
    }
}
