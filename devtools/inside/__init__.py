"""Small programs that `dev.py` starts with the Python of `.venv`: here packages of the project may be imported."""
