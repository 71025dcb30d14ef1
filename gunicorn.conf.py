"""How gunicorn runs the site, by hand, from `dev.py run` and as a service: it reads this file in its working folder."""

from gunicorn.http import wsgi

# It has no setting for it: no answer says which program gave it.
wsgi.SERVER = ""

# It would lie in the home folder, which may not be writable, and nobody uses it.
control_socket_disable = True
