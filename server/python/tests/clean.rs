//! Nothing is claimed of what cannot be known, and what is right is clean.
#![allow(clippy::expect_used, clippy::panic, clippy::print_stderr)]

mod given;

use std::path::PathBuf;

use flow::data_action::{DataAction, Definition, Script, import};
use given::{found, interface, main_with};
use python::{check, findings_in};

const INPUTS: &str = "user_id:integer, region:string";
const OUTPUTS: &str = "user_name:string, count:integer, score:number, success:boolean, at:datetime, detail:object, tags:array, error:string";

/// A file of the folder that the guides' facts stand in; says so when that
/// folder is not there.
fn shared(name: &str) -> Option<String> {
    let root = std::env::var_os("PATCHBAY_SHARED").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")),
        PathBuf::from,
    );
    let path = root.join(name);
    let text = std::fs::read_to_string(&path);
    if text.is_err() {
        eprintln!("SKIPPED: {} is not there", path.display());
    }
    text.ok()
}

#[test]
fn the_expected_script_is_clean_and_so_is_its_data_action() {
    let (Some(expected), Some(script)) = (
        shared("expected/data-action.json"),
        shared("expected/data-action-script.py"),
    ) else {
        return;
    };
    let expected: serde_json::Value = serde_json::from_str(&expected).expect("JSON");
    let body = expected["requests"][1]["body"].to_string();
    let action = import(&body).expect("a data action").data_action;
    assert_eq!(action.definition.code, Script::Text(script));
    assert_eq!(check(&action), []);
}

#[test]
fn decision_17_a_script_that_does_what_the_guides_does_is_clean() {
    let script = r#"
import requests
import json
import sys

def main(input_data):
    """Looks a user up."""
    user_id = input_data.get("user_id")
    if not user_id:
        return {
            "error": "user_id is missing",
            "success": False
        }
    url = f"https://users.example.org/{user_id}"
    headers = {
        "Accept": "application/json",
        "Content-Type": "application/json"
    }
    try:
        response = requests.get(url, headers=headers, timeout=10)
        response.raise_for_status()
        answer = response.json()
        output = {
            "user_name": answer.get("name", "?"),
            "user_email": answer.get("email", "?"),
            "user_phone": answer.get("phone", "?"),
            "success": True
        }
        return output
    except requests.exceptions.Timeout:
        return {
            "error": "Too slow.",
            "success": False
        }
    except requests.exceptions.HTTPError as e:
        if response.status_code == 404:
            return {
                "error": f"No user {user_id}",
                "success": False
            }
        else:
            return {
                "error": f"Status {response.status_code}",
                "success": False
            }
    except Exception as e:
        return {
            "error": f"Something else: {str(e)}",
            "success": False
        }
"#;
    let interface = interface(
        "user_id:integer",
        "user_name:string, user_email:string, user_phone:string, success:boolean, error:string",
    );
    assert_eq!(found(script, &interface), []);
    for end in ["\r\n", "\r"] {
        let script = script.replace('\n', end);
        assert_eq!(found(&script, &interface), [], "{end:?}");
    }
    let marked = format!("\u{feff}{script}");
    assert_eq!(
        found(&marked, &interface),
        [],
        "a byte order mark is no error"
    );
    let action = DataAction {
        name: "A".to_owned(),
        definition: Definition {
            name: "B".to_owned(),
            interface,
            code: Script::Text(script.to_owned()),
            ..Definition::default()
        },
        ..DataAction::default()
    };
    assert_eq!(check(&action), []);
}

