"""Settings by concern; the environment is read in `env` alone."""
