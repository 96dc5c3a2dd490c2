<?php
// What PHP makes of each query on its input: one JSON object for each line.
while (($line = fgets(STDIN)) !== false) {
    parse_str(rtrim($line, "\n"), $read);
    echo json_encode((object) $read, JSON_INVALID_UTF8_SUBSTITUTE), "\n";
}
