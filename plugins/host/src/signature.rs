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

#[cfg(test)]
mod tests {
    use riparto_plugin_abi::Note;

    use super::*;

    const BYTES: &[u8] = b"the bytes of a plugin";
    /// Made for these tests from a secret that is no secret: the bytes from 0 to 31.
    const KEY: &str = "RWRyaXBhcnRvMQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4";
    const SIGNATURE: &str = "\
untrusted comment: test
RURyaXBhcnRvMXZ0Lw/Sju3j8DPd0tJiCS15rjn+SaNgrmhqeGNyDIYXDOlKqfy0oit2Dq5u/7HuKbCcz26NlIhshZMzscbNCwE=
trusted comment: plugin=prova version=0.1.0
FWjuccwRLi6KBMcpL+diLgZS2KPu41GEcs4w8j1w2RS2QFcjZLdbso0JxGqCDLslqiyk5qLgCSuaGVZVmrDcAg==
";

    fn inspected(name: &str, version: &str) -> Inspected {
        Inspected {
            note: Note {
                name: name.to_owned(),
                version: version.to_owned(),
                target: String::new(),
                abi: (1, 0),
                pointer_bits: 64,
                unwinds: true,
            },
            sha256: String::new(),
        }
    }

    #[test]
    fn a_signature_of_these_bytes_under_this_name_holds() {
        let prova = inspected("prova", "0.1.0");
        assert_eq!(verify(BYTES, &prova, Some(SIGNATURE), KEY), Ok(()));
    }

    #[test]
    fn any_other_does_not() {
        let prova = inspected("prova", "0.1.0");
        let other_key = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";
        let retold = SIGNATURE.replace("version=0.1.0", "version=0.2.0");
        for (bytes, read, signature, key) in [
            (&b"other bytes"[..], &prova, Some(SIGNATURE), KEY),
            (BYTES, &prova, Some(SIGNATURE), other_key),
            (BYTES, &prova, Some(SIGNATURE), "no key"),
            (BYTES, &prova, Some(retold.as_str()), KEY),
            (BYTES, &inspected("prova", "0.2.0"), Some(SIGNATURE), KEY),
            (BYTES, &inspected("altro", "0.1.0"), Some(SIGNATURE), KEY),
            (
                BYTES,
                &inspected("prova", "0.2.0"),
                Some(retold.as_str()),
                KEY,
            ),
            (BYTES, &prova, Some("no signature"), KEY),
            (BYTES, &prova, None, KEY),
        ] {
            let found = verify(bytes, read, signature, key);
            assert!(matches!(found, Err(Refusal::Signature(_))), "{read:?}");
        }
    }
}
