"""An intercommunal video-protection estate as code.

An inventory and a lock of what was allocated before give one immutable blueprint;
configurations, sizing, documents and audits are read from it.
"""
