"""The ground that all tests stand on: database snapshots, network guard, browser, what is missing on this machine."""
