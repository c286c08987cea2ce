"""The product's settings over the session's own data directory."""

import os

from tests import home
from vungxanh.config import paths
from vungxanh.config.settings import *

assert paths.home() == home.HOME

# Each worker has files of its own, as it has a database: what one sweeps away another may name.
KEYS = home.HOME / "keys"
HOME = home.HOME / os.environ.get("PYTEST_XDIST_WORKER", "alone")

# A test session's passwords protect nothing, and its database may be lost with the power.
# What one test writes and takes back, no other reads.
TEMPLATE_SECONDS = -1.0
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
