//! Every rule that reads scripts, by scripts that break it.
#![allow(clippy::expect_used, clippy::panic)]

mod given;

use std::collections::BTreeSet;

use flow::{
    Problem,
    check::rule,
    data_action::{DataAction, Definition, RULES, Script},
};
use given::{found, interface, main_with, shown, suggested};
use python::{check, findings_in};

const INPUTS: &str = "user_id:integer";
const OUTPUTS: &str = "user_name:string, success:boolean";

/// A rule, the script that breaks it, what is blamed, and what is said.
struct Breach {
    code: &'static str,
    script: String,
    blamed: &'static str,
    said: &'static str,
    /// The script after the suggestion, if one is made.
    after: Option<&'static str>,
}

fn breach(
    code: &'static str,
    script: impl Into<String>,
    blamed: &'static str,
    said: &'static str,
) -> Breach {
    Breach {
        code,
        script: script.into(),
        blamed,
        said,
        after: None,
    }
}

impl Breach {
    /// What stands in the script after the suggestion was taken.
    fn becomes(mut self, after: &'static str) -> Self {
        self.after = Some(after);
        self
    }
}

/// A body of main that is clean, but for what is put before its return.
fn body(code: &'static str, line: &str, blamed: &'static str, said: &'static str) -> Breach {
    let rest =
        "name = str(input_data[\"user_id\"])\nreturn {\"user_name\": name, \"success\": True}";
    breach(code, main_with(&format!("{line}\n{rest}")), blamed, said)
}

/// A body of main that reads its input and ends so.
fn ending(code: &'static str, lines: &str, blamed: &'static str, said: &'static str) -> Breach {
    let body = format!("user_id = input_data[\"user_id\"]\n{lines}");
    breach(code, main_with(&body), blamed, said)
}

/// A script with a clean main below a line.
fn above(code: &'static str, line: &str, blamed: &'static str, said: &'static str) -> Breach {
    let clean = "def main(input_data):\n    return {\"user_name\": str(input_data[\"user_id\"]), \"success\": True}\n";
    breach(code, format!("{line}\n{clean}"), blamed, said)
}

fn syntax() -> Vec<Breach> {
    let code = "script-syntax";
    vec![
        breach(
            code,
            "def main(input_data)\n    return {}\n",
            "\n",
            "“:” is missing before the end of the line. Correct line 1, column 21",
        ),
        breach(
            code,
            "def main(input_data):\nreturn {}\n",
            "return",
            "expected an indented block after function definition. Correct line 2, column 1",
        ),
        breach(
            code,
            "def main(input_data):\n    print \"hello\"\n    return {}\n",
            "\"hello\"",
            "two statements stand in one line",
        ),
        breach(
            code,
            "def main(input_data):\n    x = {\"é\": 1\n    return x\n",
            "return",
            "“{” of line 2 is still open. Correct line 3",
        ),
        breach(
            code,
            "def main(input_data):\n    x = foo(1,\n",
            "",
            "the script ends in the middle of a statement",
        ),
        breach(code, "x = \"abc\n", "\"abc", "a text is not closed"),
        breach(
            code,
            "def main(input_data):\n        x = 1\n    return {}\n",
            "    ",
            "indented like no block around it",
        ),
        breach(
            code,
            "x = 1\n  y = 2\n",
            "  ",
            "nothing above it opens a block",
        ),
        breach(code, "x = 'a\0'\n", "\0", "the character NUL cannot stand"),
        breach(
            code,
            "x = $1\n",
            "$",
            "the character “$” has no meaning here",
        ),
        breach(
            code,
            "x = f\"{a!q}\"\n",
            "q",
            "f-string: invalid conversion character",
        ),
        breach(code, "class = 5\n", "=", "expected an identifier"),
        breach(
            code,
            "x = 0777\n",
            "0777",
            "invalid decimal integer literal",
        ),
        above(
            code,
            "return {}",
            "return {}",
            "“return” stands outside of a function",
        ),
        above(
            code,
            "if True:\n    break",
            "break",
            "“break” stands outside of a loop",
        ),
        above(
            code,
            "for x in []:\n    def f():\n        continue",
            "continue",
            "“continue” stands outside of a loop",
        ),
        above(
            code,
            "for x in []:\n    pass\nelse:\n    break",
            "break",
            "outside of a loop",
        ),
        above(
            code,
            "yield 1",
            "yield 1",
            "“yield” stands outside of a function",
        ),
        above(
            code,
            "def f(x):\n    await x",
            "await x",
            "“await” stands outside of an async function",
        ),
        above(
            code,
            "def f(x):\n    async with x:\n        pass",
            "async with x:\n        pass",
            "“async with” stands outside",
        ),
        above(
            code,
            "def f(x):\n    async for y in x:\n        pass",
            "async for y in x:\n        pass",
            "“async for” stands outside",
        ),
        above(
            code,
            "def f(a, b, a):\n    pass",
            "a",
            "the parameter “a” is there twice",
        ),
        above(code, "f = lambda a, *, a: 1", "a", "is there twice"),
        above(
            code,
            "def f():\n    from json import *",
            "from json import *",
            "“import *” stands inside of a function",
        ),
    ]
}

