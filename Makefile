# Shortcuts only: everything is done by dev.py.
.PHONY: run test check bench

run test check bench:
	python3 dev.py $@
