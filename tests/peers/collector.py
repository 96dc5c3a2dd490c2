"""A collector of traces, of OpenTelemetry's own definition of them: what is not exactly of that form is refused.

Prints its port, then a line of JSON for each span that came.
"""

import base64
import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from google.protobuf.json_format import MessageToDict, Parse
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status

# How it fails in turn at /varies, before it does not.
FAILURES = [502, 504, 502]

NAMES = {"traceId": 16, "spanId": 8, "parentSpanId": 8}


def in_base64(value):
    """OTLP writes these names in hexadecimal, and every other field of bytes as Protobuf's JSON does."""
    if isinstance(value, list):
        return [in_base64(it) for it in value]
    if not isinstance(value, dict):
        return value
    fields = {}
    for key, it in value.items():
        if key in NAMES:
            name = bytes.fromhex(it)
            assert len(name) == NAMES[key] and any(name) and it == it.lower(), (key, it)
            it = base64.b64encode(name).decode()
        fields[key] = in_base64(it)
    return fields


def attributes(of):
    pairs = MessageToDict(of, preserving_proto_field_name=True).get("attributes", [])
    found = {pair["key"]: next(iter(pair["value"].values())) for pair in pairs}
    assert len(found) == len(pairs), "a name comes twice"
    return found


class Collector(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        if self.path == "/fails":
            return self.answer(503, b"leaked")
        if self.path == "/varies" and FAILURES:
            return self.answer(FAILURES.pop(0), b"leaked")
        assert self.headers["content-type"] == "application/json"
        request = Parse(json.dumps(in_base64(json.loads(body))), ExportTraceServiceRequest())
        for resource in request.resource_spans:
            for scope in resource.scope_spans:
                for span in scope.spans:
                    line = {
                        "headers": {key.lower(): value for key, value in self.headers.items()},
                        "resource": attributes(resource.resource),
                        "scope": scope.scope.name,
                        "trace": span.trace_id.hex(),
                        "id": span.span_id.hex(),
                        "parent": span.parent_span_id.hex(),
                        "name": span.name,
                        "kind": Span.SpanKind.Name(span.kind),
                        "began": span.start_time_unix_nano,
                        "ended": span.end_time_unix_nano,
                        "status": Status.StatusCode.Name(span.status.code),
                        "attributes": attributes(span),
                    }
                    print(json.dumps(line), flush=True)
        rejected = b'{"partialSuccess":{"rejectedSpans":"1"}}' if self.path == "/rejects" else b"{}"
        self.answer(200, rejected)

    def answer(self, status, body):
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Collector)
print(server.server_port, flush=True)
server.serve_forever()
