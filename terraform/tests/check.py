#!/usr/bin/env python3
"""Checks what no single assertion can see: every resource of a plan, docs/runbook.md, docs/metrics.md.

usage: check.py <output of `terraform test -json -verbose` in modules/system>

Prints one line for each rule and fails when any is broken. Each rule is a function that yields what
breaks it, and is run a second time with a fault planted for it, which it must find.
"""

import copy
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PUBLIC = ("allUsers", "allAuthenticatedUsers")
BASIC = ("roles/owner", "roles/editor", "roles/viewer")
# What names tenants: a version is added to it, and none is taken away.
TENANT_LIST = re.compile(r"module\.service\[.+\]\.google_secret_manager_secret_version\.settings")


def resources(module):
    yield from module.get("resources", [])
    for child in module.get("child_modules", []):
        yield from resources(child)


def read(report):
    """The state after the first run, the outputs there, and the changes of every planned run."""
    state, plans = None, {}
    for line in report.read_text().splitlines():
        event = json.loads(line)
        if event["type"] == "test_state" and state is None:
            state = event["test_state"]
        if event["type"] == "test_plan":
            plans[event["@testrun"]] = event["test_plan"]["resource_changes"]
    return {
        "resources": list(resources(state["root_module"])),
        "outputs": {name: output["value"] for name, output in state["outputs"].items()},
        "plans": plans,
        "runbook": (ROOT / "docs/runbook.md").read_text(),
        "metrics": (ROOT / "docs/metrics.md").read_text(),
        "services": {name: settings_of(name) for name in ("ingest-service", "sync-service")},
        "mappings": (ROOT / "sync-service/src/main/java/dev/twofold/sync/mapping/Mappings.java").read_text(),
        "hubspot": json.loads((ROOT / "docs/hubspot-app/src/app/webhooks/webhooks-hsmeta.json").read_text()),
        "terraform": "\n".join(path.read_text() for path in sorted(ROOT.glob("terraform/**/*.tf"))),
    }


def settings_of(service):
    """What a service reads from its environment: its short names, and the components of its settings."""
    folder = ROOT / service / "src/main"
    texts = [path.read_text() for path in folder.glob("resources/application*")]
    records = [path.read_text() for path in folder.glob("java/**/*Settings.java")]
    return {
        "short": set(re.findall(r"\$\{([A-Z][A-Z0-9_]+)", "\n".join(texts))),
        "components": {word.lower() for word in re.findall(r"\w+", "\n".join(records))},
    }


def grants(seen):
    return [each for each in seen["resources"] if "_iam_" in each["type"] and "custom_role" not in each["type"]]


def everybody_calls_ingest_alone(seen):
    for grant in grants(seen):
        members = grant["values"].get("members") or [grant["values"].get("member")]
        if any(member in PUBLIC for member in members):
            if grant["address"] != 'module.service["ingest"].google_cloud_run_v2_service_iam_member.invoker["everybody"]':
                yield grant["address"]


def nobody_has_a_basic_role(seen):
    for grant in grants(seen):
        if grant["values"].get("role") in BASIC:
            yield grant["address"]


def grants_add_and_never_replace(seen):
    for grant in grants(seen):
        if not grant["type"].endswith("_iam_member"):
            yield grant["address"] + " would take away what others were granted"


def there_are_no_keys(seen):
    for each in seen["resources"]:
        if each["type"] == "google_service_account_key":
            yield each["address"]


def project_grants_have_no_narrower_place(seen):
    allowed = {
        "roles/cloudbuild.builds.approver",
        "roles/containeranalysis.notes.editor",
        "roles/containeranalysis.occurrences.editor",
        "roles/logging.logWriter",
        "roles/logging.viewer",
        "roles/telemetry.metricsWriter",
        "roles/telemetry.tracesWriter",
    }
    own = {each["values"]["name"] for each in seen["resources"] if each["type"] == "google_project_iam_custom_role"}
    for grant in grants(seen):
        if grant["type"] == "google_project_iam_member":
            role = grant["values"]["role"]
            if role not in allowed | own and not grant["values"].get("condition"):
                yield f"{grant['address']}: {role} without a condition"


def every_service_is_its_own_account(seen):
    accounts = [
        each["values"]["template"][0]["service_account"]
        for each in seen["resources"]
        if each["type"] == "google_cloud_run_v2_service"
    ]
    if len(accounts) != len(set(accounts)) or not accounts:
        yield f"accounts of the services: {accounts}"


