"""An export for NetBox: CSV files for its bulk import, in the order of their numbers.

Columns, their allowed values and how rows refer to each other are those of the import forms of
NetBox 4.7 (`netbox/dcim/forms/bulk_import.py` and `netbox/ipam/forms/bulk_import.py`). Two
things there are easily missed. A row refers to rows above it only: bundles stand before their
members, ports before their subinterfaces. And `is_primary` in a file of addresses unsets what
was set before in every row where it is false, so that primary addresses have a file of their
own.

A commune is a site; cabinets and rooms are its locations. The height of racks is not known to
the inventory: 42 units are assumed, and the export says so.
"""
