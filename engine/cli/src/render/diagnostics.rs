//! Diagnostics as text: the line, a caret, the cause, the remedy, the act.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use riparto_core::diag::{Diagnostic, Lang, Place, Severity};
use riparto_core::say;

/// Gives the text of the files that diagnostics point to.
pub type Texts<'t> = dyn Fn(&str) -> Option<String> + 't;

/// Renders diagnostics one after the other, each with its excerpt.
pub fn render(diagnostics: &[Diagnostic], texts: &Texts<'_>, lang: Lang) -> String {
    let rendered = diagnostics
        .iter()
        .map(|diagnostic| one(diagnostic, texts, lang));
    rendered.collect::<Vec<_>>().join("\n\n")
}

fn one(diagnostic: &Diagnostic, texts: &Texts<'_>, lang: Lang) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR.with_name(match lang {
            Lang::It => "errore",
            Lang::En => "error",
        }),
        Severity::Warning => Level::WARNING.with_name(match lang {
            Lang::It => "avviso",
            Lang::En => "warning",
        }),
    };
    let title = level
        .primary_title(diagnostic.message.get(lang))
        .id(diagnostic.code.as_str());
    let mut group = Group::with_title(title);
    if let Some(place) = &diagnostic.place {
        group = with_excerpt(group, place, AnnotationKind::Primary, None, texts);
    }
    for (place, text) in &diagnostic.related {
        group = with_excerpt(
            group,
            place,
            AnnotationKind::Context,
            Some(text.get(lang)),
            texts,
        );
    }
    if let Some(help) = &diagnostic.help {
        let name = say!("rimedio", "help");
        group = group.element(
            Level::HELP
                .with_name(name.get(lang).to_owned())
                .message(help.get(lang)),
        );
    }
    if let Some(act) = &diagnostic.act {
        let name = say!("fonte", "source");
        group = group.element(
            Level::NOTE
                .with_name(name.get(lang).to_owned())
                .message(act.as_str()),
        );
    }
    Renderer::styled()
        .decor_style(DecorStyle::Ascii)
        .render(&[group])
}

fn with_excerpt<'g>(
    group: Group<'g>,
    place: &'g Place,
    kind: AnnotationKind,
    label: Option<&'g str>,
    texts: &Texts<'_>,
) -> Group<'g> {
    let Some(text) = texts(&place.file) else {
        let origin = Origin::path(place.file.as_str())
            .line(place.line)
            .char_column(place.column);
        return group.element(origin);
    };
    let (start, end) = span(&text, place);
    let annotation = kind.span(start..end).label(label.map(str::to_owned));
    let snippet = Snippet::source(text)
        .path(place.file.as_str())
        .annotation(annotation);
    group.element(snippet)
}

/// The bytes that a place covers.
fn span(text: &str, place: &Place) -> (usize, usize) {
    let mut line_start = 0;
    for (at, line) in text.split_inclusive('\n').enumerate() {
        if at + 1 == place.line {
            let offset = |chars: usize| {
                line.char_indices()
                    .nth(chars)
                    .map_or(line.trim_end().len(), |(byte, _)| byte)
            };
            let start = offset(place.column - 1);
            let end = offset(place.column - 1 + place.length).max(start);
            return (line_start + start, line_start + end);
        }
        line_start += line.len();
    }
    (text.len(), text.len())
}