def services_read_what_they_are_given(seen):
    """A setting that a service no longer knows would be given in vain."""
    for each in seen["resources"]:
        if each["type"] != "google_cloud_run_v2_service":
            continue
        service = "ingest-service" if each["values"]["name"] == "twofold-ingest" else "sync-service"
        known = seen["services"][service]
        for variable in each["values"]["template"][0]["containers"][0]["env"]:
            name = variable["name"]
            if name.startswith("TWOFOLD_"):
                read = name.rsplit("_", 1)[1].lower() in known["components"]
            else:
                read = name in known["short"] or name.startswith(("SPRING_", "MANAGEMENT_"))
            if not read:
                yield f"{service} reads no {name}"


def nothing_secret_is_in_the_state(seen):
    for each in seen["resources"]:
        if each["type"] == "google_secret_manager_secret_version" and not TENANT_LIST.fullmatch(each["address"]):
            yield each["address"]


def one_more_tenant_only_adds(seen):
    changes = seen["plans"]["second_tenant"]
    if not any(change["change"]["actions"] == ["create"] for change in changes):
        yield "one more tenant adds nothing"
    for change in changes:
        actions = change["change"]["actions"]
        if actions not in (["no-op"], ["create"], ["read"]) and not TENANT_LIST.fullmatch(change["address"]):
            yield f"{change['address']}: {actions}"
        if actions == ["create"] and "acme-eu" not in change["address"]:
            yield f"{change['address']} is not the new tenant's"


def headings_with_an_alert(runbook):
    """Pairs of alert and heading: a line `Alert: name` stands below the heading that it leads to."""
    heading = None
    for line in runbook.splitlines():
        if line.startswith("#"):
            heading = line.lstrip("#").strip()
        found = re.fullmatch(r"Alert: `([a-z_]+)`\.", line.strip())
        if found:
            yield found.group(1), heading


def alerts_and_runbook_match(seen):
    ours, theirs = seen["outputs"]["alerts"], list(headings_with_an_alert(seen["runbook"]))
    if len(theirs) != len(dict(theirs)) or len(theirs) != len({heading for _, heading in theirs}):
        yield "docs/runbook.md names an alert or a heading twice"
    for alert in sorted(ours.keys() - dict(theirs).keys()):
        yield f"alert {alert} has no heading in docs/runbook.md"
    for alert, heading in theirs:
        if ours.get(alert) != heading:
            yield f"docs/runbook.md has '{heading}' for {alert}, the alert says '{ours.get(alert)}'"


def alerts_say_what_to_do(seen):
    for each in seen["resources"]:
        if each["type"] == "google_monitoring_alert_policy":
            heading = each["values"]["display_name"].removeprefix("Twofold: ")
            text = each["values"]["documentation"][0]["content"]
            if f'docs/runbook.md, "{heading}"' not in text or len(text) < 150:
                yield each["address"]
            if not each["values"]["alert_strategy"][0]["auto_close"]:
                yield each["address"] + " never ends by itself"


def listed_metrics(table):
    """Kind of every figure in the table of docs/metrics.md, by name."""
    rows = re.findall(r"^\| `(twofold\.[a-z.]+)` \| ([a-z]+)", table, re.MULTILINE)
    return dict(rows)


def metrics_are_exported(seen):
    listed = listed_metrics(seen["metrics"])
    if not listed:
        yield "docs/metrics.md lists nothing"
    for name, kind in seen["outputs"]["metrics"].items():
        if listed.get(name) != kind:
            yield f"{name} is a {kind} in Terraform, and {listed.get(name, 'nothing')} in docs/metrics.md"
    known = seen["outputs"]["metrics"].keys()
    for name in set(re.findall(r"\btwofold\.(?:[a-z_]+\.)*[a-z_]+(?=[\"/`])", seen["terraform"])):
        if name not in known:
            yield f"{name} is named in Terraform beside the list in modules/monitoring/metrics.tf"


def mapped_properties(source):
    """HubSpot's properties of the fields that a new tenant starts with and that are not off."""
    fields = re.findall(
        r"FieldMapping\s*\.both\(\s*\"\w+\",\s*FieldKind\.\w+,\s*List\.of\(([^)]*)\)[^;]*;", source
    )
    whole = re.findall(r"FieldMapping\s*\.both\([^;]*;", source)
    for properties, text in zip(fields, whole, strict=True):
        if "Direction.OFF" not in text:
            yield from re.findall(r"\"(\w+)\"", properties)


