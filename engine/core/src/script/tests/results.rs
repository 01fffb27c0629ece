//! What scripts give: exact numbers, dates, and errors where they happen.

use super::*;

#[test]
fn decimals_are_exact() {
    assert_eq!(value("0.1 + 0.2 == 0.3"), Value::Bool(true));
    assert_eq!(value("1 == 1.0 && 1.10 == 1.1"), Value::Bool(true));
    assert_eq!(
        value("1234567890123456.01 * 2"),
        decimal("2469135780246912.02")
    );
    assert_eq!(value("7 * 3 - 1"), Value::Integer(20));
    assert_eq!(value("7.0 / 2"), decimal("3.5"));
    assert_eq!(value("let x = 10.0; x /= 4; x"), decimal("2.5"));
    assert_eq!(value("7 % 4"), Value::Integer(3));
}

#[test]
fn the_functions_of_officers_do_what_they_say() {
    assert_eq!(value("euro(2.345)"), decimal("2.35"));
    assert_eq!(value("euro(-2.345)"), decimal("-2.35"));
    assert_eq!(value("`${euro(2)}`"), Value::Text("2.00".to_owned()));
    assert_eq!(value("round_half_up(2.5, 0)"), decimal("3"));
    assert_eq!(value("round_half_up(0.125, 2)"), decimal("0.13"));
    assert_eq!(value("floor(2.9)"), decimal("2"));
    assert_eq!(value("ceiling(2.1)"), decimal("3"));
    assert_eq!(value("floor(-2.1)"), decimal("-3"));
    assert_eq!(value("min(2, 1.5)"), decimal("1.5"));
    assert_eq!(value("max(2, 3)"), Value::Integer(3));
    assert_eq!(value("abs(-2.5)"), decimal("2.5"));
    assert_eq!(value("quotient(7, 2)"), Value::Integer(3));
    assert_eq!(value("decimal(7) / 2"), decimal("3.5"));
    assert_eq!(value("5.percent * 1200"), decimal("60"));
    assert_eq!(value("2.5.percent"), decimal("0.025"));
}

