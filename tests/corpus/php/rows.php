<?php
return [
    ['brand' => 'Shoes', 'host' => 'shoes.zendesk.com', 'login' => 'https://shoes.example/in', 'logout' => 'https://shoes.example/out'],
    array('help.coffee.example', 'https://coffee.example/in'),
    ['coffee.zendesk.com', 'https://coffee.example/in', 'https://coffee.example/out'],
];
