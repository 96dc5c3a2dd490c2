<!DOCTYPE html>
<html><body>
<?php
$help = <<<HTML
  <p>'not.zendesk.com' => 'https://not.example/in', "it's $fine"</p>
  HTML;
$more = <<<'TEXT'
array('nor.zendesk.com' => 'https://nor.example/in'
TEXT;
define('BRANDS', array("a.zendesk.com" => "https://a.example/in" , ) );
?>
<p>It's 5 o'clock: array('no.zendesk.com' => 'https://no.example/in')</p>
<?= $_GET['return_to'] ?>
<? $more['b.zendesk.com'] = 'https://b.example/in' ?>
</body></html>
