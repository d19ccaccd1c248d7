"""Backups of databases: PostgreSQL's by pgBackRest and barman, over TLS; SQLite's by litestream."""
import os, pathlib, shutil, tempfile, textwrap, time, uuid
import boto3, pytest, rondo
from botocore.config import Config
from tools import TARGET, environment, program, run

SQL_PORT = "5432"  # It names a socket in the database's folder, no port of this machine.


@pytest.fixture
def bucket(safe):
    s3 = boto3.resource("s3", endpoint_url=safe.safe_endpoint, aws_access_key_id=rondo.ACCESS, verify=str(safe.authority),
                        aws_secret_access_key=rondo.SECRET, region_name="us-east-1",
                        config=Config(s3=dict(addressing_style="path")))
    it = s3.create_bucket(Bucket=f"backups-{uuid.uuid4()}")
    yield it
    it.objects.delete()
    it.delete()


class Postgres:
    """A PostgreSQL in a folder of its own, which isn't run by root: there, by the user whom Debian makes for it."""

    def __init__(self, safe):
        self.programs = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb"))
        if not self.programs:
            pytest.skip("the client PostgreSQL isn't on this machine")
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="rondo-postgres-"))
        self.data = self.folder / "data"
        shutil.copy(safe.authority, self.folder / "authority.pem")
        self.env = environment(self.folder, AWS_CA_BUNDLE=str(self.folder / "authority.pem"))
        self.own(self.folder)

    def own(self, *paths):
        if os.getuid() == 0:
            for path in paths:
                shutil.chown(path, "postgres", "postgres")
            shutil.chown(self.folder / "authority.pem", "postgres")

    def run(self, *command, **more):
        who = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] if os.getuid() == 0 else []
        return run([*who, *command], self.env, seconds=240, **more)

    def tool(self, name, *words):
        return self.run(self.programs[-1].with_name(name), *words)

    def begin(self, archive):
        self.tool("initdb", "-D", self.data, "-U", "postgres", "--wal-segsize=1", "--no-sync", "-A", "trust")
        with open(self.data / "postgresql.conf", "a") as settings:
            settings.write(textwrap.dedent(f"""
                listen_addresses = ''
                unix_socket_directories = '{self.folder}'
                port = {SQL_PORT}
                fsync = off
                autovacuum = off
                archive_mode = on
                archive_command = '{archive}'
                """))

    def start(self):
        self.tool("pg_ctl", "-D", self.data, "-l", self.folder / "log", "-w", "-t", "120", "start")
        end = time.monotonic() + 120
        while self.ask("select pg_is_in_recovery()") != "f":
            assert time.monotonic() < end, (self.folder / "log").read_text()
            time.sleep(0.1)

    def stop(self, how="fast"):
        self.tool("pg_ctl", "-D", self.data, "-m", how, "-w", "-t", "120", "stop")

    def ask(self, query):
        return self.tool("psql", "-h", self.folder, "-p", SQL_PORT, "-U", "postgres", "-Atc", query).strip()

    def end(self):
        if (self.data / "postmaster.pid").exists():
            self.stop("immediate")
        shutil.rmtree(self.folder)


@pytest.fixture
def postgres(safe):
    it = Postgres(safe)
    try:
        yield it
    finally:
        it.end()


def test_postgresql_is_backed_up_by_pgbackrest(safe, bucket, postgres):
    backrest = program("pgbackrest")
    settings = postgres.folder / "pgbackrest.conf"
    settings.write_text(textwrap.dedent(f"""
        [global]
        repo1-type=s3
        repo1-path=/repo a
        repo1-s3-bucket={bucket.name}
        repo1-s3-endpoint=localhost
        repo1-storage-port={safe.base}
        repo1-storage-ca-file={postgres.folder}/authority.pem
        repo1-storage-upload-chunk-size=5MiB
        repo1-s3-uri-style=path
        repo1-s3-region=us-east-1
        repo1-s3-key={rondo.ACCESS}
        repo1-s3-key-secret={rondo.SECRET}
        repo1-retention-full=1
        repo1-bundle=y
        compress-type=none
        process-max=2
        start-fast=y
        log-path={postgres.folder}
        lock-path={postgres.folder}
        spool-path={postgres.folder}
        [db]
        pg1-path={postgres.data}
        pg1-socket-path={postgres.folder}
        pg1-port={SQL_PORT}
        pg1-user=postgres
        """))
    postgres.own(settings)
    command = [backrest, f"--config={settings}", "--stanza=db"]
    postgres.begin(f"{backrest} --config={settings} --stanza=db archive-push %p")
    postgres.start()
    postgres.run(*command, "stanza-create")
    postgres.run(*command, "check")
    postgres.ask("create table t as select generate_series(1, 1000) as n")
    postgres.run(*command, "--type=full", "backup")
    postgres.ask("insert into t select generate_series(1001, 2000)")
    postgres.run(*command, "--type=incr", "backup")
    # What comes after the last backup is in the log of changes alone.
    postgres.ask("insert into t select generate_series(2001, 3000)")
    postgres.stop()
    shutil.rmtree(postgres.data)
    postgres.data.mkdir(mode=0o700)
    postgres.own(postgres.data)
    postgres.run(*command, "restore")
    postgres.start()
    end = "select count(*) || ' ' || sum(n) from t"
    assert postgres.ask(end) == f"3000 {sum(range(3001))}"
    postgres.run(*command, "--type=full", "backup")
    told = postgres.run(*command, "info")
    assert told.count("full backup:") == 1 and "status: ok" in told, "the older backups are expired: " + told
    postgres.run(*command, "verify")
    postgres.stop()
    postgres.run(*command, "stop")
    postgres.run(*command, "--force", "stanza-delete")
    assert [one.key for one in bucket.objects.filter(Prefix="repo a/backup/db/")] == []


