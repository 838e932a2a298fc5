//! Scripts as long as they may be that are as hard to check as we could make them.

/// Bytes of a script.
/// Without optimisation a quarter of it, which takes as long.
const BYTES: usize = if cfg!(debug_assertions) {
    flow::MAX_SCRIPT_BYTES / 4
} else {
    flow::MAX_SCRIPT_BYTES
};

/// A script of this many bytes at most: a beginning, and then a part again and
/// again, with `№` standing for its number.
fn filled(beginning: &str, part: &str) -> String {
    let mut script = beginning.to_owned();
    let mut number = 0_usize;
    loop {
        let next = part.replace('№', &number.to_string());
        if script.len() + next.len() > BYTES {
            return script;
        }
        script.push_str(&next);
        number += 1;
    }
}

/// What repeats by itself: brackets, operators, words, quotes.
const PARTS: &[&str] = &[
    "(",
    "[",
    "{",
    "f(",
    "a[",
    "((((",
    "{a:",
    "[{(",
    "~",
    "not ",
    "- ",
    "1**",
    "a.b.",
    "a+",
    "()",
    "[0]",
    "a()",
    "lambda:",
    "lambda x=",
    "lambda x,y=",
    "lambda *a,b:",
    "(lambda x=",
    "1 if 1 else ",
    "a if ",
    "async ",
    "await ",
    "yield ",
    "yield from ",
    "if 1: ",
    "class A: ",
    "def f(): ",
    "match x: ",
    "match ",
    "match (",
    "case ",
    "with (",
    "with ",
    "@",
    "*",
    "**",
    "x for x in ",
    "[x for x in ",
    "f'{",
    "f\"{",
    "f'''{",
    "f'{f\"{",
    "f'{x:{",
    "t'{",
    "x=",
    ":=",
    "(a:=",
    "try: ",
    "else: ",
    "import ",
    "import a,",
    "from . import ",
    "del ",
    "return ",
    "global a,",
    "type X = ",
    "\"",
    "'''",
    "\"a\" ",
    "b'a' ",
    "\\",
    "\\\n",
    "\r",
    "\0",
    "\u{feff}",
    "é",
    "€",
    "𝕏 = 1\n",
    "a and ",
    "a<",
    "a,",
    "a;",
    "a\n",
    " \n",
    "#\n",
    "\t\n",
    "...",
    "0x",
    "1e",
    "1_",
    "not in ",
    "is ",
    "in ",
    "print ",
    "while 1: ",
    "for x in x: ",
    "a if a else (",
    "break;",
    "return;",
    "continue;",
    "await x;",
    "def f(a,a):pass\n",
    "except ",
    "elif ",
    "$",
    "?",
    "!",
    "`",
    "%%",
    "->",
    "x: int = ",
    "raise x from ",
    "assert a, ",
    "nonlocal ",
    "pass;",
    "\\N{DASH}",
    "'\\N{DASH}';",
];

/// Statements of main that the checks go into.
const STATEMENTS: &[&str] = &[
    "requests.get(x)",
    "requests.get(x, timeout=T)",
    "s№=requests.Session();s№.get(x)",
    "import a№",
    "import_module(x)",
    "input_data['a№']",
    "input_data['User_id']",
    "d№=input_data",
    "out={}",
    "o№={}",
    "o№={};o№['a']=1",
    "out['k№']=1",
    "out['k']=1",
    "out[x]=1",
    "out=dict(out,k№=1)",
    "out={**out}",
    "out|={'k№':1}",
    "out.update(k№=1)",
    "out.setdefault('k№',1)",
    "out.pop('k№')",
    "f(out)",
    "(out:=out)",
    "if x:out['k№']=1",
    "if x:o№={}",
    "if x:return {'k№':1}",
    "if x:return out",
    "if x:\n  out['k№']=1\n  return out",
    "for x in y:out={}",
    "while x:out['k№']=1",
    "while 1:break",
    "try:out={}\n except:out={}",
    "try:o№={}\n except:pass",
    "with x as out:out['k№']=1",
    "match x:\n  case {'a':out}:out={}",
    "def f№():out",
    "f=lambda out:out",
    "a=[out for out in out if out]",
    "global g№",
    "nonlocal g№",
    "del out",
    "del out['k№']",
    "f'{out}{input_data}{x!r:>{y}}'",
    "x=out if out else out or out and {}",
    "raise x",
    "return",
    "yield",
    "a=b=c=out",
    "a,b=out,out",
    "{'k№':1}",
];

