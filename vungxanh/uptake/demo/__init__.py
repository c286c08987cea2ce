"""What the demo shows of the room."""

from vungxanh.uptake.demo.published import load_populations, load_published
from vungxanh.uptake.demo.reporting import load_reporting

loaders = [load_published, load_populations, load_reporting]

__all__ = ["load_populations", "load_published", "load_reporting", "loaders"]