/// Bodies of main of which nothing wrong can be known. Each reads and returns
/// all that there is, as far as it says.
const BODIES: &[&str] = &[
    // Inputs that go where nobody sees what is read.
    "return handle(input_data)",
    "return dict(**input_data)",
    "for key, value in input_data.items():\n    print(key, value)\nreturn answer()",
    "values = {key: input_data[key] for key in input_data}\nreturn answer(values)",
    "class Reader:\n    data = input_data\nreturn answer(Reader)",
    "for key in (\"user_id\", \"region\"):\n    print(input_data[key])\nreturn answer()",
    "user_id, region = (input_data.get(key) for key in KEYS)\nreturn answer(user_id, region)",
    "from operator import itemgetter\nreturn answer(*itemgetter(\"user_id\", \"region\")(input_data))",
    "match input_data:\n    case {\"user_id\": user_id, \"region\": region}:\n        return answer(user_id, region)\nraise ValueError",
    "return answer(f\"{input_data}\")",
    // What the script sets itself is no input.
    "input_data[\"now\"] = 1\nprint(input_data[\"now\"])\nreturn answer(input_data)",
    "input_data.setdefault(\"now\", 1)\nprint(input_data[\"now\"])\nreturn answer(input_data)",
    "input_data.update(now=1)\nprint(input_data[\"now\"])\nreturn answer(input_data)",
    "input_data.update(defaults())\nprint(input_data[\"now\"])\nreturn answer(input_data)",
    "enrich(input_data)\nprint(input_data[\"now\"])\nreturn answer(input_data)",
    // Another thing of the same name.
    "input_data = load(input_data)\nreturn answer(input_data[\"anything\"])",
    "print([input_data[\"x\"] for input_data in rows()], input_data)\nreturn answer()",
    "def inner(input_data):\n    return input_data[\"x\"]\nreturn answer(inner({\"x\": 1}), input_data)",
    "data = input_data\ndata = other()\nreturn answer(data[\"anything\"])",
    "global shared\nshared = input_data\nreturn answer(shared[\"anything\"])",
    // Every way to read.
    "user_id, region = input_data[\"user_id\"], input_data.get(\"region\")\nreturn answer(user_id, region)",
    "if \"user_id\" in input_data and input_data[\"region\"]:\n    pass\nreturn answer()",
    "data = input_data if input_data else {}\nreturn answer(data[\"user_id\"], data.pop(\"region\", None))",
    "get = lambda key: input_data[key]\nreturn answer(get(\"user_id\"), get(\"region\"))",
    // Results that cannot be known.
    "read(input_data)\nreturn requests.get(\"https://x.example\", timeout=5).json()",
    "read(input_data)\nout = {}\nfill(out)\nreturn out",
    "read(input_data)\nout = {\"temporary\": 1}\nreturn clean(out)",
    "read(input_data)\nout = {\"temporary\": 1}\nclean(out)\nreturn out",
    "read(input_data)\nout = {\"temporary\": 1}\nout = clean(out)\nreturn out",
    "read(input_data)\nout = {\"temporary\": 1}\nout.pop(\"temporary\")\nreturn answer(out)",
    "read(input_data)\nout = {\"temporary\": 1, **answer()}\ndel out[\"temporary\"]\nreturn out",
    "read(input_data)\nout = {\"temporary\": 1, **answer()}\nif out:\n    del out[\"temporary\"]\nreturn out",
    "read(input_data)\nout = {\"temporary\": 1}\nout.clear()\nout.update(answer())\nreturn out",
    "read(input_data)\nout = {\"temporary\": 1}\ndef strip():\n    out.pop(next(iter(out)))\nstrip()\nreturn out",
    "read(input_data)\nout = {\"temporary\": 1}\nboxes = [out]\nboxes[0].clear()\nreturn out",
    "read(input_data)\nout = {\"temporary\": 1}\nout = {key: value for key, value in out.items() if key in NAMES}\nreturn out",
    "read(input_data)\nreturn {key: 1 for key in NAMES}",
    "read(input_data)\nreturn {name(): 1}",
    "read(input_data)\nout = {}\nout[name()] = 1\nreturn out",
    "read(input_data)\nreturn answer() or {}",
    "read(input_data)\nreturn cached() if cached else answer()",
    "read(input_data)\nresult = None\nfor attempt in range(3):\n    result = answer()\nreturn result",
    "read(input_data)\nresult = None\ntry:\n    result = answer()\nexcept ValueError:\n    pass\nreturn result",
    "read(input_data)\nresult = None\nif input_data:\n    result = answer()\nreturn result",
    "read(input_data)\nif (out := answer()):\n    return out\nraise ValueError",
    "read(input_data)\nout = {\"temporary\": 1}\nprint(out := answer())\nreturn out",
    "read(input_data)\nout = {\"temporary\": 1}\nwith opened() as out:\n    pass\nreturn out",
    "read(input_data)\nout = {\"temporary\": 1}\nfor out in rows():\n    pass\nelse:\n    out = answer()\nreturn out",
    "read(input_data)\nout = {\"temporary\": 1}\nimport json as out\nreturn out.loads(\"{}\")",
    "read(input_data)\nout = {\"temporary\": 1}\n(out, more) = pair()\nreturn out",
    "read(input_data)\nglobal out\nout = {\"temporary\": 1}\nchange()\nreturn out",
    "read(input_data)\nout: dict = answer()\nreturn out",
    "read(input_data)\nout = {\"temporary\": 1}\nout = answer()\nreturn out",
    // A variable that holds something else before.
    "read(input_data)\ndata = {\"q\": 1}\ndata = requests.post(\"https://x.example\", json=data, timeout=5).json()\nreturn data",
    "read(input_data)\nresult = {\"q\": 1}\nprint(result)\nresult = answer()\nreturn result",
    "read(input_data)\nif input_data:\n    payload = {\"q\": 1}\n    send(payload)\npayload = answer()\nreturn payload",
    "read(input_data)\nout = {}\nother = {\"a\": 1} if ready() else (out := answer())\nprint(other)\nreturn out",
    "read(input_data)\nimport contextlib\nout = answer()\nwith contextlib.suppress(ValueError):\n    ask()\n    out = None\nreturn out",
    // Built-in names that are not what they were.
    "read(input_data)\ndict = build\nreturn dict(temporary=1)",
    "read(input_data)\njson = build()\nreturn json.dumps({})",
    // Paths that do not reach the end.
    "read(input_data)\ntry:\n    return answer()\nexcept ValueError:\n    raise",
    "read(input_data)\nwhile True:\n    if ready():\n        return answer()",
    "read(input_data)\nif input_data:\n    return answer()\nelse:\n    fail()",
    "read(input_data)\nif input_data:\n    return answer()\nimport sys\nsys.exit(1)",
    "read(input_data)\nwith requests.Session() as s:\n    return answer(s)",
    "read(input_data)\nimport contextlib\nwith contextlib.suppress(ValueError):\n    return answer()\nreturn answer()",
    "read(input_data)\ntry:\n    return answer()\nfinally:\n    close()",
    "read(input_data)\nfor attempt in range(3):\n    try:\n        return answer()\n    except ValueError:\n        if attempt == 2:\n            raise",
    "read(input_data)\nmatch input_data:\n    case {}:\n        return answer()\n    case _:\n        raise ValueError",
    "read(input_data)\nassert False, \"never\"",
    "raise NotImplementedError(input_data)",
    // Calls that are in time, or may be.
    "read(input_data)\nrequests.get(\"https://x.example\", timeout=30)\nreturn answer()",
    "read(input_data)\nrequests.get(\"https://x.example\", timeout=(3.05, 27))\nreturn answer()",
    "read(input_data)\nrequests.get(\"https://x.example\", timeout=wait())\nreturn answer()",
    "read(input_data)\nrequests.get(\"https://x.example\", **options)\nreturn answer()",
    "read(input_data)\nWAIT = 10\nrequests.get(\"https://x.example\", timeout=WAIT)\nreturn answer()",
    "read(input_data)\nanswer().get(\"https://x.example\")\nclient = answer()\nclient.get(\"x\")\nreturn answer()",
    "read(input_data)\nrequests.utils.quote(\"x\")\nrequests.codes.ok\nreturn answer()",
    "read(input_data)\ns = requests.Session()\ns.headers.update(a=1)\ns.headers.get(\"a\")\ns.get(\"https://x.example\", timeout=5)\nreturn answer()",
    "read(input_data)\ndef f(requests):\n    return requests.get(\"x\")\nreturn f(answer)",
];