def test_postgresql_is_backed_up_by_barman(safe, bucket, postgres):
    barman = TARGET / "backup" / "bin"
    if not (barman / "barman-cloud-backup").exists():
        pytest.skip("the client barman isn't on this machine")
    place = ["--endpoint-url", safe.safe_endpoint, "--addressing-style", "path", f"s3://{bucket.name}/a b", "db"]
    call = lambda name, *words: run([barman / f"barman-cloud-{name}", *words], postgres.env, seconds=240)
    log, back = postgres.folder / "archive", postgres.folder / "back"
    for folder in (log, back):
        folder.mkdir()
    postgres.own(log, back)
    postgres.begin(f"cp %p {log}/%f")
    postgres.start()
    postgres.ask("create table t as select generate_series(1, 1000) as n")
    call("check-wal-archive", *place)
    call("backup", "--min-chunk-size", "5MB", "-h", postgres.folder, "-p", SQL_PORT, "-U", "postgres",
         "--immediate-checkpoint", "--name", "one", "--tag", "k,v w", *place)
    # What comes after the backup is in the log of changes alone.
    postgres.ask("insert into t select generate_series(1001, 2000)")
    postgres.stop()
    needed = sorted(log.iterdir())[-1:]
    for segment in needed:
        call("wal-archive", "-z", *place, segment)
        if "." not in segment.name:
            call("wal-restore", *place, segment.name, back / segment.name)
            assert (back / segment.name).read_bytes() == segment.read_bytes()
    assert "one" in call("backup-list", *place)
    shutil.rmtree(postgres.data)
    call("restore", *place, "one", postgres.data)
    with open(postgres.data / "postgresql.conf", "a") as settings:
        settings.write(f"restore_command = 'cp {log}/%f %p'\narchive_mode = off\n")
    (postgres.data / "recovery.signal").touch()
    postgres.own(postgres.data, *postgres.data.rglob("*"))
    postgres.start()
    assert postgres.ask("select count(*) || ' ' || sum(n) from t") == f"2000 {sum(range(2001))}"
    call("backup-delete", "--backup-id", "one", *place)
    assert [one.key for one in bucket.objects.filter(Prefix="a b/db/base/")] == []


LITESTREAM = """
import sqlite3, sys
base = sqlite3.connect(sys.argv[1])
base.execute("pragma journal_mode = wal")
base.execute("create table if not exists t (n integer, bytes blob)")
for n in range(20):
    base.execute("insert into t values (?, randomblob(100000))", (n,))
    base.commit()
"""


def test_sqlite_is_backed_up_by_litestream(safe, bucket, tmp_path):
    litestream = TARGET / "backup" / "bin" / "litestream"
    if not litestream.exists():
        pytest.skip("the client litestream isn't on this machine")
    base, script, settings = tmp_path / "base.sqlite", tmp_path / "script.py", tmp_path / "litestream.yml"
    script.write_text(LITESTREAM)
    settings.write_text(textwrap.dedent(f"""
        dbs:
          - path: {base}
            replica:
              type: s3
              bucket: {bucket.name}
              path: a b/base
              endpoint: {safe.safe_endpoint}
              region: us-east-1
              force-path-style: true
        """))
    env = environment(tmp_path, SSL_CERT_FILE=str(safe.authority))
    python = TARGET / "backup" / "bin" / "python"
    told = [python, "-c", "import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute("
                          "'select count(*), hex(max(bytes)) from t').fetchall())"]
    for turn, more in enumerate([[], [], ["-force-snapshot"]]):
        run([python, script, base], env)
        run([litestream, "replicate", "-config", settings, "-once", *more], env)
        run([litestream, "restore", "-config", settings, "-o", tmp_path / f"back{turn}", base], env)
        assert run([*told, tmp_path / f"back{turn}"], env) == run([*told, base], env)
    assert len(run([litestream, "ltx", "-config", settings, base], env).splitlines()) > 2
