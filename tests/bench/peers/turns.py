"""The peers at work: each with a client process of its own, asked in turns, in blocks, so that
whatever else the machine does falls on all of them alike."""

import multiprocessing
import time
import traceback
from contextlib import contextmanager

from answer import load_average

BLOCKS = 4
PINGS = 200
CHANGES, CHANGE_WARMUP = 50, 10
PATIENCE = 10
WARMING = 3


class Client:
    """A process that holds a connection to one peer and does what it is told over a pipe."""

    def __init__(self, peer):
        self.name = peer.name
        self.pipe, theirs = multiprocessing.Pipe()
        self.process = multiprocessing.Process(target=work_for, args=(peer, theirs), daemon=True)
        self.process.start()
        theirs.close()

    def tell(self, order, *args):
        self.pipe.send((order, args))

    def hear(self):
        fault, told = self.pipe.recv()
        if fault:
            raise RuntimeError(f"{self.name}: {fault}")
        return told

    def ask(self, order, *args):
        self.tell(order, *args)
        return self.hear()

    def close(self):
        if self.process.is_alive():
            self.tell("close")
            self.process.join(10)
        self.process.kill()


@contextmanager
def clients(peers):
    opened = []
    try:
        opened.extend(Client(peer) for peer in peers)
        yield opened
    finally:
        for client in opened:
            client.close()


def work_for(peer, pipe):
    peer.open()
    while True:
        order, args = pipe.recv()
        if order == "close":
            return peer.close()
        try:
            pipe.send((None, ORDERS[order](peer, *args)))
        except Exception:
            pipe.send((traceback.format_exc(), None))


def answer_all(peer, queries, seconds):
    """Asks each query once for its answer, as long as there is time, then again to warm caches and compilers."""
    end, answers = time.perf_counter() + seconds, []
    for query in queries:
        if time.perf_counter() > end:
            break
        answers.append(peer.ask(query))
    for _ in range(WARMING):
        time_block(peer, queries, end - time.perf_counter())
    return answers


def time_block(peer, queries, seconds):
    """The wall time of each query in milliseconds, as long as there is time."""
    end, times = time.perf_counter() + seconds, []
    for query in queries:
        start = time.perf_counter()
        if start > end:
            break
        peer.ask(query)
        times.append((time.perf_counter() - start) * 1000)
    return times


def time_pings(peer):
    return sorted(timed(peer.ping) for _ in range(PINGS))[PINGS // 2]


def run_loop(peer, queries, start, seconds):
    """A closed loop from a place in the list; how many were answered by the end."""
    end, done = time.perf_counter() + seconds, 0
    while time.perf_counter() < end:
        peer.ask(queries[(start + done) % len(queries)])
        done += 1
    return done


def time_changes(peer, records, mark):
    """From the change of a record until a search sees it; the change itself is durable by then."""
    times = []
    for number, record in enumerate(records):
        word = f"zq{mark}x{number}"
        times.append(timed(lambda: change_until_seen(peer, record, word)))
    return times


def change_until_seen(peer, record, word):
    peer.change(record, word)
    end = time.perf_counter() + PATIENCE
    while not peer.seen(word):
        if time.perf_counter() > end:
            raise TimeoutError(f"a change was not seen within {PATIENCE} seconds")


def timed(act):
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


ORDERS = {
    "answers": answer_all, "times": time_block, "pings": time_pings, "loop": run_loop,
    "changes": time_changes, "memory": lambda peer: peer.memory(), "version": lambda peer: peer.version(),
}


def measure_class(opened, queries, seconds):
    """Answers and times of one class by peer, with the load before and after."""
    load = [load_average()]
    answers = {client.name: client.ask("answers", queries, seconds) for client in opened}
    times = {client.name: [] for client in opened}
    for block in range(BLOCKS):
        turn = block % len(opened)
        for client in opened[turn:] + opened[:turn]:
            times[client.name] += client.ask("times", queries[block::BLOCKS], seconds / BLOCKS)
    load.append(load_average())
    return {"answers": answers, "times": times, "load": load}


def measure_mixed(first, second, queries, seconds):
    """Queries a second of two clients at once, the peers in turn, each twice."""
    done = {client.name: 0 for client in first}
    load = [load_average()]
    for turn in range(3):
        for one, two in zip(first, second):
            one.tell("loop", queries, 0, seconds / 2)
            two.tell("loop", queries, len(queries) // 2, seconds / 2)
            answered = one.hear() + two.hear()
            done[one.name] += answered if turn else 0
    load.append(load_average())
    return {"rates": {name: count / seconds for name, count in done.items()}, "load": load}


def measure_changes(opened, records):
    times = {}
    for client in opened:
        client.ask("changes", records[:CHANGE_WARMUP], "warm")
        times[client.name] = client.ask("changes", records[CHANGE_WARMUP:CHANGE_WARMUP + CHANGES], "cold")
    return times
