"""Legal holds: what a requisition asks for is copied before it expires, and handed over.

    model      a requisition and what became of it (pure)
    times      its times as somebody writes them, local or UTC (pure)
    coverage   which segments cover it, what is missing, what may still come (pure)
    rights     which convention grants such an export (pure)
    store      an estate's area of holds, as a file system
    register   the holds in it: a folder each, with request, digests and copies
    copying    from the recordings to the area, hashed while read, read again, then named
    moving     the area, taken to the pool of today when the erasure code has changed
    proof      the copies against their digests
    export     the hand-over: files, `SHA256SUMS` and the record of it
    mirror     what is asked for and not copied yet, where expiry looks for it

The register lies beside the copies: a workstation that is lost takes no hold with it.
"""
