"""What scripts/tripwires does in Python: gets the files, writes tests of the rules, and checks the Terraform.

Without the provider `terraform validate` knows no resource, so that attributes are held against the list of arguments in
the documentation of aws_cloudwatch_metric_alarm.
"""

import json
import pathlib
import re
import sys
import urllib.request

import hcl2
import yaml

FILES = ("tripwires.yaml", "tripwires.tf", "tripwires.rules.yaml")
HOSTILE = (
    'a "b" \'c\' \\ ${AWS::AccountId} ${file("/etc/passwd")} %{ if true } {{ $value }} {{resolve:ssm:/x}} {{{ !Ref x: [y]'
    " #z & *a | > \u05e2\u05d1\u05e8\u05d9\u05ea \u202egnp \U0001f9c0"
)
MOST_BYTES = 1024
MOST_NAME = 255


def ask(url, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=120) as answer:
        return answer.read().decode()


def fetch(base, folder):
    """The three files of every example and of the hostile one, as SLUG.FILE."""
    examples = json.loads(ask(f"{base}/api/v1/examples"))
    systems = {example["slug"]: example["system"] for example in examples}
    hostile = json.loads(json.dumps(systems["shop-system"]))
    hostile["name"] = (HOSTILE * 3)[:500]
    for link in hostile.get("links", []):
        for end in ("from", "to"):
            if link[end] == hostile["components"][0]["name"]:
                link[end] = HOSTILE[:60]
    hostile["components"][0]["name"] = HOSTILE[:60]
    systems["hostile"] = hostile
    for slug, system in systems.items():
        saved = json.loads(ask(f"{base}/api/v1/scenarios", system))
        for name in FILES:
            text = ask(f"{base}/s/{saved['id']}/{name}")
            pathlib.Path(folder, f"{slug}.{name}").write_text(text)


class Template(yaml.SafeLoader):
    """YAML with the short functions of CloudFormation, as their text."""


Template.add_multi_constructor("!", lambda loader, tag, node: str(getattr(node, "value", "")))


def check_lengths(folder):
    for path in sorted(pathlib.Path(folder).glob("*.tripwires.yaml")):
        template = yaml.load(path.read_text(), Loader=Template)
        texts = [template["Description"]]
        for alarm in template["Resources"].values():
            properties = alarm.get("Properties", {})
            texts.append(properties.get("AlarmDescription", ""))
            # A stack's name has 128 characters at most.
            name = properties.get("AlarmName", "").replace("${AWS::StackName}", "s" * 128)
            assert len(name) <= MOST_NAME, (path.name, name)
        assert all(len(text.encode()) <= MOST_BYTES for text in texts), path.name


# How to make each kind of alert fire: what is written for a value, by the interval and the time at which it is read.

def counter(name, labels, step):
    return {"series": f"{name}{{{labels}}}", "values": f"0+{step:.12g}x3000"}


def gauge(name, labels, value):
    return {"series": f"{name}{{{labels}}}", "values": f"{value:.12g}x3000"}


def steady(name, labels, per_step):
    return [counter(name, labels, per_step)]


WEEK = ("5m", "8d")
DAY = ("1m", "6h")


