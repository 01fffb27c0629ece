//! `explain`: why a subject receives what it receives.

use riparto_core::explain::{Explanation, explain as tell};
use serde_json::{Value, json};

use crate::args::{ExplainArgs, Format};
use crate::exit::Failure;
use crate::host::Host;
use crate::output::print;
use crate::render;

/// Explains what a subject receives.
pub fn explain(host: &Host, args: &ExplainArgs) -> Result<(), Failure> {
    host.only(&[Format::Text, Format::Json])?;
    let overrides = args.inputs.overrides()?;
    let ran = host.run(&args.pack, &overrides, &args.inputs.from())?;
    if let Some(measure) = &args.measure
        && ran.pack.measure(measure).is_none()
    {
        return Err(unknown_measure(&ran.pack, measure));
    }
    let measure = args.measure.as_deref();
    let explanation = tell(&ran.pack, &ran.data, &ran.run, &args.subject, measure)?;
    match host.format {
        Format::Json => {
            print(&riparto_io::report::json::text(&as_json(
                host,
                &explanation,
            )))?;
        }
        _ => print(&render::explain::render(
            &explanation,
            host.lang,
            host.terminal,
        ))?,
    }
    Ok(())
}

fn as_json(host: &Host, explanation: &Explanation) -> Value {
    let parts = explanation.parts.iter().map(|part| {
        let steps = part.steps.iter().map(|step| {
            json!({
                "kind": step.kind,
                "text": host.say(&step.text),
                "act": step.act,
                "assumption": step.assumption,
                "given": step.given,
                "note": step.note,
            })
        });
        json!({
            "measure": part.measure,
            "allocation": part.allocation,
            "fund": part.fund,
            "title": host.say(&part.title),
            "amount": part.amount,
            "steps": steps.collect::<Vec<_>>(),
        })
    });
    json!({
        "pack": explanation.pack,
        "subject": explanation.subject,
        "parts": parts.collect::<Vec<_>>(),
        "total": explanation.total,
        "conclusion": host.say(&explanation.conclusion),
    })
}

fn unknown_measure(pack: &riparto_core::rules::Pack, measure: &str) -> Failure {
    use riparto_core::diag::{Code, Diagnostic};
    use riparto_core::say;
    let known = pack.measures.iter().map(|measure| measure.id.as_str());
    let help = riparto_core::pack::nearest(measure, known.clone()).unwrap_or_else(|| {
        let list = known
            .map(|id| format!("`{id}`"))
            .collect::<Vec<_>>()
            .join(", ");
        say!("ci sono: {list}", "there are: {list}")
    });
    let message = say!(
        "non c'è una misura `{measure}`",
        "there is no measure `{measure}`"
    );
    Failure::Refused(
        Diagnostic::error(Code::UnknownName, message)
            .help(help)
            .into(),
    )
}