fn depths() -> Vec<Breach> {
    let code = "script-too-deep";
    let blocks: String = (0..100)
        .map(|depth| format!("{}if 1:\n", " ".repeat(depth)))
        .collect();
    let lines = [
        (
            format!("x = {}1{}\n", "(".repeat(201), ")".repeat(201)),
            "More than 200 brackets",
        ),
        (
            format!("{blocks}{}pass\n", " ".repeat(100)),
            "More than 99 blocks",
        ),
        (
            format!("x = a{}\n", ".b".repeat(4_000)),
            "More than 3000 operations",
        ),
        (format!("x = {}1\n", "not ".repeat(4_000)), "operations"),
        (format!("x = {}1\n", "lambda: ".repeat(4_000)), "operations"),
        (
            format!("x = {}1{}\n", "lambda x=".repeat(17), ": 1".repeat(17)),
            "More than 16 lambdas",
        ),
        (
            format!("x = {}{}", "[".repeat(190), "\n".repeat(60_000)),
            "Too many lines",
        ),
        (
            format!(
                "x = \"\"\"{}\"\"\"\ny = {}1",
                "\n".repeat(500),
                "(".repeat(201)
            ),
            "More than 200 brackets",
        ),
    ];
    let breaches = lines.into_iter();
    breaches
        .map(|(script, said)| breach(code, script, "", said))
        .collect()
}

fn mains() -> Vec<Breach> {
    let returns = "\n    return {\"user_name\": str(input_data[\"user_id\"]), \"success\": True}\n";
    let def = |signature: &str| format!("{signature}:{returns}");
    vec![
        breach(
            "script-main-missing",
            "import requests\n",
            "",
            "There is no function “main”",
        ),
        breach(
            "script-main-missing",
            def("def handler(input_data)"),
            "",
            "Define def main(input_data):",
        ),
        breach(
            "script-main-missing",
            def("def Main(input_data)"),
            "Main",
            "“Main” is defined, and the platform calls “main”",
        )
        .becomes("def main(input_data)"),
        breach(
            "script-main-missing",
            "class A:\n    def main(self):\n        return {}\n",
            "",
            "There is no function “main” at the top level",
        ),
        breach(
            "script-main-async",
            def("async def main(input_data)"),
            "main",
            "gives a coroutine",
        ),
        breach(
            "script-main-parameters",
            "def main():\n    return {\"user_name\": \"\", \"success\": True}\n",
            "main()",
            "this one takes none",
        ),
        breach(
            "script-main-parameters",
            def("def main(input_data, context)"),
            "main(input_data, context)",
            "this one wants 2",
        ),
        breach(
            "script-main-parameters",
            def("def main(input_data, *, region)"),
            "main(input_data, *, region)",
            "this one wants “region” as well",
        ),
        breach(
            "script-main-parameters",
            "def main(**input_data):\n    return {\"user_name\": \"\", \"success\": True}\n",
            "main(**input_data)",
            "this one takes none",
        ),
        breach(
            "script-main-parameter-name",
            "def main(event):\n    return {\"user_name\": str(event[\"user_id\"]), \"success\": True}\n",
            "event",
            "is named “event”",
        ),
    ]
}

