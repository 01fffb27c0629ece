//! Reads a pack and all that it extends, and joins them measure by measure.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use crate::diag::{Code, Diagnostic, Diagnostics, Place};
use crate::pack::raw::{
    MeasureFile, Node, PackFile, Reach, Value, check, check_nothing_removed, decode, merge,
    schema_of,
};
use crate::pack::{is_year, nearest};
use crate::rules::RuleFile;
use crate::say;
use crate::source::{Source, SourceError};

/// A pack as text: every file read, `extends` joined, shapes checked; nothing resolved yet.
#[derive(Debug, Clone)]
pub struct RawPack {
    /// `regione/2024`.
    pub id: String,
    /// The packs it is made from, the farthest first, itself last.
    pub lineage: Vec<String>,
    /// `pack.toml`, joined.
    pub manifest: Node,
    /// The measures, by the name of their file.
    pub measures: BTreeMap<String, RawMeasure>,
    /// Every rule file that was read.
    pub files: BTreeSet<RuleFile>,
    /// The files, by the name of their measure (`pack` is the manifest), that are no text at all:
    /// what they hold is not known, so nothing is said of what they lack.
    pub illegible: BTreeSet<String>,
}

/// A measure as text.
#[derive(Debug, Clone)]
pub struct RawMeasure {
    /// Its TOML, joined.
    pub node: Node,
    /// Its scripts, the nearest first: path and text.
    pub scripts: Vec<(String, String)>,
    /// Whether one of its scripts could not be read, so that its functions are not known.
    pub script_lost: bool,
}

/// The folder of national packs, which are no Region's.
const NATIONAL: &str = "nazionale";

fn is_national(id: &str) -> bool {
    id.split_once('/').is_some_and(|(of, _)| of == NATIONAL)
}

/// Gives the folder of a pack: `nazionale/2022` lives in `rules/2022`, the others in `regions/`.
pub fn folder_of(id: &str) -> String {
    match id.split_once('/') {
        Some((NATIONAL, year)) => format!("rules/{year}"),
        _ => format!("regions/{id}"),
    }
}

/// Gives the packs that a source holds, sorted.
///
/// # Errors
/// A folder that cannot be listed → [`SourceError`].
pub fn list_packs(source: &dyn Source) -> Result<BTreeSet<String>, SourceError> {
    let mut found = BTreeSet::new();
    let mut look = |region: &str, folder: &str| -> Result<(), SourceError> {
        for year in source
            .list(folder)?
            .into_iter()
            .filter(|year| is_year(year))
        {
            if source
                .list(&format!("{folder}/{year}"))?
                .contains("pack.toml")
            {
                found.insert(format!("{region}/{year}"));
            }
        }
        Ok(())
    };
    look(NATIONAL, "rules")?;
    for region in source.list("regions")? {
        look(&region, &format!("regions/{region}"))?;
    }
    Ok(found)
}

/// Reads the pack `id` with all that it extends.
///
/// # Errors
/// A file that is there but cannot be read → [`SourceError`]. What is wrong with the pack is in the
/// diagnostics; the pack is none when there is nothing to go on with.
pub fn read(source: &dyn Source, id: &str) -> Result<(Option<RawPack>, Diagnostics), SourceError> {
    let mut reader = Reader {
        source,
        known: list_packs(source)?,
        pack_schema: schema_of::<PackFile>(),
        measure_schema: schema_of::<MeasureFile>(),
        lost_base: false,
        faults: Diagnostics::new(),
    };
    let mut pack = reader.pack(id, None, &mut Vec::new(), &Takes::AllBut(BTreeSet::new()))?;
    let Reader {
        mut faults,
        pack_schema,
        measure_schema,
        lost_base,
        ..
    } = reader;
    // What a lost base would have brought is not missing: nothing more can be judged.
    if lost_base {
        return Ok((None, faults));
    }
    if let Some(pack) = &mut pack {
        pack.measures
            .retain(|name, _| !pack.illegible.contains(name));
    }
    let pack = pack.filter(|pack| !pack.illegible.contains("pack"));
    if let Some(pack) = &pack {
        faults.extend(check(&pack.manifest, &pack_schema, Reach::Whole));
        for measure in pack.measures.values() {
            faults.extend(check(&measure.node, &measure_schema, Reach::Whole));
        }
    }
    Ok((pack, faults))
}

/// What another pack takes over of one that it extends.
enum Takes {
    /// Acts and parameters alone: what the State splits among Regions is no measure of a Region.
    Manifest,
    /// All but the measures of these names, which it removes.
    AllBut(BTreeSet<String>),
}

struct Reader<'s> {
    source: &'s dyn Source,
    known: BTreeSet<String>,
    pack_schema: Json,
    measure_schema: Json,
    /// Whether a pack that is extended could not be had.
    lost_base: bool,
    faults: Diagnostics,
}

