"""A stand-in for clamd on a socket of the machine."""

import socket
import threading
from pathlib import Path

OK, FOUND = b"stream: OK\0", b"stream: Eicar-Test-Signature FOUND\0"


def clamd(folder: Path, *answers: bytes) -> tuple[str, list[bytes]]:
    """Listen as clamd does, once for each answer; return the address and what it will have received."""
    door, received = folder / "clamd", list[bytes]()
    door.unlink(missing_ok=True)
    server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    server.bind(str(door))
    server.listen(1)

    def serve() -> None:
        with server:
            for answer in answers:
                with server.accept()[0] as line, line.makefile("rb") as stream:
                    assert stream.read(10) == b"zINSTREAM\0"
                    while size := int.from_bytes(stream.read(4), "big"):
                        received.append(stream.read(size))
                    line.sendall(answer)

    threading.Thread(target=serve, daemon=True).start()
    return f"unix://{door}", received
