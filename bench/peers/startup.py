"""Starts a command; prints the milliseconds until its first line of output, and the most megabytes it ever had resident."""

import json
import os
import subprocess
import sys
import time

start = time.perf_counter()
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE)
first_line = process.stdout.readline()
milliseconds = 1e3 * (time.perf_counter() - start)
process.stdout.read()
_, status, usage = os.wait4(process.pid, 0)
if status != 0 or not first_line:
    sys.exit(1)
print(json.dumps({"milliseconds": milliseconds, "megabytes": usage.ru_maxrss * 1024 / 1e6}))
