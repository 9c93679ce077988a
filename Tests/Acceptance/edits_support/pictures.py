"""Small pictures of any size: a picture's size is all that a page tells of it."""

import struct
import zlib


def png(width, height, filling=b""):
    """A grey PNG; the filling stands in a comment, to make files of one length differ."""

    def chunk(kind, content):
        checksum = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)

    rows = (b"\0" + b"\x80" * width) * height
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
        + chunk(b"tEXt", b"Comment\0" + filling) + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b""))


def jpeg(width, height, filling=b""):
    """The parts of a JPEG that tell its size, with a comment."""
    return (
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
        + b"\xff\xfe" + struct.pack(">H", 2 + len(filling)) + filling
        + b"\xff\xc0\x00\x0b\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\x00"
        + b"\xff\xd9")


def svg(width, height, filling=b""):
    """A drawing of a rectangle."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<rect width="{width}" height="{height}"/><!-- {filling.decode()} --></svg>\n').encode()


def picture(ending, width, height, filling=b""):
    """A picture of the kind that a file's ending names."""
    return {".png": png, ".jpg": jpeg, ".svg": svg}[ending](width, height, filling)
