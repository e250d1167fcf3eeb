//! tmp
use serde_json::Value;
/// tmp
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("bad link")]
pub struct LinkError;
/// tmp
pub fn encode(v: &Value) -> Result<String, LinkError> { Ok(format!("1{}", v.to_string().bytes().map(|b| format!("{b:02x}")).collect::<String>())) }
/// tmp
pub fn decode(s: &str) -> Result<Value, LinkError> {
    let s = s.strip_prefix('1').ok_or(LinkError)?;
    let b: Option<Vec<u8>> = (0..s.len()).step_by(2).map(|i| u8::from_str_radix(s.get(i..i + 2)?, 16).ok()).collect();
    serde_json::from_slice(&b.ok_or(LinkError)?).map_err(|_| LinkError)
}
