"""The program of one press: orders in, posters out; see `presses`."""

import struct
import sys

import msgspec

from vungxanh.checkins.gateways.presses import Order
from vungxanh.documents.posters import write_poster


def main() -> None:
    """Print until the input ends."""
    for line in sys.stdin.buffer:
        order = msgspec.json.decode(line, type=Order)
        pdf = write_poster(order.poster, order.form)
        sys.stdout.buffer.write(struct.pack(">I", len(pdf)) + pdf)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