#[test]
fn dates_are_dates() {
    let script = script(
        "fn prima(d, limite) { d < limite }
         fn giorni(d) { d - date(\"2024-02-28\") }
         fn dopo(d) { d + 1 }
         fn anno(d) { d.year * 10000 + d.month * 100 + d.day }
         fn testo(d) { d == \"2024-03-01\" }",
    );
    let day = date("2024-02-29");
    let ask = |function, row: &[Value]| call(&script, function, row);
    assert_eq!(
        ask("prima", &[day.clone(), date("2024-03-01")]),
        Ok(Value::Bool(true))
    );
    assert_eq!(
        ask("giorni", std::slice::from_ref(&day)),
        Ok(Value::Integer(1))
    );
    assert_eq!(
        ask("dopo", std::slice::from_ref(&day)),
        Ok(date("2024-03-01"))
    );
    assert_eq!(
        ask("anno", std::slice::from_ref(&day)),
        Ok(Value::Integer(20_240_229))
    );
    let fault = ask("testo", &[day]).unwrap_err();
    assert_eq!(fault.code, Code::ScriptError);
    assert_eq!(fault.message.it, "`==` confronta una data con un testo");
    let fault = run("date(\"31/12/2024\")").unwrap_err();
    assert_eq!(fault.message.it, "`31/12/2024` non è una data");
    assert!(run("date(\"2024-01-01\") + 9223372036854775807").is_err());
    assert!(run("date(\"2024-01-01\") - (-9223372036854775807 - 1)").is_err());
}

#[test]
fn whole_numbers_do_not_divide_in_silence() {
    let fault = run("7 / 2").unwrap_err();
    assert!(fault.message.it.starts_with("`/` divide due interi"));
    assert!(fault.help.unwrap().it.contains("`quotient(a, b)`"));
    let fault = run("let x = 10;\n x /= 4; x").unwrap_err();
    assert_eq!(spot(&fault), (FILE, 2, 4));
    assert!(
        fault
            .message
            .en
            .starts_with("`/=` divides two whole numbers")
    );
}

#[test]
fn unlike_kinds_do_not_compare() {
    for (body, message) in [
        ("1.5 == \"1.5\"", "`==` confronta un decimale con un testo"),
        ("1 != \"1\"", "`!=` confronta un intero con un testo"),
        ("1.5 > \"a\"", "`>` confronta un decimale con un testo"),
        ("() < 1", "`<` confronta un valore mancante con un intero"),
        ("true == 1", "`==` confronta un sì-no con un intero"),
        ("[1] == 1", "`==` confronta un elenco con un intero"),
        ("1 in [\"a\"]", "`==` confronta un testo con un intero"),
        (
            "date(\"2024-01-01\") > 1",
            "`>` confronta una data con un intero",
        ),
    ] {
        let fault = run(body).unwrap_err();
        assert_eq!(
            (fault.code, fault.message.it.as_str()),
            (Code::ScriptError, message)
        );
    }
    assert_eq!(value("let x = (); x == ()"), Value::Bool(true));
    assert_eq!(value("\"a\" < \"b\""), Value::Bool(true));
    assert_eq!(
        value("\"nido\" in [\"nido\", \"infanzia\"]"),
        Value::Bool(true)
    );
}

#[test]
fn arithmetic_that_fails_says_so() {
    for (body, message) in [
        ("1.0 / 0", "divisione per zero: `1.0 / 0`"),
        (
            "9223372036854775807 + 1",
            "il risultato di `9223372036854775807 + 1` è un numero troppo grande",
        ),
        ("true + 1", "`+` non si può usare con un sì-no e un intero"),
        (
            "min(1, \"a\")",
            "la funzione `min` non accetta un intero e un testo",
        ),
        (
            "[1, 2][5]",
            "l'elenco ha 2 elementi e si chiede la posizione 5",
        ),
        ("let m = #{a: 1}; m.b", "l'oggetto non ha `b`"),
        ("5.percento", "questo valore non ha `.percento`"),
        (
            "let x = 1; if x { 2 } else { 3 }",
            "qui serve un sì-no, c'è un intero",
        ),
        (
            "[1, \"a\"].sort(); 1",
            "gli elementi dell'elenco sono di tipi diversi e non si possono ordinare",
        ),
        (
            "throw \"mancano i bambini\"",
            "lo script si è fermato: mancano i bambini",
        ),
        (
            "let n = true; for x in n { } 1",
            "`for` scorre solo un elenco o un intervallo",
        ),
    ] {
        let fault = run(body).unwrap_err();
        assert_eq!(
            (fault.code, fault.message.it.as_str()),
            (Code::ScriptError, message),
            "{body}"
        );
    }
}

#[test]
fn only_plain_values_come_out() {
    let fault = run("let x = 1;").unwrap_err();
    assert!(
        fault
            .message
            .it
            .starts_with("la funzione dà un valore mancante")
    );
    assert!(fault.help.unwrap().it.contains("senza `;`"));
    assert!(run("[1]").unwrap_err().message.it.contains("un elenco"));
    assert_eq!(value("'a'"), Value::Text("a".to_owned()));
}

#[test]
fn an_error_points_into_the_function_that_fails() {
    let text = "fn quota(fondo, n) {\n    fondo / n\n}\n\nfn f(x) {\n    1 + quota(x, 0)\n}\n";
    let fault = call(&script(text), "f", &[decimal("10.00")]).unwrap_err();
    assert_eq!(spot(&fault), (FILE, 2, 11));
    assert_eq!(fault.related.len(), 1);
    let (place, words) = &fault.related[0];
    assert_eq!((place.line, place.column, place.length), (6, 9, 5));
    assert_eq!(words.it, "qui è chiamata `quota`");
}

#[test]
fn an_error_in_a_helper_names_the_helper() {
    let helper = "const SOGLIA = 3;\n\nfn dividi(a, b) {\n    interno(a, b)\n}\nfn interno(a, b) { a / b }\n";
    let text = "import \"rules/lib/conti\" as conti;\nfn f(x) {\n    conti::dividi(x, 0)\n}\nfn g() { conti::SOGLIA }";
    let script = compile(text, &[("conti", helper)]).unwrap();
    let fault = call(&script, "f", &[decimal("1.0")]).unwrap_err();
    let helper_file = "rules/lib/conti.rhai";
    assert_eq!(spot(&fault), (helper_file, 6, 22));
    let trace: Vec<(&str, usize, usize)> = fault
        .related
        .iter()
        .map(|(place, _)| (place.file.as_str(), place.line, place.column))
        .collect();
    assert_eq!(trace, [(helper_file, 4, 5), (FILE, 3, 12)]);
    assert_eq!(call(&script, "g", &[]), Ok(Value::Integer(3)));
}

#[test]
fn helpers_may_import_helpers() {
    let base = "fn doppio(x) { x * 2 }";
    let middle =
        "import \"rules/lib/base\" as base;\nfn quadruplo(x) { base::doppio(base::doppio(x)) }";
    let text = "import \"rules/lib/middle\" as m;\nimport \"rules/lib/base\" as b;\nfn f(x) { m::quadruplo(x) + b::doppio(x) }";
    let script = compile(text, &[("base", base), ("middle", middle)]).unwrap();
    assert_eq!(
        call(&script, "f", &[Value::Integer(3)]),
        Ok(Value::Integer(18))
    );
}

#[test]
fn constants_are_seen_through_global() {
    let script = script("const ALIQUOTA = 5.percent;\nfn f(x) { x * global::ALIQUOTA }");
    assert_eq!(
        call(&script, "f", &[Value::Integer(200)]),
        Ok(decimal("10"))
    );
}

#[test]
fn lists_and_nameless_functions_work_without_capturing() {
    assert_eq!(
        value("[1, 2, 3].filter(|x| x > 1).map(|x| x * 2).len()"),
        Value::Integer(2)
    );
    let looped = "let t = 0; for x in [1, 2, 3] { t += x; } for i in 0..3 { t += i; } t";
    assert_eq!(value(looped), Value::Integer(9));
}

#[test]
fn functions_are_declared_in_order_with_their_comments() {
    let script = script(
        "/// Peso di un Comune.\n/// L.R. 1/2025, art. 3\nfn peso(bambini, età) { bambini * età }\nprivate fn z() { 1 }\nfn a() { z() }",
    );
    let functions = script.functions();
    assert_eq!(functions.len(), 2);
    assert_eq!(functions[0].name, "peso");
    assert_eq!(functions[0].parameters, ["bambini", "età"]);
    assert_eq!(
        functions[0].doc,
        ["Peso di un Comune.", "L.R. 1/2025, art. 3"]
    );
    let place = &functions[0].place;
    assert_eq!((place.line, place.column, place.length), (3, 4, 4));
    assert_eq!(functions[1].name, "a");
}

#[test]
fn a_row_that_fails_leaves_the_others() {
    let script = script("fn f(a, b) { a / b }");
    let row = |a: &str, b: &str| vec![decimal(a), decimal(b)];
    let results = script.call_rows("f", &[row("1", "4"), row("1", "0"), row("3", "2"), vec![]]);
    assert_eq!(results[0], Ok(decimal("0.25")));
    assert_eq!(results[1].as_ref().unwrap_err().code, Code::ScriptError);
    assert_eq!(results[2], Ok(decimal("1.5")));
    assert_eq!(results[3].as_ref().unwrap_err().code, Code::UnknownFunction);
    let absent = script.call_rows("g", &[vec![], vec![]]);
    assert_eq!(absent.len(), 2);
    assert_eq!(absent[0].as_ref().unwrap_err().code, Code::UnknownFunction);
}

#[test]
fn every_thread_gets_the_same_results() {
    let script =
        script("fn f(x) { let t = 0.0; for i in 0..50 { t += euro(x * i.percent / 7); } `${t}` }");
    let rows: Vec<Vec<Value>> = (0..50).map(|i| vec![Value::Integer(i)]).collect();
    let alone = script.call_rows("f", &rows);
    assert!(alone.iter().all(Result::is_ok));
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| script.call_rows("f", &rows)))
            .collect();
        for thread in threads {
            assert_eq!(thread.join().unwrap(), alone);
        }
    });
}
