"""Clusters of real processes under real faults: what clients were told is linearizable, listings and afterwards the
nodes hold everything that was acknowledged, and every copy is where it belongs."""
import hashlib, math, os, random, threading, time, traceback, uuid
import pytest
from botocore.exceptions import BotoCoreError, ClientError, ConnectTimeoutError, EndpointConnectionError
from conftest import connect
from history import Operation, first_contradiction, is_linearizable
from members import FAULTS, Members, torment
from test_consistency import Headers

ROUNDS = int(os.environ.get("FAULT_ROUNDS", "1"))
SEED = int(os.environ.get("FAULT_SEED", random.randrange(1 << 30)))
BUCKET = "faults"
KEYS = [f"key-{n}" for n in range(6)]


class Clients:
    """Threads that use objects through all nodes, and note what they were told.

    KEYS are registers. What is under `kept/` is written once, and perhaps deleted by its writer: no name comes twice.
    """

    def __init__(self, members):
        self.stopped, self.lock, self.trouble = threading.Event(), threading.Lock(), []
        self.history = {key: [] for key in KEYS}
        self.kept, self.deleting, self.deleted = {}, {}, {}
        self.answered = self.unknown = self.listings = 0
        clients = [connect(member.endpoint, attempts=0, timeout=4) for member in members]
        self.threads = [threading.Thread(target=self.run, args=(n, client))  # a node in trouble holds up its own only
                        for n, client in enumerate(clients * (9 // len(members) + 1))]
        for thread in self.threads:
            thread.start()

    def run(self, n, client):
        chance, count = random.Random(SEED + n), 0
        while not self.stopped.is_set():
            kind = chance.choices(
                ["read", "write", "delete", "swap", "remove", "keep", "drop", "list"], [6, 3, 1, 5, 1, 3, 1, 1])[0]
            try:
                if kind == "keep":
                    count += 1
                    self.keep(client, f"kept/{n}-{count}", chance.randbytes(chance.choice([10, 3000, 30_000])))
                elif kind == "drop":
                    self.drop(client, f"kept/{n}-{chance.randint(1, count + 1)}")
                elif kind == "list":
                    self.list(client)
                else:
                    self.use(client, kind, chance.choice(KEYS), chance)
            except BotoCoreError:
                pass  # noted before it was sent, where that matters
            except ClientError as error:
                if not self.is_honest(error):
                    self.trouble.append(error)
            except Exception:
                self.trouble.append(traceback.format_exc())
            time.sleep(chance.uniform(0.01, 0.05))

    def is_honest(self, error):
        code, status = error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"]
        return code == "RequestTimeTooSkewed" or status in (500, 503) or code == "ConditionalRequestConflict"

    def use(self, client, kind, key, chance):
        body = uuid.uuid4().hex.encode()
        value = None if kind in ("delete", "remove") else hashlib.md5(body).hexdigest()
        expected = self.some(chance, key)
        if kind == "remove" and not expected:
            kind = "delete"
        kinds, where = {"delete": "write", "remove": "swap"}, client.meta.endpoint_url[-6]
        start = time.monotonic()
        try:
            if kind == "read":
                value = client.get_object(Bucket=BUCKET, Key=key)["ETag"].strip('"')
            elif kind == "write":
                client.put_object(Bucket=BUCKET, Key=key, Body=body)
            elif kind == "delete":
                client.delete_object(Bucket=BUCKET, Key=key)
            elif kind == "remove":
                client.delete_object(Bucket=BUCKET, Key=key, IfMatch=expected)
            else:
                condition = {"IfMatch": expected} if expected else {"IfNoneMatch": "*"}
                client.put_object(Bucket=BUCKET, Key=key, Body=body, **condition)
            self.note(key, Operation(kinds.get(kind, kind), value, expected, start, time.monotonic(), where))
        except ClientError as error:
            status = error.response["ResponseMetadata"]["HTTPStatusCode"]
            if kind == "read" and status == 404:
                self.note(key, Operation("read", None, None, start, time.monotonic(), where))
            elif kind in ("swap", "remove") and status in (404, 412):
                self.note(key, Operation("declined", None, expected, start, time.monotonic(), where))
            elif self.is_honest(error):
                # SlowDown, unlike every other 5xx, promises that nothing was done.
                if kind != "read" and error.response["Error"]["Code"] not in ("SlowDown", "RequestTimeTooSkewed"):
                    self.maybe(key, Operation(kinds.get(kind, kind), value, expected, start, where=where))
            else:
                raise
        except (ConnectTimeoutError, EndpointConnectionError):
            pass  # never sent
        except BotoCoreError:
            if kind != "read":
                self.maybe(key, Operation(kinds.get(kind, kind), value, expected, start, where=where))

    def maybe(self, key, operation):
        with self.lock:
            self.unknown += 1
            self.history[key].append(operation)

    def note(self, key, operation):
        with self.lock:
            self.answered += 1
            self.history[key].append(operation)

    def some(self, chance, key):
        """A state that the key had lately."""
        with self.lock:
            values = [o.value for o in self.history[key][-6:] if o.end < math.inf and o.kind != "declined"]
        return values[-1 - chance.randrange(min(2, len(values)))] if values else None

    def keep(self, client, key, body):
        client.put_object(Bucket=BUCKET, Key=key, Body=body)
        with self.lock:
            self.kept[key] = hashlib.md5(body).hexdigest()

    def drop(self, client, key):
        with self.lock:
            if key not in self.kept or key in self.deleting:
                return
            self.deleting[key] = time.monotonic()
        client.delete_object(Bucket=BUCKET, Key=key)
        with self.lock:
            self.deleted[key] = time.monotonic()

    def list(self, client):
        with self.lock:
            must, gone = set(self.kept), set(self.deleted)
        listed = [entry["Key"] for page in client.get_paginator("list_objects_v2").paginate(
            Bucket=BUCKET, Prefix="kept/", PaginationConfig=dict(PageSize=100)) for entry in page.get("Contents", [])]
        with self.lock:
            must -= set(self.deleting)
            self.listings += 1
        assert listed == sorted(set(listed))
        assert must <= set(listed), ("acknowledged, but not listed", must - set(listed))
        assert not gone & set(listed), ("deleted, but listed", gone & set(listed))

    def stop(self):
        self.stopped.set()
        for thread in self.threads:
            thread.join(60)


@pytest.mark.parametrize("size", [3, 5])
def test_faults_in_turn(size, tmp_path):
    chance = random.Random(SEED)
    with Members(size, tmp_path) as members:
        connect(members[0].endpoint, attempts=6).create_bucket(Bucket=BUCKET)
        clients, began = Clients(members), time.monotonic()
        try:
            for _ in range(ROUNDS):
                torment(members, chance, chance.sample(FAULTS, len(FAULTS)))
        finally:
            clients.stop()
        seconds = time.monotonic() - began
        members.wait_until_whole()
        judge(members, clients)
        print(f"seed {SEED}: {seconds:.0f} s, {clients.answered} answered, {clients.unknown} unknown, "
              f"{len(clients.kept)} kept, {clients.listings} listings, whole {time.monotonic() - began - seconds:.0f} s later")
        assert clients.answered > 100 and clients.listings > 3


def judge(members, clients):
    readers = [connect(member.endpoint, attempts=6) for member in members]
    for reader in readers:
        for key in KEYS:
            clients.use(reader, "read", key, random.Random(0))
        clients.list(reader)
    assert not clients.trouble, (SEED, clients.trouble[:3])
    for key, etag in clients.kept.items():
        if key not in clients.deleting:
            body = random.choice(readers).get_object(Bucket=BUCKET, Key=key)["Body"].read()
            assert hashlib.md5(body).hexdigest() == etag, (SEED, key)
    for key, operations in clients.history.items():
        if not is_linearizable(operations):
            pytest.fail(f"seed {SEED}, {key}, {first_contradiction(operations)}\n{members.told}", pytrace=False)
    for key in KEYS:
        alike = {one(reader, key) for reader in readers}
        assert alike == {last(clients.history[key])}, (SEED, key, alike)
    members.wait_until_told_whole()


def one(reader, key):
    """What that node shows when it asks one replica alone, itself if it holds the key."""
    with Headers(reader, "one"):
        try:
            return reader.head_object(Bucket=BUCKET, Key=key)["ETag"].strip('"')
        except ClientError as error:
            assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 404
            return None


def last(operations):
    return max((o for o in operations if o.kind == "read"), key=lambda o: o.start).value
