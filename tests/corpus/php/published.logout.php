<?
$brands = array(
  'brand1.zendesk.com' => 'http://www.brand1.example/zdlogout.php',
  'brand2.zendesk.com' => 'http://www.brand2.example/zdlogout.php',
);
foreach ($brands as $host => $logout) {
  if (strpos($_GET['return_to'], $host) !== false) {
    header('Location: ' . $logout);
  }
}
