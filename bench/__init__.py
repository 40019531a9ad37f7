"""How fast are the pages, and does it stay so? `./run bench` measures on this machine, in databases of its own.

It is not a test: it prints what it finds beside what we want, and never fails for being slow.
"""
