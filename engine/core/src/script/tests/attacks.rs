//! Scripts that try to hang, to fill the memory or to bring the process down.

use super::super::limits;
use super::*;

#[track_caller]
fn hits(body: &str, limit: &str) {
    let fault = run(body).unwrap_err();
    assert_eq!(fault.code, Code::ScriptLimit, "{body}: {fault:?}");
    assert!(fault.message.it.contains(limit), "{body}: {fault:?}");
    assert_eq!(spot(&fault), (FILE, 1, 4), "the function that was called");
}

#[test]
fn loops_and_recursion_end() {
    hits(
        "let n = 0; for i in 0..99999999999 { n = i; } n",
        "500000 passi",
    );
    let recursive = script("fn f(n) { f(n + 1) }");
    let fault = call(&recursive, "f", &[Value::Integer(0)]).unwrap_err();
    assert_eq!(fault.code, Code::ScriptLimit);
    assert!(fault.message.it.contains("32 funzioni in attesa"));
    let mutual = script("fn a(n) { [n].map(|x| b(x)).len() } fn b(n) { a(n) }");
    assert_eq!(
        call(&mutual, "a", &[Value::Integer(0)]).unwrap_err().code,
        Code::ScriptLimit
    );
}

#[test]
fn texts_lists_and_objects_stay_small() {
    hits(
        "let s = \"ab\"; for i in 0..40 { s += s; } s",
        "un testo ha superato 16384 byte",
    );
    hits("let s = \"\"; s.pad(1000000, 'a'); s", "un testo");
    hits(
        "let a = [1]; for i in 0..40 { a += a; } 1",
        "un elenco ha superato 1000 elementi",
    );
    hits(
        "let m = #{}; for i in 0..2000 { m.set(`k${i}`, i); } 1",
        "un oggetto ha superato 1000 voci",
    );
    hits("let a = []; a.pad(1000000, 0); 1", "un elenco");
    hits("let a = []; for i in 0..9000 { a = [a]; } 1", "un elenco");
    hits(
        "let m = #{}; for i in 0..9000 { m = #{a: m}; } 1",
        "un oggetto",
    );
    hits(
        "let s = \"\"; s.pad(9000, 'a'); let m = #{}; m.set(\"a\", `${s}1`); m.set(\"b\", `${s}2`); 1",
        "un testo",
    );
    for growing in [
        "m[`k${x}`] = 1",
        "m[\"a\"] += 1",
        "m.a[0] = 1",
        "m[0].b = 1",
    ] {
        let fault = only_fault(
            &format!("fn f(x) {{ let m = #{{a: [1]}}; {growing}; m.len() }}"),
            &[],
        );
        assert_eq!(fault.code, Code::ScriptForbidden, "{growing}");
    }
}

#[test]
fn replace_measures_before_it_allocates() {
    hits(
        "let s = \"\"; s.pad(16000, 'a'); let b = s; s.replace(\"a\", b); s",
        "un testo",
    );
    hits(
        "let s = \"\"; s.pad(16000, 'a'); s.replace('a', \"xyzt\"); s",
        "un testo",
    );
    hits(
        "let s = \"\"; s.pad(16000, 'a'); let b = s; s.replace(\"\", b); s",
        "un testo",
    );
    assert_eq!(
        value("let s = \"aba\"; s.replace(\"a\", \"xy\"); s.replace('b', '-'); s"),
        Value::Text("xy-xy".to_owned())
    );
}

#[test]
fn closures_cannot_chain_or_capture() {
    assert_eq!(
        only_fault(
            "fn f() { let g = |x| x; for i in 0..9 { let h = g; g = || h; } 1 }",
            &[]
        )
        .code,
        Code::UnknownName
    );
    let found = faults("fn f() { let g = |x| x; g = g.curry(g); 1 }", &[]);
    assert_eq!(found[0].0, Code::ScriptForbidden);
}

#[test]
fn deep_nesting_is_refused_while_reading() {
    for body in [
        format!("{}1{}", "(".repeat(5_000), ")".repeat(5_000)),
        format!("{}1{}", "{".repeat(5_000), "}".repeat(5_000)),
        format!("{}1", "- ".repeat(5_000)),
        format!("1{}", " + 1".repeat(10_000)),
        format!("{}1{}", "[".repeat(5_000), "]".repeat(5_000)),
        format!("if true {{ 1 }}{}", " else if true { 1 }".repeat(2_000)),
    ] {
        let fault = only_fault(&format!("fn f() {{ {body} }}"), &[]);
        assert_eq!(fault.code, Code::ScriptSyntax, "{fault:?}");
        assert!(fault.message.it.contains("troppi termini"), "{fault:?}");
    }
    let long = format!("// {}", "x".repeat(limits::SOURCE_BYTES));
    assert_eq!(only_fault(&long, &[]).code, Code::ScriptLimit);
}

#[test]
fn a_constant_that_never_ends_is_found_at_check() {
    let fault = only_fault(
        "const A = g();\nfn g() {\n  let n = 0; for i in 0..99999999999 { n = i; } n }",
        &[],
    );
    assert_eq!((fault.code, spot(&fault).1), (Code::ScriptLimit, 1));
}

#[test]
fn too_many_functions_and_variables_are_refused() {
    let functions: String = (0..=limits::FUNCTIONS)
        .map(|i| format!("fn f{i}() {{ {i} }}\n"))
        .collect();
    assert_eq!(only_fault(&functions, &[]).code, Code::ScriptSyntax);
    let variables: String = (0..=limits::VARIABLES)
        .map(|i| format!("let v{i} = {i};"))
        .collect();
    hits(&format!("{variables} 1"), "256 variabili");
}

#[test]
fn a_panic_is_a_fault_like_any_other() {
    let fallen = super::super::run::on_big_stack(|| panic!("on purpose"));
    let message: Result<(), _> = fallen;
    assert!(message.unwrap_err().it.contains("è un difetto di Riparto"));
}

#[test]
fn a_limit_cannot_be_caught() {
    let found = faults("fn f() { try { f() } catch { 1 } }", &[]);
    assert_eq!(found[0].0, Code::ScriptForbidden);
}

/// Of the numbers that Rust has, scripts know `i64` and `Decimal`: any other would compare as
/// different in silence. Rhai's packages compute with the others, but nothing makes the first one.
#[test]
fn no_function_makes_a_number_that_scripts_cannot_compare() {
    const FOREIGN: [&str; 13] = [
        "f32", "f64", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i128",
        "isize",
    ];
    let is_foreign = |written: &str| {
        written
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| FOREIGN.contains(&word))
    };
    let makers = super::super::sandbox::reader().collect_fn_metadata(
        None,
        |info| {
            let makes = is_foreign(&info.metadata.return_type);
            let takes = info.metadata.params_info.iter().any(|p| is_foreign(p));
            (makes && !takes).then(|| info.metadata.gen_signature(|name| name.into()))
        },
        true,
    );
    assert_eq!(makers, Vec::<String>::new());
}
