#!/usr/bin/env python3
"""Machines on one machine: network namespaces with addresses and host names of their own, and a switch between them with the speed and the delay of an Ethernet.

    link.py MACHINES MEGABITS MILLISECONDS COMMAND...   runs a command in the first, and gives its exit code
    link.py --at ADDRESS COMMAND...                     runs a command in another while the first runs: 10.55.0.1, 10.55.0.2 and so on
    link.py --no-machines COMMAND...                    runs a command without them

The last line of standard error is JSON: the seconds that the command took, its processor time, the bytes that each machine has sent, and the processor time of the switch.

It must be root. The kernel needs network namespaces and TUN and no netem, since this process is the switch: what a machine sends comes by a TAP device, and arrives after the time that
its bytes take at that speed, in frames of 1,500 with what an Ethernet puts around them, behind those before them on the sender's and on the receiver's link, and half of the delay, which is
that of the way there and back.
"""
import fcntl, heapq, json, os, resource, select, signal, struct, subprocess, sys, time

PREFIX, DEVICE = "rnnlm-machine", "wire0"
TUNSETIFF, TUNSETOFFLOAD = 0x400454CA, 0x400454D0
TAP, NO_INFORMATION, OFFLOAD_HEADER = 0x0002, 0x1000, 0x4000
CHECKSUMS, SEGMENTS = 0x01, 0x02  # the kernel hands over what is to be cut into frames uncut
OFFLOAD_LENGTH = 10
AROUND_FRAME = 24  # preamble, checksum and gap
MOST_AHEAD = 0.001  # seconds for which a machine's link may be busy before what it sends waits in the machine


def run(*command):
    subprocess.run(command, check=True)


class Machine:
    def __init__(self, number):
        self.number, self.name = number, f"{PREFIX}{number}"
        self.address = bytes([2, 0, 0, 55, 0, number])  # of the device
        self.sending = self.receiving = 0.0  # when its link is free, each way
        self.bytes = 0  # sent
        subprocess.run(["ip", "netns", "delete", self.name], stderr=subprocess.DEVNULL)
        run("ip", "netns", "add", self.name)
        self.file = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
        device = f"rnnlm{number}"
        fcntl.ioctl(self.file, TUNSETIFF, struct.pack("16sH22x", device.encode(), TAP | NO_INFORMATION | OFFLOAD_HEADER))
        fcntl.ioctl(self.file, TUNSETOFFLOAD, CHECKSUMS | SEGMENTS)
        run("ip", "link", "set", device, "netns", self.name, "name", DEVICE, "address", self.address.hex(":"))
        run("ip", "-n", self.name, "address", "add", f"10.55.0.{number}/24", "dev", DEVICE)
        run("ip", "-n", self.name, "link", "set", DEVICE, "up")
        run("ip", "-n", self.name, "link", "set", "lo", "up")


def on_wire(frame):
    """The bytes that a frame, uncut, has on the wire."""
    _, kind, header, segment, _, _ = struct.unpack_from("<BBHHHH", frame)
    length = len(frame) - OFFLOAD_LENGTH
    cuts = max(1, -(-(length - header) // segment)) if kind and segment else 1
    return length + (cuts - 1) * header + cuts * AROUND_FRAME


def lateness():
    """The seconds by which a wait on this machine is longer than asked for."""
    asked, waits = 100e-6, []
    for _ in range(201):
        start = time.monotonic()
        select.select([], [], [], asked)
        waits.append(time.monotonic() - start - asked)
    return sorted(waits)[len(waits) // 2]


def switch(machines, bytes_a_second, one_way, command):
    """Carries frames until the command has ended."""
    ended = os.pidfd_open(command.pid)
    by_file = {machine.file: machine for machine in machines}
    by_address = {machine.address: machine for machine in machines}
    waiting, order = [], 0  # (when it arrives, order, to whom, frame)
    late = lateness()
    while True:
        now = time.monotonic()
        while waiting and waiting[0][0] <= now:
            _, _, to, frame = heapq.heappop(waiting)
            try:
                os.write(to.file, frame)
            except OSError:
                pass  # as a frame is lost
        reading = [machine.file for machine in machines if machine.sending - now < MOST_AHEAD]
        until = waiting[0][0] - now if waiting else 1.0
        if len(reading) < len(machines):
            until = min(until, min(machine.sending for machine in machines if machine.file not in reading) - MOST_AHEAD - now + 1e-6)
        ready, _, _ = select.select(reading + [ended], [], [], max(0.0, until - late))
        if ended in ready:
            os.close(ended)
            return
        now = time.monotonic()
        for file in ready:
            machine = by_file[file]
            try:
                frame = os.read(file, 1 << 17)
            except BlockingIOError:
                continue
            length = on_wire(frame)
            machine.bytes += length
            machine.sending = max(now, machine.sending) + length / bytes_a_second
            target = frame[OFFLOAD_LENGTH:OFFLOAD_LENGTH + 6]
            for to in [by_address[target]] if target in by_address else [other for other in machines if other is not machine]:
                to.receiving = max(machine.sending, to.receiving + length / bytes_a_second)
                order += 1
                heapq.heappush(waiting, (to.receiving + one_way, order, to, frame))


def at(address, command):
    name = PREFIX + address.rsplit(".", 1)[-1]
    os.execvp("ip", ["ip", "netns", "exec", name, "unshare", "--uts", "sh", "-c", f'hostname {name}; exec "$@"', "sh", *command])


def report(seconds, **more):
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(json.dumps({"seconds": seconds, "processorSeconds": used.ru_utime + used.ru_stime, **more}), file=sys.stderr)


def without_machines(command):
    start = time.monotonic()
    code = subprocess.call(command)
    report(time.monotonic() - start)
    return code


def main(count, megabits, milliseconds, *command):
    machines = []
    try:
        for number in range(int(count)):
            machines.append(Machine(number + 1))
        start, own = time.monotonic(), time.process_time()
        process = subprocess.Popen([sys.executable, __file__, "--at", "10.55.0.1", *command])
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(10))  # its time must not depend on what the machines do
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda what, _: process.send_signal(what))
        switch(machines, float(megabits) * 125_000, float(milliseconds) / 2_000, process)
        process.wait()
        report(time.monotonic() - start, bytes=[machine.bytes for machine in machines], switchSeconds=time.process_time() - own)
        return process.returncode
    finally:
        for machine in machines:
            subprocess.run(["ip", "netns", "delete", machine.name])


match sys.argv[1:]:
    case ["--at", address, *command]:
        at(address, command)
    case ["--no-machines", *command]:
        sys.exit(without_machines(command))
    case [count, megabits, milliseconds, *command] if command:
        sys.exit(main(count, megabits, milliseconds, *command))
    case _:
        sys.exit(__doc__)
