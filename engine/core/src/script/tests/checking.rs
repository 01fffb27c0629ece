//! What is found before anything runs.

use super::*;

#[test]
fn a_missing_semicolon_points_to_the_line_before() {
    let found = faults("fn f(x) {\n    let y = x * 2\n\n    y + 1\n}\n", &[]);
    assert_eq!(
        found,
        [(Code::ScriptSyntax, 2, 17, 1, "manca `;`".to_owned())]
    );
}

#[test]
fn syntax_faults_are_at_their_place() {
    for (text, line, column, message) in [
        ("fn f( {\n 1 }", 1, 7, ""),
        ("fn f() {\n  (1 + 2\n}", 3, 1, "manca `)`"),
        ("fn f() { \"aperta }", 1, 10, "virgoletta"),
        ("fn f() {\n  1 +", 2, 5, "finisce a metà"),
        ("fn f() { 1 } fn f() { 2 }", 1, 14, "due volte"),
        ("fn f(a, a) { 1 }", 1, 9, "`a` è scritto due volte"),
        ("fn f() { 5€ }", 1, 11, "`€`"),
        ("fn f() { break; }", 1, 10, "`for`"),
        ("fn f() { fn g() { 1 } }", 1, 10, "dentro un'altra"),
        (
            "fn f() { 0.12345678901234567890123456789 }",
            1,
            10,
            "più di 28 cifre",
        ),
    ] {
        let fault = only_fault(text, &[]);
        assert_eq!(fault.code, Code::ScriptSyntax, "{text}");
        assert_eq!(spot(&fault), (FILE, line, column), "{text}: {fault:?}");
        assert!(fault.message.it.contains(message), "{text}: {fault:?}");
    }
}

#[test]
fn undeclared_names_are_found_before_any_row() {
    let fault = only_fault("const QUOTA = 2;\nfn f(x) { x * QUOTA }", &[]);
    assert_eq!(
        (fault.code, spot(&fault)),
        (Code::UnknownName, (FILE, 2, 15))
    );
    assert!(fault.help.unwrap().it.contains("`global::QUOTA`"));
    let captured = only_fault("fn f(a) { [1].map(|x| x + a) }", &[]);
    assert_eq!(captured.message.it, "il nome `a` non è dichiarato");
    let shadowed = only_fault("fn f(a) { let a = 1; a }", &[]);
    assert_eq!(shadowed.message.it, "il nome `a` è già dichiarato");
    assert_eq!(
        only_fault("fn f() { x::g() }", &[]).message.it,
        "nessun `import` dichiara `x`"
    );
    let constant = only_fault("fn f() { global::QUOTA }", &[]);
    assert_eq!(
        constant.message.it,
        "la costante `global::QUOTA` non è dichiarata"
    );
    assert!(constant.help.unwrap().it.contains("`const QUOTA = …;`"));
}

#[test]
fn all_the_unknown_calls_are_reported_with_the_nearest_name() {
    let text = "fn quota(x) { euroo(x) + euro(x, 2) }\nfn f(x) {\n  let y = quotta(x);\n  y.manca();\n  if x > 1 { inventata() } else { y }\n}";
    let found = compile(text, &[]).unwrap_err().into_sorted();
    let said: Vec<(usize, usize, &str, Option<&str>)> = found
        .iter()
        .map(|fault| {
            assert_eq!(fault.code, Code::UnknownFunction);
            let help = fault.help.as_ref().map(|help| help.it.as_str());
            let (_, line, column) = spot(fault);
            (line, column, fault.message.it.as_str(), help)
        })
        .collect();
    assert_eq!(
        said,
        [
            (
                1,
                15,
                "la funzione `euroo` non esiste",
                Some("forse si intendeva `euro`")
            ),
            (
                1,
                26,
                "la funzione `euro` è chiamata con 2 argomenti",
                Some("ne vuole 1")
            ),
            (
                3,
                11,
                "la funzione `quotta` non esiste",
                Some("forse si intendeva `quota`")
            ),
            (4, 5, "la funzione `manca` non esiste", None),
            (5, 14, "la funzione `inventata` non esiste", None),
        ]
    );
}