impl Reader<'_> {
    fn pack(
        &mut self,
        id: &str,
        asked_at: Option<Place>,
        chain: &mut Vec<String>,
        takes: &Takes,
    ) -> Result<Option<RawPack>, SourceError> {
        if chain.iter().any(|ancestor| ancestor == id) {
            self.faults
                .push(extends_cycle(id, chain).at_maybe(asked_at));
            return Ok(None);
        }
        if !self.known.contains(id) {
            self.faults
                .push(unknown_pack(id, &self.known, chain).at_maybe(asked_at));
            return Ok(None);
        }
        chain.push(id.to_owned());
        let mut pack = self.own(id, takes)?;
        let bases = texts(&pack.manifest, "extends");
        let mut below: Option<RawPack> = None;
        for (base, place) in &bases {
            let of_the_state = is_national(base) && !is_national(id);
            let of_base = match takes {
                Takes::AllBut(above) if !of_the_state => {
                    let removed = texts(&pack.manifest, "removed_measures").into_iter();
                    let removed = removed.map(|(name, _)| name);
                    Takes::AllBut(removed.chain(above.iter().cloned()).collect())
                }
                _ => Takes::Manifest,
            };
            let Some(next) = self.pack(base, Some(place.clone()), chain, &of_base)? else {
                self.lost_base = true;
                continue;
            };
            below = Some(match below {
                Some(below) => self.join(below, next),
                None => next,
            });
        }
        match below {
            Some(mut below) => {
                self.remove_measures(&mut below, &pack);
                pack = self.join(below, pack);
            }
            None => {
                self.faults.extend(check_nothing_removed(&pack.manifest));
                for measure in pack.measures.values() {
                    self.faults.extend(check_nothing_removed(&measure.node));
                }
            }
        }
        chain.pop();
        Ok(Some(pack))
    }

    /// Reads the files of one pack, without what it extends.
    fn own(&mut self, id: &str, takes: &Takes) -> Result<RawPack, SourceError> {
        let folder = folder_of(id);
        let (mut files, mut illegible) = (BTreeSet::new(), BTreeSet::new());
        let path = format!("{folder}/pack.toml");
        let (manifest, faults) = toml(self.source, &path, &self.pack_schema, &mut files)?;
        self.faults.extend(faults);
        let manifest = manifest.unwrap_or_else(|| {
            illegible.insert("pack".to_owned());
            Node::empty(&path)
        });
        let mut measures = BTreeMap::new();
        for name in self.source.list(&folder)? {
            let Some(measure) = name.strip_suffix(".toml").filter(|m| *m != "pack") else {
                continue;
            };
            let path = format!("{folder}/{name}");
            match takes {
                Takes::Manifest => continue,
                Takes::AllBut(removed) if removed.contains(measure) => {
                    let read = self.removed(&folder, measure, &mut files)?;
                    measures.insert(measure.to_owned(), read);
                    continue;
                }
                Takes::AllBut(_) => {}
            }
            let (node, faults) = toml(self.source, &path, &self.measure_schema, &mut files)?;
            self.faults.extend(faults);
            let Some(node) = node else {
                illegible.insert(measure.to_owned());
                continue;
            };
            let script = format!("{folder}/{measure}.rhai");
            let before = self.faults.len();
            let scripts = self.script(script, &mut files)?.into_iter().collect();
            let script_lost = self.faults.len() > before;
            let read = RawMeasure {
                node,
                scripts,
                script_lost,
            };
            measures.insert(measure.to_owned(), read);
        }
        Ok(RawPack {
            id: id.to_owned(),
            lineage: vec![id.to_owned()],
            manifest,
            measures,
            files,
            illegible,
        })
    }

    /// Takes a measure that is removed later: its bytes count as rules that were read, its text is
    /// judged where it is in force.
    fn removed(
        &self,
        folder: &str,
        measure: &str,
        files: &mut BTreeSet<RuleFile>,
    ) -> Result<RawMeasure, SourceError> {
        for ending in ["toml", "rhai"] {
            let path = format!("{folder}/{measure}.{ending}");
            if let Some(bytes) = self.source.read(&path)? {
                files.insert(RuleFile { path, bytes });
            }
        }
        Ok(RawMeasure {
            node: Node::empty(&format!("{folder}/{measure}.toml")),
            scripts: Vec::new(),
            script_lost: false,
        })
    }

    fn script(
        &mut self,
        path: String,
        files: &mut BTreeSet<RuleFile>,
    ) -> Result<Option<(String, String)>, SourceError> {
        let Some(bytes) = self.source.read(&path)? else {
            return Ok(None);
        };
        files.insert(RuleFile {
            path: path.clone(),
            bytes: bytes.clone(),
        });
        match decode(&path, &bytes) {
            Ok(text) => Ok(Some((path.clone(), text.to_owned()))),
            Err(faults) => {
                self.faults.extend(faults);
                Ok(None)
            }
        }
    }

    fn join(&mut self, below: RawPack, above: RawPack) -> RawPack {
        let (manifest, faults) = merge(&below.manifest, &above.manifest);
        self.faults.extend(faults);
        let mut measures = below.measures;
        for (name, over) in above.measures {
            let joined = match measures.remove(&name) {
                Some(base) => {
                    let (node, faults) = merge(&base.node, &over.node);
                    self.faults.extend(faults);
                    let mut scripts = over.scripts;
                    let farther = base.scripts.into_iter();
                    let farther: Vec<_> = farther.filter(|s| !scripts.contains(s)).collect();
                    scripts.extend(farther);
                    RawMeasure {
                        node,
                        scripts,
                        script_lost: over.script_lost || base.script_lost,
                    }
                }
                None => {
                    if !below.illegible.contains(&name) {
                        self.faults.extend(check_nothing_removed(&over.node));
                    }
                    over
                }
            };
            measures.insert(name, joined);
        }
        // Two bases may start from the same pack: it is one ancestor.
        let mut lineage = below.lineage;
        let new = above.lineage.into_iter();
        let new: Vec<String> = new.filter(|id| !lineage.contains(id)).collect();
        lineage.extend(new);
        let mut files = below.files;
        files.extend(above.files);
        let mut illegible = below.illegible;
        illegible.extend(above.illegible);
        RawPack {
            id: above.id,
            lineage,
            manifest,
            measures,
            files,
            illegible,
        }
    }

    fn remove_measures(&mut self, below: &mut RawPack, over: &RawPack) {
        for (name, place) in texts(&over.manifest, "removed_measures") {
            if below.measures.remove(&name).is_none() && !below.illegible.contains(&name) {
                let fault = Diagnostic::error(
                    Code::NothingToRemove,
                    say!(
                        "si toglie la misura `{name}`, che il pacchetto di partenza non ha",
                        "the measure `{name}` is removed, but the pack it extends does not have it"
                    ),
                );
                let help = nearest(&name, below.measures.keys().map(String::as_str));
                let help = help.unwrap_or_else(|| {
                    say!(
                        "cancellare `{name}` da `removed_measures`",
                        "delete `{name}` from `removed_measures`"
                    )
                });
                self.faults.push(fault.at(place).help(help));
            }
        }
    }
}

