<?php
$config = array('debug' => false, 'version' => 1.2, 'mail' => 'it@acme.example');
$brands = array(
    'shoes.zendesk.com' => array('name' => 'Shoes', 'login' => 'https://shoes.example/in', 'logout' => 'https://shoes.example/out'),
    'coffee.zendesk.com' => array(
        'signin_url' => "https://coffee.example/in",
        'signout_url' => "https://coffee.example/out",
    ),
    'tea.zendesk.com' => ['https://tea.example/in', 'https://tea.example/out'],
);
