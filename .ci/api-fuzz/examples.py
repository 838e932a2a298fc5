"""Makes one of everything that the API names by an id, and spare ones to be
deleted, and writes how Schemathesis is to name them: often what is there, and
now and then what is not.

Takes the address of the server and the cookie of a session, and writes the
configuration to the standard output."""

import json
import sys
import urllib.error
import urllib.request

base, cookie = sys.argv[1:]
SANDBOX = "sandbox"
OFTEN = 0.8
SPARE = 5


def call(method, path, body=None):
    request = urllib.request.Request(
        base + path,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={
            "Cookie": cookie,
            "X-Console": "1",
            "Sec-Fetch-Site": "same-origin",
            "Content-Type": "application/json",
        },
    )
    try:
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        sys.exit(f"{method} {path}: {error.code} {error.read().decode()}")


def made(path, body):
    return call("POST", path, body)["id"]


def flow(name, template="phone-lookup"):
    return made("/api/flows", {"start": {"template": template}, "name": name})


def account(name):
    email = f"{name.lower().replace(' ', '.')}@example.org"
    password = "correct horse battery"
    return made("/api/accounts", {"email": email, "name": name, "role": "editor", "password": password})


def connection(name):
    # Nobody listens there, so that nothing leaves this machine.
    return made(
        "/api/connections",
        {"name": name, "apiUrl": "http://127.0.0.1:9", "clientId": "nobody", "clientSecret": "nothing"},
    )


def action(name):
    return call("POST", "/api/data-actions", {"start": "example"})["summary"]["id"]


def webhook(name):
    draft = {"name": name, "url": "https://hooks.sandbox.invalid/crm", "events": []}
    return call("POST", "/api/webhooks", draft)["webhook"]["id"]


def contact(name):
    fields = {"externalContactId": name.replace(" ", "-"), "name": name, "voice": "+15551234567"}
    fields["interactionDurationSeconds"] = 600
    return made("/api/contacts", {"connection": SANDBOX, "contact": fields})


def contact_import(name):
    return made(
        "/api/contact-imports",
        {
            "key": name,
            "fileName": "people.csv",
            "text": "id,name,phone\nE-1,Ann,+15551234568\n",
            "columns": ["externalContactId", "name", "voice"],
            "connection": SANDBOX,
        },
    )


there = {"flow": [flow("One"), flow("Two")], "connection": [SANDBOX]}
there |= {"account": [account("One")], "action": [action("One")], "webhook": [webhook("One")]}
there |= {"contact": [contact("One")], "import": [contact_import("One")]}
first = there["flow"][0]
begin = {"key": "a click", "connection": SANDBOX}
there["publish"] = [made(f"/api/flows/{first}/publishes", begin)]
there["upload"] = [made(f"/api/data-actions/{there['action'][0]}/uploads", begin)]
there["delivery"] = [made(f"/api/webhooks/{there['webhook'][0]}/test", {})]
there["batch"] = [
    made(
        "/api/batches",
        {
            "key": "a batch",
            "change": {"link": {"module": flow("A module", "shared-authentication"), "label": "Execute"}},
            "flows": [flow("A call", "empty-call-flow")],
            "publish": False,
        },
    )
]
# What exists only upstream is opened from there.
there["upstream"] = [item["id"] for item in call("GET", f"/api/connections/{SANDBOX}/flows")]
there["template"] = ["phone-lookup", "empty-call-flow", "email-router", "shared-authentication"]
deletable = {"flow": flow, "connection": connection, "account": account, "action": action, "webhook": webhook}
spare = {kind: [make(f"Spare {number}") for number in range(SPARE)] for kind, make in deletable.items()}

for name, ids in there.items():
    print(f"[dictionaries.{name}]\nvalues = {json.dumps(ids)}\n")
for name, ids in spare.items():
    print(f"[dictionaries.spare-{name}]\nvalues = {json.dumps(ids)}\n")


def named(place, dictionary):
    # Who tries all this must not change what they may do themselves.
    often = 1.0 if place == "path.account" else OFTEN
    print(f'"{place}" = {{ dictionary = "{dictionary}", probability = {often} }}')


# What lies behind does not answer: no fault of this server, and described.
print('[checks.not_a_server_error]\nexpected-statuses = ["2xx", "3xx", "4xx", 502]\n')
print("[parameters]")
for name in sorted(there.keys() - {"upstream", "template"}):
    named(f"path.{name}", name)
for place in ["query.connection", "body.connection"]:
    named(place, "connection")
for place in ["body.flows[*]", "body.flow"]:
    named(place, "flow")
named("body.start.template", "template")
named("body.which.id", "upstream")
named("body.upstreamId", "upstream")
# A connection that is changed may be called at another address then.
for method, names in {"DELETE": spare, "PUT": ["connection"]}.items():
    print(f'\n[[operations]]\ninclude-method = "{method}"\n[operations.parameters]')
    for name in names:
        named(f"path.{name}", f"spare-{name}")
