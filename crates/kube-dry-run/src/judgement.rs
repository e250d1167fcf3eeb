//! The answer of the API server to one document.

use serde::Serialize;

use super::FieldError;
use super::field_error::Errors;
use super::warn::Warnings;
use crate::path::Path;
use crate::yaml::DuplicateKey;

/// The answer of the API server to one document: the verdict and what led to it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Judgement {
    /// Which stage objected, if one did.
    pub verdict: Verdict,
    /// Why kubectl would not even send the document; only with [`Verdict::ClientError`].
    pub client_error: Option<ClientError>,
    /// Every value of a wrong type; only with [`Verdict::DecodeError`].
    pub decode_errors: Vec<DecodeError>,
    /// Every unknown field, and every one that is there twice; only with [`Verdict::StrictError`].
    pub strict_errors: Vec<StrictError>,
    /// What the validation found; only with [`Verdict::Invalid`].
    pub errors: Vec<FieldError>,
    /// What the server warns of while it accepts; only with [`Verdict::Accepted`].
    pub warnings: Vec<Warning>,
    /// How much more was found than is kept.
    pub omitted: Omitted,
}

/// How much was found that is not kept, because there is too much of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Omitted {
    /// Errors of all stages. Of unknown fields a hundred are all that the server itself looks for.
    #[serde(skip_serializing_if = "is_none")]
    pub errors: usize,
    /// Warnings, at least so many.
    #[serde(skip_serializing_if = "is_none")]
    pub warnings: usize,
}

/// Which stage of the API server, or kubectl before it, decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The object would be created.
    Accepted,
    /// kubectl would not send the document: no object, or no kind and version that the server has.
    ClientError,
    /// A value has a wrong type.
    DecodeError,
    /// A field is unknown, or is there twice.
    StrictError,
    /// The validation found errors.
    Invalid,
}

/// Why a document is no object of a kind that is judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClientError {
    /// The field that says so, `kind` or `apiVersion`, or the whole document.
    #[serde(serialize_with = "written")]
    pub field: Path,
    /// What is wrong with it, in words for a person.
    pub message: String,
}

/// A value whose type is not the field's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DecodeError {
    /// Where the value stands.
    #[serde(serialize_with = "written")]
    pub field: Path,
    /// What is expected and what stands there, in Kubernetes' and JSON's terms.
    pub message: String,
}

/// A field that the kind does not have, or that is there twice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StrictError {
    /// Where the field stands.
    #[serde(serialize_with = "written")]
    pub field: Path,
    /// The server's own words: `unknown field "spec.containers[0].nam"`.
    pub message: String,
}

/// A doubt that the server voices about an object that it accepts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// The field path that the doubt is about; empty where it is about the whole object.
    pub field: String,
    /// The whole text of the warning, to the letter.
    pub message: String,
}

impl Judgement {
    pub(super) fn accepted(warnings: Warnings) -> Self {
        let (warnings, further) = warnings.into_parts();
        Self { warnings, omitted: Omitted { warnings: further, errors: 0 }, ..Self::of(Verdict::Accepted) }
    }

    pub(super) fn client_error(error: ClientError) -> Self {
        Self { client_error: Some(error), ..Self::of(Verdict::ClientError) }
    }

    pub(super) fn decode_errors(decode_errors: Vec<DecodeError>, further: usize) -> Self {
        Self { decode_errors, omitted: Omitted::errors(further), ..Self::of(Verdict::DecodeError) }
    }

    pub(super) fn strict_errors(strict_errors: Vec<StrictError>) -> Self {
        Self { strict_errors, ..Self::of(Verdict::StrictError) }
    }

    pub(super) fn invalid(errors: Errors) -> Self {
        let omitted = Omitted::errors(errors.further());
        Self { errors: errors.into_vec(), omitted, ..Self::of(Verdict::Invalid) }
    }

    /// This judgement on a document with `duplicates` and some `further` ones, which count as strict errors.
    pub(super) fn with_duplicates(self, duplicates: &[DuplicateKey], further: usize) -> Self {
        if duplicates.is_empty() || matches!(self.verdict, Verdict::ClientError | Verdict::DecodeError) {
            return self;
        }
        let twice = duplicates.iter().map(|key| StrictError { field: key.path.clone(), message: key.message.clone() });
        let strict_errors = twice.chain(self.strict_errors).collect();
        Self { omitted: Omitted::errors(further), ..Self::strict_errors(strict_errors) }
    }

    fn of(verdict: Verdict) -> Self {
        Self {
            verdict,
            client_error: None,
            decode_errors: Vec::new(),
            strict_errors: Vec::new(),
            errors: Vec::new(),
            warnings: Vec::new(),
            omitted: Omitted::default(),
        }
    }
}

impl Omitted {
    fn errors(errors: usize) -> Self {
        Self { errors, warnings: 0 }
    }

    /// True if everything is kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_none(count: &usize) -> bool {
    *count == 0
}

fn written<S: serde::Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(path)
}
