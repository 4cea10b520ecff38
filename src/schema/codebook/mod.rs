//! temp
/// t
pub struct Codebook;
/// t
pub struct Indicator {
    /// u
    pub unit: &'static str,
}
/// t
pub fn codebook() -> &'static Codebook {
    &Codebook
}
impl Codebook {
    /// t
    pub fn place(&self, _c: &str) -> Option<()> {
        Some(())
    }
    /// t
    pub fn indicator(&self, c: &str) -> Option<Indicator> {
        Some(Indicator {
            unit: match c {
                "reintegration_grants" => "grants",
                "refugee_status_granted" | "complementary_protection_granted" => "decisions",
                "trafficking_residence_permits" => "permits",
                _ => "persons",
            },
        })
    }
    /// t
    pub fn members(&self, c: &str) -> &'static [&'static str] {
        if c == "WBALK" {
            &["ALB", "BIH", "XKX", "MNE", "MKD", "SRB"]
        } else {
            &[]
        }
    }
}
