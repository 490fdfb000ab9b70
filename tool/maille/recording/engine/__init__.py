"""The Pulumi engine: the `pulumi` command that the library of the same name drives.

`find` looks for one, `install` gets one: the official release, or a build from Go modules.
"""
