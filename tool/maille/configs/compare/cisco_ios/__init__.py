"""Cisco IOS 15 and IOS-XE switches."""