fn imports() -> Vec<Breach> {
    let code = "script-import";
    vec![
        above(code, "import pandas", "pandas", "“pandas” is not there"),
        above(
            code,
            "import json, numpy.linalg as la",
            "numpy.linalg",
            "“numpy” is not there",
        ),
        above(
            code,
            "from urllib3.util import Retry",
            "urllib3.util",
            "“urllib3” is not there",
        ),
        above(
            code,
            "import Requests",
            "Requests",
            "Did you mean “requests”?",
        ),
        above(
            code,
            "import request",
            "request",
            "Did you mean “requests”?",
        ),
        above(
            code,
            "def f():\n    import yaml",
            "yaml",
            "“yaml” is not there",
        ),
        above(
            code,
            "try:\n    import ujson\nexcept ImportError:\n    import json",
            "ujson",
            "is not there",
        ),
        above(
            code,
            "import importlib\nx = importlib.import_module(\"pandas\")",
            "\"pandas\"",
            "“pandas” is not there",
        ),
        above(
            "script-import-relative",
            "from . import settings",
            "from . import settings",
            "no other stands beside it",
        ),
        above(
            "script-import-relative",
            "from .settings import KEY",
            "from .settings import KEY",
            "into the script itself",
        ),
        above(
            "script-import-dynamic",
            "x = __import__(name)",
            "__import__(name)",
            "only known when the script runs",
        ),
        above(
            "script-import-dynamic",
            "from importlib import import_module\nx = import_module(name)",
            "import_module(name)",
            "Write import",
        ),
        above(
            "script-import-dynamic",
            "import importlib as i\nx = i.import_module(f\"a{1}\")",
            "i.import_module(f\"a{1}\")",
            "Write import",
        ),
    ]
}

fn inputs() -> Vec<Breach> {
    let code = "script-input-undeclared";
    let reading =
        |line: &str, blamed: &'static str, said: &'static str| body(code, line, blamed, said);
    let unread = |lines: &str| {
        ending(
            "script-input-unused",
            lines,
            "inputs[0]",
            "never reads the input “user_id”",
        )
    };
    let mut unused = unread("");
    unused.script = main_with("return {\"user_name\": \"\", \"success\": True}");
    let mut alone = unread("");
    alone.script = main_with(
        "if not input_data:\n    raise ValueError(\"no inputs\")\nreturn {\"user_name\": \"\", \"success\": True}",
    );
    vec![
        reading(
            "x = input_data[\"region\"]",
            "\"region\"",
            "“region” is read and is no input. Declared are “user_id”",
        ),
        reading(
            "x = input_data.get('region', 1)",
            "'region'",
            "“region” is read",
        ),
        reading(
            "x = \"region\" in input_data",
            "\"region\"",
            "“region” is read",
        ),
        reading(
            "x = input_data.pop(\"region\")",
            "\"region\"",
            "“region” is read",
        ),
        reading(
            "data = input_data\nx = data[\"region\"]",
            "\"region\"",
            "“region” is read",
        ),
        reading(
            "data = input_data or {}\nx = data.get(\"region\")",
            "\"region\"",
            "“region” is read",
        ),
        reading(
            "data = dict(input_data)\nmore = data\nx = more[\"region\"]",
            "\"region\"",
            "“region” is read",
        ),
        reading(
            "input_data = input_data or {}\nx = input_data[\"region\"]",
            "\"region\"",
            "“region” is read",
        ),
        reading(
            "x = [input_data[\"region\"] for _ in range(2)]",
            "\"region\"",
            "“region” is read",
        ),
        reading(
            "def f():\n    return input_data[\"region\"]",
            "\"region\"",
            "“region” is read",
        ),
        reading(
            "print(f\"{input_data['region']}\")",
            "'region'",
            "“region” is read",
        ),
        ending(
            code,
            "id = input_data[\"User_id\"]\nreturn {\"user_name\": \"\", \"success\": True}",
            "\"User_id\"",
            "“User_id” is read, “user_id” is declared",
        )
        .becomes("id = input_data[\"user_id\"]"),
        ending(
            code,
            "id = input_data.get('USER_ID')\nreturn {\"user_name\": \"\", \"success\": True}",
            "'USER_ID'",
            "Capitals matter: read “user_id”",
        )
        .becomes("id = input_data.get('user_id')"),
        unused,
        alone,
    ]
}

