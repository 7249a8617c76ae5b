"""Measurements, each with its command; not run by the tests."""
