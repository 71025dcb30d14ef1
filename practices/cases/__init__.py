"""Case studies of cooperation across borders."""
