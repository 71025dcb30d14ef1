"""Packages: content in documented files (`docs/import.md`), read and written through the importers of the apps."""