/// Bodies that return all outputs in ways that can be followed.
const COMPLETE: &[&str] = &[
    "return {\"user_name\": \"\", \"count\": 1, \"score\": 1, \"success\": True, \"at\": \"\", \"detail\": {}, \"tags\": [], \"error\": None}",
    "return {\"user_name\": f\"{1}\", \"count\": -1, \"score\": 1.5, \"success\": not 1, \"at\": \"\", \"detail\": dict(), \"tags\": (1, 2), \"error\": str(1)}",
    "return dict(user_name=\"\", count=len(\"\"), score=float(1), success=bool(1), at=\"\", detail={}, tags=list(), error=\"\")",
    "out = dict.fromkeys(NAMES)\nout[\"anything\"] = 1\nreturn out",
    "out = {}\nfor name in NAMES:\n    out[name] = 1\nreturn out",
    "out = {\"user_name\": \"\"}\nout.update({\"count\": 1, \"score\": 2}, success=True)\nout[\"at\"] = \"\"\nout.setdefault(\"detail\", {})\nout |= {\"tags\": []}\nout = {**out, \"error\": \"\"}\nreturn out",
    "out = {\"user_name\": \"\", \"count\": 1, \"score\": 1, \"success\": True}\ntry:\n    out[\"at\"] = now()\n    out[\"detail\"] = more()\n    return out\nexcept ValueError as e:\n    out[\"tags\"] = []\n    out[\"error\"] = str(e)\nreturn out",
    "out = {\"count\": \"\"}\nout[\"count\"] = 5\nreturn {**out, \"user_name\": \"\", \"score\": 1, \"success\": True, \"at\": \"\", \"detail\": {}, \"tags\": [], \"error\": \"\"}",
    "out = {}\nfor step in steps():\n    if step.done:\n        return out\n    out[\"user_name\"] = \"\"\n    out.update(count=1, score=1, success=True, at=\"\", detail={}, tags=[], error=\"\")\nraise ValueError",
    "out = {\"user_name\": \"\", \"count\": 1, \"score\": 1, \"success\": True, \"at\": \"\", \"detail\": {}}\ntry:\n    return out\nfinally:\n    out[\"tags\"] = []\n    out.update(error=\"\")",
    "out = {}\nif ok():\n    out[\"user_name\"] = \"\"\n    out[\"count\"] = 1\nelif maybe():\n    out[\"score\"] = 1\n    out[\"success\"] = True\nelse:\n    out = {\"at\": \"\", \"detail\": {}}\nout[\"tags\"], out[\"error\"] = [], \"\"\nreturn out",
];