def hubspot_tells_of_every_mapped_property(seen):
    told = [each for each in seen["hubspot"]["config"]["subscriptions"]["crmObjects"] if each["active"]]
    mapped = set(mapped_properties(seen["mappings"]))
    if not mapped:
        yield "no mapped property was found in Mappings.java"
    for name in mapped - {each.get("propertyName") for each in told}:
        yield f"docs/hubspot-app subscribes to no change of {name}"
    for kind in ("creation", "deletion", "merge", "restore"):
        if not any(each["subscriptionType"] == f"object.{kind}" for each in told):
            yield f"docs/hubspot-app does not subscribe to {kind}"


RULES = [
    everybody_calls_ingest_alone,
    nobody_has_a_basic_role,
    grants_add_and_never_replace,
    there_are_no_keys,
    project_grants_have_no_narrower_place,
    every_service_is_its_own_account,
    services_read_what_they_are_given,
    nothing_secret_is_in_the_state,
    one_more_tenant_only_adds,
    alerts_and_runbook_match,
    alerts_say_what_to_do,
    metrics_are_exported,
    hubspot_tells_of_every_mapped_property,
]


def planted(seen):
    """For each rule, what is seen with a fault that the rule must find."""

    def resource(kind, **values):
        def plant(world):
            world["resources"].append({"address": f"{kind}.planted", "type": kind, "values": values})

        return plant

    def a_tenant_that_changes_others(world):
        world["plans"]["second_tenant"].append(
            {"address": "google_cloud_tasks_queue.main", "change": {"actions": ["delete", "create"]}}
        )

    def an_alert_without_words(world):
        for each in world["resources"]:
            if each["type"] == "google_monitoring_alert_policy":
                each["values"]["documentation"][0]["content"] = "Look."

    def one_account_for_two(world):
        found = [each for each in world["resources"] if each["type"] == "google_cloud_run_v2_service"]
        found[0]["values"]["template"][0]["service_account"] = found[1]["values"]["template"][0]["service_account"]

    def a_setting_nobody_reads(world):
        found = [each for each in world["resources"] if each["type"] == "google_cloud_run_v2_service"]
        found[0]["values"]["template"][0]["containers"][0]["env"].append({"name": "NOBODY_READS"})

    def a_heading_that_is_gone(world):
        world["runbook"] = world["runbook"].replace("Alert: `dead_letters`.", "")

    def a_figure_of_another_kind(world):
        world["metrics"] = world["metrics"].replace("| `twofold.freshness` | histogram", "| `twofold.freshness` | gauge")

    def a_property_that_is_not_told(world):
        told = world["hubspot"]["config"]["subscriptions"]["crmObjects"]
        told[:] = [each for each in told if each.get("propertyName") != "phone"]

    member = "google_project_iam_member"
    return {
        everybody_calls_ingest_alone: resource("google_pubsub_topic_iam_member", member="allUsers", role="roles/pubsub.publisher"),
        nobody_has_a_basic_role: resource(member, member="user:eve@example.com", role="roles/editor", condition=[{}]),
        grants_add_and_never_replace: resource("google_project_iam_binding", members=["user:eve@example.com"], role="roles/run.viewer"),
        there_are_no_keys: resource("google_service_account_key"),
        project_grants_have_no_narrower_place: resource(member, member="user:eve@example.com", role="roles/pubsub.publisher"),
        every_service_is_its_own_account: one_account_for_two,
        services_read_what_they_are_given: a_setting_nobody_reads,
        nothing_secret_is_in_the_state: resource("google_secret_manager_secret_version"),
        one_more_tenant_only_adds: a_tenant_that_changes_others,
        alerts_and_runbook_match: a_heading_that_is_gone,
        alerts_say_what_to_do: an_alert_without_words,
        metrics_are_exported: a_figure_of_another_kind,
        hubspot_tells_of_every_mapped_property: a_property_that_is_not_told,
    }


def main():
    seen = read(pathlib.Path(sys.argv[1]))
    failed = 0
    for rule in RULES:
        broken = sorted(set(rule(seen)))
        world = copy.deepcopy(seen)
        planted(seen)[rule](world)
        blind = len(set(rule(world))) <= len(broken)
        words = rule.__name__.replace("_", " ")
        print(f"{'FAILED' if broken or blind else 'passed'}  {words}")
        for each in broken:
            print(f"        {each}")
        if blind:
            print("        does not see the fault that was planted for it")
        failed += bool(broken or blind)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
