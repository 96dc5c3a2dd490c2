<?PHP
$table = [
    'https://one.example/in' => ['a.zendesk.com', 'b.zendesk.com', 'help.b.example'],
    'https://two.example/in' => 'c.zendesk.com',
];
