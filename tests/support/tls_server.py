#!/usr/bin/env python3
"""An HTTP/1.1 server behind TLS on 127.0.0.1, for tests: a 404 for robots.txt, a page for everything else, where the
header of "/odd" has a line without a colon and a length that goes on in the next line.

usage: tls_server.py DIRECTORY
The certificate is DIRECTORY/LABEL.pem, where LABEL is the first label of the name the client asks for (SNI), or else
good.pem. Prints its port, then "HOST TARGET" for each request that comes through.
"""
import pathlib
import socket
import ssl
import sys
import threading

BODY = b"<title>behind TLS</title>"


def context_of(path):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


def answer(connection):
    stream = connection.makefile("rb")
    while line := stream.readline():
        fields = {}
        while field := stream.readline().strip():
            name, _, value = field.decode().partition(":")
            fields[name.lower()] = value.strip()
        target = line.split()[1].decode()
        print(fields["host"], target, flush=True)
        status, body = (404, b"") if target == "/robots.txt" else (200, BODY)
        length = "nonsense\r\nContent-Length:\r\n " if target == "/odd" else "Content-Length: "
        head = f"HTTP/1.1 {status} X\r\nContent-Type: text/html\r\n{length}{len(body)}\r\n\r\n"
        connection.sendall(head.encode() + body)


def main():
    paths = pathlib.Path(sys.argv[1]).glob("*.pem")
    contexts = {path.stem: context_of(path) for path in paths if path.stem != "ca"}

    def choose(connection, name, _):
        connection.context = contexts.get((name or "").split(".")[0], contexts["good"])

    contexts["good"].sni_callback = choose

    def serve(plain):
        try:
            with contexts["good"].wrap_socket(plain, server_side=True) as connection:
                answer(connection)
        except OSError:
            pass  # the client did not like the certificate, or has gone

    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    print(listener.getsockname()[1], flush=True)
    while True:
        plain, _ = listener.accept()
        threading.Thread(target=serve, args=(plain,), daemon=True).start()


main()
