"""The product's settings over the session's own data directory."""

from tests import home
from vungxanh.config.settings import *

assert home.HOME == HOME

# A test session's passwords protect nothing, and its database may be lost with the power.
# What one test writes and takes back, no other reads.
TEMPLATE_SECONDS = -1.0
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
