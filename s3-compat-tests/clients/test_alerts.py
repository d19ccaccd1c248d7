"""The alert rules: promtool evaluates each on series of its fault and on series without it, and lints what nodes show."""
import json, re, urllib.request
import pytest
import rondo, tools
from conftest import connect

RULES = rondo.ROOT / "docs" / "monitoring" / "alerts.yaml"
# Long enough for each alert to fire; one waits for a day.
MINUTES, LONGER = 150, {"RondoChunksDamaged": 25 * 60}

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


FAULTS = {
    "RondoQuorumLost": gauge('rondo_health{question="quorum"}', 0, 1),
    "RondoNotReady": gauge('rondo_health{question="ready"}', 0, 1),
    "RondoStandstill": gauge('rondo_health{question="live"}', 0, 1),
    "RondoNodeDown": gauge('rondo_peer_down{peer="two"}', 1, 0),
    "RondoCopiesMissing": gauge("rondo_repair_oldest_seconds", 3700, 20),
    "RondoMoveStuck": [*gauge("rondo_layout_moving", 1, 1), *gauge("rondo_copy_partitions_wanted", 4096, 4096),
                       ("rondo_copy_partitions_done", "9+0x{n}", "9+1x{n}")],
    "RondoClockOff": gauge("rondo_clock_offset_seconds", -2, 0.01),
    "RondoStrangersAtNodePort": counter("rondo_peer_connections_refused_total", 5),
    "RondoFolderFailed": gauge("rondo_folders_failed", 1, 0),
    "RondoDiskErrors": counter('rondo_folder_errors_total{folder="/d",operation="read"}', 1),
    "RondoDiskSlow": LATE,
    "RondoDiskFilling": gauge('rondo_disk_used_ratio{disk="/d"}', 0.8, 0.5),
    "RondoDiskFull": gauge('rondo_disk_takes_new_data{disk="/d"}', 0, 1),
    "RondoChunksDamaged": gauge("rondo_extents_damaged_chunks", 1, 0),
    "RondoMetadataLost": gauge("rondo_metadata_lost_ranges", 2, 0),
    "RondoScrubOverdue": gauge('rondo_health_reason{question="whole",reason="unverified"}', 60, 0),
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


def on(series, instance):
    """The series with the label that Prometheus adds."""
    name, _, labels = series.partition("{")
    return f'{name}{{instance="{instance}"{"," if labels else ""}{labels or "}"}'


def case(alert, ill):
    n = LONGER.get(alert, MINUTES)
    return {"interval": "1m", "name": f"{alert} {'in its fault' if ill else 'without it'}",
            "input_series": [{"series": on(name, "one"), "values": (fault if ill else well).format(n=n)}
                             for name, fault, well in FAULTS[alert]],
            "promql_expr_test": [{"expr": f'count(ALERTS{{alertname="{alert}",alertstate="firing"}})', "eval_time": f"{n}m",
                                  "exp_samples": [{"labels": "{}", "value": 1}] if ill else []}]}


def test_each_alert_fires_in_its_fault_and_not_without_it(tmp_path):
    alerts = re.findall(r"- alert: (\w+)", RULES.read_text())
    assert sorted(alerts) == sorted(FAULTS)
    tests = {"rule_files": [str(RULES)], "evaluation_interval": "5m",
             "tests": [case(alert, ill) for alert in alerts for ill in (True, False)]}
    file = tmp_path / "tests.yaml"
    file.write_text(json.dumps(tests))
    promtool = tools.program("promtool")
    env = tools.environment(tmp_path)
    assert f"{len(alerts)} rules found" in tools.run([promtool, "check", "rules", RULES], env)
    assert "SUCCESS" in tools.run([promtool, "test", "rules", file], env)


@tools.ONE_NODE
def test_promtool_finds_no_fault_in_what_a_node_shows(server, tmp_path):
    connect(server.endpoint).list_buckets()
    with urllib.request.urlopen(f"http://127.0.0.1:{server.base + 1}/metrics") as answer:
        assert answer.headers["content-type"].startswith("text/plain")
        text = answer.read().decode()
    assert 'rondo_s3_requests_total{operation="ListBuckets"}' in text
    done = tools.run(["sh", "-c", f"{tools.program('promtool')} check metrics"], tools.environment(tmp_path), fails=None,
                     stdin=text_file(tmp_path / "metrics", text))
    # Micrometer's own names, and one that Prometheus would call a counter.
    found = [line for line in done.splitlines() if line.startswith(("rondo_", "error"))]
    assert found == [], done


def text_file(path, text):
    path.write_text(text)
    return path.open()
