"""The cost of the calling process so far."""

import resource
import sys


def cpu_seconds() -> float:
    """CPU seconds of all threads of this process, user and system time."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def cpu_seconds_with_children() -> float:
    """CPU seconds of this process and of the processes that it started and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return cpu_seconds() + used.ru_utime + used.ru_stime


def peak_gigabytes() -> float:
    """The peak memory of this process."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e9
