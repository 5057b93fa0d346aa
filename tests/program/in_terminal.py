"""Runs a program in a terminal of its own: in_terminal.py COLUMNS KEYS PROGRAM ARGUMENT...

KEYS are typed at once. What the program prints goes to standard output, and its status is that of this script.
"""

import fcntl
import os
import select
import struct
import sys
import termios

columns, keys, *command = sys.argv[1:]
terminal, program_side = os.openpty()
fcntl.ioctl(program_side, termios.TIOCSWINSZ, struct.pack("HHHH", 24, int(columns), 0, 0))
program = os.fork()
if program == 0:
    os.close(terminal)
    os.setsid()
    fcntl.ioctl(program_side, termios.TIOCSCTTY, 0)
    for stream in range(3):
        os.dup2(program_side, stream)
    os.execv(command[0], command)
os.close(program_side)
os.write(terminal, keys.encode())
while select.select([terminal], [], [], 120)[0]:
    try:
        printed = os.read(terminal, 65536)
    except OSError:
        break
    if not printed:
        break
    sys.stdout.buffer.write(printed)
sys.stdout.flush()
sys.exit(os.waitstatus_to_exitcode(os.waitpid(program, 0)[1]) & 255)
