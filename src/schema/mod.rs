//! What every family ends in and all that is published: observations, findings, and what the codes in them mean.

mod alone;
mod attached;
mod claim;
pub mod codebook;
mod dataset;
mod extraction;
mod fact;
mod finding;
mod interval;
mod observation;
mod packed;
mod period;
mod provenance;
mod relation;
mod results;
mod skipped;
pub mod view;

pub use alone::Alone;
pub use attached::{Attached, Attribution};
pub use claim::{Claim, ClaimFigure, ClaimKind, List, Order, Saying, Within};
pub use dataset::{Dataset, WaivedFinding};
pub use extraction::{DocumentRecord, Extraction, Promise, PromiseState, Status};
pub use fact::{Fact, Want};
pub use finding::{Code, Finding, Severity};
pub use interval::Interval;
pub use observation::{Direction, Method, Observation, Qualifier, Series, Sex, Statistic};
pub use packed::NotPacked;
pub use period::Period;
pub use provenance::{Mention, Provenance};
pub use relation::Relation;
pub use results::{Each, Extractions, Results};
pub use skipped::Skipped;
