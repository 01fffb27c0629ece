//! Diagnostics as text: the line, a caret, the cause, the remedy, the act.

use std::collections::BTreeMap;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use riparto_core::diag::{Diagnostic, Lang, Place, Severity};
use riparto_core::say;

/// Gives the text of the files that diagnostics point to.
pub type Texts<'t> = dyn Fn(&str) -> Option<String> + 't;

/// Renders diagnostics one after the other, each with its excerpt.
pub fn render(diagnostics: &[Diagnostic], texts: &Texts<'_>, lang: Lang) -> String {
    let mut lines = Lines {
        texts,
        files: BTreeMap::new(),
    };
    let rendered = diagnostics
        .iter()
        .map(|diagnostic| one(diagnostic, &mut lines, lang));
    rendered.collect::<Vec<_>>().join("\n\n")
}

/// The lines of the files that diagnostics point to, each file read once.
struct Lines<'t> {
    texts: &'t Texts<'t>,
    files: BTreeMap<String, Option<Vec<String>>>,
}

impl Lines<'_> {
    /// Gives a line of a file, counted from one; a line after the last is empty.
    fn get(&mut self, file: &str, line: usize) -> Option<&str> {
        let lines = self.files.entry(file.to_owned()).or_insert_with(|| {
            let text = (self.texts)(file)?;
            Some(text.lines().map(str::to_owned).collect())
        });
        let lines = lines.as_ref()?;
        Some(lines.get(line.saturating_sub(1)).map_or("", String::as_str))
    }
}

fn one(diagnostic: &Diagnostic, lines: &mut Lines<'_>, lang: Lang) -> String {
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
        group = with_excerpt(group, place, AnnotationKind::Primary, None, lines);
    }
    for (place, text) in &diagnostic.related {
        group = with_excerpt(
            group,
            place,
            AnnotationKind::Context,
            Some(text.get(lang)),
            lines,
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
    lines: &mut Lines<'_>,
) -> Group<'g> {
    let Some(line) = lines.get(&place.file, place.line) else {
        let origin = Origin::path(place.file.as_str())
            .line(place.line)
            .char_column(place.column);
        return group.element(origin);
    };
    let byte = |column: usize| {
        line.char_indices()
            .nth(column)
            .map_or(line.trim_end().len(), |(byte, _)| byte)
    };
    let start = byte(place.column.saturating_sub(1));
    let end = byte(place.column.saturating_sub(1) + place.length).max(start);
    let annotation = kind.span(start..end).label(label.map(str::to_owned));
    let snippet = Snippet::source(line.to_owned())
        .line_start(place.line)
        .path(place.file.as_str())
        .annotation(annotation);
    group.element(snippet)
}
