"""Segments of recordings as they lie on a file system, whoever wrote them.

A recorder has one folder a camera and in it one a day: `<camera>/<YYYY-MM-DD>/<file>`. What a
file's name says is read by the adapters of `names`; what lies below a folder is read by `scan`
through the `Tree` of `tree`, which CephFS is one of.
"""
