"""Figures of the site at scale: queries, bytes, processor time. `python3 dev.py bench` prepares a site and runs it."""
