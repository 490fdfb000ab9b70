"""Erasing what is past its retention: told apart are *unlinked* and *erased*.

    plan     which segments may go, and by which rule (pure)
    pending  what is being taken away, written down before it goes
    run      takes it away, a batch after the other, and journals it
    evidence whether the contents are gone from the disks too

Killed at any point, the next run finds the batch that was under way in `pending`, looks which of
its files are gone, journals those, and plans the others anew.
"""