/// The line that opens a block at a level.
type Line = fn(usize) -> String;

/// A body that nests, as deeply as it may.
fn nested(line: Line, depth: usize, innermost: &str) -> String {
    let mut script = "def main(input_data):\n out={}\n".to_owned();
    for level in 1..depth {
        script.push_str(&" ".repeat(level));
        script.push_str(&line(level));
        script.push('\n');
    }
    let indent = " ".repeat(depth);
    filled(&script, &format!("{indent}{innermost}\n"))
}

/// Every script, with a name.
pub(crate) fn worst() -> Vec<(String, String)> {
    let mut worst: Vec<(String, String)> = Vec::new();
    for part in PARTS {
        worst.push((format!("{part:?}"), filled("", part)));
        worst.push((format!("x = {part:?}"), filled("x = ", part)));
        worst.push((
            format!("main, {part:?}"),
            filled("def main(input_data):\n ", part),
        ));
    }
    for statement in STATEMENTS {
        let head = "import requests\ndef main(input_data):\n out={}\n";
        worst.push((
            format!("main: {statement:?}"),
            filled(head, &format!(" {statement}\n")),
        ));
        // The same, with much that is known at each place.
        let members: String = (0..2_000).map(|n| format!("'m{n}':1,")).collect();
        let head = format!("{head} out={{{members}}}\n");
        worst.push((
            format!("main with members: {statement:?}"),
            filled(&head, &format!(" {statement}\n")),
        ));
        let variables: String = (0..2_000).map(|n| format!(" v{n}={{}}\n")).collect();
        let head = format!("{head}{variables}");
        worst.push((
            format!("main with variables: {statement:?}"),
            filled(&head, &format!(" {statement}\n")),
        ));
    }
    let blocks: [(&str, Line); 7] = [
        ("if", |_| "if out:".to_owned()),
        ("for", |level| format!("for v{level} in out:")),
        ("while", |_| "while out:".to_owned()),
        ("with", |level| format!("with out as v{level}:")),
        ("try", |level| {
            format!("try:v{level}=out\n{}finally:", " ".repeat(level))
        }),
        ("def", |level| format!("def f{level}(v{level}):")),
        ("class", |level| format!("class C{level}:")),
    ];
    for (name, line) in blocks {
        for innermost in [
            "out['k№']=1",
            "n№",
            "v№=out",
            "if v50:break",
            "return out",
            "a=[n№for n in n]",
        ] {
            worst.push((
                format!("nested {name}: {innermost:?}"),
                nested(line, 98, innermost),
            ));
        }
    }
    let tries: String = (1..98)
        .map(|level| format!("{}try:\n", " ".repeat(level)))
        .collect();
    let handlers: String = (1..98)
        .rev()
        .map(|level| {
            format!(
                "{0}except E as e:\n{0} out['e{level}']=1\n",
                " ".repeat(level)
            )
        })
        .collect();
    let mut script = filled(
        &format!("def main(input_data):\n{tries}"),
        &format!("{}out=f(№)\n", " ".repeat(98)),
    );
    script.truncate(script.len().saturating_sub(handlers.len() + 200));
    script.truncate(script.rfind('\n').map_or(0, |end| end + 1));
    worst.push(("handlers".to_owned(), format!("{script}{handlers}")));
    let comprehensions = "[x for x in ".repeat(199);
    worst.push((
        "comprehensions".to_owned(),
        filled(
            &format!("def main(input_data):\n x = {comprehensions}"),
            "n№,",
        ),
    ));
    let lambdas = "(lambda x: ".repeat(199);
    worst.push((
        "lambdas".to_owned(),
        filled(&format!("def main(input_data):\n x = {lambdas}"), "n№(x)+"),
    ));
    for part in ["a;", "a,", "+", "f'{a}',", "~", "# №\n"] {
        let mut script = filled("", part);
        script.truncate(BYTES - 300);
        script.push_str(&"(".repeat(300));
        worst.push((format!("deep behind {part:?}"), script));
    }
    let end = "]".repeat(199);
    let names = filled("", "n№.get(1),");
    let names = &names[..BYTES - 4_096];
    let names = &names[..names.rfind(',').map_or(0, |at| at + 1)];
    worst.push((
        "calls in comprehensions".to_owned(),
        format!("x = {}[{names}]{end}\n", "[x for x in ".repeat(199)),
    ));
    worst
}
