"""Pages in packages: what the importers of all page types share (`docs/import.md`)."""
