//! JSON on its way out.
use contract::{Fault, OwnedString, Status};
use serde::Serialize;

/// The document as a string that the caller will own.
pub(crate) fn to_text(document: &impl Serialize) -> Result<OwnedString, Fault> {
    let text = serde_json::to_string(document).map_err(|error| Fault::new(Status::Panic, error.to_string()))?;
    Ok(OwnedString::new(text))
}
