"""What `dev.py` does, in modules of the standard library; `devtools.inside` runs in the project's environment."""
