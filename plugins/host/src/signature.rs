//! Checks the detached signature of a plugin, when its Region signs.

use minisign_verify::{PublicKey, Signature};
use riparto_core::diag::Text;
use riparto_core::say;

use crate::{Inspected, Refusal};

/// Checks bytes against a signature and a Region's key, both as minisign writes them.
///
/// The trusted comment, which is signed too, must name the plugin and its version: an old
/// signature does not serve under another name.
pub fn verify(
    bytes: &[u8],
    inspected: &Inspected,
    signature: Option<&str>,
    key: &str,
) -> Result<(), Refusal> {
    let refuse = |why: Text| Refusal::Signature(why);
    let signature = signature.ok_or_else(|| {
        refuse(say!(
            "la Regione firma i suoi plugin, e questo non ha firma",
            "the Region signs its plugins, and this one has no signature"
        ))
    })?;
    let key = PublicKey::from_base64(key.trim()).map_err(|_| {
        refuse(say!(
            "la chiave della Regione non si legge",
            "the Region's key cannot be read"
        ))
    })?;
    let signature = Signature::decode(signature).map_err(|_| {
        refuse(say!(
            "il file della firma non si legge",
            "the signature cannot be read"
        ))
    })?;
    key.verify(bytes, &signature, false).map_err(|_| {
        refuse(say!(
            "non è di questo file, o non è fatta con la chiave della Regione",
            "it is not of this file, or not made with the Region's key"
        ))
    })?;
    let (name, version) = (&inspected.note.name, &inspected.note.version);
    let wanted = format!("plugin={name} version={version}");
    if signature.trusted_comment() != wanted {
        return Err(refuse(say!(
            "il commento firmato non è `{wanted}`",
            "the signed comment is not `{wanted}`"
        )));
    }
    Ok(())
}