#[test]
fn nothing_is_claimed_of_what_cannot_be_known() {
    let interface = interface(INPUTS, OUTPUTS);
    let helpers =
        "def fail():\n    raise ValueError\n\n\ndef enrich(data):\n    data[\"now\"] = 1\n";
    for body in BODIES {
        let script = format!("{helpers}{}", main_with(body));
        assert_eq!(found(&script, &interface), [], "in\n{script}");
    }
}

#[test]
fn outputs_that_are_returned_in_pieces_are_returned() {
    let interface = interface("", OUTPUTS);
    for body in COMPLETE {
        let script = main_with(body);
        assert_eq!(found(&script, &interface), [], "in\n{script}");
    }
}

#[test]
fn a_main_that_is_made_elsewhere_is_not_judged() {
    let interface = interface(INPUTS, OUTPUTS);
    for script in [
        "import functools\n@functools.cache\ndef main(a, b):\n    return 5\n",
        "def handle(data):\n    return 5\nmain = handle\n",
        "from json import loads as main\n",
        "try:\n    def main(input_data):\n        return 5\nexcept ValueError:\n    main = None\n",
        "from os import *\n",
    ] {
        assert_eq!(found(script, &interface), [], "in\n{script}");
    }
}

#[test]
fn main_may_be_defined_in_every_way_that_can_be_called_with_the_inputs() {
    let interface = interface("user_id:integer", "success:boolean");
    for signature in [
        "input_data",
        "input_data, /",
        "input_data=None",
        "input_data, context=None",
        "input_data, *rest",
        "input_data, *, verbose=False",
        "input_data: dict, **more",
    ] {
        let body = "return {\"success\": input_data[\"user_id\"] > 0}";
        let script = format!("def main({signature}):\n    {body}\n");
        assert_eq!(found(&script, &interface), [], "in\n{script}");
    }
    let script = "def main(*args):\n    return {\"success\": args[0][\"user_id\"] > 0}\n";
    assert_eq!(found(script, &interface), [], "in\n{script}");
    let nested = "if True:\n    def main(input_data):\n        return {\"success\": input_data[\"user_id\"] > 0}\n";
    assert_eq!(found(nested, &interface), [], "in\n{nested}");
}

