<?php
$brands = array(
    'shoes' => 'https://shoes.example/in?return_to=',
    'coffee' => '//coffee.example/in',
    'native' => 'https://acme.zendesk.com/access/normal',
    'default' => 'https://shoes.example/in?return_to=',
);
