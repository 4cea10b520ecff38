//! A baseline: the findings of an earlier run go in, and only what is new comes out.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::schema::Finding;

/// The findings that were there before.
#[derive(Debug, Clone, Default)]
pub struct Baseline {
    fingerprints: BTreeSet<String>,
}

/// Why a baseline cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BaselineError {
    /// It is not JSON.
    #[error("the baseline is not JSON")]
    NotJson(#[from] serde_json::Error),
    /// It is JSON of something else.
    #[error("the baseline lists no findings: expected what `check --format json` writes, or a list of fingerprints")]
    NoFindings,
}

impl Baseline {
    /// Reads what `check --format json` wrote, a list of its findings, or a list of fingerprints.
    pub fn from_json(text: &str) -> Result<Self, BaselineError> {
        let json: Value = serde_json::from_str(text)?;
        let findings = match &json {
            Value::Array(findings) => findings,
            Value::Object(fields) => fields.get("findings").and_then(Value::as_array).ok_or(BaselineError::NoFindings)?,
            _ => return Err(BaselineError::NoFindings),
        };
        let fingerprint = |finding: &Value| Some(finding.get("fingerprint").unwrap_or(finding).as_str()?.to_owned());
        let fingerprints: Option<BTreeSet<String>> = findings.iter().map(fingerprint).collect();
        fingerprints.map(|fingerprints| Self { fingerprints }).ok_or(BaselineError::NoFindings)
    }

    /// Whether the finding was there before.
    pub fn holds(&self, finding: &Finding) -> bool {
        self.fingerprints.contains(&finding.fingerprint)
    }

    /// Fingerprints of the findings that were there before.
    pub fn fingerprints(&self) -> &BTreeSet<String> {
        &self.fingerprints
    }

    /// Only the findings that were not there before.
    pub fn new_only(&self, findings: Vec<Finding>) -> Vec<Finding> {
        findings.into_iter().filter(|finding| !self.holds(finding)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{found, printed, snapshot};
    use super::*;

    fn check(json: &str, expected: Option<usize>) {
        let findings = found("repeat-differs", &[snapshot(vec![printed("343"), printed("344")], Vec::new())]);
        assert_eq!(findings.len(), 1);
        let json = json.replace("IT", &findings[0].fingerprint);
        let left = Baseline::from_json(&json).ok().map(|baseline| baseline.new_only(findings).len());
        assert_eq!(left, expected, "{json}");
    }

    #[test]
    fn what_was_there_before_is_left_out() {
        check(r#"{"tool": "crosstally", "findings": [{"fingerprint": "IT"}]}"#, Some(0));
        check(r#"[{"fingerprint": "IT"}]"#, Some(0));
        check(r#"["IT"]"#, Some(0));
        check(r#"["0123456789abcdef"]"#, Some(1));
        check("[]", Some(1));
    }

    #[test]
    fn something_else_is_refused() {
        check("findings", None);
        check("{}", None);
        check("[{}]", None);
        check("3", None);
    }
}
