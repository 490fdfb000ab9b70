"""The Pulumi stack of an estate: previewed, applied, refreshed and destroyed by the engine."""
