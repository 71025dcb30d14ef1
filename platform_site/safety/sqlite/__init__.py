"""Django's SQLite backend, which goes on reading where nothing can be written; named in `settings.env`."""