#[test]
fn calls_into_helpers_are_looked_up_too() {
    let helper = "const SOGLIA = 3;\nfn scaglione(x) { segreta(x) }\nprivate fn segreta(x) { x }";
    let text = "import \"rules/lib/aiuti\" as aiuti;\nfn f(x) { aiuti::scaglione(x, 1) + aiuti::scaglioni(x) + aiuti::segreta(x) + aiuti::SOGLA }";
    let found = faults(text, &[("aiuti", helper)]);
    let said: Vec<(usize, &str)> = found.iter().map(|f| (f.2, f.4.as_str())).collect();
    assert_eq!(
        said,
        [
            (
                18,
                "la funzione `aiuti::scaglione` è chiamata con 2 argomenti"
            ),
            (43, "la funzione `aiuti::scaglioni` non esiste"),
            (65, "la funzione `aiuti::segreta` non esiste"),
            (85, "la costante `aiuti::SOGLA` non è dichiarata"),
        ]
    );
}

#[test]
fn a_fault_in_a_helper_names_the_helper() {
    let text = "import \"rules/lib/aiuti\" as aiuti;\nfn f(x) { aiuti::g(x) }";
    let fault = only_fault(text, &[("aiuti", "fn g(x) {\n  ignota(x) }")]);
    assert_eq!(spot(&fault), ("rules/lib/aiuti.rhai", 2, 3));
    let fault = only_fault(text, &[("aiuti", "fn g(x) {\n  x + }")]);
    assert_eq!(
        (fault.code, spot(&fault).0),
        (Code::ScriptSyntax, "rules/lib/aiuti.rhai")
    );
}

#[test]
fn a_function_of_the_system_or_of_a_helper_keeps_its_name() {
    let helper = "fn scaglione(x) { max(x, 1) }";
    let text = "import \"rules/lib/aiuti\" as aiuti;\nfn max(a, b) { 42 }\nfn scaglione(x) { x }\nfn euro(a, b, c) { 1 }\nfn round(x) { x }\nfn due() { 1 }\nfn due(x) { x }";
    let found = compile(text, &[("aiuti", helper)])
        .unwrap_err()
        .into_sorted();
    let said: Vec<(usize, &str)> = found
        .iter()
        .map(|fault| {
            assert_eq!(fault.code, Code::ScriptForbidden);
            (
                fault.place.as_ref().unwrap().line,
                fault.message.it.as_str(),
            )
        })
        .collect();
    assert_eq!(
        said,
        [
            (2, "il nome `max` è già di una funzione del sistema"),
            (
                3,
                "il nome `scaglione` è già di una funzione importata da `rules/lib/aiuti.rhai`"
            ),
            (4, "il nome `euro` è già di una funzione del sistema"),
            (5, "il nome `round` è già di una funzione del sistema"),
            (6, "due funzioni si chiamano `due`"),
        ]
    );
    assert_eq!(found[1].related[0].0.file, "rules/lib/aiuti.rhai");
}

#[test]
fn forbidden_forms_are_all_reported_at_once() {
    let text = "fn f(x) {\n  while x > 1 { x -= 1; }\n  loop { break; }\n  do { x += 1; } while x < 3;\n  try { x } catch { 1 }\n  switch x { 1 => 2, _ => 3 }\n  x & 1;\n  x **= 2;\n  print(x);\n  x.sqrt();\n  round(x) }";
    let found = faults(text, &[]);
    let said: Vec<(Code, usize, &str)> = found.iter().map(|f| (f.0, f.1, f.4.as_str())).collect();
    let names = [
        "while", "loop", "do", "try", "switch", "&", "**=", "print", "sqrt", "round",
    ];
    let expected: Vec<String> = names
        .iter()
        .map(|name| format!("`{name}` non si può usare in una regola"))
        .collect();
    let expected: Vec<(Code, usize, &str)> = (2..)
        .zip(&expected)
        .map(|(line, message)| (Code::ScriptForbidden, line, message.as_str()))
        .collect();
    assert_eq!(
        said.iter()
            .filter(|s| s.0 == Code::ScriptForbidden)
            .copied()
            .collect::<Vec<_>>(),
        expected
    );
}

