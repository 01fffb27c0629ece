//! One-line expressions: what they give, and in which words they are refused.

use super::*;
use crate::diag::Lang;

/// Writes the tree with every bracket, so that precedence shows.
fn shape(syntax: &Syntax) -> String {
    match syntax {
        Syntax::Number { value, .. } => value.to_decimal_text().unwrap(),
        Syntax::Text { value, .. } => format!("{value:?}"),
        Syntax::Bool { value, .. } => value.to_string(),
        Syntax::Name { name, .. } => name.clone(),
        Syntax::Member { of, name, .. } => format!("{of}.{name}"),
        Syntax::Not { operand, .. } => format!("!{}", shape(operand)),
        Syntax::Negate { operand, .. } => format!("-{}", shape(operand)),
        Syntax::Binary {
            op, left, right, ..
        } => format!("({} {} {})", shape(left), op.as_str(), shape(right)),
        Syntax::Call {
            function,
            arguments,
            ..
        } => {
            let arguments: Vec<String> = arguments.iter().map(shape).collect();
            format!("{function}({})", arguments.join(", "))
        }
    }
}

#[track_caller]
fn reads(text: &str, expected: &str) {
    match parse(text) {
        Ok(syntax) => assert_eq!(shape(&syntax), expected, "{text}"),
        Err(fault) => panic!("{text}: {fault:?}"),
    }
}

/// Asserts that the text is refused, the stretch that is pointed at, and words of the message.
#[track_caller]
fn refused(text: &str, pointed_at: &str, message: &str) -> ExpressionFault {
    let fault = parse(text).map(|syntax| shape(&syntax)).unwrap_err();
    assert_eq!(stretch(text, fault.at), pointed_at, "{text}: {fault:?}");
    assert!(fault.message.it.contains(message), "{text}: {fault:?}");
    fault
}

fn stretch(text: &str, at: At) -> String {
    text.chars().skip(at.offset).take(at.length).collect()
}

