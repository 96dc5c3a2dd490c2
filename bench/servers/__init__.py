"""The servers that are compared, one file each."""

import socket
import time
from pathlib import Path

from machine import fail
from process import Process, free_port

# Longer than any of them takes to read the largest table.
PATIENCE_S = 120


class Server:
    """One that runs, and how long it took to answer for the first time.

    A kind of server says its `name`, the `tools` that it needs, and how it is started: `commands`
    writes its files into `self.folder` and returns commands with their environment, the one that
    listens on `self.port` last.
    """

    name = ""
    tools = ()

    def __init__(self, folder, core, first, **table):
        self.folder = Path(folder)
        self.core = core
        self.port = free_port()
        self.processes = []
        commands = self.commands(**table)
        begun = time.perf_counter()
        try:
            for command, environment in commands:
                self.processes.append(Process(command, core, folder, environment))
            self.first_answer = self._first_answer(first)
        except BaseException:
            self.stop()
            raise
        self.start_ms = (time.perf_counter() - begun) * 1000

    def commands(self, **table):
        raise NotImplementedError

    def file(self, name, text):
        path = self.folder / f"{self.name.replace(' ', '-')}-{self.port}-{name}"
        path.write_text(text)
        return path

    def _first_answer(self, request):
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            for process in self.processes:
                process.still_runs()
            try:
                answer = self.ask(request)
            except (ConnectionError, TimeoutError):
                # Not there yet; or somebody else has the port, and it ends.
                answer = None
            # A proxy may be there before what is behind it.
            if answer and answer.status < 500:
                return answer
            time.sleep(0.0005)
        return fail(f"{self.name} does not answer:\n{self.said()}")

    def connect(self, patience_s=60):
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=patience_s)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection

    def ask(self, request):
        with self.connect(patience_s=5) as connection:
            return answered(connection, request)

    def cpu_seconds(self):
        return sum(process.cpu_seconds() for process in self.processes)

    def memory_mb(self):
        return sum(process.memory_mb() for process in self.processes)

    def said(self):
        return "\n".join(process.said() for process in self.processes)

    def stop(self):
        while self.processes:
            self.processes.pop().stop()


class Answer:
    """What came: all bytes, and of them the status, the headers and the body."""

    def __init__(self, read):
        self.bytes = read
        head, _, self.body = read.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        self.status = int(first.split(" ", 2)[1])
        fields = (line.partition(":") for line in lines)
        self.headers = {name.lower(): value.strip() for name, _, value in fields}

    def is_whole(self):
        if "transfer-encoding" in self.headers:
            return self.body.endswith(b"0\r\n\r\n")
        return len(self.body) >= int(self.headers.get("content-length", 0))


def answered(connection, request):
    """Sends one request and reads its whole answer."""
    connection.sendall(request.encode())
    return read_answer(connection)


def read_answer(connection):
    read = _more(connection)
    while b"\r\n\r\n" not in read or not Answer(read).is_whole():
        read += _more(connection)
    return Answer(read)


def _more(connection):
    read = connection.recv(65536)
    if not read:
        raise ConnectionResetError("closed within an answer")
    return read
