"""The way out, response headers, error pages, log lines without traces, limits of use."""