def series(alert, expression, value):
    """The series that make the left side `value`, their interval, and when to look."""
    job, nodes = 'job="your-job"', 'job="your-nodes"'
    function = 'function_name="your-function"'
    bare = re.sub(r"-\d+\"", '"', expression)
    if alert.startswith("Requests"):
        return steady("http_requests_total", job, value / 730 / 12), WEEK
    if alert.startswith("BusiestHour"):
        return steady("http_requests_total", job, value / 12), WEEK
    if alert == "BusiestMinuteAbove":
        return steady("http_requests_total", job, value), DAY
    if alert == "LatencyAbove":
        name = "http_request_duration_seconds_bucket"
        edges = [(value * 0.98, 0), (value * 1.01, 10), ("+Inf", 10)]
        return [counter(name, f'{job},le="{edge}"', step) for edge, step in edges], DAY
    if alert.startswith("Duration"):
        name = "http_request_duration_seconds"
        return [counter(f"{name}_sum", job, 10 * value), counter(f"{name}_count", job, 10)], WEEK
    if alert.startswith("CpuTime") and "lambda" in bare:
        batch = float(re.search(r"/ ([0-9.]+) [<>]", bare).group(1))
        return [gauge("lambda_insights_cpu_total_time_average", function, value * batch)], WEEK
    if alert.startswith("CpuTime"):
        return [
            counter("container_cpu_usage_seconds_total", job, 10 * value),
            counter("http_requests_total", job, 10),
        ], WEEK
    if alert == "ColdStartsAbove":
        return [
            gauge("lambda_insights_init_duration_sample_count", function, 1000 * value),
            gauge("aws_lambda_invocations_sum", function, 1000),
        ], DAY
    if alert == "ThrottlesAbove":
        return [gauge("aws_lambda_throttles_sum", function, value / 5)], DAY
    if alert == "CpuAbove" and "node_cpu" in bare:
        return steady("node_cpu_seconds_total", f'{nodes},mode="idle"', 60 * (1 - value)), DAY
    if alert == "CpuAbove":
        return [
            counter("container_cpu_usage_seconds_total", job, 60 * value),
            gauge("container_spec_cpu_quota", job, 100000),
            gauge("container_spec_cpu_period", job, 100000),
        ], DAY
    if alert == "MemoryAbove" and "container" in bare:
        return [
            gauge("container_memory_working_set_bytes", job, 1e6 * value),
            gauge("container_spec_memory_limit_bytes", job, 1e6),
        ], DAY
    if alert in ("TasksAbove", "InstancesAbove"):
        labels = job if alert == "TasksAbove" else nodes
        return [gauge("up", f'{labels},instance="{number}"', 1) for number in range(int(value))], DAY
    name, labels = re.match(r"max\((\w+)(?:\{(.*)\})?\)", bare).groups()
    return [gauge(name, labels or "", value)], DAY


def as_shown(text):
    """What Prometheus makes of an annotation: the escaped marks of templates, once."""
    return text.replace('{{ "{{" }}', "{{")


def rule_tests(path, rule, seen):
    """A test in which the alert fires and one in which it does not."""
    alert = re.sub(r"\d+$", "", rule["alert"])
    sign, threshold = re.search(r" ([<>]) ([0-9.]+)(?: and on \(\) .*)?$", rule["expr"]).groups()
    number = re.search(r"(\d+)$", rule["alert"])
    threshold = float(threshold)
    factors = (1.05, 0.95) if sign == ">" else (0.95, 1.05)
    tests = []
    for fires, factor in zip((True, False), factors):
        value = threshold * factor
        if alert == "ThrottlesAbove":
            value = 5.0 if fires else 0.0
        if alert in ("TasksAbove", "InstancesAbove"):
            value = threshold + 1 if fires else threshold
        written, (interval, time) = series(alert, rule["expr"], value)
        if number:
            for line in written:
                line["series"] = re.sub(r'"(your-\w+)"', rf'"\1-{number.group(1)}"', line["series"])
        annotations = {name: as_shown(text) for name, text in rule["annotations"].items()}
        labels = {"exp_labels": rule["labels"], "exp_annotations": annotations}
        tests.append({
            "interval": interval,
            "input_series": written,
            "alert_rule_test": [
                {"eval_time": time, "alertname": rule["alert"], "exp_alerts": [labels] if fires else []}
            ],
        })
    seen.add(alert)
    return tests


def rules(folder):
    """Tests of the rules: of each kind the first that is met, and all with the hostile name."""
    seen = set()
    paths = sorted(pathlib.Path(folder).glob("*.rules.yaml"), key=lambda path: path.name != "hostile.tripwires.rules.yaml")
    for path in paths:
        (group,) = yaml.safe_load(path.read_text())["groups"]
        tests = []
        for rule in group["rules"]:
            if path.name.startswith("hostile") or re.sub(r"\d+$", "", rule["alert"]) not in seen:
                tests += rule_tests(path, rule, seen)
        if tests:
            document = {"rule_files": [path.name], "evaluation_interval": "5m", "tests": tests}
            path.with_suffix(".test.yaml").write_text(yaml.safe_dump(document))
    print("    kinds of alert that fired and kept still:", ", ".join(sorted(seen)))


