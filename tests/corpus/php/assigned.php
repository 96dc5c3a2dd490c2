<?php
$urls = array();
$urls['a.zendesk.com'] = 'https://a.example/in';
$urls["b.zendesk.com"]["login"] = "https://b.example/in";
$urls["b.zendesk.com"]["logout"] = "https://b.example/out";
if (isset($urls[$host])) { header('Location: ' . $urls[$host]); }
