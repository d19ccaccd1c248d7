"""The alert rules: promtool evaluates each on series of its fault and on series without it, and lints what nodes show."""
import json, re, urllib.request
import pytest
import rondo, tools
from conftest import connect

RULES = rondo.ROOT / "docs" / "monitoring" / "alerts.yaml"
# Long enough for each alert to fire; two wait for a day.
MINUTES, LONGER = 150, dict.fromkeys(("RondoChunksDamaged", "RondoMaintenanceLong"), 25 * 60)

# The series of each alert: in its fault, and as they are when all is well. `a+bxn` grows by b each minute.
STEADY, FAST = "0+0x{n}", "0+600x{n}"
LATE = [('rondo_folder_operation_seconds_bucket{operation="sync",folder="/d",le="1.0"}', "0+90x{n}", "0+100x{n}"),
        ('rondo_folder_operation_seconds_bucket{operation="sync",folder="/d",le="2.5"}', "0+100x{n}", "0+100x{n}"),
        ('rondo_folder_operation_seconds_bucket{operation="sync",folder="/d",le="+Inf"}', "0+100x{n}", "0+100x{n}")]
SLOW = [('rondo_s3_request_duration_seconds_bucket{operation="HeadObject",le="2.5"}', "0+90x{n}", "0+100x{n}"),
        ('rondo_s3_request_duration_seconds_bucket{operation="HeadObject",le="5.0"}', "0+100x{n}", "0+100x{n}"),
        ('rondo_s3_request_duration_seconds_bucket{operation="HeadObject",le="+Inf"}', "0+100x{n}", "0+100x{n}")]


def gauge(series, fault, well):
    return [(series, f"{fault}+0x{{n}}", f"{well}+0x{{n}}")]


def counter(series, each_minute):
    return [(series, f"0+{each_minute}x{{n}}", STEADY)]


def reason(question, name, number=1, *more):
    """A reason of health, which is 0 while it is none, beside series that stay as they are."""
    return [*gauge(f'rondo_health_reason{{question="{question}",reason="{name}"}}', number, 0),
            *[(series, f"{value}+0x{{n}}", f"{value}+0x{{n}}") for series, value in more]]


DISK_FULL = 'rondo_disk_takes_new_data{disk="/d"}'
# What provokes each alert; by reason, where it has several.
FAULTS = {
    "RondoQuorumLost": {"unreadable": reason("quorum", "unreadable", 9), "unwritable": reason("quorum", "unwritable", 9),
                        "quorums-lost": reason("ready", "quorums-lost", 9)},
    "RondoNoRoom": reason("quorum", "no-room", 9),
    "RondoNotReady": gauge('rondo_health{question="ready"}', 0, 1),
    "RondoNoMember": [*reason("ready", "no-member"), *reason("quorum", "no-member"), *reason("whole", "no-member")],
    "RondoStopHangs": reason("ready", "stopping"),
    "RondoClockWrong": reason("ready", "clock", 12),
    "RondoRefillLong": {name: reason("ready", name) for name in ("rebuilding", "refilling")},
    "RondoStandstill": reason("live", "standstill"),
    "RondoNodeDown": reason("whole", "nodes-down", 1, ('rondo_peer_down{peer="PEER"}', 1), ('rondo_peer_down{peer="up"}', 0)),
    "RondoMaintenanceLong": reason("whole", "maintenance"),
    "RondoSeatsVacant": reason("whole", "seats-vacant"),
    "RondoZonesCrowded": reason("whole", "zones", 5),
    "RondoCopiesMissing": {name: reason("whole", name, 5, ("rondo_repair_oldest_seconds", 3700))
                           for name in ("rows-missing", "chunks-missing", "writes-missed")},
    "RondoCopiesUnreachable": {name: reason("whole", name) for name in ("rows-unreachable", "chunks-unreachable")},
    "RondoNotCompared": {name: reason("whole", name) for name in ("comparing", "paused")},
    "RondoMoveStuck": [*gauge("rondo_layout_moving", 1, 1), *gauge("rondo_copy_partitions_wanted", 4096, 4096),
                       ("rondo_copy_partitions_done", "9+0x{n}", "9+1x{n}")],
    "RondoClockOff": gauge("rondo_clock_offset_seconds", -2, 0.01),
    "RondoStrangersAtNodePort": counter("rondo_peer_connections_refused_total", 5),
    "RondoFolderFailed": reason("whole", "folder-failed"),
    "RondoDiskErrors": counter('rondo_folder_errors_total{folder="/d",operation="read"}', 1),
    "RondoDiskSlow": LATE,
    "RondoDiskFilling": {name: gauge(f'rondo_health_warning{{reason="{name}"}}', 80, 0)
                         for name in ("disk-filling", "disk-takes-no-moves")},
    "RondoDrainWaits": gauge('rondo_health_warning{reason="drain-waits"}', 1 << 30, 0),
    "RondoAccessLogLoses": gauge('rondo_health_warning{reason="access-log-loses"}', 1, 0),
    "RondoAuditLoses": gauge('rondo_health_warning{reason="audit-loses"}', 1, 0),
    "RondoAuditWebhook": gauge('rondo_health_warning{reason="audit-webhook"}', 1, 0),
    "RondoBackupLate": gauge('rondo_health_warning{reason="backup-late"}', 1, 0),
    "RondoDiskFull": [*gauge(DISK_FULL, 0, 1), *gauge('rondo_health_warning{reason="disk-full"}', 97, 0),
                      *reason("whole", "disk-full", 97)],
    "RondoChunksDamaged": reason("whole", "chunks-damaged"),
    "RondoMetadataLost": {name: reason("whole", name, 2) for name in ("metadata-damaged", "rows-lost")},
    "RondoScrubOverdue": reason("whole", "unverified", 60),
    "RondoServerErrors": [*counter('rondo_s3_errors_total{operation="PutObject",fault="server",code="SlowDown"}', 60),
                          ('rondo_s3_requests_total{operation="PutObject"}', FAST, FAST)],
    "RondoSlowRequests": SLOW,
    "RondoSheddingLoad": counter('rondo_s3_shed_total{reason="memory"}', 1),
    "RondoSlowClients": counter('rondo_s3_shed_total{reason="slow-head"}', 900),
    "RondoWritesStall": counter("rondo_metadata_stall_seconds_total", 45),
    "RondoHintsLost": [*counter("rondo_hints_dropped_total", 1), ("rondo_hints_lost_total", STEADY, STEADY)],
    "RondoConflicts": counter("rondo_conflicts_met_total", 1),
    "RondoEventLoopsLate": [('rondo_event_loop_lag_seconds_sum{traffic="s3"}', "0+30x{n}", "0+1x{n}"),
                            ('rondo_event_loop_lag_seconds_count{traffic="s3"}', "0+60x{n}", "0+60x{n}")],
}


