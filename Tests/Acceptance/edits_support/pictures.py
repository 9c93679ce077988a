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
    """A grey JPEG with a comment: of each block, two bits say that nothing differs from the last."""

    def segment(marker, content):
        return bytes([0xFF, marker]) + struct.pack(">H", 2 + len(content)) + content

    blocks = -(-width // 8) * -(-height // 8)
    bits = "00" * blocks
    bits += "1" * (-len(bits) % 8)
    coded = int(bits, 2).to_bytes(len(bits) // 8, "big").replace(b"\xff", b"\xff\x00")
    one_code = bytes([1] + [0] * 15 + [0])
    return (
        b"\xff\xd8" + segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0") + segment(0xFE, filling)
        + segment(0xDB, bytes([0] + [1] * 64))
        + segment(0xC0, b"\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\x00")
        + segment(0xC4, b"\x00" + one_code) + segment(0xC4, b"\x10" + one_code)
        + segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + coded + b"\xff\xd9")


def svg(width, height, filling=b""):
    """A drawing of a rectangle."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<rect width="{width}" height="{height}"/><!-- {filling.decode()} --></svg>\n').encode()


def picture(ending, width, height, filling=b""):
    """A picture of the kind that a file's ending names."""
    return {".png": png, ".jpg": jpeg, ".svg": svg}[ending](width, height, filling)