/// Gives what every node points at, from the root, left before right.
fn stretches(text: &str) -> Vec<String> {
    fn visit(text: &str, syntax: &Syntax, found: &mut Vec<String>) {
        found.push(stretch(text, syntax.at()));
        match syntax {
            Syntax::Not { operand, .. } | Syntax::Negate { operand, .. } => {
                visit(text, operand, found);
            }
            Syntax::Binary { left, right, .. } => {
                visit(text, left, found);
                visit(text, right, found);
            }
            Syntax::Call { arguments, .. } => arguments.iter().for_each(|a| visit(text, a, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    visit(text, &parse(text).unwrap(), &mut found);
    found
}

#[test]
fn each_kind_of_operand_is_read() {
    reads("12", "12");
    reads("0.050", "0.05");
    reads("1_000.50", "1000.5");
    reads("9223372036854775808", "9223372036854775808");
    reads("\"asilo \\\"nido\\\"\"", "\"asilo \\\"nido\\\"\"");
    reads("`nido`", "\"nido\"");
    reads("true", "true");
    reads("bambini_3_6", "bambini_3_6");
    reads("comuni.bambini", "comuni.bambini");
    reads("min(a, comuni.b, 3)", "min(a, comuni.b, 3)");
    reads("oggi()", "oggi()");
    reads("a // nota\n + b /* altra */", "(a + b)");
}

#[test]
fn accented_names_are_names() {
    reads("città.qualità > 0", "(città.qualità > 0)");
    assert_eq!(stretches("però + città.età"), ["+", "però", "città.età"]);
}

#[test]
fn precedence_is_that_of_the_documentation() {
    reads("a + b * c", "(a + (b * c))");
    reads("a - b - c", "((a - b) - c)");
    reads("a / b * c", "((a / b) * c)");
    reads("(a + b) * c", "((a + b) * c)");
    reads("a + 1 > b * 2", "((a + 1) > (b * 2))");
    reads("a < b == c >= d", "((a < b) == (c >= d))");
    reads("a != b && c <= d", "((a != b) && (c <= d))");
    reads("a || b && c", "(a || (b && c))");
    reads("!a && b", "(!a && b)");
    reads("-a * b", "(-a * b)");
    reads("-a + b", "(-a + b)");
}

#[test]
fn long_conditions_group_to_the_left() {
    reads("a && b && c && d", "(((a && b) && c) && d)");
    reads("a || b || c", "((a || b) || c)");
    reads("a && (b && c)", "((a && b) && c)");
    reads("a && (b || c) && d", "((a && (b || c)) && d)");
}

#[test]
fn every_operator_points_at_itself() {
    assert_eq!(
        stretches("a>0 &&  (!b && c == \"x\") && d != min(e, 2.5)"),
        [
            "&&", "&&", "&&", ">", "a", "0", "!", "b", "==", "c", "\"x\"", "!=", "d", "min", "e",
            "2.5"
        ]
    );
    let Syntax::Binary { at, left, .. } = parse("a && b && c").unwrap() else {
        panic!("not a pair");
    };
    assert_eq!((at.offset, left.at().offset), (7, 2));
    let Syntax::Binary { at, .. } = parse("(a) && ((/* && */ b))").unwrap() else {
        panic!("not a pair");
    };
    assert_eq!(
        at,
        At {
            offset: 4,
            length: 2
        }
    );
}

#[test]
fn a_sign_is_apart_from_its_number() {
    reads("-5", "-5");
    reads("- 0.5", "-0.5");
    reads("-(-5)", "--5");
    reads("a - -1", "(a - -1)");
    reads("+a", "a");
    assert_eq!(stretches("a * -12.50"), ["*", "a", "-", "12.50"]);
    assert_eq!(stretches("a * - 12"), ["*", "a", "-", "12"]);
}

#[test]
fn offsets_count_characters_over_lines() {
    let text = "  età > 3\r\n  && città == \"Cefalù\"\n";
    assert_eq!(
        stretches(text),
        ["&&", ">", "età", "3", "==", "città", "\"Cefalù\""]
    );
    refused("età > 3\n  && città %% 2", "%", "`%`");
}

#[test]
fn a_text_with_quotes_inside_is_pointed_at_whole() {
    assert_eq!(stretches(r#"a == "di \"B\" e" && b"#)[3], r#""di \"B\" e""#);
}

#[test]
fn numbers_are_never_rounded() {
    reads(
        "0.1234567890123456789012345678",
        "0.1234567890123456789012345678",
    );
    let long = "0.12345678901234567890123456789";
    refused(long, long, "più di 28 cifre");
    let long = "12345678901234567890123456789";
    refused(&format!("a > {long}"), long, "");
    refused("1e3", "e3", "`e3`");
    refused("0x1F + 1", "0x1F", "non è un numero decimale");
}

#[test]
fn what_is_not_an_expression_is_refused_where_it_stands() {
    let allowed = "qui si usano numeri, testi fra virgolette, nomi";
    for (text, pointed_at) in [
        ("a.len()", "len"),
        ("comuni.bambini.max()", "."),
        ("a.b.c", "."),
        ("a?.b", "b"),
        ("a + [1, 2]", "["),
        ("#{a: 1}", "#{"),
        ("`x ${a} y`", "`x ${a} y`"),
        ("a ?? b", "a"),
        ("a % 2", "%"),
        ("a ** 2", "**"),
        ("a & b", "&"),
        ("a | b", "|"),
        ("a ^ b", "^"),
        ("a << 1", "<<"),
        ("a in b", "in"),
        ("a !in b", "!"),
        ("lib::f(1)", "f"),
        ("lib::X + 1", "lib"),
        ("a[0]", "a"),
        ("()", "("),
        ("if a { 1 } else { 2 }", "if"),
        ("f(|x| x)", "|"),
        ("0..3", ".."),
        ("'a'", "'"),
    ] {
        let fault = refused(text, pointed_at, allowed);
        let help = fault.help.unwrap();
        assert!(
            help.it.starts_with("scrivere una funzione nel file .rhai"),
            "{text}"
        );
        assert!(fault.message.en.contains("which takes numbers"), "{text}");
    }
}

#[test]
fn statements_do_not_parse() {
    refused("let x = 1", "let", "");
    refused("a; b", ";", "qui `;` non può stare");
    refused("a += 1", "+=", "");
    refused("while true {}", "while", "");
    refused("fn f() { 1 }", "fn", "");
    refused("{ 1 }", "{", "");
}

#[test]
fn slips_of_the_pen_are_told_what_was_meant() {
    let help = |text: &str, pointed_at: &str| {
        let fault = refused(text, pointed_at, "");
        fault
            .help
            .map(|help| help.get(Lang::It).to_owned())
            .unwrap_or_default()
    };
    assert_eq!(help("a and b", "and"), "scrivere `&&`");
    assert_eq!(help("a e b", "e"), "scrivere `&&`");
    assert_eq!(help("a o b", "o"), "scrivere `||`");
    assert_eq!(help("a = 1", "="), "scrivere `==`");
    assert_eq!(help("a <> 1", ">"), "scrivere `!=`");
    assert!(help("a > 0,5", ",").contains("con il punto"));
    assert!(help("a * 5%", "%").contains("0.05"));
    assert!(help("5% * a", "*").contains("0.05"));
    assert!(help("tipo == 'nido'", "'").contains("in TOML mettere l'espressione fra apici"));
}

#[test]
fn broken_texts_point_at_the_break() {
    refused("", "", "vuota");
    refused("   ", "   ", "vuota");
    refused("a +", "+", "finisce a metà");
    refused("(a + b", "b", "`)`");
    refused("a == \"x", "\"x", "virgoletta");
    refused("a ) b", ")", "");
    refused("a € b", "€", "");
    refused("a && 5", "5", "condizione");
    refused("min(a b)", "b", "`,`");
    refused("case == 1", "case", "riservata");
}

#[test]
fn too_long_or_too_deep_is_refused_cleanly() {
    let long = format!("a == \"{}\"", "x".repeat(limits::SOURCE_BYTES));
    assert!(parse(&long).unwrap_err().message.it.contains("byte"));
    for text in [
        format!("{}a{}", "(".repeat(5_000), ")".repeat(5_000)),
        format!("{}a", "!".repeat(5_000)),
        format!("{}a", "- ".repeat(5_000)),
        format!("a{}", " + a".repeat(10_000)),
        format!("a{}", " && a".repeat(5_000)),
        format!("{}a{}", "f(".repeat(5_000), ")".repeat(5_000)),
        vec![format!("(a{})", " && a".repeat(40)); 20].join(" && "),
        (0..60).fold("a".to_owned(), |inner, _| format!("({inner} + a + a + a)")),
    ] {
        let fault = parse(&text).map(|syntax| shape(&syntax)).unwrap_err();
        assert!(fault.message.it.contains("tropp"), "{fault:?}");
    }
    let chain = format!("a{}", " + a".repeat(50));
    assert!(parse(&chain).is_ok());
}

#[test]
fn before_a_bracket_if_is_a_function() {
    for text in ["1 + if(a, b, c)", "1 + if (a, b, c)"] {
        let Ok(Syntax::Binary { right, .. }) = parse(text) else {
            panic!("{text}");
        };
        let at = At {
            offset: 4,
            length: 2,
        };
        assert_eq!(right.at(), at, "{text}");
        assert!(matches!(*right, Syntax::Call { function, arguments, .. }
            if function == "if" && arguments.len() == 3));
    }
    for text in ["if (a) { 1 } else { 2 }", "1 + if a { 1 }", "if", "x.if(a)"] {
        assert!(parse(text).is_err(), "{text}");
    }
    assert!(matches!(parse("\"if (a)\""), Ok(Syntax::Text { .. })));
}