#[test]
fn what_python_has_from_its_3_9_to_its_3_14_is_python() {
    for script in [
        "match = 1\ncase = match\ntype = case\n",
        "match 1:\n    case [1, *rest] | {\"a\": rest}:\n        pass\n",
        "type A[T: int] = list[T]\ndef f[T](x: T, /, y, *, z) -> T: ...\n",
        "try:\n    pass\nexcept* ValueError:\n    pass\n",
        "x = f\"{f'{1}' 'a'!r:>{10}}\"\nx = f\"{'a' if 1 else \"b\"}\"\n",
        "with (open(\"a\") as a, open(\"b\") as b):\n    pass\n",
        "async def f():\n    return [x async for x in y if await x]\n",
        "def f(): return (i for i in x if await i)\n",
        "x = t\"{1}\"\n",
        "def f():\n    return (yield)\ng = lambda: (yield)\n",
        "if (n := 10) > 5: print(n)\n",
        "class A:\n    x = 1\n    def f(self): return self.x\n",
        "for x in []:\n    while 1:\n        break\n    else:\n        continue\n",
        "@a.b[0](1)\ndef f(): pass\n",
        "print(*a, **b, sep='')\nx = a if b else c\nx = *a, b\ndel x, (y, z)\n",
    ] {
        let script = format!("{script}def main(input_data): return {{}}\n");
        let findings = findings_in(&script, None);
        assert_eq!(findings, [], "in\n{script}");
    }
}

#[test]
fn what_python_itself_takes_is_not_too_deep() {
    let main = "def main(input_data): return {}\n";
    let blocks: String = (0..99)
        .map(|depth| format!("{}if 1:\n", " ".repeat(depth)))
        .collect();
    let lambdas: String = (0..400)
        .map(|number| format!("\"{number}\": lambda a, b=1: a + b, "))
        .collect();
    for script in [
        format!("x = {}1{}\n", "(".repeat(200), ")".repeat(200)),
        format!("{blocks}{}pass\n", " ".repeat(99)),
        format!("x = a{}\n", " + a".repeat(2_900)),
        format!("x = {}1\n", "1 if 1 else ".repeat(1_400)),
        format!("x = {{{lambdas}}}\n"),
        format!("x = [{}]\n", "-a.b[0](1), ".repeat(3_000)),
        format!("x = ({})\n", "\"a\" ".repeat(5_000)),
        format!("x = a\n{}", "x = x.a(b).c\n".repeat(3_000)),
    ] {
        let findings = findings_in(&format!("{script}{main}"), None);
        assert_eq!(findings, [], "{} …", &script[..40]);
    }
}

#[test]
fn a_bracket_that_is_left_open_is_an_error_of_syntax_however_long_the_script_is() {
    let lines =
        "value = value.get(1) + 2 * 3 if not value else -value\nprint(value, lambda x: x)\n";
    let script = format!("x = (1,\n{}", lines.repeat(500));
    let findings = findings_in(&script, None);
    let codes: Vec<_> = findings
        .iter()
        .map(|finding| finding.problem.code.as_str())
        .collect();
    assert_eq!(codes, ["script-syntax"]);
    let said = &findings[0].problem.message;
    assert!(said.contains("“(” of line 1 is still open"), "{said}");
}
