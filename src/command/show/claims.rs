//! The claims of a document's sentences for people: each with its place, what is said of which figures, and whether it can hold.

use std::io::{self, Write};

use crosstally::{
    layout::Document,
    schema::{Claim, ClaimFigure, ClaimKind},
    validate::{claim_holds, code_of_claim},
    write::{
        report::counted,
        terminal::{Ink, Terminal, printable_text},
    },
};

/// Prints a block for each claim.
pub(super) fn write(name: &str, document: &Document, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    let claims = crosstally::claims(document, name);
    writeln!(
        out,
        "{}",
        terminal.paint(Ink::Strong, &format!("{name}, {}", counted(claims.len(), "claim")))
    )?;
    for claim in &claims {
        let (verdict, ink) = if claim_holds(claim) {
            ("may hold", Ink::Faint)
        } else {
            ("fails", Ink::Error)
        };
        let mention = &claim.saying.mention;
        writeln!(out)?;
        writeln!(
            out,
            "{}  “{}” {}  {}",
            terminal.paint(ink, verdict),
            printable_text(&mention.quote),
            said_of(claim),
            terminal.paint(Ink::Faint, &format!("{}, {}", code_of_claim(claim), mention.place))
        )?;
        writeln!(out, "    {}", printable_text(&mention.context))?;
    }
    Ok(())
}

fn said_of(claim: &Claim) -> String {
    match &claim.kind {
        ClaimKind::Change { currents, bases, .. } | ClaimKind::Direction { currents, bases, .. } | ClaimKind::Difference { currents, bases } => {
            format!("of {} against {}", any(currents), any(bases))
        }
        ClaimKind::Points { current, base } => format!("of {} against {}", quote(current), quote(base)),
        ClaimKind::Share { parts, wholes } => {
            let wholes: Vec<String> = wholes.iter().map(|whole| all(whole)).collect();
            format!("of {} in {}", any(parts), wholes.join(" or "))
        }
        ClaimKind::Average { totals, numbers } => format!("of {} over {}", any(totals), any(numbers)),
        ClaimKind::Fraction { shares } => {
            let shares: Vec<String> = shares.iter().map(|shares| all(shares)).collect();
            format!("of {}", shares.join(" or "))
        }
        ClaimKind::Sum { parts, .. } => format!("of {}", all(parts)),
        ClaimKind::Restated { other } => format!("for {}", quote(other)),
        ClaimKind::Repeat { total } => format!("for {}", quote(total)),
        ClaimKind::Shares { .. } => "of one whole".to_owned(),
        ClaimKind::PartOf { wholes } => format!("among {}", any(wholes)),
    }
}

fn any(figures: &[ClaimFigure]) -> String {
    figures.iter().map(quote).collect::<Vec<_>>().join(" or ")
}

fn all(figures: &[ClaimFigure]) -> String {
    figures.iter().map(quote).collect::<Vec<_>>().join(" + ")
}

fn quote(figure: &ClaimFigure) -> String {
    printable_text(&figure.mention.quote)
}
