//! What `tribune doctor` tells: what surrounds the program, as one paste for whoever is to help. Pure: facts in, lines out.
//!
//! | file | holds |
//! |---|---|
//! | `answers` | [`Answers`]: what the terminal said of itself |
//! | `probe` | [`Probe`]: keys as they come, each with the command that it gives |

mod answers;
mod probe;

use std::fmt;

pub use answers::{Answers, SAMPLES, questions};
pub use probe::Probe;

use crate::layout::glyph;

/// What was found out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    sections: Vec<(&'static str, Vec<Fact>)>,
}

/// Something that was found out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    name: String,
    value: String,
    /// What is wrong with it, and what to do.
    trouble: Option<String>,
}

impl Fact {
    /// That `name` is `value`.
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: name.into(), value: value.into(), trouble: None }
    }

    /// The same, and what is wrong with it, if something is.
    #[must_use]
    pub fn but(self, trouble: Option<impl Into<String>>) -> Self {
        Self { trouble: trouble.map(Into::into), ..self }
    }
}

impl Report {
    /// The same with these facts below `title`.
    #[must_use]
    pub fn with(mut self, title: &'static str, facts: Vec<Fact>) -> Self {
        self.sections.push((title, facts));
        self
    }

    /// Whether nothing is wrong.
    pub fn is_fine(&self) -> bool {
        self.sections.iter().flat_map(|(_, facts)| facts).all(|fact| fact.trouble.is_none())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (title, facts) in &self.sections {
            writeln!(f, "{title}")?;
            for Fact { name, value, trouble } in facts {
                writeln!(f, "{}", format!("  {name:<17} {value}").trim_end())?;
                for line in trouble.iter().flat_map(|trouble| trouble.lines()) {
                    writeln!(f, "  ! {line}")?;
                }
            }
        }
        Ok(())
    }
}

/// The terminal as its user interface sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terminal {
    /// How many colours are used.
    pub colours: &'static str,
    /// Columns and rows, if it has any.
    pub size: Option<(u16, u16)>,
    /// What it said, if it could be asked.
    pub answers: Option<Answers>,
}

impl Terminal {
    /// The facts about it.
    pub fn facts(&self) -> Vec<Fact> {
        let mut facts = vec![Fact::new("colours", self.colours)];
        if let Some((width, height)) = self.size {
            let small =
                (width < 60 || height < 15).then_some("from 60 × 15 on there is room for text, rails and hints");
            facts.push(Fact::new("size", format!("{width} × {height}")).but(small));
        }
        match &self.answers {
            None => facts.push(Fact::new("answers", "not asked: standard input and output are not both a terminal")),
            Some(answers) => facts.extend(answers.facts()),
        }
        facts
    }

    /// How wide it shows characters, held against how wide the program takes them to be; nothing if that is not known.
    pub fn widths(&self) -> Vec<Fact> {
        let Some(answers) = &self.answers else { return Vec::new() };
        SAMPLES.iter().zip(&answers.widths).map(|((what, sample), shown)| width(what, sample, *shown)).collect()
    }
}

/// How wide a sample is shown.
fn width(what: &str, sample: &str, shown: u16) -> Fact {
    let expected = glyph(sample).width;
    let cells = if shown == 1 { "cell" } else { "cells" };
    let is_ambiguous = sample.chars().count() == 1 && expected == 1;
    let trouble = match shown {
        shown if shown == expected => None,
        2 if is_ambiguous => Some(
            "the terminal shows characters of ambiguous width as wide: text will overlap. Have it show them narrow:\n\
             Windows Terminal and iTerm2 have a setting for it, xterm `-cjk_width` off, VTE `Compatibility` in its profile"
                .to_owned(),
        ),
        _ => Some(format!("{expected} expected: what stands behind it on its row may be shifted")),
    };
    Fact::new(what, format!("{sample}  {shown} {cells}")).but(trouble)
}

#[cfg(test)]
mod tests;
