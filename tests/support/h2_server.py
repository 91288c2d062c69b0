#!/usr/bin/env python3
"""An HTTP/2 server behind TLS on 127.0.0.1, for tests, which fails as the name of the host says.

usage: h2_server.py DIRECTORY
The certificate is DIRECTORY/good.pem. Prints its port, then "LABEL VERSION" for each request, where LABEL is the first
label of the name the client asks for (SNI), and VERSION 2 or 1.1. A label names what happens to the requests of a host
(numbers count its requests from 1, over all connections); what it leaves out is answered with 200 and "ok":

  ok              nothing
  refused         RST_STREAM(REFUSED_STREAM) for the first
  calm            RST_STREAM(ENHANCE_YOUR_CALM) for the first
  cancel          RST_STREAM(CANCEL) for the first
  internal        RST_STREAM(INTERNAL_ERROR) for the first
  broken          RST_STREAM(PROTOCOL_ERROR) for each
  http11          RST_STREAM(HTTP_1_1_REQUIRED) for each over HTTP/2
  away11          GOAWAY(HTTP_1_1_REQUIRED), last stream 0, for each over HTTP/2
  away            GOAWAY(NO_ERROR), last stream 0, for the first
  away-calm       GOAWAY(ENHANCE_YOUR_CALM), last stream 0, for the first
  away-late       GOAWAY(NO_ERROR), last stream that of the second, and hangs up
  away-served     GOAWAY(NO_ERROR), last stream that of the first, which is answered after it
  away-idle       GOAWAY(NO_ERROR) a moment after each answer
  hangs-up        the connection ends with the second
  garbage         a frame that HTTP/2 forbids for each
  half            RST_STREAM(INTERNAL_ERROR) in the body of the first
"""
import collections
import pathlib
import socket
import ssl
import struct
import sys
import threading
import time

DATA, HEADERS, RST_STREAM, SETTINGS, PING, GOAWAY = 0, 1, 3, 4, 6, 7
END_STREAM, END_HEADERS, ACK = 1, 4, 1
NO_ERROR, PROTOCOL_ERROR, INTERNAL_ERROR, REFUSED_STREAM, CANCEL, CALM, HTTP11 = 0, 1, 2, 7, 8, 11, 13
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
RESETS = {"refused": REFUSED_STREAM, "calm": CALM, "cancel": CANCEL, "internal": INTERNAL_ERROR}

asked = collections.Counter()
lock = threading.Lock()


def frame(kind, flags, stream, payload=b""):
    return struct.pack(">I", len(payload))[1:] + struct.pack(">BBI", kind, flags, stream) + payload


def head(length):
    fields = {b"content-type": b"text/html", b"content-length": b"%d" % length}
    literal = b"".join(b"\0%c%b%c%b" % (len(name), name, len(value), value) for name, value in fields.items())
    return b"\x88" + literal  # RFC 7541: the indexed field ":status: 200", then literals


def good(stream):
    return frame(HEADERS, END_HEADERS, stream, head(2)) + frame(DATA, END_STREAM, stream, b"ok")


def reset(stream, error):
    return frame(RST_STREAM, 0, stream, struct.pack(">I", error))


def go_away(last, error):
    return frame(GOAWAY, 0, 0, struct.pack(">II", last, error))


def answer(label, number, stream):
    """The bytes, and whether the connection goes on."""
    if label in RESETS and number == 1:
        return reset(stream, RESETS[label]), True
    if label == "broken":
        return reset(stream, PROTOCOL_ERROR), True
    if label == "http11":
        return reset(stream, HTTP11), True
    if label == "away11":
        return go_away(0, HTTP11), False
    if label == "away" and number == 1:
        return go_away(0, NO_ERROR), False
    if label == "away-calm" and number == 1:
        return go_away(0, CALM), False
    if label == "away-late" and number == 2:
        return go_away(stream, NO_ERROR), False
    if label == "away-served" and number == 1:
        return go_away(stream, NO_ERROR) + good(stream), False
    if label == "hangs-up" and number == 2:
        return b"", False
    if label == "garbage":
        return frame(DATA, 0, 0, b"never on stream 0"), False
    if label == "half" and number == 1:
        cut = frame(HEADERS, END_HEADERS, stream, head(100)) + frame(DATA, 0, stream, b"half of it")
        return cut + reset(stream, INTERNAL_ERROR), True
    return good(stream), True


def count(label, version):
    with lock:
        asked[label] += 1
        print(label, version, flush=True)
        return asked[label]


def serve_http2(connection, stream, label):
    if stream.read(len(PREFACE)) != PREFACE:
        return
    connection.sendall(frame(SETTINGS, 0, 0))
    while len(start := stream.read(9)) == 9:
        size, kind, flags, number = (*struct.unpack(">I", b"\0" + start[:3]), *struct.unpack(">BBI", start[3:]))
        payload = stream.read(size)
        if kind == SETTINGS and not flags & ACK:
            connection.sendall(frame(SETTINGS, ACK, 0))
        elif kind == PING and not flags & ACK:
            connection.sendall(frame(PING, ACK, 0, payload))
        elif kind == HEADERS:
            data, goes_on = answer(label, count(label, "2"), number)
            connection.sendall(data)
            if label == "away-idle":
                time.sleep(0.02)
                connection.sendall(go_away(number, NO_ERROR))
            if not goes_on:
                return


def serve_http1(connection, stream, label):
    while stream.readline():
        while stream.readline().strip():
            pass
        count(label, "1.1")
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nok")


def main():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pathlib.Path(sys.argv[1]) / "good.pem")
    context.set_alpn_protocols(["h2", "http/1.1"])
    context.sni_callback = lambda connection, name, _: setattr(connection, "label", (name or "").split(".")[0])

    def serve(plain):
        try:
            with context.wrap_socket(plain, server_side=True) as connection:
                protocol = serve_http2 if connection.selected_alpn_protocol() == "h2" else serve_http1
                protocol(connection, connection.makefile("rb"), getattr(connection, "label", ""))
                connection.unwrap()
        except OSError:
            pass  # the client has gone

    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    print(listener.getsockname()[1], flush=True)
    while True:
        plain, _ = listener.accept()
        threading.Thread(target=serve, args=(plain,), daemon=True).start()


main()