/// Reads a file of rules and judges what is written in it; gives none where it is no text at all.
fn toml(
    source: &dyn Source,
    path: &str,
    schema: &Json,
    files: &mut BTreeSet<RuleFile>,
) -> Result<(Option<Node>, Diagnostics), SourceError> {
    let bytes = source.read(path)?.unwrap_or_default();
    let (node, mut faults) = Node::parse(path, &bytes);
    let no_text = |fault: &Diagnostic| matches!(fault.code, Code::Encoding | Code::Bom);
    let illegible = faults.iter().any(no_text);
    files.insert(RuleFile {
        path: path.to_owned(),
        bytes,
    });
    if illegible {
        return Ok((None, faults));
    }
    faults.extend(check(&node, schema, Reach::Changes));
    Ok((Some(node), faults))
}

fn texts(node: &Node, key: &str) -> Vec<(String, Place)> {
    let Some(Value::List(items)) = node.get(key).map(|list| &list.value) else {
        return Vec::new();
    };
    items
        .iter()
        .filter_map(|i| Some((i.as_text()?.to_owned(), i.place.clone())))
        .collect()
}

/// A pack that is being read already is not offered: it cannot extend itself.
fn unknown_pack(id: &str, known: &BTreeSet<String>, chain: &[String]) -> Diagnostic {
    let known: Vec<&str> = known
        .iter()
        .filter(|known| !chain.contains(known))
        .map(String::as_str)
        .collect();
    let list = known
        .iter()
        .map(|id| format!("`{id}`"))
        .collect::<Vec<_>>()
        .join(", ");
    let help = nearest(id, known.into_iter()).unwrap_or_else(|| match list.as_str() {
        "" => say!(
            "non ce n'è nessun altro: controllare la cartella data con `--root`",
            "there is no other: check the folder given with `--root`"
        ),
        _ => say!("ci sono: {list}", "there are: {list}"),
    });
    Diagnostic::error(
        Code::UnknownPack,
        say!("non c'è un pacchetto `{id}`", "there is no pack `{id}`"),
    )
    .help(help)
}

fn extends_cycle(id: &str, chain: &[String]) -> Diagnostic {
    let round = [chain, &[id.to_owned()]].concat().join(" → ");
    Diagnostic::error(
        Code::Cycle,
        say!(
            "i pacchetti si rincorrono: {round}",
            "the packs go round in a circle: {round}"
        ),
    )
    .help(say!(
        "un pacchetto parte solo da pacchetti che non partono da lui",
        "a pack extends only packs that do not extend it"
    ))
}