fn returns() -> Vec<Breach> {
    let undeclared = |lines: &str, blamed: &'static str| {
        ending(
            "script-output-undeclared",
            lines,
            blamed,
            "is returned and is no output. Declared are “user_name”, “success”",
        )
    };
    let other = |lines: &str, blamed: &'static str, said: &'static str| {
        ending("script-return-no-dictionary", lines, blamed, said)
    };
    let complete = "return {\"user_name\": \"\", \"success\": True}";
    vec![
        undeclared(
            "return {\"user_name\": \"\", \"success\": True, \"name\": 1}",
            "\"name\"",
        ),
        undeclared("return dict(user_name=\"\", success=True, name=1)", "name"),
        undeclared(
            "return {\"user_name\": \"\", \"success\": True, **{\"name\": 1}}",
            "\"name\"",
        ),
        undeclared(
            "return {\"user_name\": \"\", \"success\": True} | {\"name\": 1}",
            "\"name\"",
        ),
        undeclared(
            "return {\"user_name\": \"\", \"success\": True} if user_id else {\"name\": 1}",
            "\"name\"",
        ),
        undeclared(
            "out = {\"user_name\": \"\"}\nout[\"success\"] = True\nout[\"name\"] = 1\nreturn out",
            "\"name\"",
        ),
        undeclared(
            "out = {}\nout.update({\"user_name\": \"\", \"name\": 1}, success=True)\nreturn out",
            "\"name\"",
        ),
        undeclared(
            "out = {}\nout.update(user_name=\"\", success=True, name=1)\nreturn out",
            "name",
        ),
        undeclared(
            "out = dict(user_name=\"\", success=True)\nout.setdefault(\"name\", 1)\nreturn out",
            "\"name\"",
        ),
        undeclared(
            "out = {\"user_name\": \"\", \"success\": True}\nif user_id:\n    out[\"name\"] = 1\nreturn out",
            "\"name\"",
        ),
        undeclared(
            "if user_id:\n    out = {\"user_name\": \"\", \"success\": True}\nelse:\n    out = {\"name\": 1}\nreturn out",
            "\"name\"",
        ),
        undeclared(
            "out = {}\nresult = out\nresult[\"name\"] = 1\nout[\"user_name\"] = \"\"\nout[\"success\"] = True\nreturn out",
            "\"name\"",
        ),
        undeclared(
            "out = {\"user_name\": \"\", \"success\": True}\nout |= {\"name\": 1}\nreturn out",
            "\"name\"",
        ),
        undeclared(
            "base = {\"name\": 1}\nreturn {**base, \"user_name\": \"\", \"success\": True}",
            "\"name\"",
        ),
        undeclared(
            "out = {\"user_name\": \"\", \"success\": True, \"name\": 1}\nreturn out.copy()",
            "\"name\"",
        ),
        undeclared(
            "try:\n    out = {\"user_name\": \"\", \"success\": True}\n    out[\"name\"] = requests\nexcept ValueError:\n    raise\nelse:\n    return out",
            "\"name\"",
        ),
        undeclared(
            "with open(\"x\") as f:\n    return {\"user_name\": f.read(), \"success\": True, \"name\": 1}",
            "\"name\"",
        ),
        undeclared(
            "for x in range(3):\n    return {\"user_name\": x, \"success\": True, \"name\": 1}\nraise ValueError",
            "\"name\"",
        ),
        undeclared(
            "while True:\n    out = {\"user_name\": \"\", \"success\": True, \"name\": 1}\n    if user_id:\n        return out",
            "\"name\"",
        ),
        undeclared(
            "match user_id:\n    case 1:\n        return {\"name\": 1}\n    case _:\n        return {\"user_name\": \"\", \"success\": True}",
            "\"name\"",
        ),
        undeclared(
            "if (out := {\"user_name\": \"\", \"success\": True, \"name\": 1}):\n    return out\nraise ValueError",
            "\"name\"",
        ),
        undeclared(
            "out = {\"user_name\": \"\", \"success\": True, \"name\": 1}\nprint(out)\nrequests.post(\"https://x.example\", json=out, timeout=5)\nreturn out",
            "\"name\"",
        ),
        ending(
            "script-output-undeclared",
            "return {\"User_name\": \"\", \"success\": True}",
            "\"User_name\"",
            "“User_name” is returned, “user_name” is declared",
        )
        .becomes("return {\"user_name\": \"\""),
        ending(
            "script-output-undeclared",
            "return dict(User_name=\"\", success=True)",
            "User_name",
            "Capitals matter: return “user_name”",
        )
        .becomes("return dict(user_name=\"\""),
        ending(
            "script-output-missing",
            "return {\"user_name\": \"\"}",
            "outputs[1]",
            "No return holds the output “success”",
        ),
        ending(
            "script-output-missing",
            "out = {}\nif user_id:\n    out[\"user_name\"] = \"\"\nelse:\n    return {}\nreturn out",
            "outputs[1]",
            "“success”",
        ),
        ending(
            "script-output-type",
            "return {\"user_name\": 5, \"success\": True}",
            "5",
            "“user_name” is declared as string and is returned as a whole number here",
        ),
        ending(
            "script-output-type",
            "out = {\"user_name\": \"\"}\nout[\"success\"] = \"yes\"\nreturn out",
            "\"yes\"",
            "Return True or False",
        ),
        ending(
            "script-output-type",
            "return dict(user_name=\"\", success=len(\"x\"))",
            "len(\"x\")",
            "a whole number",
        ),
        ending(
            "script-output-type",
            "return {\"user_name\": [\"a\"], \"success\": True}",
            "[\"a\"]",
            "a list",
        ),
        ending(
            "script-output-type",
            "return {\"user_name\": {\"a\": 1}, \"success\": not user_id}",
            "{\"a\": 1}",
            "a dictionary",
        ),
        other("return None", "None", "main returns None here"),
        other(
            "if user_id:\n    return\nreturn {\"user_name\": \"\", \"success\": True}",
            "return",
            "None",
        ),
        other("return \"done\"", "\"done\"", "a text"),
        other(
            "return [{\"user_name\": \"\"}]",
            "[{\"user_name\": \"\"}]",
            "a list",
        ),
        other(
            "return {\"user_name\": \"\", \"success\": True}, 200",
            "{\"user_name\": \"\", \"success\": True}, 200",
            "a tuple",
        ),
        other(
            "return {\"user_name\": \"\", \"success\": True} if user_id else None",
            "None",
            "main returns None here",
        ),
        other(
            "import json\nreturn json.dumps({\"user_name\": \"\", \"success\": True})",
            "json.dumps({\"user_name\": \"\", \"success\": True})",
            "without json.dumps",
        ),
        other("out = None\nreturn out", "out", "None"),
        other("out = f\"{user_id}\"\nreturn out", "out", "a text"),
        other(
            "yield {\"user_name\": \"\", \"success\": True}",
            "yield {\"user_name\": \"\", \"success\": True}",
            "gives a generator",
        ),
        ending(
            "script-return-missing",
            &format!("if user_id:\n    {complete}"),
            "main",
            "ends without a return",
        ),
        ending(
            "script-return-missing",
            &format!("try:\n    {complete}\nexcept ValueError:\n    pass"),
            "main",
            "in line 9 at the latest",
        ),
        ending(
            "script-return-missing",
            &format!("while user_id:\n    {complete}"),
            "main",
            "Python then returns None",
        ),
        ending(
            "script-return-missing",
            "print(user_id)",
            "main",
            "ends without a return",
        ),
        ending(
            "script-return-missing",
            &format!("match user_id:\n    case 1:\n        {complete}"),
            "main",
            "ends without a return",
        ),
    ]
}