# https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cloudwatch_metric_alarm
ALARM = set(
    "count alarm_name comparison_operator evaluation_periods metric_name namespace period statistic threshold"
    " threshold_metric_id actions_enabled alarm_actions alarm_description datapoints_to_alarm dimensions"
    " insufficient_data_actions ok_actions unit extended_statistic treat_missing_data"
    " evaluate_low_sample_count_percentiles metric_query tags".split()
)
REQUIRED = {"alarm_name", "comparison_operator", "evaluation_periods"}
SINGLE = {"metric_name", "namespace", "period", "statistic", "extended_statistic", "dimensions"}
QUERY = {"id", "account_id", "expression", "label", "metric", "period", "return_data"}
METRIC = {"dimensions", "metric_name", "namespace", "period", "stat", "unit"}
SIGNS = {"GreaterThanThreshold", "LessThanThreshold"}
MISSING = {"missing", "ignore", "breaching", "notBreaching"}
# An alarm looks back a day at most, a week with periods of an hour or more.
LONGEST_S, LONGEST_BY_HOURS_S = 86_400, 604_800


def own(block):
    return {name: value for name, value in block.items() if not name.startswith("__")}


def bare(value):
    return str(value).strip('"')


def check_alarm(where, alarm):
    names = set(own(alarm))
    assert names <= ALARM and REQUIRED <= names, (where, names - ALARM, REQUIRED - names)
    assert bare(alarm["comparison_operator"]) in SIGNS and bare(alarm["treat_missing_data"]) in MISSING, where
    queries = [own(query) for query in alarm.get("metric_query", [])]
    assert bool(queries) != bool(names & SINGLE), (where, "metric_query stands alone")
    periods = [] if queries else [alarm["period"]]
    for query in queries:
        assert set(query) <= QUERY and "id" in query, (where, query)
        assert ("expression" in query) != ("metric" in query), (where, query)
        for metric in map(own, query.get("metric", [])):
            assert set(metric) <= METRIC and {"metric_name", "period", "stat"} <= set(metric), (where, metric)
            periods.append(metric["period"])
    returned = [query for query in queries if bare(query["return_data"]).lower() == "true"]
    assert not queries or len(returned) == 1, (where, "one query is watched")
    for period in map(int, periods):
        longest = LONGEST_BY_HOURS_S if period >= 3600 else LONGEST_S
        assert period % 60 == 0 and period * int(alarm["evaluation_periods"]) <= longest, (where, period)
    assert int(alarm["datapoints_to_alarm"]) <= int(alarm["evaluation_periods"]), where


def without_escapes(name, text):
    """The text without doubled marks of templates, which the parser takes for open ones; no other template is there."""
    plain = text.replace("$${", "").replace("%%{", "")
    strings = re.findall(r'"(?:[^"\\\n]|\\.)*"', plain)
    live = [string for string in strings if re.search(r"[$%]\{(?!var\.alarm_prefix\})", string)]
    assert not live, (name, live)
    return plain


def hcl(folder):
    """The Terraform parses, its attributes are documented, its variables are declared and used."""
    alarms = 0
    for path in sorted(pathlib.Path(folder).glob("*.tf")):
        text = without_escapes(path.name, path.read_text())
        document = hcl2.loads(text)
        declared = {bare(name) for variable in document.get("variable", []) for name in own(variable)}
        used = set(re.findall(r"\bvar\.(\w+)", text))
        assert declared == used, (path.name, declared ^ used)
        for resource in document.get("resource", []):
            for kind, named in own(resource).items():
                assert bare(kind) == "aws_cloudwatch_metric_alarm", (path.name, kind)
                for name, alarm in own(named).items():
                    check_alarm((path.name, name), alarm)
                    alarms += 1
    print(f"    {alarms} alarms of Terraform")
    check_lengths(folder)


{"fetch": fetch, "rules": rules, "hcl": hcl}[sys.argv[1]](*sys.argv[2:])
