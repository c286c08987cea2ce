"""Vùng Xanh: software with which a province, and a country, meets an epidemic."""

__version__ = "0.1.0"
