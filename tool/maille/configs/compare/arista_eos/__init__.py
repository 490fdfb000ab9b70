"""Arista EOS switches."""
