"""Tests and benchmarks. A package by name, so that no other package's ``tests`` can stand before it."""