def ways(alert):
    """Each way in which the alert is provoked, by its name."""
    return FAULTS[alert] if isinstance(FAULTS[alert], dict) else {"": FAULTS[alert]}


def on(series, instance):
    """The series with the label that Prometheus adds."""
    name, _, labels = series.replace("PEER", f"peer-of-{instance}").partition("{")
    return f'{name}{{instance="{instance}"{"," if labels else ""}{labels or "}"}'


def case(alert):
    """An instance for each way in which the alert is provoked, which it must name, and one that is well."""
    n = LONGER.get(alert, MINUTES)
    series = [{"series": on(name, way or "ill"), "values": fault.format(n=n)}
              for way, all in ways(alert).items() for name, fault, _ in all]
    for name, well in {name: well for all in ways(alert).values() for name, _, well in all}.items():
        series.append({"series": on(name, "well"), "values": well.format(n=n)})
    return {"interval": "1m", "name": alert, "input_series": series,
            "promql_expr_test": [{"expr": f'count(ALERTS{{alertname="{alert}",alertstate="firing"}})', "eval_time": f"{n}m",
                                  "exp_samples": [{"labels": "{}", "value": len(ways(alert))}]}]}


def test_each_alert_fires_in_its_fault_and_not_without_it(tmp_path):
    rules = dict(re.findall(r"- alert: (\w+)\n +expr: (.*)", RULES.read_text()))
    assert sorted(rules) == sorted(FAULTS)
    for alert, expression in rules.items():
        several = [names.split("|") for names in re.findall(r'rondo_health_\w+{[^}]*reason=~"([^"]*)"', expression)]
        assert [sorted(names) for names in several] in ([], [sorted(ways(alert))]), alert
    tests = {"rule_files": [str(RULES)], "evaluation_interval": "5m",
             "tests": [case(alert) for alert in rules]}
    file = tmp_path / "tests.yaml"
    file.write_text(json.dumps(tests))
    promtool = tools.program("promtool")
    env = tools.environment(tmp_path)
    assert f"{len(rules)} rules found" in tools.run([promtool, "check", "rules", RULES], env)
    assert "SUCCESS" in tools.run([promtool, "test", "rules", file], env)


@tools.ONE_NODE
def test_promtool_finds_no_fault_in_what_a_node_shows(server, tmp_path):
    connect(server.endpoint).list_buckets()
    with urllib.request.urlopen(f"http://127.0.0.1:{server.base + 1}/metrics") as answer:
        assert answer.headers["content-type"].startswith("text/plain")
        text = answer.read().decode()
    assert re.search(r'rondo_s3_requests_total{[^}]*operation="ListBuckets"', text)
    done = tools.run(["sh", "-c", f"{tools.program('promtool')} check metrics"], tools.environment(tmp_path), fails=None,
                     stdin=text_file(tmp_path / "metrics", text))
    # Micrometer's own names, and one that Prometheus would call a counter.
    found = [line for line in done.splitlines() if line.startswith(("rondo_", "error"))]
    assert found == [], done


def text_file(path, text):
    path.write_text(text)
    return path.open()
