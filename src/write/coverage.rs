//! The promises of every edition side by side: a column each figure that a layout promises, in the order of the profiles.

use std::{collections::HashMap, io};

use super::{document::Document, promises::rules};
use crate::schema::{DocumentRecord, Promise, PromiseState};

/// The columns that say which edition it is.
pub const LEAD: [(&str, &str, &str); 4] = [
    ("document", "Path below the PATH given, / separated", "#meta+document"),
    ("family", "Series of reports of one publisher with one plan", "#meta+family"),
    ("layout", "Plan that the family used for a span of editions", "#meta+layout"),
    (
        "edition",
        "Issue of the family, named by the last month it reports: 2024-07",
        "#date+edition",
    ),
];
/// What may have become of a promised figure.
pub const STATES: &[&str] = &["read", "missing", "lost"];
/// What a cell below a rule says.
pub const MEANING: &str = "What became of the figures of this rule; empty where the edition's layout promises none";
/// The tag of a rule's column in the Humanitarian Exchange Language.
pub const HXL: &str = "#status+promise";

/// The promises of editions as they come.
#[derive(Debug, Default)]
pub(super) struct Promises {
    /// The rules of each kind of edition, in the profile's order.
    plans: Vec<Vec<String>>,
    editions: Vec<Edition>,
}

/// Editions down, promised figures across.
#[derive(Debug)]
pub(super) struct Coverage {
    /// Every rule, once.
    rules: Vec<String>,
    /// The columns of each plan's rules.
    plans: Vec<Vec<usize>>,
    /// The editions, sorted by family, edition and path.
    editions: Vec<Edition>,
}

/// An edition's promises.
#[derive(Debug)]
struct Edition {
    /// Number of its document.
    document: usize,
    /// Number of its plan.
    plan: usize,
    /// What became of each of the plan's rules.
    states: Box<[PromiseState]>,
}

impl Promises {
    /// Takes those of a document, by its number.
    pub(super) fn push(&mut self, document: usize, promises: &[Promise]) {
        if promises.is_empty() {
            return;
        }
        let is_plan = |plan: &Vec<String>| plan.iter().eq(promises.iter().map(|promise| &promise.rule));
        // Most likely an edition has the plan of the one before.
        let plan = self.plans.iter().rposition(is_plan).unwrap_or_else(|| {
            self.plans.push(promises.iter().map(|promise| promise.rule.clone()).collect());
            self.plans.len() - 1
        });
        self.editions.push(Edition {
            document,
            plan,
            states: promises.iter().map(|promise| promise.state).collect(),
        });
    }

    /// The table.
    pub(super) fn finish(self, documents: &[Document]) -> Coverage {
        let Self { plans, mut editions } = self;
        let record = |edition: &Edition| &documents[edition.document].record;
        editions.sort_by_key(|edition| {
            let record = record(edition);
            (&record.family, &record.edition, &record.path)
        });
        let planned = editions.iter().map(|edition| (record(edition).family.as_str(), edition.plan));
        let mut planned: Vec<(&str, usize)> = planned.collect();
        // What a plan adds, it adds the first time.
        planned.dedup();
        let rules = rules(planned.into_iter().map(|(family, plan)| (family, plans[plan].iter().map(String::as_str))));
        let rules: Vec<String> = rules.into_iter().map(str::to_owned).collect();
        let columns: HashMap<&str, usize> = rules.iter().enumerate().map(|(column, rule)| (rule.as_str(), column)).collect();
        let columns_of = |plan: &Vec<String>| plan.iter().map(|rule| columns[rule.as_str()]).collect();
        let plans = plans.iter().map(columns_of).collect();
        Coverage { rules, plans, editions }
    }
}

/// Calls back with the leading cells of an edition, and what became of each rule's figures.
pub(super) type SeeEdition<'s> = &'s mut dyn FnMut([&str; 4], &[&'static str]) -> io::Result<()>;

impl Coverage {
    /// Every rule, once.
    pub(super) fn rules(&self) -> &[String] {
        &self.rules
    }

    /// Calls back with the leading cells of each edition, and what became of each rule's figures: empty where the edition promises none.
    pub(super) fn each(&self, documents: &[Document], see: SeeEdition<'_>) -> io::Result<()> {
        let mut states = vec![""; self.rules.len()];
        for edition in &self.editions {
            states.fill("");
            for (column, state) in self.plans[edition.plan].iter().zip(&edition.states) {
                states[*column] = state.as_str();
            }
            let DocumentRecord {
                path,
                family,
                layout,
                edition,
                ..
            } = &documents[edition.document].record;
            see([path, family, layout, edition], &states)?;
        }
        Ok(())
    }
}

/// The header: the leading columns, then the rules.
pub(super) fn header(rules: &[String]) -> impl Iterator<Item = &str> {
    LEAD.iter().map(|(name, ..)| *name).chain(rules.iter().map(String::as_str))
}