#[test]
fn words_that_make_code_or_reach_outside_are_forbidden() {
    for call in [
        "eval(\"1\")",
        "Fn(\"max\")",
        "call(1)",
        "curry(1)",
        "debug(1)",
        "sleep(1)",
        "timestamp()",
        "exit(1)",
        "type_of(1)",
        "is_def_fn(\"f\", 1)",
        "sin(1.0)",
        "exp(1.0)",
        "PI()",
    ] {
        let found = compile(&format!("fn f() {{ {call} }}"), &[])
            .map(|_| call)
            .unwrap_err();
        for fault in found.iter() {
            assert_eq!(fault.code, Code::ScriptForbidden, "{call}: {fault:?}");
        }
    }
    for call in [
        "parse_json(\"1\")",
        "blob(9)",
        "rand_int()",
        "set_tag(1, 2)",
    ] {
        let found = faults(&format!("fn f() {{ {call} }}"), &[]);
        assert_eq!(found[0].0, Code::UnknownFunction, "{call}");
    }
}

#[test]
fn only_functions_constants_and_imports_stand_outside() {
    let text = "const A = 1;\nlet b = 2;\nf(1);\nfn f(x) { x }\nif true { 1 } else { 2 }\nexport const C = 3;";
    let found = faults(text, &[]);
    let lines: Vec<(Code, usize)> = found.iter().map(|f| (f.0, f.1)).collect();
    let forbidden = Code::ScriptForbidden;
    assert_eq!(
        lines,
        [
            (forbidden, 2),
            (forbidden, 3),
            (forbidden, 5),
            (forbidden, 6)
        ]
    );
}

#[test]
fn only_plain_paths_under_the_library_are_imported() {
    for import in [
        "\"/etc/passwd\" as x",
        "\"rules/lib/../x\" as x",
        "\"rules/lib/\" as x",
        "\"rules/lib/a.rhai\" as x",
        "\"rules/2024/a\" as x",
        "\"rules/lib/A\" as x",
        "\"rules/lib/a//b\" as x",
        "\"rules/\" + \"lib/a\" as x",
        "\"rules/lib/a\"",
    ] {
        let fault = only_fault(&format!("import {import};\nfn f() {{ 1 }}"), &[("a", "")]);
        assert_eq!(fault.code, Code::ScriptForbidden, "{import}: {fault:?}");
    }
    let nested = "fn f() {\n  import \"rules/lib/a\" as a;\n  1 }";
    let fault = only_fault(nested, &[("a", "")]);
    assert_eq!(
        (fault.code, spot(&fault)),
        (Code::ScriptForbidden, (FILE, 2, 3))
    );
    let fault = only_fault("import \"rules/lib/assente\" as x;\nfn f() { 1 }", &[]);
    assert_eq!(
        (fault.code, spot(&fault)),
        (Code::UnknownName, (FILE, 1, 8))
    );
    assert_eq!(fault.message.it, "il file `rules/lib/assente.rhai` non c'è");
}

#[test]
fn imports_in_a_circle_show_the_circle() {
    let a = "import \"rules/lib/b\" as b;\nfn f() { 1 }";
    let b = "\nimport \"rules/lib/a\" as a;\nfn g() { 1 }";
    let fault = only_fault(
        "import \"rules/lib/a\" as a;\nfn h() { 1 }",
        &[("a", a), ("b", b)],
    );
    assert_eq!(
        (fault.code, spot(&fault)),
        (Code::Cycle, ("rules/lib/b.rhai", 2, 8))
    );
    assert_eq!(
        fault.message.it,
        "gli script si importano in cerchio: rules/lib/a.rhai → rules/lib/b.rhai → rules/lib/a.rhai"
    );
    let own = "import \"rules/lib/a\" as a;\nfn f() { 1 }";
    assert_eq!(only_fault(own, &[("a", own)]).code, Code::Cycle);
}
