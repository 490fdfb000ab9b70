"""Audits of what runs against what is intended.

`maille audit config` goes from a folder of running configurations to findings:

    folder ──texts──▶ RunningText ──matching──▶ one a switch ──device──▶ DeviceAudit ──▶ reports

Only `folder` and `remediation` touch the file system. The values of stored secrets are taken
out where a text is read (`texts`): nothing behind that can show one.
"""