fn timeouts() -> Vec<Breach> {
    let call = |line: &str, blamed: &'static str, said: &'static str| {
        body("script-timeout", line, blamed, said)
    };
    vec![
        call(
            "requests.get(\"https://x.example\")",
            "requests.get(\"https://x.example\")",
            "“requests.get” waits for an answer without end",
        )
        .becomes("requests.get(\"https://x.example\", timeout=10)"),
        call(
            "requests.post(\n    \"https://x.example\",\n    json={},\n)",
            "requests.post(\n        \"https://x.example\",\n        json={},\n    )",
            "requests.post",
        )
        .becomes("json={}, timeout=10,\n    )"),
        call("requests.get()", "requests.get()", "requests.get")
            .becomes("requests.get(timeout=10)"),
        call(
            "requests.get((\"https://x.example\"))",
            "requests.get((\"https://x.example\"))",
            "requests.get",
        ),
        call(
            "import requests as r\nr.request(\"GET\", \"https://x.example\")",
            "r.request(\"GET\", \"https://x.example\")",
            "“r.request”",
        )
        .becomes("\"https://x.example\", timeout=10)"),
        call(
            "from requests import get as fetch\nfetch(\"https://x.example\")",
            "fetch(\"https://x.example\")",
            "“fetch”",
        )
        .becomes("fetch(\"https://x.example\", timeout=10)"),
        call(
            "s = requests.Session()\ns.get(\"https://x.example\")",
            "s.get(\"https://x.example\")",
            "“s.get”",
        )
        .becomes("s.get(\"https://x.example\", timeout=10)"),
        call(
            "with requests.Session() as s:\n    s.put(\"https://x.example\")",
            "s.put(\"https://x.example\")",
            "“s.put”",
        )
        .becomes("timeout=10"),
        call(
            "from requests import Session\nSession().get(\"https://x.example\")",
            "Session().get(\"https://x.example\")",
            "“Session().get”",
        )
        .becomes("timeout=10"),
        call(
            "requests.get(\"https://x.example\", timeout=None)",
            "None",
            "With this timeout",
        )
        .becomes("timeout=30"),
        call(
            "requests.get(\"https://x.example\", timeout=60)",
            "60",
            "may wait 60 seconds",
        )
        .becomes("timeout=30"),
        call(
            "requests.get(\"https://x.example\", timeout=30.5)",
            "30.5",
            "may wait 30.5 seconds",
        )
        .becomes("timeout=30"),
        call(
            "requests.get(\"https://x.example\", timeout=(3, 90))",
            "(3, 90)",
            "may wait 90 seconds",
        )
        .becomes("timeout=30"),
        call(
            "requests.get(\"https://x.example\", timeout=(3, None))",
            "(3, None)",
            "without end",
        )
        .becomes("timeout=30"),
        call(
            "LONG = 120\nrequests.get(\"https://x.example\", timeout=LONG)",
            "LONG",
            "may wait 120 seconds",
        )
        .becomes("timeout=30"),
        call(
            "def f():\n    return requests.delete(\"https://x.example\")",
            "requests.delete(\"https://x.example\")",
            "requests.delete",
        )
        .becomes("timeout=10"),
    ]
}

