<?
// Login addresses of every brand
$brands = array(
  'brand1.zendesk.com' => 'http://www.brand1.example/zdlogin.php',
  'brand2.zendesk.com' => 'http://www.brand2.example/zdlogin.php',
  'mybrand1.zendesk.com' => 'http://www.mybrand1.example/zdlogin.php'
);
$return_to = $_GET['return_to'];
foreach ($brands as $host => $login) {
  if (strpos($return_to, $host) !== false) {
    header('Location: ' . $login);
    exit;
  }
}
?>
