"""The rules of `maille check`: one file a subject, every rule with a code and a source."""