fn breaches() -> Vec<Breach> {
    [
        syntax(),
        depths(),
        mains(),
        imports(),
        inputs(),
        returns(),
        timeouts(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[test]
fn every_rule_for_scripts_has_a_breach_that_names_its_code() {
    let interface = interface(INPUTS, OUTPUTS);
    let breaches = breaches();
    for breach in &breaches {
        let Breach { code, script, .. } = breach;
        let findings = findings_in(script, Some(&interface));
        let of_rule: Vec<_> = findings
            .iter()
            .filter(|finding| finding.problem.code.as_str() == *code)
            .collect();
        let [finding] = of_rule.as_slice() else {
            panic!("{code} in\n{script}\n{findings:#?}");
        };
        let problem = &finding.problem;
        assert_eq!(
            shown(script, finding).1,
            breach.blamed,
            "{code} in\n{script}"
        );
        assert!(
            problem.message.contains(breach.said),
            "{}\n{script}",
            problem.message
        );
        assert!(problem.message.ends_with(['.', '?']), "{}", problem.message);
        let rule = rule(code).expect("a rule");
        assert_eq!(problem.severity, rule.severity, "{code}");
        let sent = serde_json::to_string(problem).expect("a problem is JSON");
        let back: Problem = serde_json::from_str(&sent).expect("and back");
        assert_eq!(back, *problem);
        match (suggested(script, finding), breach.after) {
            (None, None) => {}
            (Some(after), Some(said)) => {
                assert!(after.contains(said), "{after}");
                let left = found(&after, &interface);
                assert!(
                    left.iter().all(|(left, _)| left != code),
                    "{left:?} in\n{after}"
                );
            }
            (after, _) => panic!("{code} in\n{script}\nbecame {after:?}"),
        }
    }
    let broken: BTreeSet<_> = breaches.iter().map(|breach| breach.code).collect();
    let stated: BTreeSet<_> = RULES
        .iter()
        .map(|rule| rule.code.as_str())
        .filter(|code| code.starts_with("script-"))
        .collect();
    assert_eq!(broken, stated);
}

#[test]
fn a_breach_of_one_rule_breaks_no_other() {
    let interface = interface(INPUTS, OUTPUTS);
    // What follows from a breach by itself: an input or output that is gone.
    let follows = ["script-output-missing", "script-input-unused"];
    for breach in breaches() {
        let codes: BTreeSet<_> = found(&breach.script, &interface)
            .into_iter()
            .map(|(code, _)| code)
            .filter(|code| !follows.contains(&code.as_str()))
            .collect();
        let own = BTreeSet::from_iter([breach.code.to_owned()]);
        assert!(
            codes.is_subset(&own),
            "{codes:?} for {}\n{}",
            breach.code,
            breach.script
        );
    }
}

#[test]
fn the_rules_of_the_form_and_those_of_the_script_come_together_in_its_order() {
    let action = DataAction {
        name: String::new(),
        definition: Definition {
            name: "Look up".to_owned(),
            interface: interface("user_id:integer", "user_name:string"),
            code: Script::Text("import pandas\ndef main(input_data):\n    return {}\n".to_owned()),
            ..Definition::default()
        },
        ..DataAction::default()
    };
    let problems = check(&action);
    let codes: Vec<_> = problems
        .iter()
        .map(|problem| problem.code.as_str())
        .collect();
    assert_eq!(
        codes,
        [
            "data-action-name-missing",
            "script-input-unused",
            "script-output-missing",
            "script-import",
        ]
    );
}

#[test]
fn a_script_that_is_missing_no_text_or_too_long_is_reported_once() {
    let long = "#".repeat(flow::MAX_SCRIPT_BYTES + 1);
    let opaque = Script::Opaque {
        opaque: "!".to_owned(),
    };
    for (code, script) in [
        ("data-action-code-missing", Script::Text(" \n".to_owned())),
        ("data-action-code-not-text", opaque),
        ("data-action-code-too-long", Script::Text(long)),
    ] {
        let action = DataAction {
            name: "A".to_owned(),
            definition: Definition {
                name: "B".to_owned(),
                code: script,
                ..Definition::default()
            },
            ..DataAction::default()
        };
        let problems = check(&action);
        let codes: Vec<_> = problems
            .iter()
            .map(|problem| problem.code.as_str())
            .collect();
        assert_eq!(codes, [code]);
    }
}

#[test]
fn without_an_interface_nothing_is_said_of_inputs_and_outputs() {
    let script = "import pandas\ndef main(input_data):\n    return {\"x\": input_data[\"y\"]}\n";
    let codes: Vec<_> = findings_in(script, None)
        .iter()
        .map(|finding| finding.problem.code.as_str())
        .collect();
    assert_eq!(codes, ["script-import"]);
}
