"""An archive that is given away while it is made: nothing of it ever lies in memory as a whole."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator

# The same content gives the same bytes.
ANY_DAY = (1980, 1, 1, 0, 0, 0)


class _Sink:
    """What is written and not yet sent; it cannot go back, so the archive says the sizes behind each file."""

    def __init__(self) -> None:
        self.waiting: list[bytes] = []

    def write(self, piece: bytes) -> int:
        # A copy: whoever writes may use the same memory again.
        self.waiting.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Keep nothing back."""

    def taken(self) -> bytes:
        pieces, self.waiting = b"".join(self.waiting), []
        return pieces


def zipped(files: Iterable[tuple[str, Iterable[bytes]]]) -> Iterator[bytes]:
    """Return the bytes of an archive of these files, each a name with its pieces, as soon as they are there."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w") as archive:  # type: ignore[call-overload]
        for name, pieces in files:
            said = zipfile.ZipInfo(name, ANY_DAY)
            said.compress_type = zipfile.ZIP_DEFLATED
            said.external_attr = 0o644 << 16
            with archive.open(said, "w", force_zip64=True) as part:
                for piece in pieces:
                    part.write(piece)
                    if ready := sink.taken():
                        yield ready
    yield sink.taken()
